/// Brandes' sums over the shortest routes from a few starts at once, a lane for each.
///
/// Searches from several starts meet the same nodes at nearly the same time, so that one walk over a
/// row, and one look at each neighbour, serves all of them. Of each node a byte of bits says which
/// lanes have `seen` it up to the step at hand, and one which reach it at the `next`.
/// `routes[v][l]` is the number of shortest routes from start l to v, 0 while it is not reached, and after
/// the way back what depends on v; `share` is then (1 + what depends on v) / routes. `found` lists the
/// nodes of each step with their lanes. Between calls of `add` all bits and routes are 0, so that a start
/// that reaches little costs little.
///
/// Each lane adds up in the order of rows, and scores take lanes in the order of starts: the bits of
/// the answer are those of one search after another.
///
/// All node numbers come from the graph's rows, below its number of nodes, and starts are nodes; the
/// tables have room for each node and lane, and `found` is an array. Pointers stay within the calls.
final class RouteLanes {
  typealias Lanes = SIMD8<Double>

  static let laneCount = 8

  private let rows: Adjacency
  private let seen: SharedArray<UInt8>
  private let next: SharedArray<UInt8>
  private let routes: SharedArray<Lanes>
  private let share: SharedArray<Lanes>
  /// For each set of lanes all bits of those, to keep or drop values by.
  private let masks: SharedArray<SIMD8<UInt64>>
  private var found: [(node: UInt32, lanes: UInt8)] = []
  /// Where the nodes of each step begin in `found`.
  private var steps: [Int] = []

  init(rows: Adjacency) {
    self.rows = rows
    let count = rows.nodeCount
    seen = SharedArray(repeating: 0, count: count)
    next = SharedArray(repeating: 0, count: count)
    routes = SharedArray(repeating: .zero, count: count)
    share = SharedArray(unwritten: count)
    masks = SharedArray(unwritten: 1 << Self.laneCount)
    for lanes in masks.indices {
      var mask = SIMD8<UInt64>.zero
      for lane in 0..<Self.laneCount where lanes >> lane & 1 != 0 { mask[lane] = .max }
      masks[lanes] = mask
    }
  }

  /// Adds what the routes from up to eight nodes give to the scores of all nodes, of each start to a
  /// table of its own or shared; each start at most once in a call.
  func add(from starts: ArraySlice<Int>, to scores: [SharedArray<Double>]) {
    precondition(starts.count <= Self.laneCount, "too many starts at once")
    found.removeAll(keepingCapacity: true)
    steps = [0]
    for (lane, start) in starts.enumerated() {
      precondition(start >= 0 && start < rows.nodeCount, "a start is no node")
      routes[start][lane] = 1
      found.append((UInt32(start), 1 &<< UInt8(lane)))
    }
    while steps[steps.count - 1] < found.count {
      let step = steps[steps.count - 1]..<found.count
      steps.append(found.count)
      unsafe goOut(from: step)
    }
    for step in stride(from: steps.count - 2, through: 0, by: -1) { unsafe goBack(over: step) }
    addScores(of: Array(starts), to: scores)
  }

  /// Adds what depends on each node, lane after lane, and forgets who was seen.
  private func addScores(of starts: [Int], to scores: [SharedArray<Double>]) {
    for (node, _) in found {
      let node = Int(node)
      for lane in starts.indices
      where seen[node] &>> UInt8(lane) & 1 != 0 && starts[lane] != node {
        scores[lane][node] += routes[node][lane]
      }
      // A node that stands in several steps is dealt with once.
      (seen[node], routes[node]) = (0, .zero)
    }
  }

  /// Reaches the neighbours of the nodes of a step.
  @unsafe private func goOut(from step: Range<Int>) {
    let (seen, next) = unsafe (seen.pointer, next.pointer)
    let (routes, masks) = unsafe (routes.pointer, masks.pointer)
    let rows = unsafe RowPointers(rows)
    for place in step { unsafe seen[Int(found[place].node)] |= found[place].lanes }
    var reached: [UInt32] = []
    for place in step {
      let (node, lanes) = (Int(found[place].node), found[place].lanes)
      let own = unsafe routes[node].bits
      var entry = unsafe Int(rows.starts[node])
      let end = unsafe Int(rows.starts[node &+ 1])
      while entry < end {
        let neighbor = unsafe Int(rows.ends[entry])
        entry &+= 1
        let onward = unsafe lanes & ~seen[neighbor]
        guard onward != 0 else { continue }
        let already = unsafe next[neighbor]
        if already == 0 { reached.append(UInt32(truncatingIfNeeded: neighbor)) }
        unsafe next[neighbor] = already | onward
        // Adding 0 to the other lanes changes none of their bits.
        unsafe routes[neighbor] += Lanes(bits: own & masks[Int(onward)])
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
    let (next, masks) = unsafe (next.pointer, masks.pointer)
    let (routes, share) = unsafe (routes.pointer, share.pointer)
    let rows = unsafe RowPointers(rows)
    for place in step {
      let (node, lanes) = (Int(found[place].node), found[place].lanes)
      var sums = Lanes.zero
      var entry = unsafe Int(rows.starts[node])
      let end = unsafe Int(rows.starts[node &+ 1])
      while entry < end {
        let neighbor = unsafe Int(rows.ends[entry])
        entry &+= 1
        let onward = unsafe lanes & next[neighbor]
        guard onward != 0 else { continue }
        unsafe sums += Lanes(bits: share[neighbor].bits & masks[Int(onward)])
      }
      // Other lanes of the node belong to other steps, and keep what they have.
      let (count, mask) = unsafe (routes[node], masks[Int(lanes)])
      let depends = sums * count
      let shared = (1 + depends) / count
      unsafe share[node] = unsafe Lanes(bits: (shared.bits & mask) | (share[node].bits & ~mask))
      unsafe routes[node] = Lanes(bits: (depends.bits & mask) | (count.bits & ~mask))
    }
    // The lanes of the step beyond make room for those of this one.
    for place in beyond { unsafe next[Int(found[place].node)] = 0 }
    guard index > 0 else { return }
    for place in step { unsafe next[Int(found[place].node)] = found[place].lanes }
  }
}

extension SIMD8<Double> {
  /// The numbers as they lie in memory.
  @inline(__always) fileprivate var bits: SIMD8<UInt64> {
    unsafe unsafeBitCast(self, to: SIMD8<UInt64>.self)
  }

  @inline(__always) fileprivate init(bits: SIMD8<UInt64>) {
    self = unsafe unsafeBitCast(bits, to: SIMD8<Double>.self)
  }
}
