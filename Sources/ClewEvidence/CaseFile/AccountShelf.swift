/// The accounts that one thread has met while it fills batches.
///
/// It belongs to that thread, with the one batch that the thread is filling. An account has a number in the
/// source's registry, and a place in the batch at hand. What is remembered here besides is bounded.
package final class AccountShelf {
  private let registry: AccountRegistry
  /// Accounts that came in the general way of late, and their numbers.
  private var recent = AccountList()
  private var recentNumbers: [Int32] = []
  private static let recentLimit = 1 << 16
  private var marks = AccountMarks()
  /// What account cells mean.
  private var cells = AccountCells()
  private var batch: UInt32 = 0
  private var touched: UInt64 = 0
  /// Where entries are put together.
  let desk = EntryDesk()

  package init(_ registry: AccountRegistry) { self.registry = registry }

  /// Begins another batch; the places of the one before are forgotten.
  func beginBatch() {
    batch &+= 1
    guard batch == 0 else { return }
    // After four thousand million batches old marks would look like new ones.
    marks.forget()
    batch = 1
  }

  private func number(of account: Account, _ digest: UInt64) -> Int32 {
    if recent.count >= Self.recentLimit { (recent, recentNumbers) = (AccountList(), []) }
    let (place, isNew) = recent.place(of: account, digest: digest)
    if isNew {
      recentNumbers.append(Int32(truncatingIfNeeded: registry.number(of: account, digest: digest)))
    }
    return recentNumbers[place]
  }

  /// The account of a number.
  package func account(_ number: Int32) -> Account { registry.account(Int(number)) }

  /// The account as the batch's page names it.
  ///
  /// - Parameters:
  ///   - account: The account.
  ///   - accounts: The numbers of the batch's accounts by their places; one that the batch has not named
  ///     is added.
  /// - Returns: Its place in the batch and its digest.
  func stored(_ account: Account, in accounts: inout [UInt32]) -> StoredAccount {
    let digest = StoredAccount.digest(of: account)
    let number = number(of: account, digest)
    return StoredAccount(
      number: Int64(marks.place(number, batch: batch, &accounts)),
      digest: digest
    )
  }

  /// The same for an account that a cell names.
  func stored(_ account: CellAccount?, in accounts: inout [UInt32]) -> StoredAccount? {
    guard let account else { return nil }
    return StoredAccount(
      number: Int64(marks.place(account.number, batch: batch, &accounts)),
      digest: account.digest
    )
  }

  /// What some cells mean.
  ///
  /// - Parameters:
  ///   - slices: Where the cells lie.
  ///   - bytes: Some lines of a table.
  ///   - found: The answers in the order of the cells; ``CellAccount/unknown`` for one that was not learnt.
  package func find(
    _ slices: [PlainTransfer.Slice],
    in bytes: Span<UInt8>,
    into found: inout [CellAccount]
  ) {
    touched &+= cells.find(slices, in: bytes, marks, into: &found)
  }

  /// What a cell means; `make` is asked where nobody has been before.
  ///
  /// - Returns: `nil` where it names no account.
  package func learn(_ cell: Span<UInt8>, _ make: () -> Account?) -> CellAccount? {
    let known = cells.find(cell)
    if known.isKnown { return known }
    guard let account = make() else { return nil }
    let digest = StoredAccount.digest(of: account)
    let found = CellAccount(
      number: Int32(truncatingIfNeeded: registry.number(of: account, digest: digest)),
      schemeLength: AccountCells.schemeLength(of: cell, account),
      digest: digest
    )
    cells.insert(cell, found)
    return found
  }
}

/// An account as a cell names it.
package struct CellAccount {
  /// Its number in the registry; below 0 for ``unknown``.
  package let number: Int32
  /// How long the scheme is, where the cell is the account's own text `scheme:value`; else 0.
  let schemeLength: UInt8
  /// The account's digest.
  let digest: UInt64

  /// What a cell means that was not learnt.
  static let unknown = CellAccount(number: -1, schemeLength: 0, digest: 0)

  /// Whether it is an account.
  package var isKnown: Bool { number >= 0 }
}
