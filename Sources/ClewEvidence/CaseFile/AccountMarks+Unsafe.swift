/// Where accounts were last named by one thread, by their numbers.
///
/// Four bytes hold the batch and four the place there; both are 0 for an account that was not named. Every
/// number below ``count`` has its eight bytes in the memory: `place` sees to that.
@safe struct AccountMarks {
  private var memory = LargeMemory(bytes: 1024 * 8)

  /// For how many numbers there is room.
  var count: Int { memory.count / 8 }

  /// The marks; they are read at any number below ``count``.
  @unsafe var start: UnsafeMutableRawPointer { unsafe memory.start }

  /// The place of an account in a batch; where it has none yet, it gets the next one.
  ///
  /// - Parameters:
  ///   - number: The account.
  ///   - batch: The number of the batch, above 0.
  ///   - accounts: The numbers of the batch's accounts by their places.
  /// - Returns: The place.
  @inline(__always)
  mutating func place(_ number: Int32, batch: UInt32, _ accounts: inout [UInt32]) -> Int32 {
    precondition(number >= 0, "no such account")
    if Int(number) >= count { grow(beyond: Int(number)) }
    let mark = unsafe memory.start + Int(number) &* 8
    if unsafe mark.load(as: UInt32.self) == batch {
      return unsafe mark.load(fromByteOffset: 4, as: Int32.self)
    }
    let place = Int32(truncatingIfNeeded: accounts.count)
    unsafe mark.storeBytes(of: batch, as: UInt32.self)
    unsafe mark.storeBytes(of: place, toByteOffset: 4, as: Int32.self)
    accounts.append(UInt32(bitPattern: number))
    return place
  }

  private mutating func grow(beyond number: Int) {
    var bytes = memory.count
    while bytes / 8 <= number { bytes *= 2 }
    let longer = LargeMemory(bytes: bytes)
    unsafe longer.start.copyMemory(from: memory.start, byteCount: memory.count)
    memory = longer
  }

  /// Forgets all places.
  mutating func forget() { memory = LargeMemory(bytes: memory.count) }
}
