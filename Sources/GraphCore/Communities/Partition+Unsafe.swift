/// A division of a network and what it takes to better it.
///
/// The gain of a node in a group is the weight between them less what chance puts there: `resolution`
/// times the strengths of both over that of all. There are as many groups as nodes, some empty, so that
/// every group is a place of each table, as is every neighbour; the tables live as long as the division.
struct Partition {
  let groupOf: SharedArray<UInt32>
  /// The strength of each group.
  private let groupStrengths: SharedArray<Double>
  private let chance: Double

  /// Starts from a group for each node, any number below the count of nodes.
  init<Weight>(_ network: CommunityNetwork<Weight>, groups: SharedArray<UInt32>, resolution: Double)
  {
    let count = network.nodeCount
    groupOf = groups
    groupStrengths = SharedArray(repeating: 0, count: count)
    chance = network.totalStrength > 0 ? resolution / network.totalStrength : 0
    for node in 0..<count {
      groupStrengths[groups[node]] += network.strengths[node]
    }
  }

  /// Moves nodes to the neighbouring group of most gain until none would move, or until each has been
  /// looked at so many times.
  ///
  /// All nodes wait in a queue at first; one that moves calls its neighbours outside its new group back.
  /// A hub is called back without end while the groups about it take shape: what its looks find, the
  /// merged network finds again for less.
  ///
  /// - Returns: How often a node moved.
  func move<Weight>(in network: CommunityNetwork<Weight>, looks: UInt8) -> Int {
    let count = network.nodeCount
    precondition(groupOf.count == count && looks > 0, "another network")
    let waitingNodes = SharedArray<UInt32>(unwritten: count)
    // Of each node how often it may still be looked at, 127 for no end, and in the high bit whether it
    // waits.
    let states = SharedArray<UInt8>(repeating: 0x80 | min(looks, 127), count: count)
    for node in 0..<count { waitingNodes[node] = UInt32(node) }
    var links = LinkSums<Weight>(count: count)
    let (queue, state) = unsafe (waitingNodes.pointer, states.pointer)
    let (starts, ends) = unsafe (network.firsts.pointer, network.neighbors.pointer)
    let (groups, strengths) = unsafe (groupOf.pointer, groupStrengths.pointer)
    var (first, waiting, moves) = (0, count, 0)
    while waiting > 0 {
      let node = unsafe Int(queue[first])
      // Every place of the queue holds a node, waiting or not.
      unsafe network.prefetchRow(of: Int(queue[min(first &+ 8, count &- 1)]))
      first = first &+ 1 == count ? 0 : first &+ 1
      waiting &-= 1
      let left = unsafe state[node] & 0x7F
      unsafe state[node] = left == 127 ? left : left &- 1
      let (begin, end) = unsafe (Int(starts[node]), Int(starts[node &+ 1]))
      links.addRow(begin..<end, of: network, by: groupOf)
      let own = unsafe groups[node]
      let strength = network.strengths[node]
      let share = chance * strength
      unsafe strengths[Int(own)] -= strength
      var best = own
      var most = unsafe links.sums.pointer[Int(own)].asDouble - share * strengths[Int(own)]
      // The margin keeps rounding from sending a node to and fro.
      let margin = 1e-12 * strength
      links.drain { group, sum in
        let gain = unsafe sum.asDouble - share * strengths[Int(group)]
        if gain > most + margin, group != own { (best, most) = (group, gain) }
      }
      unsafe strengths[Int(best)] += strength
      guard best != own else { continue }
      moves &+= 1
      unsafe groups[node] = best
      var entry = begin
      while entry < end {
        let neighbor = unsafe Int(ends[entry])
        entry &+= 1
        let looksLeft = unsafe state[neighbor]
        // Neither waiting nor at its end: from 1 to 127.
        guard looksLeft &- 1 < 0x7F, unsafe groups[neighbor] != best else { continue }
        unsafe state[neighbor] = looksLeft | 0x80
        let last = first &+ waiting
        unsafe queue[last < count ? last : last &- count] = UInt32(truncatingIfNeeded: neighbor)
        waiting &+= 1
      }
    }
    return moves
  }

  /// Divides each group into parts that are connected, and joined to it well: each node that is still
  /// alone joins the part of its group where it gains most.
  func refined<Weight>(
    in network: CommunityNetwork<Weight>
  ) -> (parts: SharedArray<UInt32>, count: Int) {
    let count = network.nodeCount
    precondition(groupOf.count == count, "another network")
    let parts = SharedArray<UInt32>(unwritten: count)
    let partStrengths = SharedArray<Double>(unwritten: count)
    // The weight between each part and the rest of its group.
    let outward = SharedArray<Double>(repeating: 0, count: count)
    let size = SharedArray<UInt32>(repeating: 1, count: count)
    let ends = unsafe network.neighbors.pointer
    let groups = unsafe groupOf.pointer
    for node in 0..<count {
      parts[node] = UInt32(node)
      partStrengths[node] = network.strengths[node]
      let own = unsafe groups[node]
      var sum = 0.0
      for entry in network.row(of: node) {
        unsafe prefetch(ends, entry &+ entriesAhead)
        sum += unsafe groups[Int(ends[entry])] == own ? network.weight(at: entry).asDouble : 0
      }
      outward[node] = sum
    }
    func isWellJoined(_ part: UInt32, in group: UInt32) -> Bool {
      let rest = groupStrengths[group] - partStrengths[part]
      return outward[part] >= chance * partStrengths[part] * rest
    }
    var links = LinkSums<Weight>(count: count)
    let inside = SharedArray<UInt32>(unwritten: count + 1)
    for node in 0..<count where parts[node] == UInt32(node) && size[node] == 1 {
      let own = unsafe groups[node]
      guard isWellJoined(UInt32(node), in: own) else { continue }
      // The entries within the group first: which they are cannot be foreseen.
      var found = 0
      for entry in network.row(of: node) {
        unsafe prefetch(ends, entry &+ entriesAhead)
        inside[found] = UInt32(entry)
        found &+= unsafe groups[Int(ends[entry])] == own ? 1 : 0
      }
      for place in 0..<found {
        let entry = Int(inside[place])
        links.add(network.weight(at: entry), to: parts[unsafe Int(ends[entry])])
      }
      var (best, most, link) = (UInt32(node), 0.0, 0.0)
      links.drain { part, sum in
        guard isWellJoined(part, in: own) else { return }
        let gain = sum.asDouble - chance * network.strengths[node] * partStrengths[part]
        if gain > most { (best, most, link) = (part, gain, sum.asDouble) }
      }
      if best != UInt32(node) {
        parts[node] = best
        partStrengths[best] += network.strengths[node]
        outward[best] += outward[node] - 2 * link
        size[best] += 1
        size[node] = 0
      }
    }
    return (parts, parts.numberByFirst())
  }

  /// Each group as a part: Louvain's way of merging.
  func asParts() -> (parts: SharedArray<UInt32>, count: Int) {
    let parts = SharedArray<UInt32>(unwritten: groupOf.count)
    for node in parts.indices { parts[node] = groupOf[node] }
    return (parts, parts.numberByFirst())
  }
}

extension SharedArray where Element == UInt32 {
  /// Renumbers groups from 0 by their first places, and tells how many there are; every group lies below
  /// the number of places.
  func numberByFirst() -> Int {
    let numbers = SharedArray(repeating: UInt32.max, count: count)
    var next: UInt32 = 0
    for place in indices {
      if numbers[self[place]] == .max {
        numbers[self[place]] = next
        next += 1
      }
      self[place] = numbers[self[place]]
    }
    return Int(next)
  }
}
