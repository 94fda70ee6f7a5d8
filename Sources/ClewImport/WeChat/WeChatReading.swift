internal import ClewEvidence

/// What becomes of a row.
enum WeChatOutcome {
  case items([EvidenceItem])
  case skip(String)
  case reject(String)
}

/// Why a row cannot be read.
struct WeChatRefusal: Error, Equatable { let reason: String }

/// The reading of one WeChat database: hands each row on once and counts it.
struct WeChatReading {
  let database: SeizedDatabase
  let sink: any UnitSink
  /// How many rows were read.
  private(set) var count: Int64 = 0
  private var read: Set<String> = []

  /// Opens the source and tells what is known of its log.
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

  /// Reads a table, which may be absent.
  mutating func read(
    _ table: String,
    _ columns: [String],
    _ outcome: (borrowing SeizedRow) throws -> WeChatOutcome
  ) throws {
    read.insert(table)
    count += try database.forEachRow(of: table, columns: columns) { row in
      let position = UnitPosition(part: table, row: row.key)
      let decided: WeChatOutcome
      do {
        decided = try outcome(row)
      } catch let fault as SeizedRow.InvalidText {
        decided = .reject(fault.description)
      } catch let refusal as WeChatRefusal {
        decided = .reject(refusal.reason)
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

  /// Names the tables that were not read.
  func reportUnread() {
    let unread = database.tables.keys.filter { !read.contains($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !unread.isEmpty else { return }
    sink.setDecision("tables not read", unread.joined(separator: ", "))
  }

  /// Whether a table has all of the columns.
  static func has(_ wanted: [String], _ columns: [String]?) -> Bool {
    guard let columns else { return false }
    return wanted.allSatisfy(columns.contains)
  }
}

/// The end of a message that stands for an owner nobody names.
enum WeChatOwner {
  /// A name that never merges, made from the digest of the database that lacks the owner.
  static func unknown(_ source: StagedSource) -> Account {
    Account(.name, "owner-of-\(source.sha256.prefix(12))")
  }
}
