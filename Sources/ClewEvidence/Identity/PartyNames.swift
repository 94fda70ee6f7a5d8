/// Finds the name by which a party is called: its own handle before what others call it.
public struct PartyNames: Sendable {
  private enum Rank: Int, Sendable { case own = 0, profile, group, remark, realName }

  private struct Key: Hashable, Sendable {
    let rank: Rank
    let name: String
  }

  private var counts: [Int: [Key: Int]] = [:]

  /// Makes an empty table.
  public init() {}

  /// Notes the names that a contact entry gives to a party.
  public mutating func add(_ contact: Contact, party: Int) {
    switch contact.nature {
    case .own: note(contact.name, .own, party)
    case .friend, .stranger, .deleted:
      note(contact.name, .profile, party)
      note(contact.remark, .remark, party)
    case .registration, .counterparty: note(contact.name, .realName, party)
    case .device: break
    }
  }

  /// Notes the name that a party bears in a group.
  public mutating func add(_ membership: Membership, party: Int) {
    note(membership.memberName, .group, party)
  }

  private mutating func note(_ name: String, _ rank: Rank, _ party: Int) {
    // 我 or Me on somebody's device is no name of a person.
    guard !name.isEmpty, !OwnerAlias.isOwner(name) else { return }
    counts[party, default: [:]][Key(rank: rank, name: name), default: 0] += 1
  }

  /// The party's name, or `nil` when nothing names it.
  ///
  /// The best kind of name wins; within a kind the most frequent, then the first by bytes.
  public func name(of party: Int) -> String? { names(of: party).first }

  /// All names of a party, the best first, each once.
  public func names(of party: Int) -> [String] {
    guard let names = counts[party] else { return [] }
    let sorted = names.sorted { left, right in
      if left.key.rank != right.key.rank { return left.key.rank.rawValue < right.key.rank.rawValue }
      if left.value != right.value { return left.value > right.value }
      return left.key.name.utf8.lexicographicallyPrecedes(right.key.name.utf8)
    }
    var seen: Set<String> = []
    return sorted.map(\.key.name).filter { seen.insert($0).inserted }
  }
}
