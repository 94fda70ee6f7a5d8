/// Brandes' sums over the shortest routes from a few starts at once, a lane for each.
///
/// Searches from several starts meet the same nodes at nearly the same time, so that one walk over a
/// row, and one look at each neighbour, serves all of them. Of each node a byte of bits says which
/// lanes have `seen` it up to the step at hand, which are there `now`, and which reach it at the `next`.
/// `routes[v][l]` is the number of shortest routes from start l to v, 0 while it is not reached, and after
/// the way back what depends on v; `share` is then (1 + what depends on v) / routes. `found` lists the
/// nodes of each step with their lanes. Between calls of `add` all bits and routes are 0, so that a start
/// that reaches little costs little.
///
/// Each lane adds up in the order of the node's own row, on the way out as on the way back, and scores
/// take lanes in the order of starts: the bits of the answer are the same for any number of workers.
///
/// All node numbers come from the graph's rows, below its number of nodes, and starts are nodes; the
/// tables have room for each node and lane, and `found` is an array. Pointers stay within the calls.
///
/// Invariant: within a parallel loop a place of `sums`, or of `routes` and `share`, is written by the worker of
/// one chunk alone and read by nobody else, and bits of `next` are set as atomics. A node can be part of the
/// step at hand with some lanes and of the next with others: what is read of neighbours is never written in
/// the same loop.
final class RouteLanes: @unchecked Sendable {
  typealias Lanes = SIMD8<Double>

  static let laneCount = 8
  /// Some nodes have as many edges as hundreds of others.
  static let nodesAtOnce = 32

  let rows: Adjacency
  let incoming: Adjacency
  let parallel: Parallel
  let seen: SharedArray<UInt8>
  let now: SharedArray<UInt8>
  let next: SharedArray<UInt8>
  let routes: SharedArray<Lanes>
  private let share: SharedArray<Lanes>
  /// What several workers have added up for each node of a step; without room where there is one.
  let sums: SharedArray<Lanes>
  /// For each set of lanes all bits of those, to keep or drop values by.
  let masks: SharedArray<SIMD8<UInt64>>
  var found: [(node: UInt32, lanes: UInt8)] = []
  /// Where the nodes of each step begin in `found`.
  private var steps: [Int] = []

  init(_ graph: Graph, _ parallel: Parallel) {
    (rows, incoming) = (graph.outgoing, graph.incoming)
    self.parallel = parallel
    let count = rows.nodeCount
    seen = SharedArray(repeating: 0, count: count)
    now = SharedArray(repeating: 0, count: count)
    next = SharedArray(repeating: 0, count: count)
    routes = SharedArray(repeating: .zero, count: count)
    share = SharedArray(unwritten: count)
    sums = SharedArray(unwritten: parallel.workers == .one ? 0 : count)
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
      goOut(from: step)
    }
    for step in stride(from: steps.count - 2, through: 0, by: -1) { goBack(over: step) }
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

  /// Hands what depends on the nodes of the step beyond back to those of a step.
  private func goBack(over index: Int) {
    // `next` tells which lanes reach a node one step beyond; see the end.
    let step = steps[index]..<steps[index + 1]
    let beyond = step.upperBound..<(index + 2 < steps.count ? steps[index + 2] : step.upperBound)
    if isForOne(step) {
      for place in step { unsafe takeBack(sumBeyond(place), at: place) }
    } else {
      parallel.chunks(count: step.count, chunkSize: Self.nodesAtOnce) { places in
        for place in places { sums[place] = sumBeyond(step.lowerBound + place) }
      }
      parallel.chunks(count: step.count) { places in
        for place in places { unsafe takeBack(sums[place], at: step.lowerBound + place) }
      }
    }
    // The lanes of the step beyond make room for those of this one.
    for place in beyond { next[Int(found[place].node)] = 0 }
    guard index > 0 else { return }
    for place in step { next[Int(found[place].node)] = found[place].lanes }
  }

  /// What the neighbours of a node hold together, each in those of some lanes in which it takes part.
  ///
  /// - Parameters:
  ///   - values: What each node holds.
  ///   - parts: The lanes in which each node takes part.
  ///   - lanes: The lanes to add up.
  ///   - rows: The rows that lead to the neighbours.
  ///   - node: A node of the graph.
  /// - Returns: The sums, 0 in the other lanes.
  @inline(__always)
  func sum(
    _ values: SharedArray<Lanes>,
    _ parts: SharedArray<UInt8>,
    _ lanes: UInt8,
    over rows: Adjacency,
    of node: Int
  ) -> Lanes {
    let (values, parts, masks) = unsafe (values.pointer, parts.pointer, masks.pointer)
    let rows = unsafe RowPointers(rows)
    var sums = Lanes.zero
    var entry = unsafe Int(rows.starts[node])
    let end = unsafe Int(rows.starts[node &+ 1])
    while entry < end {
      let neighbor = unsafe Int(rows.ends[entry])
      entry &+= 1
      let onward = unsafe lanes & parts[neighbor]
      guard onward != 0 else { continue }
      unsafe sums += Lanes(bits: values[neighbor].bits & masks[Int(onward)])
    }
    return sums
  }

  /// The shares of what lies beyond a node, together.
  private func sumBeyond(_ place: Int) -> Lanes {
    sum(share, next, found[place].lanes, over: rows, of: Int(found[place].node))
  }

  /// Makes of the shares of what lies beyond a node what depends on it, and its own share.
  @inline(__always)
  @unsafe private func takeBack(_ sums: Lanes, at place: Int) {
    let (routes, share) = unsafe (routes.pointer, share.pointer)
    let (node, lanes) = (Int(found[place].node), found[place].lanes)
    // Other lanes of the node belong to other steps, and keep what they have.
    let (count, mask) = unsafe (routes[node], masks.pointer[Int(lanes)])
    let depends = sums * count
    let shared = (1 + depends) / count
    unsafe share[node] = unsafe Lanes(bits: (shared.bits & mask) | (share[node].bits & ~mask))
    unsafe routes[node] = Lanes(bits: (depends.bits & mask) | (count.bits & ~mask))
  }
}

extension SIMD8<Double> {
  /// The numbers as they lie in memory.
  @inline(__always) var bits: SIMD8<UInt64> {
    unsafe unsafeBitCast(self, to: SIMD8<UInt64>.self)
  }

  @inline(__always) init(bits: SIMD8<UInt64>) {
    self = unsafe unsafeBitCast(bits, to: SIMD8<Double>.self)
  }
}
