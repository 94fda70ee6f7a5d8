// Numbers out of the bytes of a text, eight digits at once.
//
// Places lie within the text, whose length is asked for before eight bytes are loaded.
extension NumberParser {
  /// A line of two short numbers, one byte between them and nothing else: nil where it is none.
  ///
  /// Both ends are found in the line's first sixteen bytes at once, so that one line need not wait for
  /// the numbers of the line before. Nearly all lines are of this kind; whatever is not goes the long
  /// way.
  @inline(__always)
  @unsafe func shortLine(
    _ base: UnsafePointer<UInt8>,
    at place: Int
  ) -> (source: UInt64, target: UInt64, next: Int)? {
    guard place &+ 24 <= byteCount else { return nil }
    let start = unsafe UnsafeRawPointer(base + place)
    let low = unsafe Self.digits(at: start)
    let (lowOthers, highOthers) = unsafe (Self.others(low), Self.others(Self.digits(at: start + 8)))
    let first = lowOthers.trailingZeroBitCount &>> 3
    let later = lowOthers & (lowOthers &- 1)
    let second =
      later != 0
      ? later.trailingZeroBitCount &>> 3 : 8 &+ highOthers.trailingZeroBitCount &>> 3
    let width = second &- first &- 1
    guard first &- 1 < 7, first > 0, width > 0, width <= 8, second < 16 else { return nil }
    // No separator carries anything into the byte behind it.
    let parting = unsafe base[place &+ first]
    guard parting == separator || parting == otherSeparator,
      unsafe base[place &+ second] == .lineFeed,
      unsafe first == 1 || base[place] != .zero,
      unsafe width == 1 || base[place &+ first &+ 1] != .zero
    else { return nil }
    return unsafe (
      Self.value(of: low, count: first),
      Self.value(of: Self.digits(at: start + first + 1), count: width),
      place &+ second &+ 1
    )
  }

  /// The number at a place, nil where there is none; moves the place past it.
  ///
  /// Up to 18 digits and no leading zero, which would be part of a name.
  ///
  /// Eight bytes at once: those that are digits are told from the first that is none by a carry into
  /// the high bit of each byte, and three multiplications join them. D. Lemire, "Number parsing at a
  /// gigabyte per second", Softw. Pract. Exp. 51(8), 2021, doi:10.1002/spe.2984.
  @inline(__always)
  @unsafe func number(
    _ base: UnsafePointer<UInt8>,
    at place: inout Int,
    to end: Int
  ) -> UInt64? {
    var value: UInt64 = 0
    let start = place
    if unsafe start &+ 1 < end && base[start] == .zero && base[start &+ 1] &- .zero < 10 {
      return nil
    }
    while place &+ 8 <= byteCount {
      let digits = unsafe Self.digits(at: UnsafeRawPointer(base + place))
      let others = Self.others(digits)
      let count = others == 0 ? 8 : others.trailingZeroBitCount &>> 3
      guard count > 0 else { break }
      value = value &* Self.powers[count] &+ Self.value(of: digits, count: count)
      place &+= count
      if count < 8 { return place &- start <= 18 && place <= end ? value : nil }
      if place &- start > 18 { return nil }
    }
    // The last bytes of the text.
    while place < end, unsafe base[place] &- .zero < 10 {
      value = value &* 10 &+ UInt64(unsafe base[place] &- .zero)
      place &+= 1
      if place &- start > 18 { return nil }
    }
    return place > start && place <= end ? value : nil
  }

  private static let powers: InlineArray<9, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  /// Eight bytes with what makes a digit a character taken off.
  @inline(__always)
  @unsafe private static func digits(at place: UnsafeRawPointer) -> UInt64 {
    unsafe UInt64(littleEndian: place.loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
  }

  /// The high bit of each byte that is no digit; right up to the first byte above 0x89.
  @inline(__always)
  private static func others(_ digits: UInt64) -> UInt64 {
    ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
  }

  /// The number that the first digits of eight bytes make, one to eight of them.
  @inline(__always)
  private static func value(of digits: UInt64, count: Int) -> UInt64 {
    let aligned = digits &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    let pairs = aligned &* 10 &+ aligned &>> 8
    return
      ((pairs & 0xFF_0000_00FF) &* 0xF_4240_0000_0064
      &+ ((pairs &>> 16) & 0xFF_0000_00FF) &* 0x2710_0000_0001) &>> 32
  }
}
