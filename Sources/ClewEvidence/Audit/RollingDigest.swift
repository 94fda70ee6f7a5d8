internal import Crypto
internal import Foundation

/// A SHA-256 over many fields, without holding them.
struct RollingDigest {
  private var hasher = SHA256()

  mutating func add(_ data: Data) {
    add(Int64(data.count))
    hasher.update(data: data)
  }

  mutating func add(_ bytes: [UInt8]) {
    add(Int64(bytes.count))
    hasher.update(data: bytes)
  }

  mutating func add(_ text: String) { add(Data(text.utf8)) }

  mutating func add(_ number: Int64) {
    var word = number.littleEndian
    unsafe withUnsafeBytes(of: &word) { unsafe hasher.update(bufferPointer: $0) }
  }

  var hex: String { hexText(hasher.finalize()) }
}
