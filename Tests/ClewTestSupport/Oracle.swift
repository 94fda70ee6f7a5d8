public import GraphCore

/// Slow and obvious second implementations, to hold the kernels against.
public enum Oracle {
  /// Distances by relaxing every edge until nothing changes.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - starts: The start nodes.
  ///   - skipped: A node that routes may not use.
  /// - Returns: For each node the number of edges, or nil.
  public static func distances(
    in graph: Graph,
    from starts: [NodeID],
    without skipped: NodeID? = nil
  ) -> [Int?] {
    var steps = [Int?](repeating: nil, count: graph.nodeCount)
    for start in starts where start != skipped { steps[start.index] = 0 }
    var isChanged = true
    while isChanged {
      isChanged = false
      for edge in bothWays(graph) where edge.target != skipped {
        guard let step = steps[edge.source.index] else { continue }
        if steps[edge.target.index] ?? .max > step + 1 {
          steps[edge.target.index] = step + 1
          isChanged = true
        }
      }
    }
    return steps
  }

  /// For each node the first node of its weak component, by handing the least label round.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: One node for each node.
  public static func firstInComponent(of graph: Graph) -> [Int] {
    var label = Array(0..<graph.nodeCount)
    var isChanged = true
    while isChanged {
      isChanged = false
      for edge in graph.edges {
        let least = min(label[edge.source.index], label[edge.target.index])
        for end in [edge.source.index, edge.target.index] where label[end] != least {
          label[end] = least
          isChanged = true
        }
      }
    }
    return label
  }

  /// For each node the first node that it reaches and is reached by.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: One node for each node.
  public static func firstInStrongComponent(of graph: Graph) -> [Int] {
    let reach = graph.nodes.map { distances(in: graph, from: [$0]).map { $0 != nil } }
    return reach.indices.map { node in
      reach.indices.first { reach[node][$0] && reach[$0][node] } ?? node
    }
  }

  /// Nodes whose removal leaves more components among the others, one removal after another.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The nodes, rising.
  public static func articulationPoints(of graph: Graph) -> [NodeID] {
    graph.nodes.filter { node in
      let rest = graph.filtered { $0 != node }.graph
      let isAlone = graph.neighbors(of: node).allSatisfy { $0 == node }
      let before = Set(firstInComponent(of: graph)).count - (isAlone ? 1 : 0)
      return Set(firstInComponent(of: rest)).count > before
    }
  }

  /// Pairs whose removal leaves more components, one removal after another.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The undirected edges, in order.
  public static func bridges(of graph: Graph) -> [Edge] {
    let pairs = graph.undirected()
    let before = Set(firstInComponent(of: pairs)).count
    return pairs.edges.filter { edge in
      Set(firstInComponent(of: pairs.filtered { $0 != edge })).count > before
    }
  }

  /// Nearest dominators by taking away one node after another.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - roots: The roots.
  /// - Returns: For each node its nearest dominator, nil where it has none or is not reached.
  public static func immediateDominators(in graph: Graph, from roots: [NodeID]) -> [NodeID?] {
    let reached = distances(in: graph, from: roots)
    var dominators = [[NodeID]](repeating: [], count: graph.nodeCount)
    for node in graph.nodes where reached[node.index] != nil {
      let left = distances(in: graph, from: roots, without: node)
      for other in graph.nodes
      where other != node && reached[other.index] != nil && left[other.index] == nil {
        dominators[other.index].append(node)
      }
    }
    // The nearest of several dominators is the one that has the most of its own.
    return dominators.map { own in
      own.max { dominators[$0.index].count < dominators[$1.index].count }
    }
  }

  /// Core numbers by taking away nodes of too few neighbours, core after core.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: One number for each node.
  public static func coreNumbers(of graph: Graph) -> [Int] {
    var cores = [Int](repeating: 0, count: graph.nodeCount)
    for k in 0...max(1, graph.nodeCount) {
      var isLeft = [Bool](repeating: true, count: graph.nodeCount)
      var isChanged = true
      while isChanged {
        isChanged = false
        for node in graph.nodes where isLeft[node.index] {
          let count = graph.neighbors(of: node).count { $0 != node && isLeft[$0.index] }
          if count < k {
            isLeft[node.index] = false
            isChanged = true
          }
        }
      }
      for node in graph.nodes where isLeft[node.index] { cores[node.index] = k }
    }
    return cores
  }

  /// Triangles at each node by trying all triples.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: One count for each node.
  public static func triangles(of graph: Graph) -> [Int] {
    let isLinked = matrix(of: graph.undirected()).map { $0.map { $0 > 0 } }
    var counts = [Int](repeating: 0, count: graph.nodeCount)
    for a in counts.indices {
      for b in 0..<a where isLinked[a][b] {
        for c in 0..<b where isLinked[a][c] && isLinked[b][c] {
          for corner in [a, b, c] { counts[corner] += 1 }
        }
      }
    }
    return counts
  }

  /// The weights from each node to each other.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: Rows of weights, 0 where there is no edge.
  public static func matrix(of graph: Graph) -> [[Double]] {
    var rows = [[Double]](
      repeating: [Double](repeating: 0, count: graph.nodeCount),
      count: graph.nodeCount
    )
    for edge in bothWays(graph) { rows[edge.source.index][edge.target.index] = Double(edge.weight) }
    return rows
  }

  private static func bothWays(_ graph: Graph) -> [Edge] {
    graph.nodes.flatMap { Array(graph.outEdges(of: $0)) }
  }
}
