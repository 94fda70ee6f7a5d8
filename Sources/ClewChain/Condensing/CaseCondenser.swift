package import ClewEvidence

/// Reads a case whose records lie in a store, and leaves there what cannot matter.
///
/// The view is that of the whole case but for what nobody asks for: orders, goods and prices are read
/// wherever they were said; of the payments only those of parties that trade, as far as words, files and
/// labels tell, since no others bear on a link or a role. Everybody else is counted. So the findings are the
/// same, byte for byte.
///
/// - Complexity: Memory for the parties, the messages that can be trade, and the payments of those who trade.
package struct CaseCondenser: Sendable {
  private let projection: Projection

  package init(projection: Projection = Projection()) { self.projection = projection }

  /// The view of a case.
  ///
  /// - Parameters:
  ///   - store: Its records.
  ///   - original: Where its sources, decisions and files of personal data are read.
  ///   - tables: The sources of records that are in the store only.
  ///   - until: Leaves out what is dated at or after this moment; the store's marks have to know it.
  /// - Returns: The view.
  /// - Throws: What the store or the case throws.
  package func view(
    of store: some RecordStore,
    original: some CaseReading,
    tables: [SourceSummary] = [],
    until: Timestamp? = nil
  ) async throws -> CaseView {
    var omitted = OmittedRecords()
    omitted.openPlatforms = Set(try await store.openPlatforms())
    omitted.accounts = try await store.accounts()
    var records = try await store.settled()
    records += try await store.messages()
    let reading = try CondensedCase(records, omitted: omitted, of: original, tables)
    let view = try CaseView(reading: reading, lexicon: projection.lexicon, until: until)
    let traders = traders(in: view, goods: try await store.goodsAccounts())
    records += try await store.transfers(of: traders)
    omitted.sightings = try await store.sightings()
    omitted.neighbours = try await neighbours(in: reading, view.parties, store)
    omitted.circles = try await store.circles()
    return try CaseView(
      reading: CondensedCase(records, omitted: omitted, of: original, tables),
      lexicon: projection.lexicon,
      until: until
    )
  }

  /// All accounts of the parties between whom there may be a link, sorted.
  private func traders(in view: CaseView, goods: [Account]) -> [Account] {
    var parties = Set(goods.compactMap(view.parties.index(of:)))
    for direction in projection.drafts(of: view, [], void: []).keys {
      parties.insert(direction.supplier)
      parties.insert(direction.buyer)
    }
    return Self.accounts(of: parties, view.parties)
  }

  /// Who is in contact with whom, as far as it tells whether two parties are one: the contacts of those that
  /// may be, and of those whom two such have in common.
  private func neighbours(
    in reading: CondensedCase,
    _ parties: PartyTable,
    _ store: some RecordStore
  ) async throws -> [(Account, Account)] {
    var finder = SoftLinkFinder(parties: parties)
    reading.forEachRecord(counting: .platforms([])) { finder.add($0, sources: $1) }
    let decisions = reading.holdingDecisions()
    let first = finder.partiesInQuestion(decisions: decisions)
    var neighbours = try await store.neighbours(of: Self.accounts(of: first, parties))
    for (one, other) in neighbours { finder.connect(one, other) }
    let second = finder.sharedContacts(decisions: decisions).subtracting(first)
    neighbours += try await store.neighbours(of: Self.accounts(of: second, parties))
    return neighbours
  }

  private static func accounts(of parties: Set<Int>, _ table: PartyTable) -> [Account] {
    parties.flatMap { table.parties[$0].accounts }.sorted()
  }
}
