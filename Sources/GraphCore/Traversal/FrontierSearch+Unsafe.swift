import Synchronization

/// A search that goes from the frontier to its neighbours while the frontier is small, and from the
/// nodes not yet reached back to the frontier while it is large.
///
/// `steps[v]` is the distance of v, all ones while it is unseen; a bit for each node tells the same from
/// less of the memory. Going out, a worker owns a node once it has taken the bit away, so that
/// each node joins the next frontier once. Going back, a worker owns the 64 nodes of each word of bits.
///
/// Nodes come from the rows of a graph and from starts that the caller has checked; all tables have a
/// place for each, words a bit. The adjacencies are held by the search, so that the pointers outlive it.
struct FrontierSearch<Step: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  let outward: [Adjacency]
  let inward: [Adjacency]
  let steps: SharedArray<Step>
  /// The first of each node's first row inward, where it is known: most looks back need no more.
  let busiest: Column<UInt32>?
  /// Whether rows only get shorter, so that the last of a stretch tells that none is empty.
  let hasFallingRows: Bool
  let parallel: Parallel

  /// What stands for a node that was not reached.
  static var unseenStep: Step { Step(truncatingIfNeeded: -1) }

  var nodeCount: Int { steps.count }

  /// Out to back where the frontier's edges are more than this share of those left; the paper's value.
  private static var edgeShare: Int { 15 }

  /// Searches up to a limit that a step holds; tells whether all that can be reached was.
  func run(from starts: [NodeID], limit: Int) -> Bool {
    parallel.chunks(count: nodeCount, chunkSize: 1 << 16) { steps.fill($0, with: Self.unseenStep) }
    var (frontier, next) = (NodeList(capacity: nodeCount), NodeList(capacity: nodeCount))
    for start in starts where steps[start.index] == Self.unseenStep {
      steps[start.index] = 0
      frontier.append(start.rawValue)
    }
    let unseen = NodeBits(all: nodeCount)
    for place in 0..<frontier.count { unseen.remove(Int(frontier.nodes[place])) }
    var edgesLeft = outward.reduce(0) { $0 + $1.neighbors.count }
    var step: Step = 0
    while frontier.count > 0, Int(step) < limit {
      let frontierEdges = edgeCount(of: frontier)
      // Going back looks at every node at least once, so that it must save as much.
      if frontierEdges > max(edgesLeft, nodeCount) / Self.edgeShare {
        let bits = NodeBits(count: nodeCount)
        for place in 0..<frontier.count { bits.insert(Int(frontier.nodes[place])) }
        if isWorthGoingBack(to: bits, from: unseen, insteadOf: frontierEdges) {
          step = goBack(from: bits, into: frontier, unseen, at: step, limit: limit)
          continue
        }
        // In the order of the nodes, so that rows come one after another from memory.
        frontier.removeAll()
        bits.forEach { frontier.append(UInt32($0)) }
      }
      edgesLeft -= frontierEdges
      next.removeAll()
      unsafe goOut(from: frontier, to: next, unseen, step: step)
      swap(&frontier, &next)
      step += 1
    }
    return frontier.count == 0
  }

  /// Reaches the neighbours of the frontier.
  @unsafe private func goOut(
    from frontier: NodeList,
    to next: NodeList,
    _ unseen: NodeBits,
    step: Step
  ) {
    let isAlone = parallel.workers == .one
    let first = unsafe RowPointers(outward[0])
    let second = unsafe outward.count > 1 ? RowPointers(outward[1]) : nil
    let (table, words) = unsafe (steps.pointer, unseen.words.pointer)
    nonisolated(unsafe) let (steps, open) = unsafe (table, words)
    parallel.share(count: frontier.count, chunkSize: 64) { queue in
      var gathered = NodeGathering()
      @inline(__always) func follow(_ rows: RowPointers, from node: Int) {
        var entry = unsafe Int(rows.starts[node])
        let end = unsafe Int(rows.starts[node &+ 1])
        while entry < end {
          let neighbor = unsafe rows.ends[entry]
          entry &+= 1
          let (word, bit) = (Int(neighbor &>> 6), UInt64(1) &<< UInt64(neighbor & 63))
          if isAlone {
            guard unsafe open[word] & bit != 0 else { continue }
            unsafe open[word] ^= bit
          } else {
            guard unseen.words.take(bit, at: word) else { continue }
          }
          unsafe steps[Int(neighbor)] = step &+ 1
          gathered.append(neighbor, handingInto: next)
        }
      }
      while let chunk = queue.next() {
        for place in chunk.range {
          let node = Int(frontier.nodes[place])
          unsafe follow(first, from: node)
          if let second = unsafe second { unsafe follow(second, from: node) }
        }
      }
      next.take(&gathered)
    }
  }
}
