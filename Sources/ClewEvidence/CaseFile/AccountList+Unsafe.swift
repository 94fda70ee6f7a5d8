/// Accounts in the order in which they were first asked for.
///
/// An open-addressed table by ``StoredAccount/digest(of:)``, which is computed anyway; equal digests are
/// told apart by the accounts themselves. The values lie one behind the other in one list of bytes: about
/// fifty bytes an account.
struct AccountList {
  private var schemes: [AccountScheme] = []
  private var values: [UInt8] = []
  /// Where each value ends.
  private var ends: [Int] = []
  private var digests: [UInt64] = []
  /// Places, by the low bits of the digest; -1 where there is none.
  private var slots: [Int32]

  /// Makes an empty list.
  ///
  /// - Parameter capacity: For how many accounts there is room at first.
  init(capacity: Int = 1024) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = Array(repeating: -1, count: size)
  }

  /// How many accounts there are.
  var count: Int { digests.count }

  /// The account at a place.
  func account(_ place: Int) -> Account {
    Account(schemes[place], String(decoding: values[range(place)], as: UTF8.self))
  }

  private func range(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }

  /// The place of an account, from 0 on, and whether it is a new one.
  ///
  /// - Complexity: O(1) on average.
  mutating func place(of account: Account, digest: UInt64) -> (place: Int, isNew: Bool) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: digest) & mask
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if digests[place] == digest, holds(account, at: place) { return (place, false) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(digests.count)
    schemes.append(account.scheme)
    values.append(contentsOf: account.value.utf8)
    ends.append(values.count)
    digests.append(digest)
    if 2 * digests.count > slots.count { grow() }
    return (digests.count - 1, true)
  }

  private func holds(_ account: Account, at place: Int) -> Bool {
    guard schemes[place] == account.scheme else { return false }
    let known = values.span.extracting(range(place))
    let value = account.value.utf8Span.span
    return unsafe known.bytes.isEqual(to: value.bytes)
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
