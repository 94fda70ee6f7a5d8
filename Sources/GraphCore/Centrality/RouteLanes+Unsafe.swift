/// Brandes' sums over the shortest routes from a few starts at once, a lane for each.
///
/// Searches from several starts meet the same nodes at nearly the same time, so that one walk over a
/// row, and one look at each neighbour, serves all of them. Of each node a byte of bits says which
/// lanes have `seen` it up to the step at hand, and one which reach it at the `next`.
/// `routes[v * laneCount + l]` is the number of shortest routes from start l to v, and after the way
/// back what depends on v; `share` is then (1 + what depends on v) / routes. `found` lists the nodes of
/// each step with their lanes. Between calls of `add` all bits are 0, so that a start that reaches
/// little costs little.
///
/// Each lane adds up in the order of rows, and scores take lanes in the order of starts: the bits of
/// the answer are those of one search after another.
///
/// All node numbers come from the graph's rows, below its number of nodes, and starts are nodes; the
/// tables have room for each node and lane, and `found` is an array. Pointers stay within the calls.
final class RouteLanes {
  static let laneCount = 8

  private let rows: Adjacency
  private let scoreTable: SharedArray<Double>
  private let seen: SharedArray<UInt8>
  private let next: SharedArray<UInt8>
  private let routes: SharedArray<Double>
  private let share: SharedArray<Double>
  private var found: [(node: UInt32, lanes: UInt8)] = []
  /// Where the nodes of each step begin in `found`.
  private var steps: [Int] = []

  init(rows: Adjacency) {
    self.rows = rows
    let count = rows.nodeCount
    scoreTable = SharedArray(repeating: 0, count: count)
    seen = SharedArray(repeating: 0, count: count)
    next = SharedArray(repeating: 0, count: count)
    routes = SharedArray(unwritten: count * Self.laneCount)
    share = SharedArray(unwritten: count * Self.laneCount)
  }

  var scores: [Double] { scoreTable.indices.map { scoreTable[$0] } }

  /// Adds what the routes from up to eight nodes give; each start at most once in a call.
  func add(from starts: ArraySlice<Int>) {
    precondition(starts.count <= Self.laneCount, "too many starts at once")
    found.removeAll(keepingCapacity: true)
    steps = [0]
    for (lane, start) in starts.enumerated() {
      precondition(start >= 0 && start < rows.nodeCount, "a start is no node")
      routes[start * Self.laneCount + lane] = 1
      found.append((UInt32(start), 1 &<< UInt8(lane)))
    }
    while steps[steps.count - 1] < found.count {
      let step = steps[steps.count - 1]..<found.count
      steps.append(found.count)
      unsafe goOut(from: step)
    }
    for step in stride(from: steps.count - 2, through: 0, by: -1) { unsafe goBack(over: step) }
    addScores(of: Array(starts))
  }

  /// Adds what depends on each node, lane after lane, and forgets who was seen.
  private func addScores(of starts: [Int]) {
    for (node, _) in found {
      let node = Int(node)
      for lane in starts.indices
      where seen[node] &>> UInt8(lane) & 1 != 0 && starts[lane] != node {
        scoreTable[node] += routes[node * Self.laneCount + lane]
      }
      // A node that stands in several steps is dealt with once.
      seen[node] = 0
    }
  }

  /// Reaches the neighbours of the nodes of a step.
  @unsafe private func goOut(from step: Range<Int>) {
    let (seen, next) = unsafe (seen.pointer, next.pointer)
    let (starts, routes) = unsafe (rows.offsets.pointer, routes.pointer)
    let ends = unsafe UnsafeRawPointer(rows.neighbors.pointer).assumingMemoryBound(to: UInt32.self)
    for place in step { unsafe seen[Int(found[place].node)] |= found[place].lanes }
    var reached: [UInt32] = []
    for place in step {
      let (node, lanes) = (Int(found[place].node), found[place].lanes)
      let own = unsafe routes + node &* Self.laneCount
      var entry = unsafe Int(starts[node])
      let end = unsafe Int(starts[node &+ 1])
      while entry < end {
        let neighbor = unsafe Int(ends[entry])
        entry &+= 1
        let onward = unsafe lanes & ~seen[neighbor]
        guard onward != 0 else { continue }
        let already = unsafe next[neighbor]
        if already == 0 { reached.append(UInt32(truncatingIfNeeded: neighbor)) }
        unsafe next[neighbor] = already | onward
        let theirs = unsafe routes + neighbor &* Self.laneCount
        var left = onward
        while left != 0 {
          let lane = left.trailingZeroBitCount
          left &= left &- 1
          if already &>> UInt8(lane) & 1 == 0 {
            unsafe theirs[lane] = own[lane]
          } else {
            unsafe theirs[lane] += own[lane]
          }
        }
      }
    }
    for node in reached {
      unsafe found.append((node, next[Int(node)]))
      unsafe next[Int(node)] = 0
    }
  }

  /// Hands what depends on the nodes of the step beyond back to those of a step.
  @unsafe private func goBack(over index: Int) {
    // `next` tells which lanes reach a node one step beyond; see the end.
    let step = steps[index]..<steps[index + 1]
    let beyond = step.upperBound..<(index + 2 < steps.count ? steps[index + 2] : step.upperBound)
    let next = unsafe next.pointer
    let (starts, routes, share) = unsafe (rows.offsets.pointer, routes.pointer, share.pointer)
    let ends = unsafe UnsafeRawPointer(rows.neighbors.pointer).assumingMemoryBound(to: UInt32.self)
    for place in step {
      let (node, lanes) = (Int(found[place].node), found[place].lanes)
      var sums = SIMD8<Double>.zero
      var entry = unsafe Int(starts[node])
      let end = unsafe Int(starts[node &+ 1])
      while entry < end {
        let neighbor = unsafe Int(ends[entry])
        entry &+= 1
        var left = unsafe lanes & next[neighbor]
        guard left != 0 else { continue }
        let theirs = unsafe share + neighbor &* Self.laneCount
        while left != 0 {
          let lane = left.trailingZeroBitCount
          left &= left &- 1
          unsafe sums[lane] += theirs[lane]
        }
      }
      let own = node &* Self.laneCount
      var left = lanes
      while left != 0 {
        let lane = left.trailingZeroBitCount
        left &= left &- 1
        let depends = unsafe sums[lane] * routes[own &+ lane]
        unsafe share[own &+ lane] = (1 + depends) / routes[own &+ lane]
        unsafe routes[own &+ lane] = depends
      }
    }
    // The lanes of the step beyond make room for those of this one.
    for place in beyond { unsafe next[Int(found[place].node)] = 0 }
    guard index > 0 else { return }
    for place in step { unsafe next[Int(found[place].node)] = found[place].lanes }
  }
}
