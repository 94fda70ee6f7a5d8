internal import ClewEvidence

/// What becomes of one unit: its items, a rule by which it is passed over, or why it cannot be read.
enum UnitOutcome {
  case items([EvidenceItem])
  case skip(String)
  case reject(String)

  /// Hands the outcome to the sink.
  func hand(
    to sink: any UnitSink,
    at position: UnitPosition,
    original: Original
  ) throws {
    switch self {
    case .items(let items): try sink.accept(items, at: position, original: original)
    case .skip(let rule): try sink.skip(at: position, rule: rule)
    case .reject(let reason):
      let bytes =
        switch original {
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
      try sink.reject(at: position, bytes: bytes, reason: reason)
    }
  }
}

/// The reading of a seized database: hands each row of a table on once and counts it.
struct SeizedTables {
  let database: SeizedDatabase
  let sink: any UnitSink
  /// How many rows were read.
  private(set) var count: Int64 = 0
  private var read: Set<String> = []

  /// Opens the copy and notes what is known of its log.
  ///
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged.
  init(_ source: StagedSource, sink: any UnitSink) throws {
    guard source.tables != nil else {
      throw ImportError.unreadableDatabase(
        path: source.displayPath,
        reason: "not a readable SQLite database"
      )
    }
    if source.mayLackLog {
      sink.setDecision("log", "none beside the database; the latest rows may be missing")
    } else if let log = source.sidecars.first(where: { $0.suffix == "-wal" }) {
      sink.setDecision("log", "applied, \(log.frames ?? 0) frames")
    }
    database = try SeizedDatabase(source)
    self.sink = sink
  }

  /// Hands the rows of a table on; an absent table has none.
  ///
  /// A row is kept as ``SeizedRow/rendered()`` writes it, or as `rendered` does.
  mutating func read(
    _ table: String,
    _ columns: [String],
    rendered: ((borrowing SeizedRow) -> String)? = nil,
    _ outcome: (borrowing SeizedRow) throws -> UnitOutcome
  ) throws {
    read.insert(table)
    count += try database.forEachRow(of: table, columns: columns) { row in
      let decided: UnitOutcome
      do {
        decided = try outcome(row)
      } catch let fault as SeizedRow.InvalidText {
        decided = .reject(fault.description)
      }
      try decided.hand(
        to: sink,
        at: UnitPosition(part: table, row: row.key),
        original: .text(rendered?(row) ?? row.rendered())
      )
    }
  }

  /// Names the tables that were not read.
  func reportUnread() {
    let unread = database.tables.keys.filter { !read.contains($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !unread.isEmpty else { return }
    sink.setDecision("tables not read", unread.joined(separator: ", "))
  }
}
