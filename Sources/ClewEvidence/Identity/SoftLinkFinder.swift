/// Finds pairs of parties that are possibly one person; nothing is merged by it.
///
/// The score of a pair is a sum of weights in the manner of Fellegi and Sunter (``SoftLinkWeights``);
/// names weigh the less the more parties of the case bear them. Only parties with a name, a number,
/// a link or a device in common are compared, so the work grows with the records and not with their
/// pairs. Contacts in common count only beside another sign: resellers of one line know the same
/// people. The answer does not depend on the order of the records.
public struct SoftLinkFinder {
  private let parties: PartyTable
  private let weights: SoftLinkWeights
  private var names: NameIndex
  private let numbers: NumberIndex
  private var neighbourhood = Neighbourhood()
  private var realNames: [Int: Set<String>] = [:]
  private var suffixes: [Int: Set<String>] = [:]
  private var masks: [(party: Int, mask: String, record: RecordID?)] = []
  private var inNames: [(party: Int, other: Int, record: RecordID)] = []
  private var ownAccounts: [Int64: [Int: RecordID]] = [:]

  /// From this many own accounts a source is a table of accounts, not a device.
  private static let deviceLimit = 6

  /// Makes a finder.
  ///
  /// - Parameters:
  ///   - parties: The parties of the case.
  ///   - weights: What the signs add.
  public init(parties: PartyTable, weights: SoftLinkWeights = .standard) {
    self.parties = parties
    self.weights = weights
    names = NameIndex(weights: weights)
    numbers = NumberIndex(parties)
    for (place, party) in parties.parties.enumerated() {
      for account in party.accounts where account.scheme == .name { learn(account, of: place) }
    }
  }

  /// Adds a record with the numbers of its sources, which matter for own profiles only.
  public mutating func add(_ record: StoredRecord, sources: [Int64]) {
    switch record.item {
    case .contact(let contact): add(contact, record.id, sources)
    case .membership(let membership):
      guard let party = parties.index(of: membership.member) else { return }
      learn(membership.memberName, of: party, record.id)
    case .message(let message):
      if message.group == nil { connect(message.from, message.to) }
    case .call(let call): connect(call.from, call.to)
    case .transfer(let transfer): connect(transfer.payer, transfer.payee)
    case .accountLink(let link):
      guard [.registration, .bound].contains(link.basis), link.validUntil == nil,
        let party = parties.index(of: link.first), party == parties.index(of: link.second)
      else { return }
      learnReal(link.holder, of: party)
    case .trade, .delivery: break
    }
  }

  /// Notes that two accounts wrote to, called or paid each other.
  package mutating func connect(_ one: Account?, _ other: Account?) {
    neighbourhood.add(one.flatMap(parties.index(of:)), other.flatMap(parties.index(of:)))
  }

  private mutating func add(_ contact: Contact, _ record: RecordID, _ sources: [Int64]) {
    guard let party = parties.index(of: contact.contact) else { return }
    let owner = contact.owner.flatMap(parties.index(of:))
    if contact.nature == .own {
      for source in sources where (ownAccounts[source]?.count ?? 0) <= Self.deviceLimit {
        let known = ownAccounts[source]?[party]
        ownAccounts[source, default: [:]][party] = min(known ?? record, record)
      }
    }
    let isReal = contact.nature == .registration || contact.nature == .counterparty
    if isReal { learnReal(contact.name, of: party) }
    // In an address book the owner types the name, on a platform the account bears it.
    let isTyped = [.phone, .email, .card].contains(contact.contact.scheme)
    learn(contact.name, of: party, record, isReal: isReal, owner: isTyped ? owner : nil)
    learn(contact.remark, of: party, record, owner: owner)
  }

  /// A party that is a name only: the name stands before the mark that sets it apart.
  private mutating func learn(_ account: Account, of party: Int) {
    guard !account.value.hasPrefix("owner-of-") else { return }
    let parts = account.value.split(separator: "#", omittingEmptySubsequences: false)
    names.add(String(parts[0]), party: party, isNameOnly: isNameOnly(party), record: nil)
    for number in NameKey.numbers(in: account.value) where AccountNormalizer.isMasked(number) {
      masks.append((party, number, nil))
    }
  }

  private mutating func learn(
    _ name: String,
    of party: Int,
    _ record: RecordID,
    isReal: Bool = false,
    owner: Int? = nil
  ) {
    guard !name.isEmpty else { return }
    names.add(
      name,
      party: party,
      isNameOnly: isNameOnly(party),
      isReal: isReal,
      record: record,
      owner: owner
    )
    if let suffix = NumberIndex.suffix(of: name) { suffixes[party, default: []].insert(suffix) }
    for number in NameKey.numbers(in: name) {
      if AccountNormalizer.isMasked(number) {
        masks.append((party, number, record))
      } else if let other = numbers.party(of: number), other != party {
        inNames.append((party, other, record))
      }
    }
  }

  private mutating func learnReal(_ name: String, of party: Int) {
    guard !name.isEmpty, !AccountNormalizer.isMasked(name) else { return }
    realNames[party, default: []].insert(AccountText.string(AccountText.fold(name)))
  }

  private func isNameOnly(_ party: Int) -> Bool {
    parties.parties[party].accounts.allSatisfy { $0.scheme == .name }
  }

  /// The pairs that reach the threshold, by the places of the parties.
  ///
  /// - Parameter decisions: The decisions that hold; pairs that a split keeps apart are left out.
  /// - Returns: The pairs, sorted by both places.
  public consuming func links(decisions: [Decision] = []) -> [SoftLink] {
    pairs(decisions).links { one, other in context(one, other) }
  }

  /// The parties whose contacts matter: those that may be one with another.
  package func partiesInQuestion(decisions: [Decision]) -> Set<Int> {
    Set(pairs(decisions).all.flatMap { [$0.0, $0.1] })
  }

  /// The parties whose number of contacts matters: those that two parties in question have in common.
  package func sharedContacts(decisions: [Decision]) -> Set<Int> {
    Set(pairs(decisions).all.flatMap { neighbourhood.common($0.0, $0.1) })
  }

  /// The pairs of parties that have a sign in common.
  private func pairs(_ decisions: [Decision]) -> SoftLinkPairs {
    var pairs = SoftLinkPairs(weights: weights)
    names.forEachMatch { name, match in pairs.add(name, match) }
    for (party, other, record) in inNames {
      pairs.add(.numberInName, party, other, records: [record])
    }
    addMasks(to: &pairs)
    addHints(to: &pairs)
    for (_, own) in ownAccounts where own.count <= Self.deviceLimit {
      let sorted = own.sorted { $0.key < $1.key }
      for (place, one) in sorted.enumerated() {
        for other in sorted.dropFirst(place + 1) {
          pairs.add(.sharedDevice, one.key, other.key, records: [one.value, other.value])
        }
      }
    }
    for decision in decisions where decision.kind == .split {
      guard let first = decision.first.flatMap(parties.index(of:)),
        let second = decision.second.flatMap(parties.index(of:))
      else { continue }
      pairs.drop(first, second)
    }
    return pairs
  }

  private func addMasks(to pairs: inout SoftLinkPairs) {
    for (party, mask, record) in masks {
      let fitting = numbers.parties(fitting: mask)
      guard fitting.phones <= weights.nameLimit else { continue }
      for other in fitting.parties where other != party {
        pairs.add(
          .phoneMask,
          party,
          other,
          weight: weights.weight(.phoneMask, bearers: fitting.phones),
          records: record.map { [$0] } ?? []
        )
      }
    }
  }

  private func addHints(to pairs: inout SoftLinkPairs) {
    for hint in parties.hints {
      guard let one = parties.index(of: hint.link.first),
        let other = parties.index(of: hint.link.second), one != other
      else { continue }
      let kind: SoftLink.Kind
      switch hint.link.basis {
      case .contactEntry: kind = .contactEntry
      case .mention: kind = .mention
      case .assumedName: kind = .assumedName
      default: kind = hint.link.validUntil == nil ? .mention : .endedLink
      }
      pairs.add(kind, one, other, records: hint.record.map { [$0] } ?? [])
    }
  }

  /// What the two parties themselves say for and against.
  private func context(_ one: Int, _ other: Int) -> [SoftLink.Sign] {
    var signs: [SoftLink.Sign] = []
    func add(_ kind: SoftLink.Kind, weight: Int? = nil, _ detail: String = "") {
      signs.append(
        SoftLink.Sign(
          kind: kind,
          weight: weight ?? weights.weight(kind),
          detail: detail,
          records: []
        )
      )
    }
    let (left, right) = (parties.parties[one].accounts, parties.parties[other].accounts)
    for (mine, theirs) in [(one, other), (other, one)] {
      let shared = (suffixes[mine] ?? []).sorted().first {
        numbers.hasPhone(theirs, endingIn: $0)
      }
      if let shared { add(.phoneSuffix, shared) }
    }
    if let near = neighbourhood.coincidence(one, other) {
      add(.neighbours, weight: weights.weight(.neighbours) * near.share / 1000, "\(near.common)")
    }
    let platforms: Set<AccountScheme> = [.wechat, .qq, .telegram, .alipay]
    let mine = Set(left.map(\.scheme)).intersection(platforms)
    if let both = right.map(\.scheme).filter(mine.contains).min() {
      add(.samePlatform, both.rawValue)
    }
    if neighbourhood.talk(one, other) { add(.talk) }
    if let mine = realNames[one], let theirs = realNames[other], mine.isDisjoint(with: theirs) {
      add(.otherRealName)
    }
    let identities = Set(left.filter { $0.scheme == .identity })
    let others = Set(right.filter { $0.scheme == .identity })
    if !identities.isEmpty, !others.isEmpty, identities.isDisjoint(with: others) {
      add(.otherIdentity)
    }
    return signs
  }
}
