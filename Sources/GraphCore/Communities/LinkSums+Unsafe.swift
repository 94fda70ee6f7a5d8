/// The weight between a node and each group that it touches, in the order in which it met them.
///
/// Invariant: the sums of groups not listed are 0, and there is one place more than there are groups,
/// so that the place behind the last group met can always be written.
struct LinkSums<Weight: LinkWeight> {
  let sums: SharedArray<Weight>
  let groups: SharedArray<UInt32>
  private(set) var count = 0

  init(count: Int) {
    sums = SharedArray(repeating: .zero, count: count)
    groups = SharedArray(unwritten: count + 1)
  }

  /// Adds the entries of a row of a network, each to the group of its neighbour; groups lie below the
  /// count told.
  @inline(__always)
  mutating func addRow(
    _ row: Range<Int>,
    of network: CommunityNetwork<Weight>,
    by groupOf: SharedArray<UInt32>
  ) {
    precondition(row.lowerBound >= 0 && row.upperBound <= network.neighbors.count, "no such row")
    let (ends, labels) = unsafe (network.neighbors.pointer, groupOf.pointer)
    let (sums, groups) = unsafe (sums.pointer, groups.pointer)
    var (entry, met) = (row.lowerBound, count)
    // Weights are above 0, so that 0 says that the group is new. Whether it is cannot be foreseen: it is
    // written in any case, and counted where it is.
    if let weights = network.weights {
      let weights = unsafe weights.pointer
      while entry < row.upperBound {
        unsafe prefetch(ends, entry &+ entriesAhead)
        unsafe prefetch(weights, entry &+ entriesAhead)
        let group = unsafe labels[Int(ends[entry])]
        let sum = unsafe sums[Int(group)]
        unsafe groups[met] = group
        met &+= sum == .zero ? 1 : 0
        unsafe sums[Int(group)] = sum.adding(weights[entry])
        entry &+= 1
      }
    } else {
      while entry < row.upperBound {
        unsafe prefetch(ends, entry &+ entriesAhead)
        let group = unsafe labels[Int(ends[entry])]
        let sum = unsafe sums[Int(group)]
        unsafe groups[met] = group
        met &+= sum == .zero ? 1 : 0
        unsafe sums[Int(group)] = sum.adding(.one)
        entry &+= 1
      }
    }
    count = met
  }

  @inline(__always) mutating func add(_ weight: Weight, to group: UInt32) {
    let sum = sums[group]
    groups[count] = group
    count &+= sum == .zero ? 1 : 0
    sums[group] = sum.adding(weight)
  }

  /// Hands over each group and its sum, in the order in which they were met, and forgets them.
  @inline(__always) mutating func drain(_ body: (UInt32, Weight) -> Void) {
    let (sums, groups) = unsafe (sums.pointer, groups.pointer)
    for place in 0..<count {
      let group = unsafe groups[place]
      body(group, unsafe sums[Int(group)])
      unsafe sums[Int(group)] = .zero
    }
    count = 0
  }
}

extension CommunityNetwork {
  /// Asks for the row of a node that a loop in no order will come to.
  @inline(__always) func prefetchRow(of node: Int) {
    let row = row(of: node)
    unsafe prefetch(neighbors.pointer, beginningOf: row)
    if let weights { unsafe prefetch(weights.pointer, beginningOf: row) }
  }
}
