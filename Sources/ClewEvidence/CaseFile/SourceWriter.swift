internal import Foundation
internal import GRDB

/// Writes one source into the case, inside one transaction.
///
/// Every unit is stored, rejected, skipped or known already; `finish` refuses the source when the
/// importer counted another number of units than arrived here.
final class SourceWriter: UnitSink {
  private let database: Database
  private let source: Int64
  private let path: String
  private let isCancelled: () -> Bool
  private let progress: ((Int64) -> Void)?
  private var accounts: AccountTable

  private let insertRecord: Statement
  private let findRecord: Statement
  private let findEnds: Statement
  private let replaceRecord: Statement
  private let insertSighting: Statement
  private let insertOriginal: Statement
  private let insertReject: Statement
  private let insertRows: Statement
  private var rows = DeliveryRowCoder()

  private(set) var counts = UnitCounts()
  private(set) var owner: Account?
  private(set) var decisions: [String: String] = [:]
  private var skips: [String: Int64] = [:]
  private var seen: Int64 = 0

  /// How many units lie between two looks at cancellation and progress.
  private static let stride: Int64 = 1024

  init(
    database: Database,
    source: Int64,
    path: String,
    accounts: AccountTable,
    isCancelled: @escaping () -> Bool,
    progress: ((Int64) -> Void)?
  ) throws {
    self.database = database
    self.source = source
    self.path = path
    self.accounts = accounts
    self.isCancelled = isCancelled
    self.progress = progress
    insertRecord = try database.makeStatement(
      sql: """
        INSERT INTO record(key, content, kind, a, b, g, at, zone, sort, fen, currency, n, text,
          second, third, reference)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(key) DO NOTHING
        """
    )
    findRecord = try database.makeStatement(sql: "SELECT id, content FROM record WHERE key = ?")
    findEnds = try database.makeStatement(
      sql: """
        SELECT CASE kind WHEN \(RecordRow.Kind.message.rawValue) THEN
          (a IS NULL OR (SELECT scheme FROM account WHERE id = a) = 'name')
          + (b IS NULL OR (SELECT scheme FROM account WHERE id = b) = 'name') ELSE 0 END
        FROM record WHERE id = ?
        """
    )
    replaceRecord = try database.makeStatement(
      sql: """
        UPDATE record SET content = ?2, kind = ?3, a = ?4, b = ?5, g = ?6, at = ?7, zone = ?8,
          sort = ?9, fen = ?10, currency = ?11, n = ?12, text = ?13, second = ?14, third = ?15,
          reference = ?16 WHERE key = ?1
        """
    )
    insertSighting = try database.makeStatement(
      sql: """
        INSERT INTO sighting(record, source, part, row, byte_offset, content)
        VALUES(?,?,?,?,?,?)
        """
    )
    insertOriginal = try database.makeStatement(
      sql: "INSERT OR IGNORE INTO original(source, part, row, content) VALUES(?,?,?,?)"
    )
    insertRows = try database.makeStatement(
      sql: "INSERT INTO delivery_rows(source, chunk, rows) VALUES(?,?,?)"
    )
    insertReject = try database.makeStatement(
      sql: "INSERT INTO reject(source, part, row, byte_offset, bytes, reason) VALUES(?,?,?,?,?,?)"
    )
  }

  func setOwner(_ account: Account) { owner = account }

  func setDecision(_ name: String, _ value: String) { decisions[name] = value }

  func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) throws {
    try tick()
    guard !items.isEmpty else { return try note(skip: "says nothing") }
    var isNew = false
    var keepsOriginal = false
    for item in items {
      let row = RecordRow(item)
      let fate = try store(row, of: item, at: position)
      if fate == .new { isNew = true }
      // The record's own text stands for the original where the two are the same.
      if case .text(let text) = original, fate != .different,
        row.text.utf8.elementsEqual(text.utf8)
      {
        continue
      }
      keepsOriginal = true
    }
    if keepsOriginal { try keep(original, at: position) }
    if isNew { counts.stored += 1 } else { counts.duplicate += 1 }
  }

  func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws {
    try tick()
    counts.rejected += 1
    try insertReject.execute(arguments: [
      source, storedText(position.part), position.row, position.offset, Data(bytes),
      storedText(reason),
    ])
  }

  func skip(at position: UnitPosition, rule: String) throws {
    try tick()
    try note(skip: rule)
  }

  func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws {
    try tick()
    counts.stored += 1
    guard let fingerprint else { return }
    rows.append(DeliveryRow(row: position.row, fingerprint: fingerprint))
    if rows.count >= DeliveryRowCoder.chunkRows { try flushRows() }
  }

  func deliver(_ delivery: Delivery) throws {
    // Row 0 is the file as a whole.
    let item = EvidenceItem.delivery(delivery)
    _ = try store(RecordRow(item), of: item, at: UnitPosition(row: 0))
  }

  private func flushRows() throws {
    guard rows.count > 0 else { return }
    let chunk = rows.takeChunk()
    try insertRows.execute(arguments: [source, chunk.number, Data(chunk.bytes)])
  }

  private func note(skip rule: String) throws {
    counts.skipped += 1
    skips[rule, default: 0] += 1
  }

  private func tick() throws {
    seen += 1
    guard seen % Self.stride == 0 else { return }
    if isCancelled() { throw CancellationError() }
    progress?(seen)
  }

  /// What became of one item.
  private enum Fate { case new, known, different }

  private func store(
    _ row: RecordRow,
    of item: EvidenceItem,
    at position: UnitPosition
  ) throws -> Fate {
    let key = Data(RecordIdentity.id(of: item).bytes)
    let content = RecordIdentity.content(of: row)
    let values = try columns(row, key: key, content: content)
    try insertRecord.execute(arguments: values)
    if database.changesCount > 0 {
      try see(database.lastInsertedRowID, at: position, content: nil)
      return .new
    }
    guard let found = try Row.fetchOne(findRecord, arguments: [key]) else {
      throw EvidenceError.inputOutput(path: path, reason: "a stored record cannot be found again")
    }
    let (known, knownContent) = (try found.number(0), try found.bytes(1))
    let mine = Data(content.bytes)
    guard knownContent != mine else {
      try see(known, at: position, content: nil)
      return .known
    }
    // Two sources say different things under one identity. Both originals stay; the record itself
    // is the one that knows more of its ends, or else that of the smaller digest, so that the order
    // of import does not matter.
    try see(known, at: position, content: mine)
    let (ends, knownEnds) = (row.unknownEnds, try unknownEnds(of: known))
    if ends < knownEnds || (ends == knownEnds && mine.lexicographicallyPrecedes(knownContent)) {
      try displace(known, content: knownContent, by: mine)
      try replaceRecord.execute(arguments: values)
    }
    return .different
  }

  /// The ``RecordRow/unknownEnds`` of a stored record.
  private func unknownEnds(of record: Int64) throws -> Int64 {
    guard let row = try Row.fetchOne(findEnds, arguments: [record]) else { return 0 }
    return try row.number(0)
  }

  /// Keeps what the record said so far as the original of those who said it.
  private func displace(_ record: Int64, content: Data, by mine: Data) throws {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO original(source, part, row, content)
        SELECT source, part, sighting.row, text FROM sighting JOIN record ON record.id = record
        WHERE record = ? AND sighting.content IS NULL
        """,
      arguments: [record]
    )
    try database.execute(
      sql: "UPDATE sighting SET content = ? WHERE record = ? AND content IS NULL",
      arguments: [content, record]
    )
    try database.execute(
      sql: "UPDATE sighting SET content = NULL WHERE record = ? AND content = ?",
      arguments: [record, mine]
    )
  }

  private func see(_ record: Int64, at position: UnitPosition, content: Data?) throws {
    try insertSighting.execute(arguments: [
      record, source, storedText(position.part), position.row, position.offset, content,
    ])
  }

  private func keep(_ original: Original, at position: UnitPosition) throws {
    let content =
      switch original {
      case .text(let text): storedText(text)
      case .bytes(let bytes): Data(bytes).databaseValue
      }
    try insertOriginal.execute(arguments: [
      source, storedText(position.part), position.row, content,
    ])
  }

  private func columns(
    _ row: RecordRow,
    key: Data,
    content: RecordID
  ) throws -> StatementArguments {
    [
      key, Data(content.bytes), row.kind.rawValue, try accounts.number(of: row.a, in: database),
      try accounts.number(of: row.b, in: database), try accounts.number(of: row.g, in: database),
      row.at?.milliseconds, row.at.map { Int64($0.zone.rawValue) }, storedText(row.sort),
      row.fen, storedText(row.currency), row.n, storedText(row.text), storedText(row.second),
      storedText(row.third), storedText(row.reference),
    ]
  }

  /// Checks the conservation law and writes the summary of the skipped units.
  func finish(units: Int64) throws -> AccountTable {
    counts.units = units
    try flushRows()
    guard counts.isConserved else {
      throw EvidenceError.conservation(path: path, unitsIn: units, accounted: seen)
    }
    for (rule, count) in skips.sorted(by: { $0.key < $1.key }) {
      try database.execute(
        sql: "INSERT INTO skip(source, rule, count) VALUES(?,?,?)",
        arguments: [source, storedText(rule), count]
      )
    }
    progress?(seen)
    return accounts
  }

  /// The number of the owner's account, if there is one.
  func ownerNumber() throws -> Int64? { try accounts.number(of: owner, in: database) }
}

/// The numbers that a case file gives to accounts, remembered while sources are written.
struct AccountTable {
  private var numbers: [Account: Int64] = [:]

  /// The number of an account; it is entered when it is new.
  mutating func number(of account: Account?, in database: Database) throws -> Int64? {
    guard let account else { return nil }
    if let number = numbers[account] { return number }
    let statement = try database.cachedStatement(
      sql: "INSERT INTO account(scheme, value) VALUES(?,?) ON CONFLICT DO NOTHING"
    )
    let value = storedText(account.value)
    try statement.execute(arguments: [account.scheme.rawValue, value])
    var number = database.lastInsertedRowID
    if database.changesCount == 0 {
      let find = try database.cachedStatement(
        sql: "SELECT id FROM account WHERE scheme = ? AND value = ?"
      )
      number =
        try Int64.fetchOne(
          find,
          arguments: [account.scheme.rawValue, value]
        ) ?? number
    }
    numbers[account] = number
    return number
  }
}
