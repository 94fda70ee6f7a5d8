internal import Synchronization

/// The accounts of one source, each with a number by which its threads and the writer name it.
///
/// The numbers are given in the order in which the threads happen to ask, so they stand for accounts
/// while a source is read and never reach the case.
package final class AccountRegistry: Sendable {
  private let list = Mutex(AccountList())

  package init() {}

  /// The number of an account, from 0 on.
  func number(of account: Account, digest: UInt64) -> Int {
    list.withLock { $0.place(of: account, digest: digest).place }
  }

  /// The account of a number that was given.
  func account(_ number: Int) -> Account { list.withLock { $0.account(number) } }
}
