/// The least weight of edges whose removal parts two nodes.
public struct MinimumCut: Equatable, Sendable {
  /// The sum of the weights of the edges cut, which is the largest flow between the two nodes.
  public let weight: Int64
  /// The edges cut, by source and target.
  public let edges: [Edge]
  /// For each node, in node order, whether it is still reached from the first of the two; of several
  /// cuts of the same weight this is the one nearest to it.
  public let isOnSourceSide: [Bool]
}

extension Graph {
  /// Finds the lightest set of edges on all routes from one node to another.
  ///
  /// ```swift
  /// try graph.minimumCut(from: NodeID(0), to: NodeID(5)).edges
  /// ```
  ///
  /// - Parameters:
  ///   - source: The node that routes leave.
  ///   - target: Another node, which they enter.
  /// - Returns: The cut, without edges where no route leads from one to the other.
  /// - Throws: ``GraphError/noSuchNode(_:nodeCount:)``, or
  ///   ``GraphError/optionOutOfRange(option:expected:)`` where both are the same node.
  /// - Complexity: O(*n*² *m*) time at most, on most graphs nearly O(*m*) for each of the few lengths of
  ///   routes; O(*n* + *m*) space.
  ///
  /// > Accepts: Directed or undirected; weighted, without weights each edge weighs 1; self-loops are
  /// > never cut.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: E. A. Dinic, "Algorithm for solution of a problem of maximum flow in networks with power
  /// > estimation", *Soviet Math. Dokl.* 11, 1970; L. R. Ford, D. R. Fulkerson, "Maximal flow through a
  /// > network", *Can. J. Math.* 8, 1956. [doi](https://doi.org/10.4153/CJM-1956-045-5)
  public func minimumCut(from source: NodeID, to target: NodeID) throws(GraphError) -> MinimumCut {
    for node in [source, target] where !contains(node) {
      throw .noSuchNode(node, nodeCount: nodeCount)
    }
    guard source != target else {
      throw .optionOutOfRange(option: "target", expected: "another node than the source")
    }
    var network = FlowNetwork(of: self)
    var weight: Int64 = 0
    while network.level(from: source.index, to: target.index) {
      weight += network.blockingFlow(from: source.index, to: target.index)
    }
    let isReached = network.levels.map { $0 >= 0 }
    let cut = edges.filter { edge in
      isDirected
        ? isReached[edge.source.index] && !isReached[edge.target.index]
        : isReached[edge.source.index] != isReached[edge.target.index]
    }
    return MinimumCut(weight: weight, edges: Array(cut), isOnSourceSide: isReached)
  }
}

/// What each edge can still carry, there and back.
///
/// Arc `2i` carries edge i from its source, arc `2i + 1` back: `left[a]` is what arc a can still take,
/// and what flows over one is added to the other. `arcs[firsts[v] ..< firsts[v + 1]]` leave v; `levels`
/// tells the steps from the source, -1 where it is not reached; `next` is the first arc of each node that
/// is not known to be useless at this level.
private struct FlowNetwork {
  private var heads: [UInt32] = []
  private var left: [Int64] = []
  private var firsts: [Int]
  private var arcs: [Int]
  private(set) var levels: [Int32]
  private var next: [Int] = []

  init(of graph: Graph) {
    var tails: [UInt32] = []
    firsts = [Int](repeating: 0, count: graph.nodeCount + 1)
    for edge in graph.edges where !edge.isSelfLoop {
      for (tail, head) in [(edge.source, edge.target), (edge.target, edge.source)] {
        tails.append(tail.rawValue)
        heads.append(head.rawValue)
        firsts[tail.index + 1] += 1
      }
      left.append(edge.weight)
      left.append(graph.isDirected ? 0 : edge.weight)
    }
    for node in 0..<graph.nodeCount { firsts[node + 1] += firsts[node] }
    var free = firsts
    arcs = [Int](repeating: 0, count: heads.count)
    for arc in tails.indices {
      arcs[free[Int(tails[arc])]] = arc
      free[Int(tails[arc])] += 1
    }
    levels = [Int32](repeating: -1, count: graph.nodeCount)
  }

  /// Counts steps over arcs that can take more; tells whether the target was reached.
  mutating func level(from source: Int, to target: Int) -> Bool {
    for node in levels.indices { levels[node] = -1 }
    levels[source] = 0
    var queue = [source]
    var place = 0
    while place < queue.count {
      let node = queue[place]
      place += 1
      for arc in arcs[firsts[node]..<firsts[node + 1]] where left[arc] > 0 {
        let head = Int(heads[arc])
        guard levels[head] < 0 else { continue }
        levels[head] = levels[node] + 1
        queue.append(head)
      }
    }
    next = firsts
    return levels[target] >= 0
  }

  /// Sends as much as will go along shortest routes; tells how much.
  mutating func blockingFlow(from source: Int, to target: Int) -> Int64 {
    var sent: Int64 = 0
    var path: [Int] = []
    var node = source
    while true {
      if node == target {
        let amount = path.map { left[$0] }.min() ?? 0
        var firstFull = path.count
        for place in path.indices.reversed() {
          left[path[place]] -= amount
          left[path[place] ^ 1] += amount
          if left[path[place]] == 0 { firstFull = place }
        }
        sent += amount
        node = Int(heads[path[firstFull] ^ 1])
        path.removeSubrange(firstFull...)
        continue
      }
      var onward: Int?
      while next[node] < firsts[node + 1] {
        let arc = arcs[next[node]]
        if left[arc] > 0, levels[Int(heads[arc])] == levels[node] + 1 {
          onward = arc
          break
        }
        next[node] += 1
      }
      if let onward {
        path.append(onward)
        node = Int(heads[onward])
      } else {
        guard let back = path.popLast() else { return sent }
        node = Int(heads[back ^ 1])
        next[node] += 1
      }
    }
  }
}
