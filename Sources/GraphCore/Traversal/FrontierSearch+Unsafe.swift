import Synchronization

/// A search that goes from the frontier to its neighbours while the frontier is small, and from the
/// nodes not yet reached back to the frontier while it is large.
///
/// `steps[v]` is the distance of v, -1 while it is unseen; a bit for each node tells the same from a
/// thirty-second of the memory. Going out, a worker owns a node once it has taken the bit away, so that
/// each node joins the next frontier once. Going back, a worker owns the 64 nodes of each word of bits.
///
/// Nodes come from the rows of a graph and from starts that the caller has checked; all tables have a
/// place for each, words a bit. The adjacencies are held by the search, so that the pointers outlive it.
struct FrontierSearch: Sendable {
  let outward: [Adjacency]
  let inward: [Adjacency]
  let steps: SharedArray<Int32>
  /// The first of each node's first row inward, where it is known: most looks back need no more.
  let busiest: Column<UInt32>?
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
    let unseen = NodeBits(all: nodeCount)
    for place in 0..<frontier.count { unseen.remove(Int(frontier.nodes[place])) }
    var edgesLeft = outward.reduce(0) { $0 + $1.neighbors.count }
    var step: Int32 = 0
    while frontier.count > 0, Int(step) < limit {
      let frontierEdges = edgeCount(of: frontier)
      // Going back looks at every node at least once, so that it must save as much.
      if frontierEdges > max(edgesLeft, nodeCount) / Self.edgeShare {
        let bits = NodeBits(count: nodeCount)
        for place in 0..<frontier.count { bits.insert(Int(frontier.nodes[place])) }
        if isWorthGoingBack(to: bits, from: unseen, insteadOf: frontierEdges) {
          step = unsafe goBack(from: bits, into: frontier, unseen, at: step, limit: limit)
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
  }

  /// Reaches the neighbours of the frontier.
  @unsafe private func goOut(
    from frontier: NodeList,
    to next: NodeList,
    _ unseen: NodeBits,
    step: Int32
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

  /// Looks from each unseen node for a neighbour in the frontier, as long as the frontier is large;
  /// tells the last step reached, whose nodes are then in the list.
  @unsafe private func goBack(
    from frontier: NodeBits,
    into list: NodeList,
    _ unseen: NodeBits,
    at first: Int32,
    limit: Int
  ) -> Int32 {
    var (current, following) = (frontier, NodeBits(unwritten: nodeCount))
    let rows = unsafe RowPointers(inward[0])
    let others = unsafe inward.count > 1 ? RowPointers(inward[1]) : nil
    let (wordCount, count) = (unseen.words.count, nodeCount)
    precondition((busiest?.count ?? count) == count, "first neighbours of another graph")
    nonisolated(unsafe) let firsts = unsafe busiest?.pointer
    let table = unsafe steps.pointer
    nonisolated(unsafe) let steps = unsafe table
    var step = first
    while true {
      let (from, to, now, isFirst) = (current, following, step + 1, step == first)
      let found = parallel.sumOfChunks(count: wordCount, chunkSize: 64) { words in
        let bits = unsafe from.words.pointer
        @inline(__always) func isAt(_ neighbor: UInt32) -> Bool {
          unsafe bits[Int(neighbor &>> 6)] &>> UInt64(neighbor & 63) & 1 != 0
        }
        @inline(__always) func touches(_ rows: RowPointers, _ node: Int) -> Bool {
          var entry = unsafe Int(rows.starts[node])
          let end = unsafe Int(rows.starts[node &+ 1])
          while entry < end {
            if unsafe isAt(rows.ends[entry]) { return true }
            entry &+= 1
          }
          return false
        }
        var found = 0
        for word in words {
          var left = unseen.words[word]
          if isFirst, left != 0 {
            // Nodes without an edge are never looked at again.
            for node in word &* 64..<min(count, word &* 64 &+ 64) {
              let degree = unsafe rows.count(node) | (others?.count(node) ?? 0)
              left &= ~((degree == 0 ? 1 : 0) &<< UInt64(node & 63))
            }
            unseen.words[word] = left
          }
          var new: UInt64 = 0
          while left != 0 {
            let bit = left.trailingZeroBitCount
            left &= left &- 1
            let node = word &* 64 &+ bit
            var isTouched = false
            if let firsts = unsafe firsts { isTouched = unsafe isAt(firsts[node]) }
            if !isTouched { isTouched = unsafe touches(rows, node) }
            if !isTouched, let others = unsafe others { isTouched = unsafe touches(others, node) }
            guard isTouched else { continue }
            unsafe steps[node] = now
            new |= 1 &<< UInt64(bit)
          }
          to.words[word] = new
          if new != 0 {
            unseen.words[word] &= ~new
            found &+= new.nonzeroBitCount
          }
        }
        return found
      }
      step += 1
      swap(&current, &following)
      if found <= nodeCount / Self.nodeShare || Int(step) >= limit { break }
    }
    list.removeAll()
    for word in 0..<wordCount {
      var left = current.words[word]
      while left != 0 {
        list.append(UInt32(word * 64 + left.trailingZeroBitCount))
        left &= left &- 1
      }
    }
    return step
  }
}
