/// Which way a search follows edges.
public enum EdgeDirection: Hashable, Sendable, CaseIterable {
  /// From source to target.
  case forward
  /// From target to source.
  case backward
  /// Both ways, as if the graph were undirected.
  case either

  /// The way back.
  var opposite: Self {
    switch self {
    case .forward: .backward
    case .backward: .forward
    case .either: .either
    }
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
  ///   - workers: How many processors may help.
  /// - Returns: The distance of each node in edges.
  /// - Throws: ``GraphError/noStartNodes`` or ``GraphError/noSuchNode(_:nodeCount:)``.
  /// - Complexity: O(*n* + *m*) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers and any order of the starts.
  ///
  /// > Source: S. Beamer, K. Asanović, D. Patterson, "Direction-optimizing breadth-first search",
  /// > SC 2012. [doi](https://doi.org/10.1109/SC.2012.50)
  public func distances(
    from starts: [NodeID],
    direction: EdgeDirection = .forward,
    limit: Int = .max,
    workers: WorkerCount = .active
  ) throws(GraphError) -> Distances {
    guard !starts.isEmpty else { throw .noStartNodes }
    for start in starts where !contains(start) {
      throw .noSuchNode(start, nodeCount: nodeCount)
    }
    let (outward, inward) = (rows(along: direction), rows(along: direction.opposite))
    let steps = [Int32](filling: nodeCount) { steps in
      let search = BreadthFirstSearch(
        outward: outward,
        inward: inward,
        steps: steps,
        parallel: Parallel(workers: workers)
      )
      search.run(from: starts, limit: limit)
    }
    return Distances(steps: steps)
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

/// A search that goes from the frontier to its neighbours while the frontier is small, and from the
/// nodes not yet reached back to the frontier while it is large.
///
/// `steps[v]` is the distance of v, -1 while it is unseen. Going out, a worker owns a node once it has
/// replaced -1 there, so that each node joins the next frontier once. Going back, a worker owns the
/// 64 nodes of each word of the bits.
private struct BreadthFirstSearch: Sendable {
  let outward: [Adjacency]
  let inward: [Adjacency]
  let steps: SharedArray<Int32>
  let parallel: Parallel

  private var nodeCount: Int { steps.count }

  /// Out to back where the frontier's edges are more than this share of those left; the paper's values.
  private static let edgeShare = 15
  /// Back to out where the frontier holds less than this share of the nodes.
  private static let nodeShare = 18

  func run(from starts: [NodeID], limit: Int) {
    parallel.chunks(count: nodeCount, chunkSize: 1 << 16) { steps.fill($0, with: -1) }
    var (frontier, next) = (NodeList(capacity: nodeCount), NodeList(capacity: nodeCount))
    for start in starts where steps[start.index] < 0 {
      steps[start.index] = 0
      frontier.append(start.rawValue)
    }
    var edgesLeft = outward.reduce(0) { $0 + $1.neighbors.count }
    var frontierEdges = (0..<frontier.count).reduce(0) { $0 + degree(of: frontier.nodes[$1]) }
    var step: Int32 = 0
    while frontier.count > 0, Int(step) < limit {
      // Going back looks at every node at least once, so that it must save as much.
      if frontierEdges > max(edgesLeft, nodeCount) / Self.edgeShare {
        step = goBack(from: frontier, at: step, limit: limit)
        collect(step, into: frontier)
        frontierEdges = 0
        continue
      }
      edgesLeft -= frontierEdges
      next.removeAll()
      frontierEdges = goOut(from: frontier, to: next, step: step)
      swap(&frontier, &next)
      step += 1
    }
  }

  private func degree(of node: UInt32) -> Int {
    outward.reduce(0) { $0 + $1.row(at: Int(node)).count }
  }

  /// Reaches the neighbours of the frontier; tells how many edges leave them.
  private func goOut(from frontier: NodeList, to next: NodeList, step: Int32) -> Int {
    let isAlone = parallel.workers == .one
    return parallel.sumOfChunks(count: frontier.count, chunkSize: 64) { range in
      var edges = 0
      var gathered = NodeGathering()
      for place in range {
        let node = Int(frontier.nodes[place])
        for side in outward {
          for position in side.row(at: node) {
            let neighbor = side.neighbors[position].rawValue
            guard steps.claim(neighbor, as: step + 1, isAlone: isAlone) else {
              continue
            }
            gathered.append(neighbor, handingInto: next)
            edges += degree(of: neighbor)
          }
        }
      }
      next.take(&gathered)
      return edges
    }
  }

  /// Looks from each unseen node for a neighbour in the frontier, as long as the frontier is large;
  /// tells the last step reached.
  private func goBack(from list: NodeList, at first: Int32, limit: Int) -> Int32 {
    let (seen, frontier, next) = (
      NodeBits(count: nodeCount), NodeBits(count: nodeCount), NodeBits(count: nodeCount)
    )
    for place in 0..<list.count { frontier.insert(Int(list.nodes[place])) }
    let wordCount = seen.words.count
    parallel.chunks(count: wordCount, chunkSize: 1024) { words in
      for word in words {
        var bits: UInt64 = 0
        let nodes = word * 64..<min(nodeCount, word * 64 + 64)
        for node in nodes where steps[node] >= 0 || inward.allSatisfy({ $0.row(at: node).isEmpty })
        {
          bits |= 1 &<< UInt64(node & 63)
        }
        // No node beyond the last is ever looked at.
        if nodes.count < 64 { bits |= ~0 &<< UInt64(nodes.count) }
        seen.words[word] = bits
      }
    }
    var (current, following) = (frontier, next)
    var step = first
    while true {
      let (from, to, now) = (current, following, step + 1)
      let found = parallel.sumOfChunks(count: wordCount, chunkSize: 64) { words in
        var count = 0
        for word in words {
          var left = ~seen.words[word]
          var new: UInt64 = 0
          while left != 0 {
            let bit = left.trailingZeroBitCount
            left &= left &- 1
            let node = word * 64 + bit
            guard hasNeighbor(of: node, in: from) else { continue }
            steps[node] = now
            new |= 1 &<< UInt64(bit)
          }
          to.words[word] = new
          seen.words[word] |= new
          count += new.nonzeroBitCount
        }
        return count
      }
      step += 1
      swap(&current, &following)
      if found <= nodeCount / Self.nodeShare || Int(step) >= limit { return step }
    }
  }

  @inline(__always)
  private func hasNeighbor(of node: Int, in frontier: NodeBits) -> Bool {
    for side in inward {
      for position in side.row(at: node) where frontier[side.neighbors[position].index] {
        return true
      }
    }
    return false
  }

  /// Makes a list of the nodes at a step.
  private func collect(_ step: Int32, into list: NodeList) {
    list.removeAll()
    parallel.chunks(count: nodeCount, chunkSize: 1 << 14) { range in
      var gathered = NodeGathering()
      for node in range where steps[node] == step {
        gathered.append(UInt32(node), handingInto: list)
      }
      list.take(&gathered)
    }
  }
}
