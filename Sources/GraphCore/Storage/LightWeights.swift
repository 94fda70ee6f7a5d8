/// The weights of a graph in 32 bits each, where those hold them: half the memory to read for each entry.
struct LightWeights: Equatable, Sendable {
  private let outgoing: Column<UInt32>
  /// The same column where the graph is undirected.
  private let incoming: Column<UInt32>

  /// Nothing where the graph has no weights, or one too heavy.
  init?(of graph: Graph, _ parallel: Parallel) {
    guard graph.isWeighted, graph.largestWeight <= Int64(UInt32.max),
      let out = Self.column(graph.outgoing, parallel)
    else { return nil }
    outgoing = out
    incoming = graph.isDirected ? Self.column(graph.incoming, parallel) ?? out : out
  }

  /// Those of the sets of rows that a search in a direction reads, in their order.
  func along(_ direction: EdgeDirection, isDirected: Bool) -> [Column<UInt32>] {
    switch direction {
    case .forward: [outgoing]
    case .backward: [incoming]
    case .either: isDirected ? [outgoing, incoming] : [outgoing]
    }
  }

  private static func column(_ rows: Adjacency, _ parallel: Parallel) -> Column<UInt32>? {
    guard let weights = rows.weights else { return nil }
    let table = SharedArray<UInt32>(unwritten: weights.count, life: .lasting)
    parallel.chunks(count: weights.count, chunkSize: 1 << 16) { entries in
      for entry in entries { table[entry] = UInt32(truncatingIfNeeded: weights[entry]) }
    }
    return table.frozen()
  }
}
