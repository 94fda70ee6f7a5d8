/// Finds the rows that tell of one message where the platform's id does not.
///
/// Messages with an id of the whole platform are one record already. The others (text exports, short
/// messages, databases that number messages in their own way) are one message when they come from
/// different sources, stand in one chat, have one sender and one text, and are dated within
/// ``EventWindow/message(_:)`` of each other, matched one to one, nearest first.
///
/// - Two ids of one format that differ are two messages.
/// - A picture, a voice message or a file has no text in common, so its kind must agree, and its
///   digest where both know it.
/// - A short message without text comes from a network's record and fits any text.
/// - A private chat of an export that names its speakers only by a name is put on the one chat of the
///   platform with which at least two of its messages agree in text and time, each name with one
///   sender. Where two chats fit equally well, it stays apart.
/// - So is a group that an export knows by its title only.
struct MessageEvents {
  /// One row.
  struct Row {
    let from: Int?
    let to: Int?
    /// Whether the sender is known by a name only.
    let isFromWeak: Bool
    /// Whether an end of a private chat is, or the sender in a group.
    let isWeak: Bool
    let message: Message
    let record: RecordID
    let sources: SourceSet
    /// The formats of its sources, interned.
    let formats: SourceSet

    var at: Int64 { message.sentAt?.milliseconds ?? .min }
  }

  private struct Chat: Hashable {
    let platform: String
    let group: Account?
    /// The two ends of a private chat, the lower party first.
    let low: Int
    let high: Int
  }

  private var rows: [Row]
  private var sets: EventSets

  /// - Parameter rows: All messages that an id does not settle, in any order.
  init(_ rows: [Row]) {
    self.rows = rows.sorted { $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record }
    sets = EventSets(count: rows.count)
  }

  /// The messages in order of time, each as its rows.
  consuming func events() -> [[Row]] {
    let aligned = ChatAlignment(rows.enumerated().map { alignable($0.offset, $0.element) }).senders
    let groups = GroupAlignment(rows.compactMap(Self.inGroup)).groups
    var blocks: [Chat: [Int]] = [:]
    for (number, row) in rows.enumerated() where row.message.sentAt != nil {
      if let chat = Self.chat(of: row, as: aligned[number], groups) {
        blocks[chat, default: []].append(number)
      }
    }
    for (chat, numbers) in blocks where numbers.count > 1 {
      let items = numbers.map {
        EventMatching.Row(at: rows[$0].at, record: rows[$0].record, sources: rows[$0].sources)
      }
      let matching = EventMatching(window: EventWindow.message(chat.platform))
      let found = matching.groups(of: items) { left, right in
        let (one, other) = (numbers[left], numbers[right])
        let isVague = chat.group != nil && (rows[one].isFromWeak || rows[other].isFromWeak)
        let isSame =
          (aligned[one]?.from ?? rows[one].from) == (aligned[other]?.from ?? rows[other].from)
        return isVague || isSame ? Self.distance(rows[one], rows[other]) : nil
      }
      for group in found {
        for other in group.dropFirst() { sets.join(numbers[group[0]], numbers[other]) }
      }
    }
    return sets.all().map { $0.map { rows[$0] } }
  }

  private static func inGroup(_ row: Row) -> GroupAlignment.Row? {
    guard let group = row.message.group, row.message.sentAt != nil else { return nil }
    return GroupAlignment.Row(
      platform: row.message.platform,
      group: group,
      from: row.from,
      isFromWeak: row.isFromWeak,
      at: row.at,
      text: says(row.message),
      sources: row.sources
    )
  }

  private func alignable(_ number: Int, _ row: Row) -> ChatAlignment.Row? {
    guard row.message.group == nil, let from = row.from, let to = row.to,
      row.message.sentAt != nil
    else { return nil }
    return ChatAlignment.Row(
      number: number,
      platform: row.message.platform,
      from: from,
      to: to,
      isWeak: row.isWeak,
      at: row.at,
      text: Self.says(row.message),
      sources: row.sources
    )
  }

  private static func chat(
    of row: Row,
    as ends: ChatAlignment.Ends?,
    _ groups: [Account: Account]
  ) -> Chat? {
    let platform = row.message.platform
    if let group = row.message.group {
      return Chat(platform: platform, group: groups[group] ?? group, low: -1, high: -1)
    }
    let (from, to) = (ends?.from ?? row.from, ends?.to ?? row.to)
    guard let from, let to else { return nil }
    return Chat(platform: platform, group: nil, low: min(from, to), high: max(from, to))
  }

  private static func distance(_ one: Row, _ other: Row) -> Int64? {
    let (a, b) = (one.message, other.message)
    if a.serverID != nil, b.serverID != nil, !one.formats.isDisjoint(with: other.formats) {
      return nil
    }
    let isBare = a.platform == "sms" && (a.text.isEmpty || b.text.isEmpty)
    guard isBare || says(a).utf8.elementsEqual(says(b).utf8) else { return nil }
    if let mine = a.file?.digest, let theirs = b.file?.digest, mine != theirs { return nil }
    return abs(one.at - other.at)
  }

  /// What must be equal: the text without space at its end, or the kind where there is no text.
  static func says(_ message: Message) -> String {
    switch message.kind {
    case .text, .quote, .link, .card, .system, .other:
      var text = message.text[...]
      while let last = text.unicodeScalars.last, last.properties.isWhitespace {
        text = text[..<text.unicodeScalars.index(before: text.unicodeScalars.endIndex)]
      }
      return String(text)
    default: return "\u{1}\(message.kind.rawValue)"
    }
  }
}
