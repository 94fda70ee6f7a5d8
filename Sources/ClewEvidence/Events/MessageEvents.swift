/// Finds the rows that tell of one message where the platform's id does not.
///
/// Messages with an id of the whole platform are one record already. The others (text exports, short
/// messages, databases that number messages in their own way) are one message when they come from
/// different sources, stand in one chat, have one sender and one text, and are dated within
/// ``EventWindow/message(_:)`` of each other, matched one to one, nearest first.
///
/// - Two ids of one format that differ are two messages.
/// - A picture, a voice message or a file has no text in common, so its kind must agree, and its
///   digest where both know it. A picture below words does not matter: databases keep the words only.
/// - Where a telephone does not tell its own number, ``EndAlignment`` may find it; else the other end,
///   the text and the time must agree.
/// - A short message without text comes from a network's record and fits any text.
/// - A private chat of an export that names its speakers only by a name is put on the one chat of the
///   platform with which at least two of its messages agree in text and time, each name with one
///   sender, or where there is none on the one that knows the account behind one of the two names and has
///   the other name itself. Where two chats fit equally well, it stays apart.
/// - So is a group that an export knows by its title only.
///
/// Messages are compared only within a chat and a text, so that no flood of other words between two of them
/// keeps them apart.
struct MessageEvents {
  /// One row.
  struct Row {
    /// The sender: the place of a party, or a number beyond for an account that is none.
    var from: Int?
    /// The receiver, likewise.
    var to: Int?
    /// Whether the sender is known by a name only.
    var isFromWeak: Bool
    /// Whether the receiver is.
    var isToWeak: Bool
    let message: Message
    let record: RecordID
    let sources: SourceSet
    /// The formats of its sources, interned.
    let formats: SourceSet

    /// Whether an end of a private chat is known by a name only, or the sender in a group.
    var isWeak: Bool { weakness > 0 }
    /// How many of these are.
    var weakness: Int { (isFromWeak ? 1 : 0) + (message.group == nil && isToWeak ? 1 : 0) }
    var isShort: Bool { message.platform == "sms" || message.platform == "mms" }
    var at: Int64 { message.sentAt?.milliseconds ?? .min }
  }

  private struct Chat: Hashable {
    let platform: String
    let group: Account?
    /// The two ends of a private chat, the lower party first.
    let low: Int
    let high: Int
    /// What was said; empty on networks that do not tell it, where it fits any.
    var text = ""
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
    alignShortMessages()
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
    matchShortMessages()
    return sets.all().map { $0.map { rows[$0] } }
  }

  /// Puts known parties in the place of owners whose telephones do not tell their own number.
  private mutating func alignShortMessages() {
    let places = rows.indices.filter {
      rows[$0].isShort && rows[$0].from != nil && rows[$0].to != nil
    }
    var ends = places.compactMap { place -> EndAlignment.Row? in
      guard let from = rows[place].from, let to = rows[place].to else { return nil }
      return EndAlignment.Row(
        from: from,
        to: to,
        isFromWeak: rows[place].isFromWeak,
        isToWeak: rows[place].isToWeak,
        channel: rows[place].message.platform,
        at: rows[place].message.sentAt?.milliseconds,
        sources: rows[place].sources
      )
    }
    EndAlignment(window: EventWindow.sms).align(&ends) {
      Self.distance(rows[places[$0]], rows[places[$1]]) != nil
    }
    for (place, end) in zip(places, ends) {
      (rows[place].from, rows[place].isFromWeak) = (end.from, end.isFromWeak)
      (rows[place].to, rows[place].isToWeak) = (end.to, end.isToWeak)
    }
  }

  /// Matches short messages of telephones that do not tell their own number by the other end.
  private mutating func matchShortMessages() {
    guard rows.contains(where: { $0.isShort && $0.isWeak }) else { return }
    for isReceived in [true, false] {
      var blocks: [Chat: [[Int]]] = [:]
      for set in sets.all() {
        let known = set.compactMap { end(of: $0, isReceived: isReceived) }.first
        guard let known, let first = set.first else { continue }
        let platform = rows[first].message.platform
        blocks[Chat(platform: platform, group: nil, low: known, high: -1), default: []].append(set)
      }
      for groups in blocks.values where groups.count > 1 {
        let items = groups.map { set in
          EventMatching.Row(
            at: rows[set[0]].at,
            record: rows[set[0]].record,
            sources: set.reduce(into: []) { $0.formUnion(rows[$1].sources) }
          )
        }
        let found = EventMatching(window: EventWindow.sms).groups(of: items) { left, right in
          distance(groups[left], groups[right])
        }
        for group in found {
          for other in group.dropFirst() { sets.join(groups[group[0]][0], groups[other][0]) }
        }
      }
    }
  }

  /// The end of a dated short message that is known.
  private func end(of place: Int, isReceived: Bool) -> Int? {
    let row = rows[place]
    guard row.isShort, row.message.sentAt != nil, row.from != nil, row.to != nil else { return nil }
    if isReceived { return row.isToWeak ? nil : row.to }
    return row.isFromWeak ? nil : row.from
  }

  /// The largest distance between a row of one group and one of the other.
  private func distance(_ one: [Int], _ other: [Int]) -> Int64? {
    var largest: Int64 = 0
    for left in one {
      for right in other {
        let (a, b) = (rows[left], rows[right])
        let sameFrom = a.isFromWeak || b.isFromWeak || a.from == b.from
        let sameTo = a.isToWeak || b.isToWeak || a.to == b.to
        guard sameFrom, sameTo, let distance = Self.distance(a, b) else { return nil }
        // Neither an end nor the text to tell them apart: the clocks must nearly agree.
        let isVague = (a.isWeak || b.isWeak) && (a.message.text.isEmpty || b.message.text.isEmpty)
        guard !isVague || distance <= EventWindow.callClock else { return nil }
        largest = max(largest, distance)
      }
    }
    return largest
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
      isFromWeak: row.isFromWeak,
      isToWeak: row.isToWeak,
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
    let text = row.isShort ? "" : says(row.message)
    if let group = row.message.group {
      return Chat(
        platform: platform,
        group: groups[group] ?? group,
        low: -1,
        high: -1,
        text: text
      )
    }
    let (from, to) = (ends?.from ?? row.from, ends?.to ?? row.to)
    guard let from, let to else { return nil }
    return Chat(
      platform: platform,
      group: nil,
      low: min(from, to),
      high: max(from, to),
      text: text
    )
  }

  private static func distance(_ one: Row, _ other: Row) -> Int64? {
    let (a, b) = (one.message, other.message)
    if a.serverID != nil, b.serverID != nil, !one.formats.isDisjoint(with: other.formats) {
      return nil
    }
    let isBare = one.isShort && (a.text.isEmpty || b.text.isEmpty)
    guard isBare || says(a).utf8.elementsEqual(says(b).utf8) else { return nil }
    if let mine = a.file?.digest, let theirs = b.file?.digest, mine != theirs { return nil }
    let (gap, overflows) = one.at.subtractingReportingOverflow(other.at)
    return overflows || gap == .min ? nil : abs(gap)
  }

  /// What must be equal: the text without space and pictures at its end, or the kind where there is
  /// no text.
  static func says(_ message: Message) -> String {
    switch message.kind {
    case .text, .quote, .link, .card, .system, .other:
      let text = trimmed(message.text[...])
      var words = text
      while words.utf8.suffix(picture.count).elementsEqual(picture) {
        words = trimmed(words[..<words.utf8.index(words.endIndex, offsetBy: -picture.count)])
      }
      return String(words.isEmpty ? text : words)
    default: return "\u{1}\(message.kind.rawValue)"
    }
  }

  /// A number for what a message says and on which platform; two that can be one message have the same.
  static func key(of message: Message) -> UInt64 {
    var digest = FieldDigest()
    digest.add(message.platform)
    digest.add(says(message))
    return digest.recordID.high
  }

  /// What an export writes in the place of a picture that stands below the words of a message; the
  /// device's own database has the words only.
  private static let picture = Array("[图片]".utf8)

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let last = text.unicodeScalars.last, last.properties.isWhitespace {
      text = text[..<text.unicodeScalars.index(before: text.unicodeScalars.endIndex)]
    }
    return text
  }
}
