/// Searches from up to 512 nodes at once, a bit for each, which add up one over the distance.
///
/// `seen[v]` has the bits of the starts that have reached v, `now[v]` of those that did so at the last
/// step. A worker owns the nodes of its chunk: it joins the bits of a node's neighbours, and what is new
/// counts once for each bit.
struct BitLanes: Sendable {
  typealias Bits = SIMD8<UInt64>

  static let laneCount = 512

  /// The sets of rows that lead from a node back to where a search comes from.
  let rows: [Adjacency]
  let parallel: Parallel
  let scores: SharedArray<Double>
  private let seen: SharedArray<Bits>
  private let now: SharedArray<Bits>
  private let next: SharedArray<Bits>

  init(rows: [Adjacency], parallel: Parallel) {
    self.rows = rows
    self.parallel = parallel
    let count = rows[0].nodeCount
    scores = SharedArray(repeating: 0, count: count)
    seen = SharedArray(unwritten: count)
    now = SharedArray(unwritten: count)
    next = SharedArray(unwritten: count)
  }

  /// Adds to each node one over its distance to each of the starts that it reaches, itself left out.
  func add(from starts: ArraySlice<Int>) {
    seen.fill(seen.indices, with: .zero)
    now.fill(now.indices, with: .zero)
    var all = Bits.zero
    for (lane, start) in starts.enumerated() {
      var bit = Bits.zero
      bit[lane / 64] = 1 &<< UInt64(lane % 64)
      seen[start] |= bit
      now[start] |= bit
      all |= bit
    }
    let everybody = all
    var (from, to) = (now, next)
    var step = 1
    while true {
      let (before, after, share) = (from, to, 1 / Double(step))
      let found = parallel.sumOfChunks(count: scores.count, chunkSize: 512) { nodes in
        var found = 0
        for node in nodes {
          let own = seen[node]
          guard own != everybody else {
            after[node] = .zero
            continue
          }
          var bits = Bits.zero
          for side in rows {
            for position in side.row(at: node) { bits |= before[side.neighbors[position].index] }
          }
          bits &= ~own
          after[node] = bits
          guard bits != .zero else { continue }
          seen[node] = own | bits
          let count = bits.bitCount
          scores[node] += share * Double(count)
          found += count
        }
        return found
      }
      guard found > 0 else { return }
      swap(&from, &to)
      step += 1
    }
  }
}

extension SIMD8<UInt64> {
  /// The number of bits that are set.
  ///
  /// Counted side by side: in pairs of bits, in fours and in bytes, of which the eight words are then
  /// added up, 64 bits at most for a byte. Not every processor that the program is built for counts the
  /// bits of a word by itself.
  @inline(__always) fileprivate var bitCount: Int {
    let pairs = self &- (self &>> 1 & Self(repeating: 0x5555_5555_5555_5555))
    let low = Self(repeating: 0x3333_3333_3333_3333)
    let fours = (pairs & low) &+ (pairs &>> 2 & low)
    let bytes = (fours &+ fours &>> 4) & Self(repeating: 0x0F0F_0F0F_0F0F_0F0F)
    let sum = bytes.wrappedSum()
    let halves = (sum & 0x00FF_00FF_00FF_00FF) &+ (sum &>> 8 & 0x00FF_00FF_00FF_00FF)
    return Int(truncatingIfNeeded: (halves &* 0x0001_0001_0001_0001) &>> 48)
  }
}
