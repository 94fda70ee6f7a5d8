import ClewEvidence

/// `clew-worker sightings`: accounts with numbers of records in, each account with the least of them out.
///
/// The numbers of a line are parted by commas. Memory for the accounts.
enum SightingLines {
  static func run() throws {
    var least: [ArraySlice<UInt8>: [RecordID]] = [:]
    try LineReader.forEachLine { number, line in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else {
        throw LineFault(number, "expected an account and numbers of records")
      }
      // A copy of its own: a slice would keep the whole block.
      let account = Array(line[..<tab])[...]
      for part in line[(tab + 1)...].split(
        separator: UInt8(ascii: ","),
        omittingEmptySubsequences: false
      ) {
        guard let record = RecordID(hex: part) else {
          throw LineFault(number, "expected an account and numbers of records")
        }
        insert(record, into: &least[account, default: []])
      }
    }
    var writer = LineWriter()
    for account in least.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let records = (least[account] ?? []).map(\.hex).joined(separator: ",")
      try writer.write(account, records.utf8)
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
