import Glibc

/// The system's calls for reading and writing, on arrays.
enum StandardStreams {
  /// Up to so many bytes of standard input; none at its end, nil when it cannot be read.
  static func read(_ limit: Int) -> [UInt8]? {
    while true {
      var status = 0
      // The system writes at most `limit` bytes into a buffer of that size.
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        status = unsafe Glibc.read(0, buffer.baseAddress, limit)
        count = max(0, status)
      }
      if status < 0, errno == EINTR { continue }
      return status < 0 ? nil : bytes
    }
  }

  /// Writes all bytes; false when they cannot be written.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor,
          buffer.baseAddress?.advanced(by: offset),
          buffer.count - offset
        )
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return false }
      offset += count
    }
    return true
  }
}
