/// A contradiction in what the evidence says of who holds an account.
public struct IdentityConflict: Sendable, Hashable {
  /// What contradicts.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A link would give one party two identity numbers; it was not followed.
    case twoIdentityNumbers
    /// Institutions register one account under two names at overlapping times.
    case twoHolders
    /// One telephone is bound to two identity numbers at overlapping times.
    case phoneOfTwoIdentities
  }

  /// What contradicts.
  public let kind: Kind
  /// The accounts concerned, sorted.
  public let accounts: [Account]
  /// The holders' names, sorted; empty where identity numbers contradict.
  public let names: [String]
  /// The records, or decisions, that say so.
  public let references: [String]
}

/// Collects what registrations say and finds where they contradict each other.
///
/// Two holders, or two identity numbers of one telephone, contradict only while both hold: numbers
/// are given out again, and registrations are cancelled. A masked name contradicts nothing that it
/// fits.
///
/// - Complexity: O(*n* log *n*) for *n* links between accounts.
public struct IdentityConflicts {
  private struct Claim: Hashable {
    let holder: String
    let from: Int64
    let until: Int64
    let record: RecordID

    func overlaps(_ other: Claim) -> Bool { from < other.until && other.from < until }
  }

  private var holders: [Account: [Claim]] = [:]
  private var identities: [Account: [(identity: Account, claim: Claim)]] = [:]
  private var phones: [Account: [(account: Account, claim: Claim)]] = [:]

  /// More claims than this on one account are a table's fault, and compared in part only.
  private static let claimLimit = 64

  /// Makes an empty collection.
  public init() {}

  /// Adds a record; only what institutions register matters.
  public mutating func add(_ record: StoredRecord) {
    if case .contact(let contact) = record.item, contact.nature == .registration {
      let name = AccountText.string(AccountText.fold(contact.name))
      guard !name.isEmpty, contact.contact.scheme.isPersonal else { return }
      // A name without dates is the present holder's.
      let claim = Claim(holder: name, from: .max - 1, until: .max, record: record.id)
      holders[contact.contact, default: []].append(claim)
      return
    }
    guard case .accountLink(let link) = record.item,
      [.registration, .bound, .ownAccount].contains(link.basis)
    else { return }
    let claim = Claim(
      holder: AccountText.string(AccountText.fold(link.holder)),
      from: link.validFrom?.milliseconds ?? .min,
      until: link.validUntil?.milliseconds ?? .max,
      record: record.id
    )
    for (one, other) in [(link.first, link.second), (link.second, link.first)] {
      if link.basis == .registration, !claim.holder.isEmpty, other.scheme == .identity {
        holders[one, default: []].append(claim)
      }
      if other.scheme == .identity { identities[one, default: []].append((other, claim)) }
      if one.scheme == .phone { phones[one, default: []].append((other, claim)) }
    }
  }

  /// The contradictions, sorted by kind and accounts.
  public consuming func conflicts(in parties: PartyTable) -> [IdentityConflict] {
    var found: Set<IdentityConflict> = []
    for merge in parties.conflicts {
      found.insert(
        IdentityConflict(
          kind: .twoIdentityNumbers,
          accounts: [merge.link.first, merge.link.second].sorted(),
          names: [],
          references: [merge.reference]
        )
      )
    }
    for (account, claims) in holders {
      for (one, other) in Self.pairs(claims.sorted(by: Self.precedes))
      where one.overlaps(other) && !Self.agree(one.holder, other.holder) {
        found.insert(
          IdentityConflict(
            kind: .twoHolders,
            accounts: [account],
            names: [one.holder, other.holder].sorted {
              $0.utf8.lexicographicallyPrecedes($1.utf8)
            },
            references: [one.record, other.record].sorted().map(\.description)
          )
        )
      }
    }
    addPhones(to: &found)
    return found.sorted { left, right in
      if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
      if left.accounts != right.accounts {
        return left.accounts.lexicographicallyPrecedes(right.accounts)
      }
      return left.references.lexicographicallyPrecedes(right.references)
    }
  }

  private func addPhones(to found: inout Set<IdentityConflict>) {
    for (phone, ties) in phones {
      var owners: [(identity: Account, claim: Claim)] = identities[phone] ?? []
      for (account, claim) in ties where account.scheme != .identity {
        for (identity, registered) in (identities[account] ?? []).prefix(Self.claimLimit)
        where claim.overlaps(registered) {
          let both = Claim(
            holder: "",
            from: max(claim.from, registered.from),
            until: min(claim.until, registered.until),
            record: claim.record
          )
          owners.append((identity, both))
        }
      }
      owners.sort {
        $0.identity != $1.identity
          ? $0.identity < $1.identity : Self.precedes($0.claim, $1.claim)
      }
      for (one, other) in Self.pairs(owners)
      where one.identity != other.identity && one.claim.overlaps(other.claim) {
        found.insert(
          IdentityConflict(
            kind: .phoneOfTwoIdentities,
            accounts: [phone, one.identity, other.identity].sorted(),
            names: [],
            references: [one.claim.record, other.claim.record].sorted().map(\.description)
          )
        )
      }
    }
  }

  private static func precedes(_ left: Claim, _ right: Claim) -> Bool {
    left.record != right.record ? left.record < right.record : left.from < right.from
  }

  private static func pairs<Element>(_ all: [Element]) -> [(Element, Element)] {
    let few = all.prefix(claimLimit)
    return few.enumerated().flatMap { place, one in few.dropFirst(place + 1).map { (one, $0) } }
  }

  /// Whether two names may be one: equal, or one hides characters that the other shows.
  private static func agree(_ one: String, _ other: String) -> Bool {
    if one.utf8.elementsEqual(other.utf8) { return true }
    let (left, right) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { $0 == $1 || $0 == "*" || $1 == "*" }
  }
}
