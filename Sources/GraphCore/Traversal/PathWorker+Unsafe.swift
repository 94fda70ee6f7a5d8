/// The rows of one direction as bare pointers, so that following a single node costs no more than its edges; the
/// search holds their owners.
@safe struct PathSide: @unchecked Sendable {
  fileprivate let rows: RowPointers
  fileprivate let weights: UnsafePointer<Int64>?
  /// The same weights in 32 bits, where they are there.
  fileprivate let light: UnsafePointer<UInt32>?

  init(_ rows: Adjacency, _ light: Column<UInt32>?) {
    unsafe self.rows = unsafe RowPointers(rows)
    unsafe weights = unsafe rows.weights?.pointer
    unsafe self.light = unsafe light?.pointer
  }
}

/// Some of the nodes that a worker has at hand.
struct Piece<Length: PathLength>: Sendable {
  let worker: PathWorker<Length>
  let places: Range<Int>
}

/// A worker's buckets.
///
/// Invariant: within a parallel loop the buckets are used by the worker alone, and what is at hand is only
/// read.
final class PathWorker<Length: PathLength>: @unchecked Sendable {
  private var waiting: [Waiting<Length>]
  fileprivate private(set) var atHand = Waiting<Length>()
  private let shift: Length

  init(_ buckets: BucketCircle) {
    waiting = Array(repeating: Waiting(), count: buckets.count)
    shift = Length(truncatingIfNeeded: buckets.shift)
  }

  /// How many nodes are at hand.
  var atHandCount: Int { atHand.count }

  func putFirst(_ node: UInt32) { waiting[0].append(node, 0) }

  /// Makes the nodes of a bucket those at hand; tells how many.
  func takeUp(_ bucket: Int) -> Int {
    atHand.removeAll()
    if waiting[bucket].count > 0 { swap(&atHand, &waiting[bucket]) }
    return atHand.count
  }

  /// Follows the edges of nodes, and puts those whose distances sank into the buckets.
  @inline(never)
  func follow(
    _ piece: Piece<Length>,
    _ side: PathSide,
    _ distances: SharedArray<Length>,
    _ isMirrored: Bool,
    _ isAlone: Bool
  ) {
    let (rows, table) = unsafe (side.rows, distances.pointer)
    let (light, weights) = unsafe (side.light, side.weights)
    let (shift, mask) = (shift, waiting.count - 1)
    let atHand = piece.worker.atHand
    let (nodes, lengths) = unsafe (atHand.nodes.pointer, atHand.lengths.pointer)
    unsafe waiting.withUnsafeMutableBufferPointer { waiting in
      @inline(__always) func look(at neighbor: UInt32, _ length: Length) {
        let place = unsafe table + Int(neighbor)
        guard unsafe length < Length.load(place) else { return }
        if isAlone {
          unsafe place.pointee = length
        } else {
          guard unsafe Length.sink(place, to: length) else { return }
        }
        let bucket = Int(truncatingIfNeeded: length &>> shift) & mask
        unsafe waiting[bucket].append(neighbor, length)
      }
      @inline(__always) func walk<Weight: FixedWidthInteger>(
        _ first: Int,
        _ end: Int,
        _ distance: Length,
        _ weights: UnsafePointer<Weight>
      ) {
        var entry = first
        while entry < end {
          let later = entry &+ 256
          if later < end {
            unsafe prefetch(rows.ends, later)
            unsafe prefetch(weights, later)
            if MemoryLayout<Weight>.stride > 4 { unsafe prefetch(weights, later &+ 8) }
          }
          let stop = min(entry &+ 16, end)
          while entry < stop {
            unsafe look(
              at: rows.ends[entry],
              distance &+ Length(truncatingIfNeeded: weights[entry])
            )
            entry &+= 1
          }
        }
      }
      // Rows come in any order, so that what comes next is asked for: first where it lies.
      @inline(__always) func prefetchRow(of node: Int) {
        let row = unsafe Int(rows.starts[node])..<Int(rows.starts[node &+ 1])
        unsafe prefetch(rows.ends, beginningOf: row)
        if let light = unsafe light {
          unsafe prefetch(light, beginningOf: row)
        } else if let weights = unsafe weights {
          unsafe prefetch(weights, beginningOf: row)
        }
      }
      let last = atHand.count - 1
      for place in piece.places {
        unsafe prefetch(rows.starts, Int(nodes[min(place &+ 24, last)]))
        unsafe prefetchRow(of: Int(nodes[min(place &+ 12, last)]))
        let (node, distance) = unsafe (Int(nodes[place]), lengths[place])
        var entry = unsafe Int(rows.starts[node])
        let end = unsafe Int(rows.starts[node &+ 1])
        guard unsafe Length.load(table + node) == distance else { continue }
        // Only a start has distance 0, as weights are 1 or more.
        if isMirrored, end &- entry == 1, distance != 0 { continue }
        if let light = unsafe light {
          unsafe walk(entry, end, distance, light)
        } else if let weights = unsafe weights {
          unsafe walk(entry, end, distance, weights)
        } else {
          while entry < end {
            unsafe look(at: rows.ends[entry], distance &+ 1)
            entry &+= 1
          }
        }
      }
    }
  }
}

/// Nodes that wait with a length each, in two lists that grow.
///
/// Invariant: `count` places of both are written.
private struct Waiting<Length: BitwiseCopyable & Sendable> {
  private(set) var nodes = SharedArray<UInt32>(unwritten: 0)
  private(set) var lengths = SharedArray<Length>(unwritten: 0)
  private(set) var count = 0

  @inline(__always) mutating func append(_ node: UInt32, _ length: Length) {
    if count == nodes.count { grow() }
    unsafe nodes.pointer[count] = node
    unsafe lengths.pointer[count] = length
    count &+= 1
  }

  mutating func removeAll() { count = 0 }

  @inline(never)
  private mutating func grow() {
    let room = max(64, 2 * count)
    let (nodes, lengths) = (
      SharedArray<UInt32>(unwritten: room), SharedArray<Length>(unwritten: room)
    )
    unsafe nodes.pointer.update(from: self.nodes.pointer, count: count)
    unsafe lengths.pointer.update(from: self.lengths.pointer, count: count)
    (self.nodes, self.lengths) = (nodes, lengths)
  }
}
