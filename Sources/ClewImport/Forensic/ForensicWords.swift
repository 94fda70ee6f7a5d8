internal import ClewEvidence

/// Directions and durations as forensic tools write them.
enum ForensicWords {
  /// Whether the device's owner called or sent; `nil` for words that say neither.
  static func isOutgoing(_ text: String) -> Bool? {
    let word = text.lowercased()
    func holds(_ words: String...) -> Bool { words.contains { TabularCell.holds(word, $0) } }
    if holds("missed", "reject", "block", "declin", "voicemail", "unanswered", "未接", "拒接") {
      // A call that the owner did not take was made by the other side, unless it says otherwise.
      return holds("outgoing", "dial", "呼出")
    }
    if holds("outgoing", "dial", "sent", "outbox", "呼出", "拨出", "发送", "已发") { return true }
    if holds("incoming", "receiv", "inbox", "answered elsewhere", "呼入", "来电", "接收", "收件") {
      return false
    }
    return nil
  }

  /// Whether the words say that nobody took the call.
  static func isUntaken(_ text: String) -> Bool {
    let word = text.lowercased()
    return ["missed", "reject", "block", "declin", "unanswered", "未接", "拒接"].contains {
      TabularCell.holds(word, $0)
    }
  }

  /// Reads `65`, `65.0`, `65 s`, `01:05`, `00:01:05`, `00:01:05.0000` or `1.00:01:05` (days).
  ///
  /// - Returns: Seconds; 0 for an empty text, `nil` for what is no duration.
  static func seconds(_ text: String) -> Int64? {
    var value = TabularCell.trim(text).lowercased()
    if value.isEmpty || value == "n/a" { return 0 }
    for unit in [" seconds", " sec", " s", "s", "秒"] where value.hasSuffix(unit) {
      value = String(value.dropLast(unit.count))
      break
    }
    var parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let last = parts.last, parts.count <= 3 else { return nil }
    var total: Int64 = 0
    // A fraction of a second behind, days in front.
    if let point = last.firstIndex(of: ".") {
      guard last[last.utf8.index(after: point)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else {
        return nil
      }
      parts[parts.count - 1] = String(last[..<point])
    }
    if parts.count == 3, let point = first.firstIndex(of: ".") {
      guard let days = whole(String(first[..<point])) else { return nil }
      total = days * 24
      parts[0] = String(first[first.utf8.index(after: point)...])
    }
    for (place, part) in parts.enumerated() {
      guard let number = whole(part), place == 0 || number < 60 else { return nil }
      total = (place == 0 ? total : total * 60) + number
    }
    return total
  }

  private static func whole(_ text: String) -> Int64? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int64(text)
  }
}

/// Whose device a report describes, as far as it says so.
struct ForensicOwner {
  /// The device's number.
  var phone: Account?
  /// The owner's account in an app, by platform; of two in one app neither counts.
  var accounts: [String: Account] = [:]
  private let placeholder: Account

  /// An owner of whom nothing is known yet: a name that merges with nobody.
  init(_ source: StagedSource) {
    placeholder = UnknownOwner.account(of: source)
  }

  /// The owner's account on a platform; a name that never merges where it is not known.
  func account(on app: ForensicApp) -> Account {
    if app.isPhone || app.platform == "sms" || app.platform == "whatsapp" {
      return accounts[app.platform] ?? phone ?? placeholder
    }
    return accounts[app.platform] ?? placeholder
  }

  /// Tells the sink.
  func report(to sink: any UnitSink, sign: String) {
    if let known = phone ?? accounts.sorted(by: { $0.key < $1.key }).first?.value {
      sink.setOwner(known)
      sink.setDecision("owner", sign)
    } else {
      sink.setDecision("owner", "not stated: the owner stands under a name that never merges")
    }
  }
}
