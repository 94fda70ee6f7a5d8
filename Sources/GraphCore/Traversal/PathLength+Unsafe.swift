import Synchronization

/// A number that the length of a route fits, and that several workers may sink at once.
protocol PathLength: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {
  /// What a place holds now.
  @unsafe static func load(_ place: UnsafeMutablePointer<Self>) -> Self

  /// Replaces a value where it is as expected, and may fail where it is; hands back what was there.
  @unsafe static func replace(
    _ expected: Self,
    with value: Self,
    at place: UnsafeMutablePointer<Self>
  ) -> (exchanged: Bool, original: Self)
}

extension PathLength {
  /// Writes a value where it is the smaller, and tells whether it was.
  @inline(__always)
  @unsafe static func sink(_ place: UnsafeMutablePointer<Self>, to value: Self) -> Bool {
    var old = unsafe load(place)
    while value < old {
      let (isReplaced, found) = unsafe replace(old, with: value, at: place)
      if isReplaced { return true }
      old = found
    }
    return false
  }

  // An atomic has the layout of the number itself.
  @inline(__always)
  @unsafe fileprivate static func cell<Number>(
    _ place: UnsafeMutablePointer<Number>
  ) -> UnsafeMutablePointer<Atomic<Number>> {
    unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<Number>.self)
  }
}

// The operations of an atomic are there for each width by itself.
extension UInt32: PathLength {
  @inline(__always)
  @unsafe static func load(_ place: UnsafeMutablePointer<Self>) -> Self {
    unsafe cell(place).pointee.load(ordering: .relaxed)
  }

  @inline(__always)
  @unsafe static func replace(
    _ expected: Self,
    with value: Self,
    at place: UnsafeMutablePointer<Self>
  ) -> (exchanged: Bool, original: Self) {
    unsafe cell(place).pointee
      .weakCompareExchange(expected: expected, desired: value, ordering: .relaxed)
  }
}

extension UInt64: PathLength {
  @inline(__always)
  @unsafe static func load(_ place: UnsafeMutablePointer<Self>) -> Self {
    unsafe cell(place).pointee.load(ordering: .relaxed)
  }

  @inline(__always)
  @unsafe static func replace(
    _ expected: Self,
    with value: Self,
    at place: UnsafeMutablePointer<Self>
  ) -> (exchanged: Bool, original: Self) {
    unsafe cell(place).pointee
      .weakCompareExchange(expected: expected, desired: value, ordering: .relaxed)
  }
}
