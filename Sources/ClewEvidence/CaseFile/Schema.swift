/// The tables of a case file.
enum Schema {
  /// Raised with every change of the tables.
  static let version: Int64 = 3

  /// Marks the file as a Clew case (`PRAGMA application_id`): the letters `Clew`.
  static let applicationID: Int64 = 0x436C_6577

  /// Why a file with tables of another version is refused, or `nil` when it is not.
  static func refusal(of version: Int64) -> String? {
    if version == Self.version { return nil }
    let versions = "(version \(version) of the tables, this program reads \(Self.version))"
    return version > Self.version
      ? "made by a newer Clew \(versions); open it with that one"
      : "made by an older Clew \(versions); import its files into a new case"
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
    // What sources say, in pages of entries (see PageEncoder); never changed once written. `kinds`
    // has a bit for each kind of record among the entries, `accounts` the numbers of the accounts that
    // the entries name by their place in it.
    """
    CREATE TABLE page(
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kinds INTEGER NOT NULL,
      count INTEGER NOT NULL, accounts BLOB NOT NULL, body BLOB NOT NULL)
    """,
    "CREATE INDEX page_source ON page(source)",
    // Where the entry lies that is the record, by key; `content` is its rank (see RecordIndex).
    """
    CREATE TABLE record(
      key BLOB PRIMARY KEY, place INTEGER NOT NULL, content INTEGER NOT NULL) WITHOUT ROWID
    """,
    // Where the same record was seen again.
    """
    CREATE TABLE again(
      key BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(key, place)) WITHOUT ROWID
    """,
    // Which entries of a page are records, where not all are.
    "CREATE TABLE choice(page INTEGER PRIMARY KEY, bits BLOB NOT NULL)",
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
    """
    CREATE TABLE decision(
      number INTEGER PRIMARY KEY, kind TEXT NOT NULL, first INTEGER, second INTEGER,
      undoes INTEGER, forced INTEGER NOT NULL, reason TEXT NOT NULL, user TEXT NOT NULL,
      at TEXT NOT NULL)
    """,
    """
    CREATE TABLE delivery_rows(
      source INTEGER NOT NULL, chunk INTEGER NOT NULL, rows BLOB NOT NULL,
      PRIMARY KEY(source, chunk)) WITHOUT ROWID
    """,
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
