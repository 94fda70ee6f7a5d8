internal import CLZ4

/// Unpacks raw LZ4 blocks, which state neither their length nor that of their content.
enum LZ4Block {
  /// One byte of a block cannot become more than this many.
  private static let highestRatio = 255

  /// The content of a block.
  ///
  /// The buffer begins at eight times the input and doubles as long as it is too small, because
  /// liblz4 does not tell a small buffer from a damaged block.
  ///
  /// - Parameters:
  ///   - bytes: The whole block.
  ///   - limit: The most bytes that are unpacked.
  /// - Returns: `nil` when the block is empty, damaged or cut off, or holds more than the limit.
  static func unpacked(_ bytes: [UInt8], limit: Int = 16 << 20) -> [UInt8]? {
    guard !bytes.isEmpty, bytes.count <= Int(LZ4_MAX_INPUT_SIZE), limit > 0 else { return nil }
    let (most, overflow) = bytes.count.multipliedReportingOverflow(by: highestRatio)
    let top = min(limit, overflow ? limit : most, Int(LZ4_MAX_INPUT_SIZE))
    var capacity = min(top, max(1024, bytes.count * 8))
    while true {
      if let content = unpacked(bytes, capacity: capacity) { return content }
      guard capacity < top else { return nil }
      capacity = min(top, capacity * 2)
    }
  }

  /// One attempt with a buffer of a fixed size.
  ///
  /// Both sizes fit into 32 bits, which the caller has seen to; liblz4 writes no byte
  /// beyond `capacity`.
  private static func unpacked(_ bytes: [UInt8], capacity: Int) -> [UInt8]? {
    guard let inputCount = Int32(exactly: bytes.count), let room = Int32(exactly: capacity) else {
      return nil
    }
    var isWhole = false
    let content = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
      let written = unsafe bytes.withUnsafeBytes { source -> Int32 in
        guard let from = source.baseAddress, let to = target.baseAddress else { return -1 }
        return unsafe LZ4_decompress_safe(
          from.assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawPointer(to).assumingMemoryBound(to: CChar.self),
          inputCount,
          room
        )
      }
      isWhole = written >= 0
      count = max(0, Int(written))
    }
    return isWhole ? content : nil
  }
}
