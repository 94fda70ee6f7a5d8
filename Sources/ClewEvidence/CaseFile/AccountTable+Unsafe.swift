internal import GRDB
internal import GRDBSQLite

/// The numbers that a case file gives to accounts, remembered while a source is written.
///
/// The statements are bound and stepped directly, as those of ``AgainStatement`` are.
struct AccountTable {
  private let registry: AccountRegistry
  /// The numbers in the case by those in the registry; 0 where the case was not asked yet.
  private var numbers: [Int64] = []
  private let insertion: Statement
  private let search: Statement
  private let database: Database
  /// Whether the index is taken away until ``finish()``.
  private let isUnindexed: Bool

  /// Makes a table.
  ///
  /// The first accounts of a case are entered without the index, which is made when all are there: the
  /// registry tells them apart, and a sorted index is made in a fraction of the time.
  ///
  /// - Parameters:
  ///   - database: The case, within a transaction.
  ///   - registry: The accounts of the source.
  ///   - canWait: Whether ``finish()`` will be called.
  /// - Throws: Database errors.
  init(_ database: Database, _ registry: AccountRegistry, canWait: Bool = false) throws {
    self.database = database
    self.registry = registry
    isUnindexed =
      try canWait && Int64.fetchOne(database, sql: "SELECT id FROM account LIMIT 1") == nil
    if isUnindexed { try database.execute(sql: "DROP INDEX account_name") }
    insertion = try database.makeStatement(
      sql: "INSERT INTO account(scheme, value) VALUES(?,?) ON CONFLICT DO NOTHING"
    )
    search = try database.makeStatement(
      sql: "SELECT id FROM account WHERE scheme = ? AND value = ?"
    )
  }

  /// Makes the index, if it was taken away.
  func finish() throws {
    if isUnindexed { try database.execute(sql: Schema.accountIndex) }
  }

  /// The accounts that were asked for, in the order of their numbers.
  var byNumber: some Sequence<(number: Int64, account: Account)> {
    // The accounts are made one at a time: there may be millions.
    numbers.indices.filter { numbers[$0] != 0 }.sorted { numbers[$0] < numbers[$1] }
      .lazy.map { (numbers[$0], registry.account($0)) }
  }

  /// The number of an account; it is entered when it is new.
  mutating func number(of account: Account) throws -> Int64 {
    try number(at: registry.number(of: account, digest: StoredAccount.digest(of: account)))
  }

  /// The numbers of a batch's accounts, in their order; new ones are entered.
  mutating func numbers(of accounts: [UInt32]) throws -> [Int64] {
    var found: [Int64] = []
    found.reserveCapacity(accounts.count)
    for account in accounts { found.append(try number(at: Int(account))) }
    return found
  }

  private mutating func number(at place: Int) throws -> Int64 {
    if place >= numbers.count {
      numbers.append(contentsOf: repeatElement(0, count: place + 1 - numbers.count))
    }
    if numbers[place] == 0 { numbers[place] = try enter(registry.account(place)) }
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
