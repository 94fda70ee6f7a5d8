import ClewChain
import ClewEvidence

/// `clew-worker mark`: records in, the same records with their marks out.
///
/// A record is its number, its sources and its body. The marks stand between sources and body, in the
/// columns of `RecordMark.line`.
struct MarkLines {
  private let marker: RecordMarker

  /// - Parameter until: What is dated at or after this moment shows nobody.
  init(until: Timestamp?) { marker = RecordMarker(until: until) }

  func run() throws {
    var writer = LineWriter()
    try LineReader.forEachLine { number, line in
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard columns.count == 3,
        let record = SourcedRecord(id: columns[0], sources: columns[1], body: columns[2])
      else {
        throw LineFault(number, "expected number, sources and body of a record")
      }
      try writer.write(columns[0], columns[1], marker.mark(record.record).line.utf8, columns[2])
    }
    try writer.finish()
  }

  /// A moment as milliseconds since 1970 and the number of its zone's decision, with a colon between.
  static func time(_ text: String) -> Timestamp? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let milliseconds = Int64(parts[0]), let number = UInt8(parts[1]),
      let zone = Timestamp.Zone(rawValue: number)
    else { return nil }
    return Timestamp(milliseconds: milliseconds, zone: zone)
  }
}
