import GraphCore

/// Checks of answers that cost no more than the answers, written without the kernels they check.
enum Verifier {
  /// The node with most outgoing edges.
  static func busiest(_ graph: Graph) -> NodeID {
    graph.nodes.max { graph.outNeighbors(of: $0).count < graph.outNeighbors(of: $1).count }
      ?? NodeID(0)
  }

  /// Each edge leads at most one step on, and each reached node has a neighbour one step back.
  static func distances(_ distances: Distances, in graph: Graph, from root: NodeID) throws {
    try check(distances[root] == 0, "the start is not at 0")
    for node in graph.nodes {
      guard let step = distances[node] else { continue }
      for next in graph.outNeighbors(of: node) {
        guard let other = distances[next] else {
          throw WrongAnswer(description: "wrong answer: a neighbour was not reached")
        }
        try check(other <= step + 1, "an edge skips a step")
      }
      let hasParent = graph.inNeighbors(of: node).contains { distances[$0] == step - 1 }
      try check(step == 0 || hasParent, "a node has no parent")
    }
  }

  /// Union-find with halved paths.
  static func components(_ components: Components, in graph: Graph) throws {
    var parent = Array(0..<graph.nodeCount)
    func top(_ node: Int) -> Int {
      var node = node
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    var count = graph.nodeCount
    for edge in graph.edges {
      let (a, b) = (top(edge.source.index), top(edge.target.index))
      try check(components[edge.source] == components[edge.target], "an edge joins two components")
      if a != b {
        parent[a] = b
        count -= 1
      }
    }
    try check(components.count == count, "there are \(count) components")
  }

  /// The largest strong component is what its first member reaches and is reached from.
  static func largest(_ components: Components, in graph: Graph) throws {
    guard let largest = components.largest, let start = components.members(of: largest).first else {
      return
    }
    let there = reach(from: start, without: nil, in: graph, forward: true)
    let back = reach(from: start, without: nil, in: graph, forward: false)
    for node in graph.nodes {
      let isMember = there[node.index] && back[node.index]
      try check((components[node] == largest) == isMember, "a strong component is not one")
    }
  }

  /// The shares add up to 1 and one more round changes nothing.
  static func pageRank(_ scores: [Double], damping: Double, in graph: Graph) throws {
    try check(abs(scores.reduce(0, +) - 1) < 1e-9, "the shares do not add up to 1")
    let weights = graph.nodes.map { node in
      graph.outEdges(of: node).reduce(0.0) { $0 + Double($1.weight) }
    }
    var lost = 0.0
    for node in graph.nodes where weights[node.index] == 0 { lost += scores[node.index] }
    var change = 0.0
    for node in graph.nodes {
      let flow = graph.inEdges(of: node).reduce(0.0) { sum, edge in
        sum + scores[edge.source.index] * Double(edge.weight) / weights[edge.source.index]
      }
      let expected = (1 - damping + damping * lost) / Double(graph.nodeCount) + damping * flow
      change += abs(expected - scores[node.index])
    }
    try check(change < 1e-10, "one more round changes PageRank by \(change)")
  }

  /// Hubs give authorities and the other way round, up to a factor.
  static func hits(_ result: HITS.Result, in graph: Graph) throws {
    let next = graph.nodes.map { node in
      graph.outEdges(of: node).reduce(0.0) {
        $0 + Double($1.weight) * result.authorities[$1.target.index]
      }
    }
    let sum = next.reduce(0, +)
    let change = zip(next, result.hubs).reduce(0.0) { $0 + abs($1.0 / sum - $1.1) }
    try check(change < 1e-9, "one more round changes the hubs by \(change)")
  }

  /// Each node has as many neighbours of its core number or more, and the core is not deeper.
  static func cores(_ cores: [Int], in graph: Graph) throws {
    for node in graph.nodes {
      let own = cores[node.index]
      let others = Set(graph.outNeighbors(of: node)).union(graph.inNeighbors(of: node))
        .subtracting([node])
      try check(others.count { cores[$0.index] >= own } >= own, "a core is too shallow a promise")
      // With the same ones it could not be in the next core unless that many were as deep.
      try check(others.count { cores[$0.index] > own } <= own, "a node belongs deeper")
    }
  }

  /// Taking an articulation point away splits its component; taking another node away does not.
  static func cuts(_ points: [NodeID], in graph: Graph) throws {
    let isCut = Set(points)
    let quiet = graph.nodes.filter { !isCut.contains($0) && !graph.neighbors(of: $0).isEmpty }
    for (nodes, splits) in [(points, true), (quiet, false)] {
      for place in 0..<min(20, nodes.count) {
        let node = nodes[place * nodes.count / min(20, nodes.count)]
        let others = Set(graph.outNeighbors(of: node)).union(graph.inNeighbors(of: node))
          .subtracting([node])
        guard let first = others.first else { continue }
        let seen = reach(from: first, without: node, in: graph, forward: nil)
        try check(others.allSatisfy { seen[$0.index] } != splits, "an articulation point is wrong")
      }
    }
  }

  /// Without its dominator a node is out of reach.
  static func dominators(_ tree: DominatorTree, in graph: Graph, from root: NodeID) throws {
    let below = graph.nodes.filter { node in
      tree.immediateDominator(of: node).map { $0 != root } ?? false
    }
    for place in 0..<min(20, below.count) {
      let node = below[place * below.count / min(20, below.count)]
      guard let above = tree.immediateDominator(of: node) else { continue }
      let seen = reach(from: root, without: above, in: graph, forward: true)
      try check(!seen[node.index], "a node is reached around its dominator")
    }
  }

  /// The springs are at rest: the forces left are small beside the weight of the springs.
  static func springs(_ scores: [Double], in graph: Graph) throws {
    var left = 0.0
    for node in graph.nodes {
      var force = 0.0
      for edge in graph.outEdges(of: node) {
        force += Double(edge.weight) * (scores[edge.target.index] + 1 - scores[node.index])
      }
      for edge in graph.inEdges(of: node) {
        force += Double(edge.weight) * (scores[edge.source.index] - 1 - scores[node.index])
      }
      left += abs(force)
    }
    let share = left / Double(graph.totalWeight)
    try check(share < 1e-7, "forces of \(share) per spring are left")
  }

  /// F0 as the paper defines it, from the levels.
  static func incoherence(_ result: TrophicLevels.Result, in graph: Graph) throws {
    var (sum, weight) = (0.0, 0.0)
    for edge in graph.edges {
      let climb = result.levels[edge.target.index] - result.levels[edge.source.index]
      sum += Double(edge.weight) * (climb - 1) * (climb - 1)
      weight += Double(edge.weight)
    }
    try check(abs(sum / weight - (result.incoherence ?? -1)) < 1e-8, "F0 does not fit the levels")
  }

  /// Which nodes are reached; `forward` nil goes along edges both ways.
  private static func reach(
    from start: NodeID,
    without removed: NodeID?,
    in graph: Graph,
    forward: Bool?
  ) -> [Bool] {
    var seen = [Bool](repeating: false, count: graph.nodeCount)
    var stack = [start]
    if let removed { seen[removed.index] = true }
    if seen[start.index] { return seen }
    seen[start.index] = true
    while let node = stack.popLast() {
      let sides =
        switch forward {
        case true: [graph.outNeighbors(of: node)]
        case false: [graph.inNeighbors(of: node)]
        case nil: [graph.outNeighbors(of: node), graph.inNeighbors(of: node)]
        }
      for side in sides {
        for next in side where !seen[next.index] {
          seen[next.index] = true
          stack.append(next)
        }
      }
    }
    return seen
  }
}
