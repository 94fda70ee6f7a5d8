internal import ClewEvidence

/// How operators and apps write the direction and the length of a call.
enum CallWords {
  /// What a cell says of a call or message.
  struct Direction: Equatable {
    /// Whether the owner called or sent.
    let isOut: Bool
    /// Whether somebody took it.
    var isTaken = true
  }

  /// Reads 主叫, 被叫, 呼出, 呼入, 未接, 拒接, 短信发送 and the like; `nil` for other words.
  static func direction(_ text: String) -> Direction? {
    let word = text.lowercased()
    func holds(_ words: String...) -> Bool { words.contains { TabularCell.holds(word, $0) } }
    if holds("未接", "拒", "拦截", "阻止", "黑名单", "missed", "rejected", "blocked") {
      return Direction(isOut: false, isTaken: false)
    }
    if word == "mo" || holds("主叫", "呼出", "拨出", "去电", "已拨", "发送", "发出", "outgoing", "(mo)") {
      return Direction(isOut: true)
    }
    if word == "mt" || holds("被叫", "呼入", "来电", "已接", "接收", "收到", "incoming", "(mt)") {
      return Direction(isOut: false)
    }
    return nil
  }

  /// Whether a cell says that the row is a text message.
  static func isMessage(_ text: String) -> Bool {
    ["短信", "短消息", "彩信", "SMS", "MMS", "sms"].contains { TabularCell.holds(text, $0) }
  }

  /// Whether a cell says that the row is data traffic.
  static func isTraffic(_ text: String) -> Bool {
    ["上网", "流量", "GPRS", "数据业务"].contains { TabularCell.holds(text, $0) }
  }

  /// Reads `65`, `65秒`, `1分5秒`, `1小时2分3秒`, `01:05` (minutes) or `0:01:05`.
  ///
  /// - Returns: Seconds; 0 for an empty cell, `nil` for what is no duration.
  static func seconds(_ text: String) -> Int64? {
    if text.isEmpty { return 0 }
    let clock = text.split(separator: ":", omittingEmptySubsequences: false)
    if (2...3).contains(clock.count) { return clockSeconds(clock.map(String.init)) }
    var total: Int64 = 0
    var number: Int64?
    // The next mark must be of a smaller unit.
    var ceiling: Int64 = .max
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if ("0"..."9").contains(scalar) {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard number == nil, digits.count <= 9, let value = Int64(String(digits)) else {
          return nil
        }
        number = value
        rest = rest.dropFirst(digits.count)
        continue
      }
      guard let (mark, unit) = units.first(where: { rest.starts(with: $0.0.unicodeScalars) }) else {
        return String(rest) == ".0" && ceiling == .max ? number : nil
      }
      guard unit < ceiling, let value = number else { return nil }
      total += value * unit
      ceiling = unit
      number = nil
      rest = rest.dropFirst(mark.unicodeScalars.count)
    }
    guard let last = number else { return ceiling == .max ? nil : total }
    // Digits without a mark are seconds, alone or behind minutes.
    return ceiling > 1 ? total + last : nil
  }

  private static let units: [(String, Int64)] = [
    ("小时", 3600), ("时", 3600), ("時", 3600), ("分钟", 60), ("分", 60), ("秒", 1), ("′", 60),
    ("″", 1), ("''", 1), ("'", 60), ("\"", 1), ("s", 1),
  ]

  private static func clockSeconds(_ parts: [String]) -> Int64? {
    var total: Int64 = 0
    for (place, part) in parts.enumerated() {
      guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let value = Int64(part), place == 0 || value < 60
      else { return nil }
      total = total * 60 + value
    }
    return total
  }
}
