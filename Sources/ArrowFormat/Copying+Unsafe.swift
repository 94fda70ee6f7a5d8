#if _endian(big)
#error("Arrow streams are read and written on little-endian machines only")
#endif

/// Number types of which each pattern of bits is a value.
protocol PlainNumber: BitwiseCopyable, Sendable {
  /// Zero.
  init()
}

extension Int8: PlainNumber {}
extension Int16: PlainNumber {}
extension Int32: PlainNumber {}
extension Int64: PlainNumber {}
extension Int128: PlainNumber {}
extension Float: PlainNumber {}
extension Double: PlainNumber {}

extension Array where Element: PlainNumber {
  /// Copies little-endian numbers out of bytes, wherever they lie.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - start: Where the first number begins.
  ///   - count: How many numbers; nil comes back unless all of them lie within the bytes.
  init?(littleEndian bytes: [UInt8], at start: Int, count: Int) {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard start >= 0, count >= 0, !overflow, start <= bytes.count, size <= bytes.count - start
    else { return nil }
    // The range was checked; a copy of bytes needs no alignment, and every pattern is a number.
    unsafe self.init(unsafeUninitializedCapacity: count) { target, filled in
      unsafe bytes.withUnsafeBytes { source in
        let part = unsafe UnsafeRawBufferPointer(rebasing: source[start..<start + size])
        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: part)
      }
      filled = count
    }
  }
}

extension Array where Element == UInt8 {
  /// Adds numbers as little-endian bytes.
  mutating func append<T: PlainNumber>(littleEndian numbers: ArraySlice<T>) {
    unsafe numbers.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
