import Synchronization

/// A number that the length of a route fits, and that several workers may sink at once.
protocol PathLength: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {
  /// What a place holds now.
  @unsafe static func load(_ place: UnsafeMutablePointer<Self>) -> Self

  /// Writes a value where it is the smaller, and tells whether it was.
  @unsafe static func sink(_ place: UnsafeMutablePointer<Self>, to value: Self) -> Bool
}

// An atomic has the layout of the number itself.
extension UInt32: PathLength {
  @inline(__always)
  @unsafe static func load(_ place: UnsafeMutablePointer<Self>) -> Self {
    unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<Self>.self).pointee
      .load(ordering: .relaxed)
  }

  @inline(__always)
  @unsafe static func sink(_ place: UnsafeMutablePointer<Self>, to value: Self) -> Bool {
    let cell = unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<Self>.self)
    var old = unsafe cell.pointee.load(ordering: .relaxed)
    while value < old {
      let (isExchanged, original) = unsafe cell.pointee.weakCompareExchange(
        expected: old,
        desired: value,
        ordering: .relaxed
      )
      if isExchanged { return true }
      old = original
    }
    return false
  }
}

extension UInt64: PathLength {
  @inline(__always)
  @unsafe static func load(_ place: UnsafeMutablePointer<Self>) -> Self {
    unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<Self>.self).pointee
      .load(ordering: .relaxed)
  }

  @inline(__always)
  @unsafe static func sink(_ place: UnsafeMutablePointer<Self>, to value: Self) -> Bool {
    let cell = unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(to: Atomic<Self>.self)
    var old = unsafe cell.pointee.load(ordering: .relaxed)
    while value < old {
      let (isExchanged, original) = unsafe cell.pointee.weakCompareExchange(
        expected: old,
        desired: value,
        ordering: .relaxed
      )
      if isExchanged { return true }
      old = original
    }
    return false
  }
}
