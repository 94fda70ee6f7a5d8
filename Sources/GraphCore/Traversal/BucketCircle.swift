/// How distances fall into buckets.
///
/// No edge leads further than the buckets there are, so that they are used in a circle; their width and
/// their number are powers of two.
struct BucketCircle: Sendable {
  /// The logarithm of the width.
  let shift: UInt64
  let count: Int

  static let mostBuckets: Int64 = 4096

  /// `delta` is 1 or more, and `largestWeight` at most ``mostBuckets`` times as much.
  init(delta: UInt64, largestWeight: UInt64) {
    shift = UInt64(63 - delta.leadingZeroBitCount)
    var bits = 1
    while 1 << bits < Int(largestWeight &>> shift) + 2 { bits += 1 }
    count = 1 << bits
  }
}
