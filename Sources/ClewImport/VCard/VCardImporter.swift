public import ClewEvidence

/// Reads address books as phones export them: vCard 2.1, 3.0 and 4.0, many cards in one file.
///
/// A unit is a card. Each account on it becomes one entry with the card's name, its note as the
/// remark; the accounts of one card are linked as a hint, for whoever typed them may be wrong. The
/// file does not say whose address book it is, unless one card is called 本机, Me or the like
/// (`OwnerAlias`): its accounts are the owner's own.
public struct VCardImporter: Importer {
  /// `vcard`.
  public let format = "vcard"
  /// The name of the format for people.
  public let title = "Address book (vCard 2.1, 3.0, 4.0)"
  /// Raised whenever the same bytes would give other records.
  public let version = 2

  /// Makes the importer.
  public init() {}

  /// Knows the file by its first line.
  public func recognise(_ source: StagedSource) -> Recognition? {
    var head = source.head[...]
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
    while let first = head.first, first <= 0x20 { head.removeFirst() }
    let start = head.prefix(11).map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
    guard start.elementsEqual("BEGIN:VCARD".utf8) else { return nil }
    return Recognition(confidence: 95, sign: "first line BEGIN:VCARD")
  }

  /// Reads card by card.
  ///
  /// - Returns: How many cards and stretches outside of cards there were.
  /// - Throws: ``ImportError/empty(path:)``, an error of reading, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    var reader = try VCardReader(source)
    var count: Int64 = 0
    var ownCards: [Account] = []
    while let unit = try reader.next() {
      count += 1
      let position = UnitPosition(row: count, offset: unit.offset)
      if let fault = unit.fault {
        try sink.reject(at: position, bytes: unit.bytes, reason: fault)
        continue
      }
      let card: VCard
      do {
        card = try VCard(unit.properties)
      } catch {
        try sink.reject(
          at: position,
          bytes: unit.bytes,
          reason: "\(error.property) holds bytes that are neither UTF-8 nor GB18030"
        )
        continue
      }
      let items = Self.items(of: card)
      if items.isEmpty {
        try sink.reject(
          at: position,
          bytes: unit.bytes,
          reason: "the card holds neither a name nor an account"
        )
      } else {
        if OwnerAlias.isOwner(card.name), let own = card.accounts.first { ownCards.append(own) }
        try sink.accept(items, at: position, original: Self.original(unit))
      }
    }
    // Two such cards are names that somebody typed for two others.
    if let owner = ownCards.first, ownCards.count == 1 { sink.setOwner(owner) }
    return count
  }

  private static func items(of card: VCard) -> [EvidenceItem] {
    var accounts = card.accounts
    if accounts.isEmpty, !card.name.isEmpty { accounts = [Account(.name, card.name)] }
    let isOwn = OwnerAlias.isOwner(card.name) && !card.accounts.isEmpty
    var items: [EvidenceItem] = accounts.map { account in
      .contact(
        Contact(
          owner: isOwn ? account : nil,
          contact: account,
          name: card.name,
          remark: card.note,
          nature: isOwn ? .own : .friend
        )
      )
    }
    if let first = accounts.first {
      // Linked to the first only: hundreds of numbers on one card must not make a clique.
      items += accounts.dropFirst().map { account in
        .accountLink(AccountLink(first, account, basis: .contactEntry))
      }
    }
    return items
  }

  private static func original(_ unit: VCardReader.Unit) -> Original {
    // The bytes of another encoding may happen to be valid UTF-8 for other letters.
    if unit.properties.contains(where: \.declaresOtherCharset) { return .bytes(unit.bytes) }
    return String(validating: unit.bytes, as: UTF8.self).map(Original.text) ?? .bytes(unit.bytes)
  }
}
