/// Accounts in the order in which they were first asked for.
///
/// An open-addressed table by ``StoredAccount/digest(of:)``, which is computed anyway; equal digests are
/// told apart by the accounts themselves.
struct AccountList {
  private(set) var accounts: [Account] = []
  private(set) var digests: [UInt64] = []
  /// Places, by the low bits of the digest; -1 where there is none.
  private var slots: [Int32]

  /// Makes an empty list.
  ///
  /// - Parameter capacity: For how many accounts there is room at first.
  init(capacity: Int = 1024) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = Array(repeating: -1, count: size)
    accounts.reserveCapacity(capacity)
    digests.reserveCapacity(capacity)
  }

  /// The place of an account, from 0 on, and whether it is a new one.
  ///
  /// - Complexity: O(1) on average.
  mutating func place(of account: Account, digest: UInt64) -> (place: Int, isNew: Bool) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: digest) & mask
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if digests[place] == digest, accounts[place] == account { return (place, false) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(accounts.count)
    accounts.append(account)
    digests.append(digest)
    if 2 * accounts.count > slots.count { grow() }
    return (accounts.count - 1, true)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    let mask = slots.count - 1
    for (place, digest) in digests.enumerated() {
      var slot = Int(truncatingIfNeeded: digest) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(place)
    }
  }
}
