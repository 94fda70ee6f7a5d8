/// Which way a search follows edges.
public enum EdgeDirection: Hashable, Sendable, CaseIterable {
  /// From source to target.
  case forward
  /// From target to source.
  case backward
  /// Both ways, as if the graph were undirected.
  case either
}

/// How many edges lie between the start of a search and each node.
public struct Distances: Equatable, Sendable {
  /// The nodes that were reached, nearest first; within a distance by the node reached from, then
  /// by id.
  public let reached: [NodeID]
  /// The steps to each node, or -1 where it was not reached.
  let steps: [Int32]

  /// The number of edges on a shortest route to a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The number, 0 for a start node, or nil where no route leads there.
  public subscript(node: NodeID) -> Int? {
    let steps = steps[node.index]
    return steps < 0 ? nil : Int(steps)
  }

  /// The largest distance of a node that was reached.
  public var furthest: Int {
    reached.last.map { Int(steps[$0.index]) } ?? 0
  }
}

extension Graph {
  /// Counts the edges on a shortest route from the nearest of several start nodes to each node.
  ///
  /// ```swift
  /// let distances = try graph.distances(from: [NodeID(0)])
  /// distances[NodeID(3)]  // 2, or nil where no route leads there
  /// ```
  ///
  /// - Parameters:
  ///   - starts: One node or more; repeats change nothing.
  ///   - direction: Which way edges are followed; no matter where the graph is undirected.
  ///   - limit: How many steps to go at most.
  /// - Returns: The distance of each node in edges, and the nodes that were reached.
  /// - Throws: ``GraphError/noStartNodes`` or ``GraphError/noSuchNode(_:nodeCount:)``.
  /// - Complexity: O(*n* + *m*) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the distances do not depend on the order of the starts.
  ///
  /// > Source: E. F. Moore, "The shortest path through a maze", *Proc. Int. Symp. on the Theory of
  /// > Switching*, Harvard, 1959.
  public func distances(
    from starts: [NodeID],
    direction: EdgeDirection = .forward,
    limit: Int = .max
  ) throws(GraphError) -> Distances {
    guard !starts.isEmpty else { throw .noStartNodes }
    var steps = [Int32](repeating: -1, count: nodeCount)
    var reached: [NodeID] = []
    for start in starts {
      guard contains(start) else { throw .noSuchNode(start, nodeCount: nodeCount) }
      guard steps[start.index] < 0 else { continue }
      steps[start.index] = 0
      reached.append(start)
    }
    let rows = rows(along: direction)
    var next = 0
    while next < reached.count {
      let node = reached[next].index
      next += 1
      let step = steps[node]
      guard Int(step) < limit else { break }
      for side in rows {
        for position in side.row(at: node) {
          let neighbor = side.neighbors[position]
          guard steps[neighbor.index] < 0 else { continue }
          steps[neighbor.index] = step + 1
          reached.append(neighbor)
        }
      }
    }
    return Distances(reached: reached, steps: steps)
  }

  /// The sets of rows that a search in a direction reads.
  func rows(along direction: EdgeDirection) -> [Adjacency] {
    switch direction {
    case .forward: [outgoing]
    case .backward: [incoming]
    case .either: isDirected ? [outgoing, incoming] : [outgoing]
    }
  }
}
