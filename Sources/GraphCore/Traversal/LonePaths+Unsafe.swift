/// Lightest routes by one worker, who needs no locks and may keep lengths in half the room.
///
/// Buckets as in ``DeltaStepping``. A node waits together with the length at which it was put there; it is
/// passed over where its distance has sunk since, so that no length is followed twice.
///
/// Nodes come from the rows and from starts that the caller has checked; distances have a place for
/// each, and weights one for each entry. No route is as long as `Length.max`: the caller has bounded the
/// sum of all weights and one more. The rows are held by the search.
struct LonePaths<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable> {
  let rows: [Adjacency]
  /// Whether each entry has one back, so that a node with a single one leads only to where it was
  /// reached from.
  let isMirrored: Bool
  let buckets: BucketCircle

  /// Fills in the distance of each node, `.max` where it is not reached.
  func run(from starts: [NodeID], distances: SharedArray<Length>) {
    distances.fill(distances.indices, with: .max)
    var waiting = [Waiting<Length>](repeating: Waiting(), count: buckets.count)
    for start in starts where distances[start.index] != 0 {
      distances[start.index] = 0
      waiting[0].append(start.rawValue, 0)
    }
    var atHand = Waiting<Length>()
    var (current, emptyInARow) = (0, 0)
    while emptyInARow < waiting.count {
      if waiting[current].count == 0 {
        current = (current + 1) % waiting.count
        emptyInARow += 1
        continue
      }
      emptyInARow = 0
      // What falls into this bucket meanwhile comes next.
      atHand.removeAll()
      swap(&atHand, &waiting[current])
      for side in rows { follow(atHand, side, distances, &waiting) }
    }
  }

  /// Follows the edges of the nodes of a bucket.
  private func follow(
    _ atHand: Waiting<Length>,
    _ side: Adjacency,
    _ distances: SharedArray<Length>,
    _ waiting: inout [Waiting<Length>]
  ) {
    let (rows, table) = unsafe (RowPointers(side), distances.pointer)
    let weights = unsafe side.weights?.pointer
    let (shift, mask) = (Length(truncatingIfNeeded: buckets.shift), waiting.count - 1)
    unsafe waiting.withUnsafeMutableBufferPointer { waiting in
      @inline(__always) func look(at neighbor: UInt32, _ length: Length) {
        guard unsafe length < table[Int(neighbor)] else { return }
        unsafe table[Int(neighbor)] = length
        let bucket = Int(truncatingIfNeeded: length &>> shift) & mask
        unsafe waiting[bucket].append(neighbor, length)
      }
      for place in 0..<atHand.count {
        let (node, distance) = (Int(atHand.nodes[place]), atHand.lengths[place])
        var entry = unsafe Int(rows.starts[node])
        let end = unsafe Int(rows.starts[node &+ 1])
        guard unsafe table[node] == distance else { continue }
        // Only a start has distance 0, as weights are 1 or more.
        if isMirrored, end &- entry == 1, distance != 0 { continue }
        if let weights = unsafe weights {
          while entry < end {
            unsafe look(
              at: rows.ends[entry],
              distance &+ Length(truncatingIfNeeded: weights[entry])
            )
            entry &+= 1
          }
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
