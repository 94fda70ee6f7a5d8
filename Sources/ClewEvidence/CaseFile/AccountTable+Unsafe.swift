internal import GRDB
internal import GRDBSQLite

/// The numbers that a case file gives to accounts, remembered while a source is written.
///
/// The statements are bound and stepped directly, as those of ``IndexStatements`` are.
struct AccountTable {
  private var known: [Account: StoredAccount] = [:]
  private let insertion: Statement
  private let search: Statement
  private let database: Database

  init(_ database: Database) throws {
    self.database = database
    insertion = try database.makeStatement(
      sql: "INSERT INTO account(scheme, value) VALUES(?,?) ON CONFLICT DO NOTHING"
    )
    search = try database.makeStatement(
      sql: "SELECT id FROM account WHERE scheme = ? AND value = ?"
    )
  }

  /// The accounts that were asked for, in the order of their numbers.
  var byNumber: [(number: Int64, account: Account)] {
    known.map { ($0.value.number, $0.key) }.sorted { $0.number < $1.number }
  }

  /// The number of an account; it is entered when it is new.
  mutating func number(of account: Account?) throws -> Int64? { try stored(account)?.number }

  /// The account as pages name it; it is entered when it is new.
  mutating func stored(_ account: Account?) throws -> StoredAccount? {
    guard let account else { return nil }
    if let stored = known[account] { return stored }
    let stored = StoredAccount(
      number: try enter(account),
      digest: StoredAccount.digest(of: account)
    )
    known[account] = stored
    return stored
  }

  private func enter(_ account: Account) throws -> Int64 {
    // Text with a NUL is stored as bytes (see `storedText`), which is left to the general interface.
    guard !account.value.utf8.contains(0) else { return try enterRare(account) }
    let handle = unsafe insertion.sqliteStatement
    unsafe bind(account, to: handle)
    let code = unsafe sqlite3_step(handle)
    unsafe sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
    if database.changesCount > 0 { return database.lastInsertedRowID }
    return try found(account)
  }

  private func enterRare(_ account: Account) throws -> Int64 {
    try insertion.execute(arguments: [account.scheme.rawValue, storedText(account.value)])
    if database.changesCount > 0 { return database.lastInsertedRowID }
    return try found(account)
  }

  private func found(_ account: Account) throws -> Int64 {
    let number = try Int64.fetchOne(
      search,
      arguments: [account.scheme.rawValue, storedText(account.value)]
    )
    guard let number else { throw StoredFault() }
    return number
  }

  private func bind(_ account: Account, to handle: OpaquePointer) {
    // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (place, text) in [(Int32(1), account.scheme.rawValue), (Int32(2), account.value)] {
      var text = text
      text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
          _ = unsafe sqlite3_bind_text(
            handle,
            place,
            characters.baseAddress,
            Int32(characters.count),
            transient
          )
        }
      }
    }
  }
}
