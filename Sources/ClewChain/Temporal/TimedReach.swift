internal import GraphCore

/// Counts whom goods can reach by paths whose times run the right way.
///
/// Goods pass over a link at certain moments, and leave a person only after they came: each step of a
/// path is at the same time as the one before or later.
///
/// > Source: D. Kempe, J. Kleinberg, A. Kumar, "Connectivity and inference problems for temporal
/// > networks", *J. Comput. Syst. Sci.* 64(4), 2002. [doi](https://doi.org/10.1006/jcss.2002.1829)
struct TimedReach: Sendable {
  /// Goods pass from one node to another.
  struct Passage: Sendable, Hashable {
    let from: Int
    let to: Int
    let at: Int64
  }

  private let count: Int
  /// The latest first: who is reached later is known when a passage is read.
  private let passages: [Passage]

  init(nodes count: Int, _ passages: [Passage]) {
    self.count = count
    self.passages = Set(passages).sorted { left, right in
      if left.at != right.at { return left.at > right.at }
      return left.from != right.from ? left.from < right.from : left.to < right.to
    }
  }

  /// For each node, how many others its goods can reach.
  ///
  /// - Complexity: O(*p* *n* / 64) for *p* passages between *n* nodes.
  func reached(workers: WorkerCount) -> [Int] {
    let parts = Parallel(workers: workers).map(count: (count + 63) / 64, chunkSize: 1) { block in
      counts(of: block)
    }
    return (0..<count).map { node in parts.reduce(0) { $0 + $1[node] } }
  }

  /// The same, of the 64 nodes of one block as those to be reached: a bit for each.
  private func counts(of block: Int) -> [Int] {
    var reach = [UInt64](repeating: 0, count: count)
    func own(_ node: Int) -> UInt64 { node / 64 == block ? 1 << UInt64(node % 64) : 0 }
    var start = passages.startIndex
    while start < passages.endIndex {
      var end = start
      while end < passages.endIndex, passages[end].at == passages[start].at { end += 1 }
      // What happens at one moment may have happened in any order.
      var changed = true
      while changed {
        changed = false
        for passage in passages[start..<end] {
          let more = reach[passage.to] | own(passage.to)
          if reach[passage.from] | more != reach[passage.from] {
            reach[passage.from] |= more
            changed = end - start > 1
          }
        }
      }
      start = end
    }
    return reach.indices.map { (reach[$0] & ~own($0)).nonzeroBitCount }
  }
}
