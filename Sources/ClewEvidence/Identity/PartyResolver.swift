/// A person or shop: the accounts that hard evidence ties together.
public struct Party: Sendable, Hashable {
  /// `P` and twelve letters or digits, made from the party's leading account: the same in every run.
  public let id: String
  /// Its accounts, the leading one first.
  public let accounts: [Account]
  /// Why they are one party; empty for a party of one account.
  public let merges: [Merge]
}

/// One reason why two accounts are, or are not, one party.
public struct Merge: Sendable, Hashable, Comparable {
  /// The record that says so.
  public let record: RecordID
  /// The two accounts and the basis.
  public let link: AccountLink

  /// Makes a reason.
  public init(record: RecordID, link: AccountLink) {
    self.record = record
    self.link = link
  }

  /// Orders by the strength of the basis, then by accounts and record.
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
    return left.record < right.record
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
  private let index: [Account: Int]

  init(parties: [Party], conflicts: [Merge], hints: [Merge]) {
    self.parties = parties
    self.conflicts = conflicts
    self.hints = hints
    var index: [Account: Int] = [:]
    for (number, party) in parties.enumerated() {
      for account in party.accounts { index[account] = number }
    }
    self.index = index
  }

  /// The place in ``parties`` of the party that holds the account.
  public func index(of account: Account) -> Int? { index[account] }
}

/// Joins accounts to parties by hard evidence.
///
/// Union-find over the hard links, the firmest first. A link that would give one party two identity
/// numbers is a conflict and joins nothing: card lenders look exactly like that. Names never join,
/// links that have ended never join. The result does not depend on the order of the records.
///
/// - Complexity: O(*n* log *n*) for *n* accounts and links.
public struct PartyResolver {
  private var parent: [Int] = []
  private var accounts: [Account] = []
  private var numbers: [Account: Int] = [:]
  private var links: [Merge] = []

  /// Makes a resolver without accounts.
  public init() {}

  /// Adds an account, known or not; groups and services are no parties and are passed over.
  public mutating func add(_ account: Account?) {
    guard let account, account.scheme.isPersonal, numbers[account] == nil else { return }
    numbers[account] = accounts.count
    accounts.append(account)
    parent.append(parent.count)
  }

  /// Adds a link between two accounts.
  public mutating func add(_ link: AccountLink, record: RecordID) {
    add(link.first)
    add(link.second)
    links.append(Merge(record: record, link: link))
  }

  /// Joins the accounts.
  public consuming func resolve() -> PartyTable {
    var identityOf: [Int: Account] = [:]
    for (number, account) in accounts.enumerated() where account.scheme == .identity {
      identityOf[number] = account
    }
    var conflicts: [Merge] = []
    var hints: [Merge] = []
    var used: [Merge] = []
    for merge in links.sorted() {
      let link = merge.link
      guard let first = numbers[link.first], let second = numbers[link.second] else { continue }
      let isWeak = link.first.scheme == .name || link.second.scheme == .name
      guard link.basis.isHard, link.validUntil == nil, !isWeak else {
        hints.append(merge)
        continue
      }
      let (left, right) = (root(first), root(second))
      if left != right {
        if let one = identityOf[left], let other = identityOf[right], one != other {
          conflicts.append(merge)
          continue
        }
        let (low, high) = (min(left, right), max(left, right))
        parent[high] = low
        identityOf[low] = identityOf[low] ?? identityOf[high]
      }
      used.append(merge)
    }
    return table(used: used, conflicts: conflicts, hints: hints)
  }

  private mutating func table(
    used: [Merge],
    conflicts: [Merge],
    hints: [Merge]
  ) -> PartyTable {
    var members: [Int: [Account]] = [:]
    for number in accounts.indices { members[root(number), default: []].append(accounts[number]) }
    var reasons: [Int: [Merge]] = [:]
    for merge in used {
      if let number = numbers[merge.link.first] {
        reasons[root(number), default: []].append(merge)
      }
    }
    let parties = members.map { root, accounts in
      let sorted = accounts.sorted(by: Self.leads)
      return Party(
        id: Self.partyID(leading: sorted[0]),
        accounts: sorted,
        merges: reasons[root] ?? []
      )
    }
    return PartyTable(
      parties: parties.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) },
      conflicts: conflicts,
      hints: hints
    )
  }

  private mutating func root(_ number: Int) -> Int {
    var root = number
    while parent[root] != root { root = parent[root] }
    var walker = number
    while parent[walker] != root { (walker, parent[walker]) = (parent[walker], root) }
    return root
  }

  /// The account by which a party is known comes first: chat accounts before numbers and cards.
  static func leads(_ left: Account, _ right: Account) -> Bool {
    let (one, other) = (rank(left.scheme), rank(right.scheme))
    return one != other ? one < other : left < right
  }

  private static func rank(_ scheme: AccountScheme) -> Int {
    switch scheme {
    case .wechat: 0
    case .qq: 1
    case .telegram: 2
    case .alipay: 3
    case .phone: 4
    case .identity: 5
    case .tenpay: 6
    case .card: 7
    case .bankAccount: 8
    case .email: 9
    case .name: 10
    case .service, .wechatGroup, .qqGroup, .group: 11
    }
  }

  private static func partyID(leading account: Account) -> String {
    var digest = FieldDigest()
    digest.add("party")
    digest.add(account)
    return "P" + digest.recordID.description.dropFirst()
  }
}
