// Numbers components on several processors: as by one, but every pass over the nodes is shared out.
extension Components {
  /// Numbers components of nodes that stand in another order, on several processors.
  ///
  /// A component's number is how many first nodes come before its own: each chunk counts its own, and
  /// once the sums are known all write theirs.
  ///
  /// - Parameters:
  ///   - roots: For each place a node of its component, below the number of nodes; used up.
  ///   - order: Which node each place is, and the other way round.
  ///   - parallel: Who helps.
  init(roots: SharedArray<UInt32>, in order: DegreeOrder, _ parallel: Parallel) {
    // Places that are next to each other mostly belong together or are alone, so that all but the last
    // pass read and write in a row.
    let firsts = SharedArray<UInt32>(unwritten: roots.count)
    let (originals, places) = (order.originals, order.places)
    parallel.chunks(count: roots.count, chunkSize: Self.chunkSize) { range in
      for place in range { firsts[place] = originals[place] }
    }
    parallel.chunks(count: roots.count, chunkSize: Self.chunkSize) { range in
      // The least of a run with one root is found in a register.
      var (root, least) = (roots[range.lowerBound], UInt32.max)
      for place in range where roots[place] != UInt32(truncatingIfNeeded: place) {
        if roots[place] != root {
          firsts.sink(root, to: least)
          (root, least) = (roots[place], .max)
        }
        least = min(least, originals[place])
      }
      firsts.sink(root, to: least)
    }
    parallel.chunks(count: roots.count, chunkSize: Self.chunkSize) { range in
      for place in range { roots[place] = firsts[roots[place]] }
    }
    // From here on each place knows the first node of its component, and the table of them is free.
    let (count, numbers) = (roots.count, firsts)
    var sizes: [Int] = []
    labels = [UInt32](filling: count) { labels in
      let found = parallel.parts(count: count, chunkSize: Self.chunkSize) { nodes in
        var found = 0
        for node in nodes {
          let first = roots[places[node]]
          labels[node] = first
          found += first == UInt32(truncatingIfNeeded: node) ? 1 : 0
        }
        return found
      }
      var (starts, sum) = ([Int](), 0)
      for part in found {
        starts.append(sum)
        sum += part
      }
      let sums = SharedArray<UInt32>(unwritten: sum)
      parallel.chunks(count: count, chunkSize: Self.chunkSize) { [starts] nodes in
        var next = starts[nodes.lowerBound / Self.chunkSize]
        for node in nodes where labels[node] == UInt32(truncatingIfNeeded: node) {
          numbers[node] = UInt32(truncatingIfNeeded: next)
          sums[next] = 1
          next += 1
        }
      }
      let common = Self.mostCommon(labels)
      parallel.chunks(count: count, chunkSize: Self.chunkSize) { nodes in
        // The nodes of the largest component are counted in a register.
        var run: UInt32 = 0
        for node in nodes {
          let first = labels[node]
          let number = numbers[first]
          labels[node] = number
          if first == UInt32(truncatingIfNeeded: node) { continue }
          if first == common { run += 1 } else { _ = sums.add(1, at: Int(number)) }
        }
        if run > 0 { _ = sums.add(run, at: Int(numbers[common])) }
      }
      sizes = parallel.map(count: sum, chunkSize: Self.chunkSize) { Int(sums[$0]) }
    }
    self.sizes = sizes
  }

  /// What most of a thousand places, evenly spread, hold; 0 where there are none.
  private static func mostCommon(_ values: SharedArray<UInt32>) -> UInt32 {
    var counts: [UInt32: Int] = [:]
    for place in stride(from: 0, to: values.count, by: max(1, values.count / 1024)) {
      counts[values[place], default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }

  private static let chunkSize = 1 << 14
}
