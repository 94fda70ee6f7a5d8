extension Graph {
  /// Finds the nodes without which their component would fall apart.
  ///
  /// ```swift
  /// path.articulationPoints()  // all nodes of a path but its two ends
  /// ```
  ///
  /// - Returns: The nodes, rising.
  /// - Complexity: O(*n* + *m*) time and space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph
  /// > manipulation", *Comm. ACM* 16(6), 1973. [doi](https://doi.org/10.1145/362248.362272)
  public func articulationPoints() -> [NodeID] {
    LowPoints(of: undirected()).articulationPoints
  }

  /// Finds the edges without which their component would fall apart.
  ///
  /// An edge that stands for several folded ones counts as one, and so do edges there and back
  /// between the same two nodes.
  ///
  /// - Returns: The undirected edges, each with the smaller node as source, by source and target;
  ///   the weight of edges there and back is their sum.
  /// - Complexity: O(*n* + *m*) time and space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: R. E. Tarjan, "A note on finding the bridges of a graph", *Inf. Process. Lett.* 2(6),
  /// > 1974. [doi](https://doi.org/10.1016/0020-0190(74)90003-9)
  public func bridges() -> [Edge] {
    let pairs = undirected()
    let search = LowPoints(of: pairs)
    return pairs.nodes
      .compactMap { node in search.bridgeParent(of: node).map { (min(node, $0), max(node, $0)) } }
      .sorted { $0 < $1 }
      .compactMap { pairs.edge(from: $0.0, to: $0.1) }
  }
}

/// A depth-first search that remembers how far back each subtree reaches.
///
/// `number[v]` counts from 1 in the order of discovery, 0 while unseen; `low[v]` is the smallest
/// number that v's subtree reaches by one edge outside the tree; `parent[v]` is v itself at a root.
private struct LowPoints {
  private var number: [UInt32]
  private var low: [UInt32]
  private var parent: [UInt32]
  private var isCut: [Bool]

  var articulationPoints: [NodeID] {
    isCut.indices.filter { isCut[$0] }.map { NodeID($0) }
  }

  /// The upper end of the tree edge into a node, where that edge is a bridge.
  func bridgeParent(of node: NodeID) -> NodeID? {
    let parent = parent[node.index]
    guard parent != node.rawValue, low[node.index] > number[Int(parent)] else { return nil }
    return NodeID(rawValue: parent)
  }

  init(of pairs: Graph) {
    let rows = pairs.outgoing
    number = [UInt32](repeating: 0, count: rows.nodeCount)
    low = number
    parent = (0..<rows.nodeCount).map { UInt32($0) }
    isCut = [Bool](repeating: false, count: rows.nodeCount)
    var next = Array(rows.offsets.dropLast())
    var path: [Int] = []
    var count: UInt32 = 0
    for start in 0..<rows.nodeCount where number[start] == 0 {
      var childrenOfStart = 0
      count += 1
      (number[start], low[start]) = (count, count)
      path.append(start)
      while let node = path.last {
        if next[node] < rows.offsets[node + 1] {
          let neighbor = rows.neighbors[Int(next[node])].index
          next[node] += 1
          if number[neighbor] == 0 {
            count += 1
            (number[neighbor], low[neighbor]) = (count, count)
            parent[neighbor] = UInt32(node)
            path.append(neighbor)
            if node == start { childrenOfStart += 1 }
          } else if neighbor != Int(parent[node]) {
            low[node] = min(low[node], number[neighbor])
          }
        } else {
          path.removeLast()
          guard let above = path.last else { break }
          low[above] = min(low[above], low[node])
          if above != start, low[node] >= number[above] { isCut[above] = true }
        }
      }
      isCut[start] = childrenOfStart > 1
    }
  }
}
