/// Sixty-four random bits at a time from a seed, the same on every machine and in every version.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014, doi:10.1145/2660193.2660195.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A number below `bound`, by the high half of a product; its bias is below 2⁻³² for node counts.
  mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Some of the numbers from 0 to `count` - 1, each at most once, rising.
  static func sample(_ size: Int, of count: Int, seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var numbers = Array(0..<count)
    for place in 0..<min(size, count) {
      numbers.swapAt(place, place + generator.next(below: count - place))
    }
    return numbers.prefix(size).sorted()
  }
}
