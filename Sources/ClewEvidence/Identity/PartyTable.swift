/// A person or shop: the accounts that hard evidence ties together.
public struct Party: Sendable, Hashable {
  /// `P` and twelve letters or digits, made from the party's leading account: the same in every run.
  public let id: String
  /// Its accounts, the leading one first.
  public let accounts: [Account]
  /// Why they are one party; empty for a party of one account.
  public let merges: [Merge]
}

/// One reason why two accounts are, or are not, one party: a record, an analyst's decision, or a
/// record that a decision overrules.
public struct Merge: Sendable, Hashable, Comparable {
  /// The record that says so; `nil` for an analyst's merge.
  public let record: RecordID?
  /// The analyst's decision that says so or overrules the record.
  public let decision: Int64?
  /// The two accounts and the basis.
  public let link: AccountLink

  /// Makes a reason.
  public init(record: RecordID?, link: AccountLink, decision: Int64? = nil) {
    self.record = record
    self.link = link
    self.decision = decision
  }

  /// Where to read it up: the record's number, or `decision 3`.
  public var reference: String {
    let parts = [record?.description, decision.map { "decision \($0)" }].compactMap(\.self)
    return parts.joined(separator: ", ")
  }

  /// Orders by the strength of the basis, then by accounts, record and decision.
  public static func < (left: Merge, right: Merge) -> Bool {
    if left.link.basis != right.link.basis {
      return left.link.basis.strength > right.link.basis.strength
    }
    let (a, b) = (left.link, right.link)
    if min(a.first, a.second) != min(b.first, b.second) {
      return min(a.first, a.second) < min(b.first, b.second)
    }
    if max(a.first, a.second) != max(b.first, b.second) {
      return max(a.first, a.second) < max(b.first, b.second)
    }
    if left.record != right.record {
      guard let one = left.record, let other = right.record else { return left.record == nil }
      return one < other
    }
    return (left.decision ?? 0) < (right.decision ?? 0)
  }
}

extension AccountLink.Basis {
  /// In which order links are taken: the firmest first, so that a conflict blocks the weaker one.
  var strength: Int {
    switch self {
    case .analyst: 9
    case .registration: 8
    case .ownAccount: 7
    case .bound: 6
    case .statedHolder: 5
    case .serverMatched: 4
    case .alias: 3
    case .contactEntry: 2
    case .assumedName: 1
    case .mention: 0
    }
  }
}

/// The parties of a case and what was decided about every link between accounts.
public struct PartyTable: Sendable {
  /// The parties, sorted by id.
  public let parties: [Party]
  /// Links that would have given one party two identity numbers: reported, never followed.
  public let conflicts: [Merge]
  /// Links that are hints only: possibly the same person.
  public let hints: [Merge]
  /// Links that an analyst's split overrules.
  public let severed: [Merge]
  private let index: [Account: Int]

  init(parties: [Party], conflicts: [Merge], hints: [Merge], severed: [Merge]) {
    self.parties = parties
    self.conflicts = conflicts
    self.hints = hints
    self.severed = severed
    var index: [Account: Int] = [:]
    for (number, party) in parties.enumerated() {
      for account in party.accounts { index[account] = number }
    }
    self.index = index
  }

  /// The place in ``parties`` of the party that holds the account.
  public func index(of account: Account) -> Int? { index[account] }
}
