/// Of each node of a graph numbered by falling degree the busiest neighbour on either side.
///
/// It stands first in the row; a node that has none is its own. Side by side, they spare searches most
/// looks at the rows themselves.
struct BusiestNeighbors: Equatable, Sendable {
  let outgoing: Column<UInt32>
  /// The same column where the graph is undirected.
  let incoming: Column<UInt32>

  init(in graph: Graph, _ parallel: Parallel) {
    outgoing = Self.firsts(of: graph.outgoing, parallel)
    incoming = graph.isDirected ? Self.firsts(of: graph.incoming, parallel) : outgoing
  }

  /// Those of the first set of rows that a search in a direction reads.
  func along(_ direction: EdgeDirection) -> Column<UInt32> {
    direction == .backward ? incoming : outgoing
  }

  private static func firsts(of rows: Adjacency, _ parallel: Parallel) -> Column<UInt32> {
    let table = SharedArray<UInt32>(unwritten: rows.nodeCount, life: .lasting)
    parallel.chunks(count: rows.nodeCount) { nodes in
      for node in nodes {
        let row = rows.row(at: node)
        table[node] = row.isEmpty ? UInt32(node) : rows.neighbors[row.lowerBound].rawValue
      }
    }
    return table.frozen()
  }
}
