/// What the bytes of an SQLite database and its sidecars tell before SQLite sees them.
enum SQLiteSignature {
  /// The files that belong to a database, by the suffix after its name.
  static let sidecarSuffixes = ["-wal", "-shm", "-journal"]

  private static let magic = Array("SQLite format 3\0".utf8)
  private static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

  /// Whether a file that begins with `head` is a plain SQLite database.
  static func isDatabase(_ head: [UInt8]) -> Bool { head.starts(with: magic) }

  /// Counts the frames of a write-ahead log that belong to its present round.
  ///
  /// A frame counts when its salts are those of the log's header; older frames behind them are left
  /// over from an earlier round. SQLite's checksums are not recomputed.
  ///
  /// - Returns: `nil` when the file is no write-ahead log.
  static func frames(ofLogAt path: String) -> Int64? {
    guard let file = try? EvidenceFile(path: path), let head = try? file.read(at: 0, count: 32),
      head.count == 32, [0x82, 0x83].contains(head[3]), head.starts(with: [0x37, 0x7F, 0x06])
    else { return nil }
    let pageSize = head[8..<12].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    guard pageSize >= 512, pageSize <= 65536 else { return nil }
    var count: Int64 = 0
    var offset: Int64 = 32
    while offset + 24 + pageSize <= file.stamp.bytes {
      guard let frame = try? file.read(at: offset + 8, count: 8),
        frame.elementsEqual(head[16..<24])
      else { break }
      count += 1
      offset += 24 + pageSize
    }
    return count
  }

  /// Refuses a rollback journal that names a file of its own.
  ///
  /// SQLite would open, and under some conditions delete, the file that the end of such a journal
  /// names; the name comes from the evidence and may point anywhere on this machine.
  static func checkJournal(at path: String, of displayPath: String) throws(EvidenceError) {
    let file = try EvidenceFile(path: path)
    guard file.stamp.bytes >= 8 else { return }
    if try file.read(at: file.stamp.bytes - 8, count: 8) == journalMagic {
      throw .damagedDatabase(
        path: displayPath,
        reason: "its -journal belongs to a change of several databases and names another file; "
          + "recover the database with its own tool first"
      )
    }
  }
}

extension StagedSource {
  /// Whether the database was last written with a write-ahead log and none lay beside it.
  ///
  /// A clean shutdown removes the log, so nothing need be missing; but when the log was left behind
  /// at the seizure, the most recent rows are not in this source.
  public var mayLackLog: Bool {
    SQLiteSignature.isDatabase(head) && head.count > 19 && head[18] == 2
      && !sidecars.contains { $0.suffix == "-wal" }
  }

  /// Whether the file looks like an encrypted database: named `*.db` or the like, whole kilobytes
  /// long, and without order in its first bytes.
  public var looksEncrypted: Bool {
    let lower = name.lowercased()
    guard [".db", ".sqlite", ".sqlite3"].contains(where: lower.hasSuffix), bytes >= 1024,
      bytes % 1024 == 0, !SQLiteSignature.isDatabase(head), head.count >= 1024
    else { return false }
    // Random bytes use nearly all values: 1024 of them show about 251 of 256.
    return Set(head[..<1024]).count > 200
  }
}
