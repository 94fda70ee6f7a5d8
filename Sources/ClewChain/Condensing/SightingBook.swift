internal import ClewEvidence

/// Who was seen in which records, and with whom.
struct SightingBook {
  /// The accounts in the order in which they were seen.
  private(set) var accounts: [Account] = []
  private var places: [Account: Int32] = [:]
  /// The least records of each account, ascending, `OmittedRecords.mentions` places for each.
  private var least: [RecordID] = []
  /// Two accounts in contact as one number, the earlier place in the upper half; with repeats behind `sorted`.
  private var contacts: [UInt64] = []
  /// From so many contacts on repeats are taken out.
  private var room = 1 << 20

  private static let none = RecordID(high: .max, low: .max)

  /// Adds the ends of a record.
  mutating func add(_ mark: RecordMark, _ record: RecordID) {
    let first = mark.first.map { place(of: $0) }
    let second = mark.second.map { place(of: $0) }
    if mark.flags.contains(.sighted) {
      if let first { see(first, record) }
      if let second, second != first { see(second, record) }
    }
    if mark.flags.contains(.contact), let first, let second {
      contacts.append(UInt64(min(first, second)) << 32 | UInt64(max(first, second)))
      if contacts.count >= room { takeOutRepeats() }
    }
  }

  private mutating func place(of account: Account) -> Int32 {
    if let known = places[account] { return known }
    let place = Int32(accounts.count)
    places[account] = place
    accounts.append(account)
    least.append(contentsOf: repeatElement(Self.none, count: OmittedRecords.mentions))
    return place
  }

  private mutating func see(_ account: Int32, _ record: RecordID) {
    let start = Int(account) * OmittedRecords.mentions
    let end = start + OmittedRecords.mentions
    guard record < least[end - 1], !least[start..<end].contains(record) else { return }
    var place = end - 1
    while place > start, record < least[place - 1] {
      least[place] = least[place - 1]
      place -= 1
    }
    least[place] = record
  }

  private mutating func takeOutRepeats() {
    contacts.sort()
    var count = 0
    for place in contacts.indices where count == 0 || contacts[count - 1] != contacts[place] {
      contacts[count] = contacts[place]
      count += 1
    }
    contacts.removeLast(contacts.count - count)
    room = max(1 << 20, 2 * count)
  }

  /// The least records of each account that was seen in the time that is looked at.
  var sightings: [Account: [RecordID]] {
    var sightings: [Account: [RecordID]] = [:]
    for (place, account) in accounts.enumerated() {
      let start = place * OmittedRecords.mentions
      let records = least[start..<start + OmittedRecords.mentions].filter { $0 != Self.none }
      if !records.isEmpty { sightings[account] = records }
    }
    return sightings
  }

  /// The pairs in contact of which one is in a list.
  func pairs(of wanted: [Account]) -> [(Account, Account)] {
    let wanted = Set(wanted.compactMap { places[$0] }.map(UInt64.init))
    return contacts.filter { wanted.contains($0 >> 32) || wanted.contains($0 & 0xFFFF_FFFF) }
      .map { (accounts[Int($0 >> 32)], accounts[Int($0 & 0xFFFF_FFFF)]) }
  }
}
