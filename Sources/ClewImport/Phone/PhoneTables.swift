internal import ClewEvidence

/// What becomes of a row of a phone's database.
enum PhoneOutcome {
  case items([EvidenceItem])
  case skip(String)
  case reject(String)
}

/// The reading of one phone database: hands each row of the tables that speak of people on once,
/// and counts it.
struct PhoneTables {
  let database: SeizedDatabase
  /// How many rows were handed on.
  private(set) var count: Int64 = 0
  private let sink: any UnitSink
  private var known: Set<String> = []

  /// Opens the copy and says whether a log was applied.
  ///
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged.
  init(_ source: StagedSource, into sink: any UnitSink) throws {
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

  /// Reads one table row by row.
  mutating func read(
    _ table: String,
    _ columns: [String],
    _ outcome: (borrowing SeizedRow) throws -> PhoneOutcome
  ) throws {
    known.insert(table)
    count += try database.forEachRow(of: table, columns: columns) { row in
      let position = UnitPosition(part: table, row: row.key)
      let decided: PhoneOutcome
      do {
        decided = try outcome(row)
      } catch let fault as SeizedRow.InvalidText {
        decided = .reject(fault.description)
      }
      switch decided {
      case .items(let items):
        try sink.accept(items, at: position, original: .text(row.rendered()))
      case .skip(let rule): try sink.skip(at: position, rule: rule)
      case .reject(let reason):
        try sink.reject(at: position, bytes: Array(row.rendered().utf8), reason: reason)
      }
    }
  }

  /// Passes over a table whose rows were looked up while others were read.
  mutating func pass(_ tables: String...) throws {
    for table in tables {
      try read(table, []) { _ in .skip("looked up while other tables were read") }
    }
  }

  /// Names the tables that were not read.
  func reportUnread() {
    let unread = database.tables.keys.filter { !known.contains($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !unread.isEmpty else { return }
    sink.setDecision("tables not read", unread.joined(separator: ", "))
  }
}

/// Whose phone a source is from.
enum PhoneOwner {
  /// The name under which an unknown owner stands; it never merges with any other account.
  static func unknown(_ source: StagedSource) -> Account {
    Account(.name, "owner-of-\(source.sha256.prefix(12))")
  }

  /// Tells the sink of the owner, or that none is stated.
  static func report(_ owner: Account?, to sink: any UnitSink) {
    if let owner {
      sink.setOwner(owner)
    } else {
      sink.setDecision("owner", "not stated: the owner stands under a name that never merges")
    }
  }
}

extension StagedSource {
  /// Whether a base table of that name has all these columns.
  func hasTable(_ name: String, _ columns: String...) -> Bool {
    guard let present = tables?[name] else { return false }
    return columns.allSatisfy(present.contains)
  }
}
