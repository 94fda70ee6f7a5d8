import ClewEvidence

/// `clew-worker sightings`: accounts with numbers of records in, each account with the least of them out.
///
/// The numbers of a line are parted by commas. Memory for the accounts.
enum SightingLines {
  static func run() throws {
    var least: [ByteKey: [RecordID]] = [:]
    try LineReader.forEachLine { number, line in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else {
        throw LineFault(number, "expected an account and numbers of records")
      }
      let account = ByteKey(line[..<tab])
      var rest = line[(tab + 1)...]
      while true {
        let end = rest.firstIndex(of: UInt8(ascii: ",")) ?? rest.endIndex
        guard let record = RecordID(hex: rest[..<end]) else {
          throw LineFault(number, "expected an account and numbers of records")
        }
        insert(record, into: &least[account, default: []])
        guard end < rest.endIndex else { break }
        rest = rest[(end + 1)...]
      }
    }
    var writer = LineWriter()
    for account in least.keys.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
      let records = (least[account] ?? []).map(\.hex).joined(separator: ",")
      try writer.write(account.bytes, records.utf8)
    }
    try writer.finish()
  }

  private static func insert(_ record: RecordID, into records: inout [RecordID]) {
    if records.count == OmittedRecords.mentions, let last = records.last, record >= last { return }
    guard !records.contains(record) else { return }
    records.append(record)
    records.sort()
    if records.count > OmittedRecords.mentions { records.removeLast() }
  }
}
