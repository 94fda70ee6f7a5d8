/// Bytes as a key: equal where each byte is, unlike texts, of which two spellings can be equal.
struct ByteKey: Hashable {
  let bytes: [UInt8]

  init(_ bytes: ArraySlice<UInt8>) {
    // A copy of its own: a slice would keep the whole block.
    self.bytes = Array(bytes)
  }

  /// All bytes at once, where an array would feed them one by one.
  func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}
