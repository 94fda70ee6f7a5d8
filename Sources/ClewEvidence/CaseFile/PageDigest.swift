internal import Foundation

/// A digest of the pages of one source and of the accounts that they name by number.
///
/// It is computed while the source is written, and again from the case file by `verify`.
struct PageDigest {
  private var digest = RollingDigest()

  /// Adds a page.
  mutating func add(page body: [UInt8], accounts: [UInt8]) {
    digest.add(Data(accounts))
    digest.add(Data(body))
  }

  /// The digest, with what the accounts are called, in the order of their numbers.
  mutating func finish(accounts: some Sequence<(number: Int64, account: Account)>) -> String {
    digest.add(-1 as Int64)
    for (number, account) in accounts {
      digest.add(number)
      digest.add(account.scheme.rawValue)
      digest.add(account.value)
    }
    return digest.hex
  }
}
