import Synchronization

/// Buckets of nodes by distance, emptied from the nearest on.
///
/// Distances only ever sink. A node may wait several times, in several buckets; it is passed over where
/// its distance has sunk below the bucket at hand, or its edges were `followed` at that distance.
///
/// Nodes come from the rows and from starts that the caller has checked; distances have a place for
/// each, and weights one for each entry. The rows are held by the search.
struct DeltaStepping: Sendable {
  private let rows: [Adjacency]
  private let shift: UInt64
  private let bucketMask: UInt64
  private let parallel: Parallel

  init(rows: [Adjacency], buckets: BucketCircle, parallel: Parallel) {
    self.rows = rows
    self.parallel = parallel
    shift = buckets.shift
    bucketMask = UInt64(buckets.count - 1)
  }

  /// Fills in the distance of each node, `.max` where it is not reached.
  func run(from starts: [NodeID], distances: SharedArray<UInt64>) {
    distances.fill(distances.indices, with: .max)
    let followed = SharedArray<UInt64>(repeating: .max, count: distances.count)
    var buckets = [[UInt32]](repeating: [], count: Int(bucketMask) + 1)
    for start in starts where distances[start.index] != 0 {
      distances[start.index] = 0
      buckets[0].append(start.rawValue)
    }
    var current: UInt64 = 0
    var emptyInARow = 0
    var waiting: [UInt32] = []
    while emptyInARow < buckets.count {
      let place = Int(current & bucketMask)
      if buckets[place].isEmpty {
        current += 1
        emptyInARow += 1
        continue
      }
      emptyInARow = 0
      waiting.removeAll(keepingCapacity: true)
      swap(&waiting, &buckets[place])
      // The order of what is found does not reach the answer.
      for node in relax(waiting, of: current, distances, followed) {
        buckets[Int(distances[node] &>> shift & bucketMask)].append(node)
      }
    }
  }

  /// Follows the edges of the nodes of a bucket; tells whose distances sank.
  private func relax(
    _ waiting: [UInt32],
    of bucket: UInt64,
    _ distances: SharedArray<UInt64>,
    _ followed: SharedArray<UInt64>
  ) -> [UInt32] {
    let first = bucket &<< shift
    let sides = unsafe rows.map { unsafe Side($0) }
    let found = Mutex<[UInt32]>([])
    parallel.share(count: waiting.count, chunkSize: 256) { queue in
      var sunk = SunkNodes()
      while let chunk = queue.next() {
        for node in waiting[chunk.range] {
          let distance = distances.load(Int(node))
          // Dealt with in a nearer bucket, or just before.
          guard distance >= first, followed.load(Int(node)) != distance else { continue }
          followed.store(distance, at: Int(node))
          for side in unsafe sides.indices {
            unsafe follow(sides[side], node, distance, distances, &sunk)
          }
        }
      }
      found.withLock { [sunk] in sunk.append(to: &$0) }
    }
    return found.withLock { $0 }
  }

  /// Follows the edges of one node at a distance.
  @inline(__always)
  @unsafe private func follow(
    _ side: Side,
    _ node: UInt32,
    _ distance: UInt64,
    _ distances: SharedArray<UInt64>,
    _ sunk: inout SunkNodes
  ) {
    let (ends, weights) = unsafe (side.rows.ends, side.weights)
    var entry = unsafe Int(side.rows.starts[Int(node)])
    let end = unsafe Int(side.rows.starts[Int(node) &+ 1])
    let room = unsafe sunk.room(for: end &- entry)
    var count = 0
    // The builder has bounded the sum of all weights, and so of a route's.
    while entry < end {
      let neighbor = unsafe ends[entry]
      let length = unsafe distance &+ (weights.map { unsafe UInt64(bitPattern: $0[entry]) } ?? 1)
      entry &+= 1
      guard distances.sink(Int(neighbor), to: length) else { continue }
      unsafe room[count] = neighbor
      count &+= 1
    }
    sunk.count &+= count
  }
}

/// The rows of one direction and their weights as bare pointers; the search holds their owners.
@unsafe private struct Side: @unchecked Sendable {
  let rows: RowPointers
  let weights: UnsafePointer<Int64>?

  init(_ rows: Adjacency) {
    unsafe self.rows = unsafe RowPointers(rows)
    unsafe weights = unsafe rows.weights?.pointer
  }
}

/// Nodes in a list that looks for room once a row.
///
/// Invariant: `count` places of the table are written.
private struct SunkNodes {
  private var nodes = SharedArray<UInt32>(unwritten: 1 << 10)
  var count = 0

  /// Room for so many more nodes; whoever writes them adds to the count.
  @inline(__always)
  @unsafe mutating func room(for more: Int) -> UnsafeMutablePointer<UInt32> {
    if count &+ more > nodes.count { grow(by: more) }
    return unsafe nodes.pointer + count
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    let larger = SharedArray<UInt32>(unwritten: 2 * (count + more))
    unsafe larger.pointer.update(from: nodes.pointer, count: count)
    nodes = larger
  }

  func append(to list: inout [UInt32]) {
    unsafe list.append(contentsOf: UnsafeBufferPointer(start: nodes.pointer, count: count))
  }
}
