internal import ClewEvidence

/// The line that begins a message in a QQ text export.
///
/// `2024-03-01 9:58:07 【群主】name(9990000001)`: the hour is not padded, 上午 or 下午 may stand before
/// it, the name may hold spaces and brackets. The last `(digits)` or `<mail>` is the sender's id.
struct QQHeader: Sendable, Hashable {
  /// When the message was sent, by the wall clock of the exporting computer.
  let sentAt: Timestamp
  /// The tag before the name, such as 群主.
  let role: String
  /// The name without role and id.
  let name: String
  /// The id in brackets, digits or a mail address; empty in private chats.
  let id: String

  /// Reads the line, or `nil` when it is not the beginning of a message.
  init?(_ line: String) {
    guard line.utf8.count <= 4096 else { return nil }
    var rest = Array(line.utf8)[...]
    func number(_ lengths: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { (0x30...0x39).contains($0) }.prefix(lengths.upperBound)
      guard lengths.contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    func take(_ mark: String) -> Bool {
      guard rest.starts(with: mark.utf8) else { return false }
      rest = rest.dropFirst(mark.utf8.count)
      return true
    }
    guard let year = number(4...4), take("-"), let month = number(2...2), take("-"),
      let day = number(2...2), take(" ")
    else { return nil }
    let isMorning = take("上午")
    let isAfternoon = !isMorning && take("下午")
    if isMorning || isAfternoon { _ = take(" ") }
    guard var hour = number(1...2), take(":"), let minute = number(2...2), take(":"),
      let second = number(2...2), rest.isEmpty || take(" ")
    else { return nil }
    if isMorning || isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard
      let time = Timestamp(
        year: year,
        month: month,
        day: day,
        hour: hour,
        minute: minute,
        second: second
      )
    else { return nil }
    sentAt = time
    while rest.last == 0x20 { rest = rest.dropLast() }
    let (bare, id) = Self.splitID(rest)
    self.id = id
    (role, name) = Self.splitRole(bare)
  }

  /// Role, name and id of a sender as the client prints them: `【群主】name(9990000001)`.
  static func parts(of sender: String) -> (role: String, name: String, id: String) {
    let (bare, id) = splitID(Array(sender.utf8)[...])
    let (role, name) = splitRole(bare)
    return (role, name, id)
  }

  private static func splitID(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, String) {
    let isMail = bytes.last == UInt8(ascii: ">")
    guard isMail || bytes.last == UInt8(ascii: ")"),
      let open = bytes.lastIndex(of: UInt8(ascii: isMail ? "<" : "("))
    else { return (bytes, "") }
    let inner = bytes[(open + 1)...].dropLast()
    let isID =
      isMail
      ? inner.contains(UInt8(ascii: "@")) && !inner.contains(0x20)
      : inner.allSatisfy { (0x30...0x39).contains($0) } && (5...11).contains(inner.count)
    guard isID, let id = String(validating: inner, as: UTF8.self) else { return (bytes, "") }
    return (bytes[..<open], id)
  }

  private static func splitRole(_ bytes: ArraySlice<UInt8>) -> (String, String) {
    let text = String(validating: bytes, as: UTF8.self) ?? ""
    let open = "【".utf8
    let close = "】"
    guard text.utf8.starts(with: open), let end = text.firstRange(of: close) else {
      return ("", text)
    }
    let role = String(text[..<end.lowerBound].dropFirst())
    let name = String(text[end.upperBound...])
    return name.isEmpty ? ("", text) : (role, name)
  }

  /// Whether QQ itself speaks.
  var isSystem: Bool { id == "10000" || id == "1000000" }

  /// The sender's account where the header gives an id.
  var account: Account? {
    if id.isEmpty { return nil }
    return AccountNormalizer.qq(id) ?? AccountNormalizer.email(id)
  }
}
