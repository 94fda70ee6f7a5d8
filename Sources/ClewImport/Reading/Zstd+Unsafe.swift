internal import CZstd

/// Unpacks Zstandard frames with one context for many of them.
///
/// The size that a frame states of its content is not believed: the content is unpacked piece by
/// piece up to a limit. All calls of libzstd are in this file; the context is used by one call at a
/// time and freed with the object.
@safe final class ZstdFrames {
  /// The four bytes with which every frame begins.
  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  private let context: OpaquePointer
  private var piece: [UInt8]

  /// Windows above 16 MiB are refused, for the frame alone decides how much memory they take.
  private static let windowLog: Int32 = 24

  /// Makes a reader of frames; `nil` when there is no memory for it.
  init?() {
    guard let made = unsafe ZSTD_createDCtx() else { return nil }
    unsafe context = made
    piece = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// The content of a frame, or of several that follow each other.
  ///
  /// - Parameters:
  ///   - bytes: The whole frame and nothing behind it.
  ///   - limit: The most bytes that are unpacked.
  /// - Returns: `nil` when the frame is damaged or cut off, needs a dictionary, is followed by other
  ///   bytes, or holds more than the limit.
  func unpacked(_ bytes: [UInt8], limit: Int = 16 << 20) -> [UInt8]? {
    guard bytes.starts(with: Self.magic) else { return nil }
    unsafe ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    var content: [UInt8] = []
    var position = 0
    while true {
      guard let step = unpackPiece(bytes, from: position) else { return nil }
      guard content.count + step.written <= limit else { return nil }
      content.append(contentsOf: piece.prefix(step.written))
      let isStuck = step.position == position && step.written == 0
      position = step.position
      if step.isComplete, position == bytes.count { return content }
      // Nothing was read or written although a frame is open: the rest of it is missing.
      if isStuck { return nil }
    }
  }

  /// Unpacks as much as the piece holds; `nil` when libzstd finds a fault.
  ///
  /// libzstd reads no byte beyond `bytes` and writes none beyond `piece`, whose sizes it is given.
  private func unpackPiece(
    _ bytes: [UInt8],
    from position: Int
  ) -> (position: Int, written: Int, isComplete: Bool)? {
    unsafe bytes.withUnsafeBytes { source in
      unsafe piece.withUnsafeMutableBytes { target in
        var input = unsafe ZSTD_inBuffer(
          src: source.baseAddress,
          size: source.count,
          pos: position
        )
        var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let hint = unsafe ZSTD_decompressStream(context, &output, &input)
        guard ZSTD_isError(hint) == 0 else { return nil }
        return unsafe (input.pos, output.pos, hint == 0)
      }
    }
  }
}
