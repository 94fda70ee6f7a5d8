internal import ClewEvidence

/// Why a row of a database cannot be read.
struct RowRefusal: Error, Equatable { let reason: String }

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
      } catch let refusal as RowRefusal {
        decided = .reject(refusal.reason)
      }
      try decided.hand(
        to: sink,
        at: UnitPosition(part: table, row: row.key),
        original: .text(rendered?(row) ?? row.rendered())
      )
    }
  }

  /// Passes over tables whose rows were looked up while others were read.
  mutating func pass(_ tables: String...) throws {
    for table in tables {
      try read(table, []) { _ in .skip("looked up while other tables were read") }
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

/// Whose device a source is from, where nothing in it says so.
enum UnknownOwner {
  /// A name that never merges, made from the digest of the source that lacks the owner.
  static func account(of source: StagedSource) -> Account {
    Account(.name, "owner-of-\(source.sha256.prefix(12))")
  }
}
