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
    let traders = try traders(
      in: CondensedCase(records, omitted: omitted, of: original, tables),
      goods: try await store.goodsAccounts(),
      until: until
    )
    records += try await store.transfers(of: traders)
    omitted.sightings = try await store.sightings()
    omitted.neighbours = try await store.neighbours()
    omitted.circles = try await store.circles()
    return try CaseView(
      reading: CondensedCase(records, omitted: omitted, of: original, tables),
      lexicon: projection.lexicon,
      until: until
    )
  }

  /// All accounts of the parties between whom there may be a link, sorted.
  private func traders(
    in reading: CondensedCase,
    goods: [Account],
    until: Timestamp?
  ) throws -> [Account] {
    let view = try CaseView(reading: reading, lexicon: projection.lexicon, until: until)
    var parties = Set(goods.compactMap(view.parties.index(of:)))
    for direction in projection.drafts(of: view, [], void: []).keys {
      parties.insert(direction.supplier)
      parties.insert(direction.buyer)
    }
    return parties.flatMap { view.parties.parties[$0].accounts }.sorted()
  }
}
