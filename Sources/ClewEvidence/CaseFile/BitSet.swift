internal import Foundation

/// A set of small whole numbers, one bit each.
struct BitSet: Hashable {
  private(set) var words: [UInt64]
  /// Numbers from 0 up to this one can be in the set.
  let count: Int

  init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  /// The set of all numbers below `count`.
  init(full count: Int) {
    self.init(count: count)
    for index in words.indices { words[index] = .max }
    if count % 64 != 0, let last = words.indices.last { words[last] = 1 << UInt64(count % 64) - 1 }
  }

  /// Reads ``data``; `nil` when it is not of this size.
  init?(_ data: Data, count: Int) {
    self.init(count: count)
    guard data.count == words.count * 8 else { return nil }
    for (index, byte) in data.enumerated() {
      words[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8))
    }
  }

  /// The words, little-endian.
  var data: Data {
    var data = Data(capacity: words.count * 8)
    for word in words {
      for place in 0..<8 { data.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
    }
    return data
  }

  var isFull: Bool { self == BitSet(full: count) }

  func contains(_ number: Int) -> Bool { words[number / 64] & (1 << UInt64(number % 64)) != 0 }

  mutating func insert(_ number: Int) { words[number / 64] |= 1 << UInt64(number % 64) }

  mutating func remove(_ number: Int) { words[number / 64] &= ~(1 << UInt64(number % 64)) }

  /// The numbers of a range, counted from its beginning.
  func part(_ range: Range<Int>) -> BitSet {
    var part = BitSet(count: range.count)
    for number in range where contains(number) { part.insert(number - range.lowerBound) }
    return part
  }
}

/// A set of bits that grows at its end.
struct GrowingBitSet {
  private var words: [UInt64] = []
  private var count = 0

  mutating func append(_ bit: Bool) {
    if count % 64 == 0 { words.append(0) }
    if bit { words[count / 64] |= 1 << UInt64(count % 64) }
    count += 1
  }

  func contains(_ number: Int) -> Bool { words[number / 64] & (1 << UInt64(number % 64)) != 0 }
}

/// A set of numbers that are given one after the other, such as those of accounts.
struct NumberSet {
  private var words: [UInt64] = []
  /// Numbers that nobody gives in order, which only damage can cause.
  private var wild: Set<Int64> = []
  private static let limit: Int64 = 1 << 32

  mutating func insert(_ number: Int64) {
    guard number >= 0, number < Self.limit else {
      wild.insert(number)
      return
    }
    let word = Int(number >> 6)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: max(word + 1 - words.count, words.count)))
    }
    words[word] |= 1 << UInt64(number & 63)
  }

  /// The numbers in their order.
  var numbers: [Int64] {
    var numbers = wild.sorted()
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        numbers.append(Int64(index << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return numbers
  }
}
