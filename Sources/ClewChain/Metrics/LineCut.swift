internal import GraphCore

/// Finds the fewest ties whose loss parts two sets of nodes.
///
/// Each set acts as one node; direction is ignored, ties there and back are one, and every tie counts
/// 1. Of several smallest cuts it is the one nearest to the first set.
///
/// - Complexity: O(*k* *m*) for a cut of *k* ties.
///
/// > Source: L. R. Ford, D. R. Fulkerson, "Maximal flow through a network", *Canad. J. Math.* 8, 1956.
/// > [doi](https://doi.org/10.4153/CJM-1956-045-5) Shortest augmenting routes: J. Edmonds, R. M. Karp,
/// > *J. ACM* 19(2), 1972. [doi](https://doi.org/10.1145/321694.321699)
struct LineCut: Sendable {
  private struct Arc {
    let to: Int
    /// The place of the arc back.
    let back: Int
    /// 1 where the tie is used in this direction, −1 where in the other.
    var flow: Int8 = 0
  }

  private var rows: [[Int]]
  private var arcs: [Arc] = []

  /// - Parameter graph: The ties.
  init(_ graph: Graph) {
    rows = [[Int]](repeating: [], count: graph.nodeCount)
    for edge in graph.undirected().edges where edge.source != edge.target {
      let (one, other) = (edge.source.index, edge.target.index)
      rows[one].append(arcs.count)
      rows[other].append(arcs.count + 1)
      arcs.append(Arc(to: other, back: arcs.count + 1))
      arcs.append(Arc(to: one, back: arcs.count - 1))
    }
  }

  /// The cut between two sets that share no node, each tie with its lower node first, sorted.
  consuming func cut(between first: [Int], and second: [Int]) -> [[Int]] {
    var isEnd = [Bool](repeating: false, count: rows.count)
    for node in second { isEnd[node] = true }
    while true {
      // The arc by which the search came to a node; −1 where it has not been, −2 where it began.
      var from = [Int](repeating: -1, count: rows.count)
      guard var node = search(first, isEnd, &from) else {
        var cut: [[Int]] = []
        for arc in arcs where arcs[arc.back].to < arc.to {
          let ends = [arcs[arc.back].to, arc.to]
          if (from[ends[0]] == -1) != (from[ends[1]] == -1) { cut.append(ends) }
        }
        return cut.sorted { $0.lexicographicallyPrecedes($1) }
      }
      while from[node] >= 0 {
        let arc = from[node]
        arcs[arc].flow += 1
        arcs[arcs[arc].back].flow -= 1
        node = arcs[arcs[arc].back].to
      }
    }
  }

  private func search(_ starts: [Int], _ isEnd: [Bool], _ from: inout [Int]) -> Int? {
    var queue = starts
    for node in starts { from[node] = -2 }
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for arc in rows[node] where arcs[arc].flow < 1 && from[arcs[arc].to] == -1 {
        from[arcs[arc].to] = arc
        if isEnd[arcs[arc].to] { return arcs[arc].to }
        queue.append(arcs[arc].to)
      }
    }
    return nil
  }
}
