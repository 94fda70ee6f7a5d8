internal import Foundation
internal import GRDB

/// A digest of the pages of one source and of the accounts that they name by number.
///
/// It is computed while the source is written, and again from the case file by `verify`.
struct PageDigest {
  private var digest = RollingDigest()
  private var accounts = NumberSet()

  /// Notes the accounts of an entry.
  mutating func note(_ numbers: RowAccounts) {
    if let a = numbers.a { accounts.insert(a) }
    if let b = numbers.b { accounts.insert(b) }
    if let g = numbers.g { accounts.insert(g) }
  }

  /// Adds a page.
  mutating func add(page body: [UInt8]) { digest.add(Data(body)) }

  /// The digest, with what the accounts are called in the case file.
  mutating func finish(in database: Database) throws -> String {
    digest.add(-1 as Int64)
    let statement = try database.makeStatement(
      sql: "SELECT scheme, value FROM account WHERE id = ?"
    )
    for number in accounts.numbers {
      guard let row = try Row.fetchOne(statement, arguments: [number]) else { throw StoredFault() }
      digest.add(number)
      digest.add(try row.text(0))
      digest.add(try row.text(1))
    }
    return digest.hex
  }
}
