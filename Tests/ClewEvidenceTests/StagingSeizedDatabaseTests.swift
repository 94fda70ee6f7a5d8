import ClewEvidence
import Foundation
import Testing

@Suite struct `A seized database` {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/d.db"
  }

  private func open(_ sql: String...) throws -> SeizedDatabase {
    let maker = try SQLiteMaker(path)
    for statement in sql { maker.run(statement) }
    _ = consume maker
    return try SeizedDatabase(copyPath: path, displayPath: "d.db")
  }

  @Test func `lists base tables only, with their stored columns`() throws {
    let database = try open(
      "CREATE TABLE a(x, y INT, z AS (x + 1), w AS (x + 2) STORED)",
      "CREATE TABLE \"q\"\"t\"(\"c \"\"1\")",
      "CREATE VIEW v AS SELECT * FROM a",
      "CREATE VIRTUAL TABLE f USING fts5(body)",
      "CREATE TABLE k(id INTEGER PRIMARY KEY AUTOINCREMENT)"
    )
    #expect(database.tables["a"] == ["x", "y"])
    #expect(database.tables["q\"t"] == ["c \"1"])
    #expect(database.tables["v"] == nil)
    #expect(database.tables["f"] == nil)
    #expect(database.tables["sqlite_sequence"] == nil)
    #expect(database.tables["k"] == ["id"])
  }

  @Test func `reads columns by name in key order and tolerates missing ones`() throws {
    let database = try open(
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b)",
      "INSERT INTO t VALUES (7, 'seven', 3), (2, 'two', NULL), (-1, '', '42')"
    )
    var rows: [String] = []
    try database.forEachRow(of: "t", columns: ["b", "absent", "a"]) { row in
      let b = row.integer(0).map(String.init) ?? "-"
      rows.append("\(row.key) \(b) \(try row.text(1) ?? "-") \(try row.text(2) ?? "-")")
    }
    #expect(rows == ["-1 42 - ", "2 - - two", "7 3 - seven"])
    #expect(try database.forEachRow(of: "absent", columns: ["a"]) { _ in } == 0)
  }

  @Test func `never repairs text`() throws {
    let database = try open(
      "CREATE TABLE t(a)",
      "INSERT INTO t VALUES (CAST(x'41ff42' AS TEXT)), (x'e6b3a5'), (x'00')"
    )
    var texts: [String?] = []
    var rendered: [String] = []
    try database.forEachRow(of: "t", columns: ["a"]) { row in
      texts.append((try? row.text(0)) ?? nil)
      rendered.append(row.rendered())
    }
    #expect(texts == [nil, "泥", "\0"])
    #expect(
      rendered == [#"{"a":{"hex":"41ff42"}}"#, #"{"a":{"hex":"e6b3a5"}}"#, #"{"a":{"hex":"00"}}"#]
    )
  }

  @Test func `reads tables without a rowid and with columns named like it`() throws {
    let database = try open(
      "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
      "INSERT INTO w VALUES ('b', 2), ('a', 1)",
      "CREATE TABLE r(rowid TEXT, _rowid_ TEXT)",
      "INSERT INTO r VALUES ('x', 'y')"
    )
    var keys: [String] = []
    try database.forEachRow(of: "w", columns: ["k"]) {
      keys.append("\($0.key)\(try $0.text(0) ?? "")")
    }
    #expect(keys == ["1a", "2b"])
    try database.forEachRow(of: "r", columns: ["rowid", "_rowid_"]) { row in
      let (key, text) = (row.key, try row.text(0))
      #expect(key == 1)
      #expect(text == "x")
    }
  }

  @Test func `runs no trigger, view or check of the schema without end`() throws {
    let database = try open(
      "CREATE TABLE t(a)",
      "INSERT INTO t VALUES (1)",
      """
      CREATE VIEW bomb AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
      SELECT count(*) FROM n
      """,
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT load_extension('x'); END"
    )
    #expect(database.tables.keys.sorted() == ["t"])
    #expect(try database.forEachRow(of: "t", columns: ["a"]) { _ in } == 1)
    #expect(try database.forEachRow(of: "bomb", columns: ["a"]) { _ in } == 0)
  }

  @Test func `takes rows that break a later rule of the app`() throws {
    let database = try open(
      "CREATE TABLE t(a)",
      "INSERT INTO t VALUES (NULL)",
      "PRAGMA writable_schema=ON",
      "UPDATE sqlite_master SET sql = 'CREATE TABLE t(a NOT NULL)' WHERE name = 't'"
    )
    #expect(try database.forEachRow(of: "t", columns: ["a"]) { _ in } == 1)
  }

  @Test func `takes indexes with a collation of the phone's own`() throws {
    let maker = try SQLiteMaker(
      path,
      "CREATE TABLE t(a TEXT)",
      "INSERT INTO t VALUES ('x')",
      "CREATE INDEX i ON t(a)",
      "PRAGMA writable_schema=ON",
      "UPDATE sqlite_master SET sql = 'CREATE INDEX i ON t(a COLLATE LOCALIZED)' WHERE name = 'i'"
    )
    _ = consume maker
    let database = try SeizedDatabase(copyPath: path, displayPath: "d.db")
    #expect(try database.forEachRow(of: "t", columns: ["a"]) { _ in } == 1)
  }

  @Test func `that is no database is refused in one line`() throws {
    for bytes in [[], Array("SQLite format 3\0".utf8), Array(repeating: 0x41, count: 4096)] {
      try Data(bytes).write(to: URL(filePath: path))
      guard !bytes.isEmpty else { continue }
      let error = #expect(throws: EvidenceError.self) {
        try SeizedDatabase(copyPath: path, displayPath: "d.db")
      }
      #expect(error?.description.hasPrefix("d.db: the database is damaged: ") == true)
    }
  }
}
