public import GraphCore

extension Oracle {
  /// Betweenness by Brandes' sums, one start after another, added up in 32 stretches of starts.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: For each node the sum over starts, in the order of operations that the kernel promises.
  public static func brandes(of graph: Graph) -> [Double] {
    let count = graph.nodeCount
    let size = max(1, (count + 31) / 32)
    var parts: [[Double]] = []
    for first in stride(from: 0, to: count, by: size) {
      var scores = [Double](repeating: 0, count: count)
      for start in first..<min(count, first + size) { add(from: start, in: graph, to: &scores) }
      parts.append(scores)
    }
    return (0..<count).map { node in parts.reduce(0) { $0 + $1[node] } }
  }

  private static func add(from start: Int, in graph: Graph, to scores: inout [Double]) {
    // The distances are a kernel's, which has oracles of its own: 300 slow searches would take minutes.
    let found = try? graph.distances(from: [NodeID(start)], workers: .one)
    let steps = graph.nodes.map { node in found?[node] }
    var routes = [Double](repeating: 0, count: graph.nodeCount)
    var depends = routes
    routes[start] = 1
    let furthest = steps.compactMap { $0 }.max() ?? 0
    for step in 0...furthest {
      for node in graph.nodes where steps[node.index] == step {
        for next in graph.outNeighbors(of: node) where steps[next.index] == step + 1 {
          routes[next.index] += routes[node.index]
        }
      }
    }
    for step in (0...furthest).reversed() {
      for node in graph.nodes where steps[node.index] == step {
        var sum = 0.0
        for next in graph.outNeighbors(of: node) where steps[next.index] == step + 1 {
          sum += (1 + depends[next.index]) / routes[next.index]
        }
        depends[node.index] = sum * routes[node.index]
        if node.index != start { scores[node.index] += depends[node.index] }
      }
    }
  }

  /// Harmonic closeness by the distances between all pairs.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - direction: Which way edges are followed.
  /// - Returns: For each node the mean over the others of one over the distance.
  public static func harmonicCloseness(of graph: Graph, _ direction: EdgeDirection) -> [Double] {
    let seen =
      switch direction {
      case .forward: graph
      case .backward: graph.reversed()
      case .either: graph.undirected()
      }
    return seen.nodes.map { node in
      let sum = distances(in: seen, from: [node]).reduce(0.0) { sum, step in
        step.map { $0 == 0 ? sum : sum + 1 / Double($0) } ?? sum
      }
      return graph.nodeCount < 2 ? 0 : sum / Double(graph.nodeCount - 1)
    }
  }

  /// Groups of nodes that hold together without any one node, by merging edges that share a circle.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The nodes of each group, rising; groups in order.
  public static func biconnectedGroups(of graph: Graph) -> [[NodeID]] {
    let pairs = graph.undirected().withoutSelfLoops()
    let edges = Array(pairs.edges)
    var group = Array(edges.indices)
    // Two edges at a node belong together where their other ends are joined without that node.
    for node in pairs.nodes {
      for first in pairs.neighbors(of: node) {
        let reached = distances(in: pairs, from: [first], without: node)
        for second in pairs.neighbors(of: node)
        where second > first && reached[second.index] != nil {
          guard let a = edges.firstIndex(where: { $0.joins(node, first) }),
            let b = edges.firstIndex(where: { $0.joins(node, second) })
          else { continue }
          let (keep, drop) = (min(group[a], group[b]), max(group[a], group[b]))
          for edge in group.indices where group[edge] == drop { group[edge] = keep }
        }
      }
    }
    return Set(group).map { mark in
      let ends = edges.indices.filter { group[$0] == mark }
        .flatMap { [edges[$0].source, edges[$0].target] }
      return Set(ends).sorted()
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

extension Edge {
  fileprivate func joins(_ a: NodeID, _ b: NodeID) -> Bool {
    source == a && target == b || source == b && target == a
  }
}
