import Synchronization

/// A search for what a node leads to, not for how far it lies.
///
/// While what was found has few edges they are followed. Then each node that is not reached looks for a
/// reached one among those before it, again and again; as no distance is asked for, what a pass has
/// found counts within the same pass. Once a pass finds few, their edges are followed to the end.
///
/// Nodes come from the rows of one graph, and sets have a bit for each of its nodes. In a pass a worker
/// owns the nodes of its words; those of others are read as atomics, and what is missed there is among
/// the nodes that the pass found. The search holds the rows.
struct ReachSearch: Sendable {
  let outward: Adjacency
  let inward: Adjacency
  let parallel: Parallel

  /// Edges are followed one by one up to this share of all.
  private static let followedShare = 12
  /// A pass over the rest is worth while where it finds more than this share of it.
  private static let passShare = 8

  /// The nodes that a start leads to over nodes of a set, the start among them.
  func reached(from start: Int, within set: NodeBits) -> NodeBits {
    precondition(set.nodeCount == outward.nodeCount && set[start], "a set of another graph")
    let (reached, left) = (NodeBits(count: set.nodeCount), set.copy())
    let list = NodeList(capacity: set.nodeCount)
    reached.insert(start)
    left.remove(start)
    list.append(UInt32(start))
    var next = 0
    follow(list, from: &next, left, reached, atMost: outward.neighbors.count / Self.followedShare)
    var rest = next < list.count ? left.count : 0
    while next < list.count {
      next = 0
      list.removeAll()
      look(into: list, left, reached)
      let isWorthAnother = list.count > rest / Self.passShare
      rest -= list.count
      if !isWorthAnother { follow(list, from: &next, left, reached, atMost: .max) }
    }
    return reached
  }

  /// Follows the edges of the nodes of a list from a place on, and adds what they lead to, until there
  /// are no more or so many edges were followed.
  private func follow(
    _ list: NodeList,
    from next: inout Int,
    _ left: NodeBits,
    _ reached: NodeBits,
    atMost limit: Int
  ) {
    let rows = unsafe RowPointers(outward)
    let (open, done) = unsafe (left.words.pointer, reached.words.pointer)
    var followed = 0
    while next < list.count, followed < limit {
      let node = Int(list.nodes[next])
      next += 1
      var entry = unsafe Int(rows.starts[node])
      let end = unsafe Int(rows.starts[node &+ 1])
      followed &+= end &- entry
      while entry < end {
        let neighbor = unsafe rows.ends[entry]
        entry &+= 1
        let (word, bit) = (Int(neighbor &>> 6), UInt64(1) &<< UInt64(neighbor & 63))
        guard unsafe open[word] & bit != 0 else { continue }
        unsafe open[word] ^= bit
        unsafe done[word] |= bit
        list.append(neighbor)
      }
    }
  }

  /// Lets each node that is left look for a reached one before it; those that find one are reached too.
  private func look(into list: NodeList, _ left: NodeBits, _ reached: NodeBits) {
    let rows = unsafe RowPointers(inward)
    let (open, done) = unsafe (left.words.pointer, reached.words.pointer)
    nonisolated(unsafe) let (openWords, doneWords) = unsafe (open, done)
    parallel.share(count: left.words.count, chunkSize: 64) { queue in
      var gathered = NodeGathering()
      @inline(__always) func word(_ place: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        unsafe UnsafeMutableRawPointer(doneWords + place)
          .assumingMemoryBound(to: Atomic<UInt64>.self)
      }
      @inline(__always) func isFound(_ node: Int) -> Bool {
        var entry = unsafe Int(rows.starts[node])
        let end = unsafe Int(rows.starts[node &+ 1])
        while entry < end {
          let other = unsafe rows.ends[entry]
          entry &+= 1
          let bits = unsafe word(Int(other &>> 6)).pointee.load(ordering: .relaxed)
          if bits &>> UInt64(other & 63) & 1 != 0 { return true }
        }
        return false
      }
      while let chunk = queue.next() {
        for place in chunk.range {
          var rest = unsafe openWords[place]
          guard rest != 0 else { continue }
          var found: UInt64 = 0
          while rest != 0 {
            let node = place &* 64 &+ rest.trailingZeroBitCount
            if isFound(node) {
              found |= rest & ~(rest &- 1)
              gathered.append(UInt32(truncatingIfNeeded: node), handingInto: list)
            }
            rest &= rest &- 1
          }
          guard found != 0 else { continue }
          unsafe openWords[place] &= ~found
          let known = unsafe word(place).pointee.load(ordering: .relaxed)
          unsafe word(place).pointee.store(known | found, ordering: .relaxed)
        }
      }
      list.take(&gathered)
    }
  }
}
