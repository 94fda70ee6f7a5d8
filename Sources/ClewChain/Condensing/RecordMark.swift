package import ClewEvidence

/// What a record is to an analysis, as far as the record tells by itself.
///
/// By these marks a store can be asked for the records that can matter, without reading a word of them
/// again.
package struct RecordMark: Sendable, Hashable {
  /// What can be said of a record.
  package struct Flags: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// It is always read: all but messages, payments and calls, and messages with a file or of a
    /// telephone network.
    package static let settled = Flags(rawValue: 1)
    /// What it says can be trade: an order, goods, a price, a memo that names goods.
    package static let telling = Flags(rawValue: 2)
    /// An end is known by a name only, or not at all, so that it may tell of the same event as a record
    /// between other accounts.
    package static let vague = Flags(rawValue: 4)
    /// A message without the platform's id.
    package static let open = Flags(rawValue: 8)
    /// It shows that its ends exist, in the time that is looked at.
    package static let sighted = Flags(rawValue: 16)
    /// Its two ends are in contact with each other.
    package static let contact = Flags(rawValue: 32)
  }

  /// What kind of record it is, by one letter.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case contact = "c"
    case message = "m"
    case transfer = "t"
    case call = "l"
    case membership = "b"
    case accountLink = "k"
    case trade = "e"
    case delivery = "d"
  }

  /// The kind of record.
  package let kind: Kind
  /// Who writes, pays or calls, where that can be a person.
  package var first: Account?
  /// To whom.
  package var second: Account?
  /// What can be said of it.
  package var flags: Flags = []
  /// A number for what a private message says and on which platform.
  ///
  /// Two that could be one message have the same. Different ones may have it, too.
  package var text: UInt64?
  /// Numbers for the ids of a payment that are taken for unique in the world.
  package var ids: [UInt64] = []
  /// The group in which a message was written, in the time that is looked at.
  package var circle: Account?
  /// The platform of a message.
  package var platform = ""
}

/// Marks records.
package struct RecordMarker: Sendable {
  private let reader: UtteranceReader
  private let until: Timestamp?

  /// - Parameters:
  ///   - lexicon: The words by which texts are understood.
  ///   - until: What is dated at or after this moment shows nobody.
  package init(lexicon: Lexicon = .standard, until: Timestamp? = nil) {
    reader = UtteranceReader(lexicon: lexicon)
    self.until = until
  }

  /// The mark of a record.
  package func mark(_ record: StoredRecord) -> RecordMark {
    switch record.item {
    case .message(let message): return mark(message, record.id)
    case .transfer(let transfer): return mark(transfer)
    case .call(let call):
      var mark = RecordMark(kind: .call)
      setEnds(&mark, call.from, call.to)
      mark.flags.insert(.sighted)
      return mark
    case .contact: return RecordMark(kind: .contact, flags: .settled)
    case .membership: return RecordMark(kind: .membership, flags: .settled)
    case .accountLink: return RecordMark(kind: .accountLink, flags: .settled)
    case .trade: return RecordMark(kind: .trade, flags: .settled)
    case .delivery: return RecordMark(kind: .delivery, flags: .settled)
    }
  }

  private func mark(_ message: Message, _ record: RecordID) -> RecordMark {
    var mark = RecordMark(kind: .message, platform: message.platform)
    let isPrivate = message.group == nil
    setEnds(&mark, message.from, message.to)
    if !isPrivate { mark.flags.remove(.contact) }
    if message.serverID == nil { mark.flags.insert(.open) }
    if mark.first != nil, !isLate(message.sentAt) {
      mark.flags.insert(.sighted)
      mark.circle = message.group
    }
    let isOfNetwork = message.platform == "sms" || message.platform == "mms"
    if message.file != nil || (isPrivate && isOfNetwork) { mark.flags.insert(.settled) }
    if !isPrivate, reader.readGroup(message, record: record) != nil { mark.flags.insert(.settled) }
    guard isPrivate, message.from != nil, message.to != nil else { return mark }
    if reader.read(message, record: record).matters { mark.flags.insert(.telling) }
    if [message.from, message.to].contains(where: { $0?.scheme == .name }) {
      mark.flags.insert(.vague)
    }
    mark.text = message.sayingKey
    return mark
  }

  private func mark(_ transfer: Transfer) -> RecordMark {
    var mark = RecordMark(kind: .transfer)
    setEnds(&mark, transfer.payer, transfer.payee)
    if !isLate(transfer.at) { mark.flags.insert(.sighted) }
    if reader.lexicon.contains(.trade, in: transfer.memo) { mark.flags.insert(.telling) }
    let isKnown = [mark.first, mark.second].allSatisfy { $0.map { $0.scheme != .name } ?? false }
    if !isKnown { mark.flags.insert(.vague) }
    mark.ids = transfer.worldwideIDs
    return mark
  }

  /// Sets the ends that can be persons.
  private func setEnds(_ mark: inout RecordMark, _ first: Account?, _ second: Account?) {
    mark.first = first.flatMap { $0.scheme.isPersonal ? $0 : nil }
    mark.second = second.flatMap { $0.scheme.isPersonal ? $0 : nil }
    if mark.first != nil, mark.second != nil { mark.flags.insert(.contact) }
  }

  private func isLate(_ at: Timestamp?) -> Bool {
    // What has no date is not known to lie before it.
    until.map { (at ?? $0) >= $0 } ?? false
  }
}
