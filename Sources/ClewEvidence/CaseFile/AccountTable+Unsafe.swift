internal import GRDB
internal import GRDBSQLite

/// The numbers that a case file gives to accounts, remembered while a source is written.
///
/// The statements are bound and stepped directly, as those of ``IndexStatements`` are.
struct AccountTable {
  private var known = AccountList()
  private var numbers: [Int64] = []
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
    zip(numbers, known.accounts).map { ($0, $1) }.sorted { $0.number < $1.number }
  }

  /// The number of an account; it is entered when it is new.
  mutating func number(of account: Account) throws -> Int64 {
    try number(of: account, digest: StoredAccount.digest(of: account))
  }

  /// The numbers of a batch's accounts, in their order.
  mutating func numbers(of list: AccountList) throws -> [Int64] {
    var found: [Int64] = []
    found.reserveCapacity(list.accounts.count)
    for place in list.accounts.indices {
      found.append(try number(of: list.accounts[place], digest: list.digests[place]))
    }
    return found
  }

  private mutating func number(of account: Account, digest: UInt64) throws -> Int64 {
    let (place, isNew) = known.place(of: account, digest: digest)
    // After an error nothing of the source is kept, so a place without number is never seen.
    if isNew { numbers.append(try enter(account)) }
    return numbers[place]
  }

  private func enter(_ account: Account) throws -> Int64 {
    // Text with a NUL is stored as bytes (see `storedText`), and an empty one has no address: both are left
    // to the general interface.
    guard !account.value.isEmpty, !account.value.utf8.contains(0) else {
      return try enterRare(account)
    }
    let handle = unsafe insertion.sqliteStatement
    // The general interface leaves a statement as it ended; only a reset one takes values.
    unsafe sqlite3_reset(handle)
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
