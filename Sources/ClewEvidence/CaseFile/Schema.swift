/// The tables of a case file.
enum Schema {
  /// Raised with every change of the tables.
  static let version: Int64 = 2

  /// The oldest version that is read as it is, and brought up to date when it is opened for writing.
  static let oldestReadable: Int64 = 1

  /// Marks the file as a Clew case (`PRAGMA application_id`): the letters `Clew`.
  static let applicationID: Int64 = 0x436C_6577

  private static let decision = """
    CREATE TABLE decision(
      number INTEGER PRIMARY KEY, kind TEXT NOT NULL, first INTEGER, second INTEGER,
      undoes INTEGER, forced INTEGER NOT NULL, reason TEXT NOT NULL, user TEXT NOT NULL,
      at TEXT NOT NULL)
    """

  private static let deliveryRows = """
    CREATE TABLE delivery_rows(
      source INTEGER NOT NULL, chunk INTEGER NOT NULL, rows BLOB NOT NULL,
      PRIMARY KEY(source, chunk)) WITHOUT ROWID
    """

  /// What each version adds to the one before, from version 1 to 2 onwards.
  static let migrations = [[decision, deliveryRows]]

  /// Why a file with tables of another version is refused, or `nil` when it is not.
  static func refusal(of version: Int64) -> String? {
    if version > Self.version {
      return "made by a newer Clew (version \(version) of the tables, this program reads "
        + "\(oldestReadable) to \(Self.version)); open it with that one"
    }
    if version < oldestReadable {
      return "version \(version) of the tables, this program reads \(oldestReadable) to "
        + "\(Self.version)"
    }
    return nil
  }

  static let statements = [
    """
    CREATE TABLE account(
      id INTEGER PRIMARY KEY, scheme TEXT NOT NULL, value TEXT NOT NULL, UNIQUE(scheme, value))
    """,
    """
    CREATE TABLE source(
      id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
      name TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, sidecars TEXT NOT NULL,
      format TEXT NOT NULL, version INTEGER NOT NULL, sign TEXT NOT NULL, owner INTEGER,
      decisions TEXT NOT NULL, units INTEGER NOT NULL, stored INTEGER NOT NULL,
      rejected INTEGER NOT NULL, duplicate INTEGER NOT NULL, skipped INTEGER NOT NULL,
      digest TEXT NOT NULL)
    """,
    """
    CREATE TABLE record(
      id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, content BLOB NOT NULL,
      kind INTEGER NOT NULL, a INTEGER, b INTEGER, g INTEGER, at INTEGER, zone INTEGER,
      sort TEXT NOT NULL, fen INTEGER, currency TEXT, n INTEGER, text TEXT NOT NULL,
      second TEXT, third TEXT, reference TEXT)
    """,
    """
    CREATE TABLE sighting(
      record INTEGER NOT NULL, source INTEGER NOT NULL, part TEXT NOT NULL, row INTEGER NOT NULL,
      byte_offset INTEGER, content BLOB)
    """,
    "CREATE INDEX sighting_record ON sighting(record)",
    "CREATE INDEX sighting_source ON sighting(source)",
    """
    CREATE TABLE original(
      source INTEGER NOT NULL, part TEXT NOT NULL, row INTEGER NOT NULL, content,
      PRIMARY KEY(source, part, row)) WITHOUT ROWID
    """,
    """
    CREATE TABLE reject(
      source INTEGER NOT NULL, part TEXT NOT NULL, row INTEGER NOT NULL, byte_offset INTEGER,
      bytes BLOB NOT NULL, reason TEXT NOT NULL)
    """,
    "CREATE INDEX reject_source ON reject(source)",
    """
    CREATE TABLE skip(
      source INTEGER NOT NULL, rule TEXT NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY(source, rule)) WITHOUT ROWID
    """,
    decision,
    deliveryRows,
    """
    CREATE TABLE unread(
      path TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
      reason TEXT NOT NULL) WITHOUT ROWID
    """,
    """
    CREATE TABLE audit(
      sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
      hash TEXT NOT NULL)
    """,
  ]
}
