/// Packs the fingerprints of a delivery into chunks.
///
/// For each row the distance to the row before, in groups of seven bits, and eight bytes: a million
/// rows take nine megabytes.
struct DeliveryRowCoder {
  /// How many rows a chunk holds.
  static let chunkRows = 8192

  /// How many rows wait.
  private(set) var count = 0
  private var bytes: [UInt8] = []
  private var last: Int64 = 0
  private var number: Int64 = 0

  mutating func append(_ row: DeliveryRow) {
    // Rows come in order; the distance is taken modulo 2^64, so that no order is an error.
    var distance = UInt64(bitPattern: row.row &- last)
    last = row.row
    while distance >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: distance & 0x7F) | 0x80)
      distance >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: distance))
    for place in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: row.fingerprint >> UInt64(8 * place)))
    }
    count += 1
  }

  /// The waiting rows as one chunk.
  mutating func takeChunk() -> (number: Int64, bytes: [UInt8]) {
    defer {
      bytes = []
      count = 0
      last = 0
      number += 1
    }
    return (number, bytes)
  }

  /// The rows of a chunk; `nil` when it is damaged.
  static func rows(of bytes: some Collection<UInt8>) -> [DeliveryRow]? {
    var rows: [DeliveryRow] = []
    var rest = bytes.makeIterator()
    var row: Int64 = 0
    while var byte = rest.next() {
      var distance = UInt64(byte & 0x7F)
      var shift: UInt64 = 7
      while byte & 0x80 != 0 {
        guard shift < 64, let next = rest.next() else { return nil }
        byte = next
        distance |= UInt64(byte & 0x7F) << shift
        shift += 7
      }
      row = row &+ Int64(bitPattern: distance)
      var fingerprint: UInt64 = 0
      for place in 0..<8 {
        guard let next = rest.next() else { return nil }
        fingerprint |= UInt64(next) << UInt64(8 * place)
      }
      rows.append(DeliveryRow(row: row, fingerprint: fingerprint))
    }
    return rows
  }
}
