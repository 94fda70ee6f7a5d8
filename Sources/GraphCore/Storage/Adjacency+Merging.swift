extension Adjacency {
  /// Joins the rows of both directions of a graph; what stands in both is added up.
  ///
  /// A self-loop stands in both, but is one edge: only the first counts. The rows are gone through twice,
  /// once to count and once to write, so that each chunk of them knows where its entries go.
  init(merging out: Adjacency, _ into: Adjacency, _ parallel: Parallel) {
    let count = out.nodeCount
    let parts = parallel.parts(count: count, chunkSize: Self.mergedRows) { nodes in
      var (entries, joined) = (0, 0)
      for node in nodes {
        Self.merge(out, into, at: node) { _, left, right in
          entries += 1
          joined += left != nil && right != nil ? 1 : 0
        }
      }
      return (entries, joined)
    }
    let firsts = parts.map(\.0).runningStarts
    let total = parts.reduce(0) { $0 + $1.0 }
    // Nothing to add up where all weigh 1 and no edge is answered.
    let isPlain =
      [out, into].allSatisfy { $0.weights == nil && $0.multiplicities == nil }
      && parts.allSatisfy { $0.1 == 0 }
    let tables = RowTables(
      nodeCount: count,
      entryCount: total,
      hasWeights: !isPlain,
      hasCounts: !isPlain
    )
    tables.offsets[count] = UInt32(total)
    parallel.chunks(count: count, chunkSize: Self.mergedRows) { nodes in
      var next = firsts[nodes.lowerBound / Self.mergedRows]
      for node in nodes {
        tables.offsets[node] = UInt32(next)
        Self.merge(out, into, at: node) { neighbor, left, right in
          tables.neighbors[next] = neighbor.rawValue
          if !isPlain {
            // The builder has bounded the sum of all weights.
            tables.weights?[next] =
              (left.map { out.weight(at: $0) } ?? 0) + (right.map { into.weight(at: $0) } ?? 0)
            tables.counts?[next] = UInt32(
              (left.map { out.multiplicity(at: $0) } ?? 0)
                + (right.map { into.multiplicity(at: $0) } ?? 0)
            )
          }
          next += 1
        }
      }
    }
    self = tables.adjacency()
    dropTrivialColumns()
  }

  private static let mergedRows = 4096

  /// Calls a body with each neighbour of a node on either side, rising, and its places in the two rows.
  @inline(__always)
  private static func merge(
    _ out: Adjacency,
    _ into: Adjacency,
    at node: Int,
    _ body: (NodeID, Int?, Int?) -> Void
  ) {
    let (lefts, rights) = (out.row(at: node), into.row(at: node))
    var (left, right) = (lefts.lowerBound, rights.lowerBound)
    while left < lefts.upperBound || right < rights.upperBound {
      let near = left < lefts.upperBound ? out.neighbors[left].rawValue : .max
      let far = right < rights.upperBound ? into.neighbors[right].rawValue : .max
      if near < far {
        body(NodeID(rawValue: near), left, nil)
      } else if near > far {
        body(NodeID(rawValue: far), nil, right)
      } else {
        body(NodeID(rawValue: near), left, near == UInt32(node) ? nil : right)
      }
      left += near <= far ? 1 : 0
      right += far <= near ? 1 : 0
    }
  }
}
