import ClewEvidence

/// `clew-worker unite`: records in the order of their numbers in, each number once out.
///
/// Read are number, rank, sources and body; written number, all sources by commas, and the body of the least
/// rank: what the case file takes for the record when several rows have its number.
enum UniteLines {
  private struct Draft {
    let id: [UInt8]
    var rank: [UInt8]
    var body: [UInt8]
    var sources: [Int64]
  }

  static func run() throws {
    var writer = LineWriter()
    var draft: Draft?
    try LineReader.forEachLine { number, line in
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard columns.count == 4, RecordID(hex: columns[0]) != nil, columns[1].count == 16,
        !columns[2].isEmpty,
        let sources = SourcedRecord.sources(of: columns[2])
      else { throw LineFault(number, "expected number, rank, sources and body of a record") }
      if var open = draft, open.id.elementsEqual(columns[0]) {
        open.sources += sources
        if columns[1].lexicographicallyPrecedes(open.rank) {
          (open.rank, open.body) = (Array(columns[1]), Array(columns[3]))
        }
        draft = open
        return
      }
      if let open = draft {
        guard open.id.lexicographicallyPrecedes(columns[0]) else {
          throw LineFault(number, "expected a number behind the one before")
        }
        try write(open, &writer)
      }
      draft = Draft(
        id: Array(columns[0]),
        rank: Array(columns[1]),
        body: Array(columns[3]),
        sources: sources
      )
    }
    if let draft { try write(draft, &writer) }
    try writer.finish()
  }

  private static func write(_ draft: Draft, _ writer: inout LineWriter) throws {
    let sources = draft.sources.sorted().map(String.init).joined(separator: ",")
    try writer.write(draft.id, sources.utf8, draft.body)
  }
}
