/// The generator's only source of chance: SplitMix64, the same numbers for a seed on every machine.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for one part of the work, so that one part does not disturb another.
  init(seed: UInt64, stream: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = seed ^ hash
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, `bound`.
  mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a die needs a face")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func range(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in so many cases of a hundred.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, below(last + 1))
    }
    return result
  }

  mutating func digits(_ count: Int) -> String {
    var text = ""
    for _ in 0..<count { text.append(Character(String(below(10)))) }
    return text
  }

  mutating func letters(_ count: Int) -> String {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    var text = ""
    for _ in 0..<count { text.append(pick(alphabet)) }
    return text
  }

  mutating func hex(_ count: Int) -> String {
    let alphabet = Array("0123456789abcdef")
    var text = ""
    for _ in 0..<count { text.append(pick(alphabet)) }
    return text
  }
}
