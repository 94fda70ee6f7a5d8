// Numbers components of a graph that is numbered by degree, by any number of workers.
extension Components {
  /// Numbers components by their first nodes in the order of the input.
  ///
  /// Nodes without an edge stand last and are components of their own, and most of the others mostly
  /// belong to one, so that a node's place tells its component: what belongs to neither is put right
  /// afterwards, one by one. So nothing is looked up in tables that the cache does not hold.
  ///
  /// - Parameters:
  ///   - roots: For each place with an edge a place of its component, the same for all of it.
  ///   - order: Which node each place is, and the other way round.
  ///   - parallel: Who helps.
  init(roots: SharedArray<UInt32>, in order: DegreeOrder, _ parallel: Parallel) {
    let (count, linked, chunkSize) = (order.places.count, roots.count, Self.chunkSize)
    let (places, originals) = (order.places, order.originals)
    let common = Self.mostCommon(roots, below: linked)
    let others = parallel.parts(count: linked, chunkSize: chunkSize) { places in
      places.filter { roots[$0] != common }
    }
    .flatMap(\.self)
    let firsts = Self.firstNodes(of: others, roots, originals, linked)
    // The first nodes of all components of several nodes, rising.
    var beginnings = others.map { originals[$0] }.filter { firsts[roots[places[Int($0)]]] == $0 }
    let commonFirst = places.firstIndex { $0 < linked && roots[$0] == common }
    if let commonFirst { beginnings.append(UInt32(commonFirst)) }
    beginnings.sort()

    // The number of the first component that begins in each chunk.
    let lonely = parallel.parts(count: count, chunkSize: chunkSize) { nodes in
      nodes.reduce(0) { $0 + (places[$1] >= linked ? 1 : 0) }
    }
    var (starts, total, begun) = ([Int](), 0, 0)
    for (chunk, lonely) in lonely.enumerated() {
      starts.append(total)
      let first = begun
      while begun < beginnings.count, beginnings[begun] < (chunk + 1) * chunkSize { begun += 1 }
      total += lonely + begun - first
    }
    let numbering = Numbering(beginnings: beginnings, linked: linked)
    let commonLabel = commonFirst.map { first in
      let start = first / chunkSize * chunkSize
      return numbering.number(start..<first, from: starts[first / chunkSize], places) { _, _ in }
    }
    var sizes: [Int] = []
    labels = [UInt32](filling: count) { labels in
      let rest = UInt32(truncatingIfNeeded: commonLabel ?? 0)
      parallel.chunks(count: count, chunkSize: chunkSize) { [starts] nodes in
        let start = starts[nodes.lowerBound / chunkSize]
        _ = numbering.number(nodes, from: start, places) { node, number in
          labels[node] = number.map { UInt32(truncatingIfNeeded: $0) } ?? rest
        }
      }
      sizes = parallel.map(count: total, chunkSize: chunkSize) { _ in 1 }
      if let commonLabel { sizes[commonLabel] = linked - others.count }
      for place in others {
        let (node, first) = (originals[place], firsts[roots[place]])
        guard node != first else { continue }
        labels[node] = labels[first]
        sizes[Int(labels[first])] += 1
      }
    }
    self.sizes = sizes
  }

  /// Of each root of some places the first node, in a table by root.
  private static func firstNodes(
    of places: [Int],
    _ roots: SharedArray<UInt32>,
    _ originals: [UInt32],
    _ linked: Int
  ) -> SharedArray<UInt32> {
    let firsts = SharedArray<UInt32>(unwritten: linked)
    for place in places { firsts[roots[place]] = .max }
    for place in places {
      firsts[roots[place]] = min(firsts[roots[place]], originals[place])
    }
    return firsts
  }

  /// What most of a thousand places, evenly spread below a bound, hold; 0 where there are none.
  private static func mostCommon(_ values: SharedArray<UInt32>, below bound: Int) -> UInt32 {
    var counts: [UInt32: Int] = [:]
    for place in stride(from: 0, to: bound, by: max(1, bound / 1024)) {
      counts[values[place], default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }

  private static let chunkSize = 1 << 14
}

/// Gives numbers to the nodes at which components begin.
private struct Numbering: Sendable {
  /// The first nodes of components of several nodes, rising.
  let beginnings: [UInt32]
  /// The place of a node that has an edge lies below.
  let linked: Int

  /// Goes through nodes and hands each over with its component's number where it begins one, otherwise
  /// with nil.
  ///
  /// - Returns: The number after the last.
  @inline(__always)
  func number(
    _ nodes: Range<Int>,
    from start: Int,
    _ places: [UInt32],
    _ body: (Int, Int?) -> Void
  ) -> Int {
    var (node, next) = (nodes.lowerBound, start)
    var begun = beginnings.partitioningIndex { $0 >= node }
    while node < nodes.upperBound {
      let end =
        begun < beginnings.count ? min(Int(beginnings[begun]), nodes.upperBound) : nodes.upperBound
      // Which nodes have edges nobody can foresee: without a branch it does not matter.
      while node < end {
        let isLonely = places[node] >= linked
        body(node, isLonely ? next : nil)
        next &+= isLonely ? 1 : 0
        node &+= 1
      }
      guard node < nodes.upperBound else { break }
      body(node, next)
      next += 1
      node += 1
      begun += 1
    }
    return next
  }
}

extension [UInt32] {
  /// The place of the first value that a test holds for, where it holds for all that follow.
  fileprivate func partitioningIndex(where test: (UInt32) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if test(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
