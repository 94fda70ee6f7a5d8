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

  init(_ network: CommunityNetwork, groups: [UInt32], resolution: Double) {
    let labels = Components(marks: groups).labels
    let count = network.nodeCount
    groupOf = SharedArray(unwritten: count)
    groupStrengths = SharedArray(repeating: 0, count: count)
    chance = network.totalStrength > 0 ? resolution / network.totalStrength : 0
    for node in 0..<count {
      groupOf[node] = labels[node]
      groupStrengths[labels[node]] += network.strengths[node]
    }
  }

  /// The group of each node, numbered by first nodes.
  var labels: [UInt32] { Components(count: groupOf.count) { groupOf[$0] }.labels }

  /// Moves nodes to the neighbouring group of most gain until none would move.
  ///
  /// All nodes wait in a queue at first; one that moves calls its neighbours outside its new group back.
  func move(in network: CommunityNetwork) {
    let count = network.nodeCount
    precondition(groupOf.count == count, "another network")
    let waitingNodes = SharedArray<UInt32>(unwritten: count)
    let waits = SharedArray<UInt8>(repeating: 1, count: count)
    for node in 0..<count { waitingNodes[node] = UInt32(node) }
    var links = LinkSums(count: count)
    let (queue, isWaiting) = unsafe (waitingNodes.pointer, waits.pointer)
    let (starts, ends) = unsafe (network.firsts.pointer, network.neighbors.pointer)
    let (weights, groups) = unsafe (network.weights.pointer, groupOf.pointer)
    let strengths = unsafe groupStrengths.pointer
    var (first, waiting) = (0, count)
    while waiting > 0 {
      let node = unsafe Int(queue[first])
      first = first &+ 1 == count ? 0 : first &+ 1
      waiting &-= 1
      unsafe isWaiting[node] = 0
      let (begin, end) = unsafe (Int(starts[node]), Int(starts[node &+ 1]))
      var entry = begin
      while entry < end {
        unsafe links.add(weights[entry], to: groups[Int(ends[entry])])
        entry &+= 1
      }
      let own = unsafe groups[node]
      let strength = network.strengths[node]
      unsafe strengths[Int(own)] -= strength
      var best = own
      var most = unsafe links.sums[own] - chance * strength * strengths[Int(own)]
      for place in 0..<links.count {
        let group = links.groups[place]
        guard group != own else { continue }
        let gain = unsafe links.sums[group] - chance * strength * strengths[Int(group)]
        // The margin keeps rounding from sending a node to and fro.
        if gain > most + 1e-12 * strength { (best, most) = (group, gain) }
      }
      links.removeAll()
      unsafe strengths[Int(best)] += strength
      guard best != own else { continue }
      unsafe groups[node] = best
      entry = begin
      while entry < end {
        let neighbor = unsafe Int(ends[entry])
        entry &+= 1
        guard unsafe isWaiting[neighbor] == 0 && groups[neighbor] != best else { continue }
        unsafe isWaiting[neighbor] = 1
        let last = first &+ waiting
        unsafe queue[last < count ? last : last &- count] = UInt32(truncatingIfNeeded: neighbor)
        waiting &+= 1
      }
    }
  }

  /// Divides each group into parts that are connected, and joined to it well: each node that is still
  /// alone joins the part of its group where it gains most.
  func refined(in network: CommunityNetwork) -> (parts: [UInt32], count: Int) {
    let count = network.nodeCount
    precondition(groupOf.count == count, "another network")
    let parts = SharedArray<UInt32>(unwritten: count)
    let partStrengths = SharedArray<Double>(unwritten: count)
    // The weight between each part and the rest of its group.
    let outward = SharedArray<Double>(repeating: 0, count: count)
    let size = SharedArray<UInt32>(repeating: 1, count: count)
    let (starts, ends) = unsafe (network.firsts.pointer, network.neighbors.pointer)
    let (weights, groups) = unsafe (network.weights.pointer, groupOf.pointer)
    for node in 0..<count {
      parts[node] = UInt32(node)
      partStrengths[node] = network.strengths[node]
      let own = unsafe groups[node]
      var sum = 0.0
      for entry in unsafe Int(starts[node])..<Int(starts[node + 1])
      where unsafe groups[Int(ends[entry])] == own {
        unsafe sum += weights[entry]
      }
      outward[node] = sum
    }
    func isWellJoined(_ part: UInt32, in group: UInt32) -> Bool {
      let rest = groupStrengths[group] - partStrengths[part]
      return outward[part] >= chance * partStrengths[part] * rest
    }
    var links = LinkSums(count: count)
    for node in 0..<count where parts[node] == UInt32(node) && size[node] == 1 {
      let own = unsafe groups[node]
      guard isWellJoined(UInt32(node), in: own) else { continue }
      for entry in unsafe Int(starts[node])..<Int(starts[node + 1]) {
        let neighbor = unsafe Int(ends[entry])
        if unsafe groups[neighbor] == own { unsafe links.add(weights[entry], to: parts[neighbor]) }
      }
      var (best, most) = (UInt32(node), 0.0)
      for place in 0..<links.count {
        let part = links.groups[place]
        guard isWellJoined(part, in: own) else { continue }
        let gain = links.sums[part] - chance * network.strengths[node] * partStrengths[part]
        if gain > most { (best, most) = (part, gain) }
      }
      if best != UInt32(node) {
        let link = links.sums[best]
        parts[node] = best
        partStrengths[best] += network.strengths[node]
        outward[best] += outward[node] - 2 * link
        size[best] += 1
        size[node] = 0
      }
      links.removeAll()
    }
    let numbered = Components(count: count) { parts[$0] }
    return (numbered.labels, numbered.count)
  }
}
