internal import CArchive
internal import CSnappy

/// Unpacks the pages of a Parquet file.
enum ParquetCodec {
  /// The content of a page, packed by the codec of this number in the format.
  ///
  /// `size` is how many bytes the header promises; any other number is a fault.
  static func unpacked(
    _ bytes: [UInt8],
    codec: Int64,
    size: Int
  ) throws(ParquetFault) -> [UInt8] {
    let content: [UInt8]?
    switch codec {
    case 0: content = bytes
    case 1: content = snappy(bytes, size: size)
    case 2: content = gzip(bytes, size: size)
    case 6: content = ZstdFrames()?.unpacked(bytes, limit: size)
    case 7: content = LZ4Block.unpacked(bytes, limit: size)
    case 3: throw ParquetFault("pages are packed with LZO, which is not read")
    case 4: throw ParquetFault("pages are packed with Brotli, which is not read")
    case 5: throw ParquetFault("pages are packed with Hadoop's LZ4, which is not read")
    default: throw ParquetFault("pages are packed in an unknown way")
    }
    guard let content, content.count == size else {
      throw ParquetFault("a page is damaged or has not the size that is stated")
    }
    return content
  }

  /// Unpacks a raw Snappy block; libsnappy writes no byte beyond the size that it is given, and the
  /// block's own statement of its size is compared before.
  private static func snappy(_ bytes: [UInt8], size: Int) -> [UInt8]? {
    unsafe bytes.withUnsafeBytes { source -> [UInt8]? in
      guard let base = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self) else {
        return nil
      }
      var stated = 0
      guard unsafe snappy_uncompressed_length(base, source.count, &stated) == SNAPPY_OK,
        stated == size
      else { return nil }
      var isWhole = false
      let content = unsafe [UInt8](unsafeUninitializedCapacity: size) { target, count in
        guard let to = target.baseAddress else {
          isWhole = size == 0
          return
        }
        var written = size
        let raw = unsafe UnsafeMutableRawPointer(to).assumingMemoryBound(to: CChar.self)
        isWhole = unsafe snappy_uncompress(base, source.count, raw, &written) == SNAPPY_OK
        count = isWhole ? min(written, size) : 0
      }
      return isWhole ? content : nil
    }
  }

  /// Unpacks gzip through libarchive, which reads from `bytes` only while this call lasts.
  private static func gzip(_ bytes: [UInt8], size: Int) -> [UInt8]? {
    // libarchive would hand through what is no gzip at all.
    guard bytes.starts(with: [0x1F, 0x8B]) else { return nil }
    guard let archive = unsafe archive_read_new() else { return nil }
    defer { unsafe archive_read_free(archive) }
    unsafe archive_read_support_filter_gzip(archive)
    unsafe archive_read_support_format_raw(archive)
    return unsafe bytes.withUnsafeBytes { source -> [UInt8]? in
      guard unsafe archive_read_open_memory(archive, source.baseAddress, source.count) == ARCHIVE_OK
      else { return nil }
      var entry: OpaquePointer?
      guard unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK else { return nil }
      // One byte more than promised shows a page that is too long.
      var content = [UInt8](repeating: 0, count: size + 1)
      var filled = 0
      while filled < content.count {
        let got = unsafe content.withUnsafeMutableBytes { target in
          unsafe archive_read_data(
            archive,
            target.baseAddress.map { unsafe $0 + filled },
            target.count - filled
          )
        }
        guard got >= 0 else { return nil }
        if got == 0 { break }
        filled += got
      }
      return filled == size ? Array(content.prefix(size)) : nil
    }
  }
}
