import ClewEvidence
import ClewImport
import Testing

/// The samples of one case in every format of graphs.
@Suite struct `Every sample of the graph` {
  /// Each sample with its format, and whether it says which accounts the nodes are.
  ///
  /// Tables of edges
  /// (`gephi_edges`, `neo4j_rels`, `edges.parquet`) leave that to their tables of nodes; DOT, Pajek and
  /// the i2 table of this case know labels only.
  static let samples = [
    ("chain.graphml", "graphml", true), ("chain.gexf", "gexf", true), ("chain.anx", "i2-anx", true),
    ("chain.ftm.json", "ftm", true), ("chain.net", "pajek", false), ("chain.dot", "dot", false),
    ("gephi_edges.csv", "gephi-edges", false), ("neo4j_rels.csv", "neo4j-relationships", false),
    ("i2_links.csv", "i2-links", false), ("edges.parquet", "parquet-graph", false),
  ]

  @Test(arguments: samples)
  func `tells of three supplies and five payments`(
    name: String,
    format: String,
    hasAccounts: Bool
  ) throws {
    let sink = try interchange(name, as: format)
    #expect(sink.supplies == SampleStory.supplies)
    #expect(sink.payments == SampleStory.payments)
    #expect(sink.transfers.allSatisfy { $0.state == .completed })
    #expect(sink.rejects.isEmpty)
    let schemes = Set(
      sink.trades.flatMap { [$0.supplier, $0.buyer] }
        .map(\.scheme)
        + sink.transfers.compactMap { $0.payer?.scheme }
    )
    #expect(schemes == [hasAccounts ? .wechat : .name])
  }

  @Test func `names the same accounts where it names any`() throws {
    var stories: Set<[String]> = []
    for (name, format, hasAccounts) in Self.samples where hasAccounts {
      let sink = try interchange(name, as: format)
      stories.insert(
        sink.trades.map { "\($0.supplier) \($0.buyer)" }
          + sink.transfers.map {
            "\($0.payer?.description ?? "") \($0.payee?.description ?? "") \($0.amount?.fen ?? 0)"
          }
      )
    }
    #expect(stories.count == 1)
  }
}
