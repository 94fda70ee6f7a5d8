/// Looking from what is unseen back to the frontier.
extension FrontierSearch {
  /// Back to out where the frontier holds less than this share of the nodes; the paper's value.
  private static var nodeShare: Int { 18 }

  /// Looks from each unseen node for a neighbour in the frontier, as long as the frontier is large;
  /// tells the last step reached, whose nodes are then in the list.
  func goBack(
    from frontier: NodeBits,
    into list: NodeList,
    _ unseen: NodeBits,
    at first: Step,
    limit: Int
  ) -> Step {
    precondition((busiest?.count ?? nodeCount) == nodeCount, "first neighbours of another graph")
    var (current, following) = (frontier, NodeBits(unwritten: nodeCount))
    var step = first
    while true {
      let look = LookBack(
        search: self,
        from: current,
        to: following,
        unseen: unseen,
        step: step + 1,
        isFirst: step == first
      )
      let found = parallel.sumOfChunks(count: unseen.words.count, chunkSize: 64) {
        unsafe look.run($0)
      }
      step += 1
      swap(&current, &following)
      if found <= nodeCount / Self.nodeShare || Int(step) >= limit { break }
    }
    list.removeAll()
    current.forEach { list.append(UInt32($0)) }
    return step
  }
}

/// One step back.
private struct LookBack<Step: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  let search: FrontierSearch<Step>
  let from: NodeBits
  let to: NodeBits
  let unseen: NodeBits
  let step: Step
  /// Whether nodes without an edge may still be among the unseen.
  let isFirst: Bool

  /// Deals with the nodes of a range of words; tells how many were reached.
  @inline(never)
  @unsafe func run(_ words: Range<Int>) -> Int {
    let rows = unsafe RowPointers(search.inward[0])
    let others = unsafe search.inward.count > 1 ? RowPointers(search.inward[1]) : nil
    let firsts = unsafe search.busiest?.pointer
    let (bits, steps) = unsafe (from.words.pointer, search.steps.pointer)
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
        left = unsafe withEdges(left, word, rows, others)
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
        unsafe steps[node] = step
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

  /// The nodes of a word that have an edge: the others are never looked at again.
  @inline(__always)
  @unsafe private func withEdges(
    _ word: UInt64,
    _ place: Int,
    _ rows: RowPointers,
    _ others: RowPointers?
  ) -> UInt64 {
    let nodes = place &* 64..<min(unseen.nodeCount, place &* 64 &+ 64)
    if search.hasFallingRows, unsafe rows.count(nodes.upperBound &- 1) > 0 { return word }
    var left = word
    for node in nodes {
      let degree = unsafe rows.count(node) | (others?.count(node) ?? 0)
      left &= ~((degree == 0 ? 1 : 0) &<< UInt64(node & 63))
    }
    return left
  }
}
