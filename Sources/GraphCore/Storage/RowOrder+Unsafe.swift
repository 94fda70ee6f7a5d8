/// Sorts rows of ids one after another, with room that is made once.
///
/// Short rows are sorted by insertion, long ones digit by digit from the lowest: neither depends on
/// chance, and neither is slow on a row made to be slow.
struct RowOrder: ~Copyable {
  private var room = SharedArray<UInt32>(unwritten: 1 << 10)
  private let counts = SharedArray<UInt32>(repeating: 0, count: 1 << 8)

  /// The longest row that is sorted by insertion.
  private static let short = 40

  /// Sorts the values of a row, which must all lie below 2 to the power of `bits`.
  @inline(__always)
  @unsafe mutating func sort(_ row: UnsafeMutablePointer<UInt32>, count: Int, bits: UInt32) {
    if count <= Self.short {
      unsafe insert(row, count: count)
    } else {
      unsafe sortByDigits(row, count: count, bits: bits)
    }
  }

  @unsafe private func insert(_ row: UnsafeMutablePointer<UInt32>, count: Int) {
    var end = 1
    while end < count {
      let value = unsafe row[end]
      var place = end
      while place > 0, unsafe row[place &- 1] > value {
        unsafe row[place] = row[place &- 1]
        place &-= 1
      }
      unsafe row[place] = value
      end &+= 1
    }
  }

  @inline(never)
  @unsafe private mutating func sortByDigits(
    _ row: UnsafeMutablePointer<UInt32>,
    count: Int,
    bits: UInt32
  ) {
    if room.count < count { room = SharedArray(unwritten: 2 * count) }
    var (from, to) = unsafe (row, room.pointer)
    let starts = unsafe counts.pointer
    var shift: UInt32 = 0
    while shift < bits {
      unsafe starts.update(repeating: 0, count: 1 << 8)
      for place in 0..<count { unsafe starts[Int(from[place] &>> shift & 0xFF)] &+= 1 }
      var next: UInt32 = 0
      for digit in 0..<1 << 8 {
        let size = unsafe starts[digit]
        unsafe starts[digit] = next
        next &+= size
      }
      for place in 0..<count {
        let value = unsafe from[place]
        let digit = Int(value &>> shift & 0xFF)
        unsafe to[Int(starts[digit])] = value
        unsafe starts[digit] &+= 1
      }
      unsafe swap(&from, &to)
      shift += 8
    }
    if unsafe from != row { unsafe row.update(from: from, count: count) }
  }
}
