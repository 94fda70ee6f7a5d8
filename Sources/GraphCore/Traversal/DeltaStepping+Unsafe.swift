import Synchronization

/// Buckets of nodes by distance, emptied from the nearest on.
///
/// Distances only ever sink. A node may wait several times, in several buckets; it is passed over where
/// its distance has sunk below the bucket at hand, or its edges were `followed` at that distance. No edge leads further than the buckets there are, so that they are
/// used in a circle; their width and their number are powers of two.
///
/// Nodes come from the rows and from starts that the caller has checked; distances have a place for
/// each, and weights one for each entry. The rows are held by the search.
struct DeltaStepping: Sendable {
  private let rows: [Adjacency]
  private let shift: UInt64
  private let bucketMask: UInt64
  private let parallel: Parallel

  static let mostBuckets: Int64 = 4096

  /// Prepares a search; `delta` is 1 or more, and `largestWeight` at most ``mostBuckets`` times as much.
  init(rows: [Adjacency], delta: UInt64, largestWeight: UInt64, parallel: Parallel) {
    self.rows = rows
    self.parallel = parallel
    shift = UInt64(63 - delta.leadingZeroBitCount)
    var bits = 1
    while 1 << bits < Int(largestWeight &>> shift) + 2 { bits += 1 }
    bucketMask = (1 &<< UInt64(bits)) - 1
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
    let isAlone = parallel.workers == .one
    let (first, rows) = (bucket &<< shift, rows)
    let found = Mutex<[UInt32]>([])
    parallel.share(count: waiting.count, chunkSize: 256) { queue in
      var sunk: [UInt32] = []
      while let chunk = queue.next() {
        for node in waiting[chunk.range] {
          let distance = distances.load(Int(node))
          // Dealt with in a nearer bucket, or just before.
          guard distance >= first, followed.load(Int(node)) != distance else { continue }
          followed.store(distance, at: Int(node))
          for side in rows.indices {
            unsafe follow(rows[side], node, distance, distances, isAlone, &sunk)
          }
        }
      }
      found.withLock { [sunk] in
        if $0.isEmpty { $0 = sunk } else { $0.append(contentsOf: sunk) }
      }
    }
    return found.withLock { $0 }
  }

  /// Follows the edges of one node at a distance.
  @inline(__always)
  @unsafe private func follow(
    _ rows: borrowing Adjacency,
    _ node: UInt32,
    _ distance: UInt64,
    _ distances: SharedArray<UInt64>,
    _ isAlone: Bool,
    _ sunk: inout [UInt32]
  ) {
    let starts = unsafe rows.offsets.pointer
    let ends = unsafe UnsafeRawPointer(rows.neighbors.pointer).assumingMemoryBound(to: UInt32.self)
    let weights = unsafe rows.weights?.pointer
    let table = unsafe distances.pointer
    var entry = unsafe Int(starts[Int(node)])
    let end = unsafe Int(starts[Int(node) &+ 1])
    while entry < end {
      let neighbor = unsafe ends[entry]
      // The builder has bounded the sum of all weights, and so of a route's.
      let length = unsafe distance &+ (weights.map { unsafe UInt64(bitPattern: $0[entry]) } ?? 1)
      entry &+= 1
      if isAlone {
        guard unsafe length < table[Int(neighbor)] else { continue }
        unsafe table[Int(neighbor)] = length
        sunk.append(neighbor)
      } else if distances.sink(Int(neighbor), to: length, isAlone: false) {
        sunk.append(neighbor)
      }
    }
  }
}
