/// Joins accounts to parties by hard evidence and by what analysts decided.
///
/// Union-find over the hard links, the firmest first. A link that would give one party two identity
/// numbers is a conflict and joins nothing: card lenders look exactly like that. Names never join,
/// links that have ended never join. The result does not depend on the order of the records.
///
/// A split keeps two accounts apart whatever the links say: the link that would bring them together
/// last, which is the weakest on its way, is overruled. Merges come after all evidence, so that they
/// add to it and take nothing away; one that would give a party two identity numbers holds only if
/// it was forced.
///
/// - Complexity: O(*n* log *n*) for *n* accounts and links.
public struct PartyResolver {
  private var parent: [Int] = []
  private var accounts: [Account] = []
  private var numbers: [Account: Int] = [:]
  private var links: [Merge] = []
  private var decisions: [Decision] = []
  /// The identity number of a set, by root.
  private var identityOf: [Int: Account] = [:]
  /// The accounts of a set that a split keeps apart from others, by root.
  private var guarded: [Int: [Apart]] = [:]

  private struct Apart {
    let other: Int
    let decision: Int64
  }

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

  /// Adds an analyst's decision that holds; what it says of unknown accounts has no effect.
  public mutating func add(_ decision: Decision) { decisions.append(decision) }

  /// Joins the accounts.
  public consuming func resolve() -> PartyTable {
    for (number, account) in accounts.enumerated() where account.scheme == .identity {
      identityOf[number] = account
    }
    let ordered = decisions.sorted { $0.number < $1.number }
    for decision in ordered where decision.kind == .split { keepApart(decision) }
    var outcome = Outcome()
    for merge in links.sorted() {
      let link = merge.link
      guard let first = numbers[link.first], let second = numbers[link.second] else { continue }
      let isWeak = link.first.scheme == .name || link.second.scheme == .name
      guard link.basis.isHard, link.validUntil == nil, !isWeak else {
        outcome.hints.append(merge)
        continue
      }
      join(first, second, merge, isForced: false, &outcome)
    }
    for decision in ordered where decision.kind == .merge {
      guard let first = decision.first, let second = decision.second,
        let left = numbers[first], let right = numbers[second]
      else { continue }
      let merge = Merge(
        record: nil,
        link: AccountLink(first, second, basis: .analyst),
        decision: decision.number
      )
      join(left, right, merge, isForced: decision.isForced, &outcome)
    }
    return table(outcome)
  }

  /// What became of the links.
  private struct Outcome {
    var used: [Merge] = []
    var conflicts: [Merge] = []
    var hints: [Merge] = []
    var severed: [Merge] = []
  }

  private mutating func keepApart(_ decision: Decision) {
    guard let first = decision.first.flatMap({ numbers[$0] }),
      let second = decision.second.flatMap({ numbers[$0] }), first != second
    else { return }
    guarded[first, default: []].append(Apart(other: second, decision: decision.number))
    guarded[second, default: []].append(Apart(other: first, decision: decision.number))
  }

  private mutating func join(
    _ first: Int,
    _ second: Int,
    _ merge: Merge,
    isForced: Bool,
    _ outcome: inout Outcome
  ) {
    let (left, right) = (root(first), root(second))
    if left != right {
      if let decision = split(left, right) {
        outcome.severed.append(
          Merge(record: merge.record, link: merge.link, decision: decision)
        )
        return
      }
      if !isForced, let one = identityOf[left], let other = identityOf[right], one != other {
        outcome.conflicts.append(merge)
        return
      }
      let (low, high) = (min(left, right), max(left, right))
      parent[high] = low
      identityOf[low] = identityOf[low] ?? identityOf[high]
      if let kept = guarded.removeValue(forKey: high) { guarded[low, default: []] += kept }
    }
    outcome.used.append(merge)
  }

  /// The first decision that keeps the two sets apart.
  private mutating func split(_ left: Int, _ right: Int) -> Int64? {
    guard let one = guarded[left], let other = guarded[right] else { return nil }
    let (fewer, there) = one.count <= other.count ? (one, right) : (other, left)
    return fewer.filter { root($0.other) == there }.map(\.decision).min()
  }

  private mutating func table(_ outcome: Outcome) -> PartyTable {
    var members: [Int: [Account]] = [:]
    for number in accounts.indices { members[root(number), default: []].append(accounts[number]) }
    var reasons: [Int: [Merge]] = [:]
    for merge in outcome.used {
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
      conflicts: outcome.conflicts,
      hints: outcome.hints,
      severed: outcome.severed
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
