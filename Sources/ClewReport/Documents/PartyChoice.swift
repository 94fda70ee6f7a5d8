public import ClewChain
public import ClewEvidence

/// Finds the party that an analyst means, strictly: who merges or splits must mean one.
public struct PartyChoice {
  private let view: CaseView

  /// Chooses among the parties of a case.
  public init(_ view: CaseView) { self.view = view }

  /// The account that stands for what is meant, and its party's place.
  public struct Chosen: Sendable, Hashable {
    /// The account as it was given, or the leading one of the party.
    public let account: Account
    /// The place of its party.
    public let party: Int
    /// Whether the account itself was given.
    public let isExact: Bool
  }

  /// Finds what `text` names: a party id, an account with or without its scheme, or a name that one
  /// party bears.
  ///
  /// - Throws: `EvidenceError.unknown(what:)` when nothing is called so, and
  ///   `EvidenceError.decision(reason:)` with the candidates when several are.
  public func find(_ text: String) throws -> Chosen {
    let parties = view.parties.parties
    if let place = parties.firstIndex(where: { $0.id == text.uppercased() }) {
      return chosen(place)
    }
    if let key = Account(key: text), let place = view.parties.index(of: key) {
      return Chosen(account: key, party: place, isExact: true)
    }
    var accounts: [Chosen] = []
    var names: [Int] = []
    for (place, party) in parties.enumerated() {
      for account in party.accounts where account.value.utf8.elementsEqual(text.utf8) {
        accounts.append(Chosen(account: account, party: place, isExact: true))
      }
      if view.names.names(of: place).contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
        names.append(place)
      }
    }
    if let account = accounts.first, accounts.count == 1 { return account }
    if !accounts.isEmpty { throw several(text, accounts.map(\.party)) }
    if let place = names.first, names.count == 1 { return chosen(place) }
    if !names.isEmpty { throw several(text, names) }
    throw EvidenceError.unknown(what: text)
  }

  private func chosen(_ place: Int) -> Chosen {
    let accounts = view.parties.parties[place].accounts
    return Chosen(account: accounts[0], party: place, isExact: accounts.count == 1)
  }

  private func several(_ text: String, _ places: [Int]) -> EvidenceError {
    let few = Set(places).sorted().prefix(12).map { place in
      let party = view.parties.parties[place]
      return "\(party.id) (\(party.accounts[0]))"
    }
    return .decision(
      reason: "several parties are called \(text): \(few.joined(separator: ", ")); "
        + "give an id or an account"
    )
  }
}

/// Checks what an analyst wants to decide and puts it into words of the case.
public struct DecisionDraft {
  private let file: CaseFile
  private let view: CaseView
  private let choice: PartyChoice

  /// Prepares decisions about a case.
  ///
  /// - Throws: `EvidenceError` when the case cannot be read.
  public init(_ file: CaseFile) throws {
    self.file = file
    view = try CaseView(of: file)
    choice = PartyChoice(view)
  }

  /// A merge of what `one` and `other` name.
  ///
  /// - Throws: `EvidenceError.decision(reason:)` when they are one party already, when a split keeps
  ///   them apart, or when both have identity numbers and it is not forced.
  public func merge(
    _ one: String,
    _ other: String,
    reason: String,
    user: String,
    isForced: Bool
  ) throws -> Decision {
    let (first, second) = (try choice.find(one), try choice.find(other))
    guard first.party != second.party else {
      throw EvidenceError.decision(
        reason: "\(first.account) and \(second.account) are one party already"
      )
    }
    let identities = [first, second].map { identity($0.party) }
    if !isForced, let left = identities[0], let right = identities[1], left != right {
      throw EvidenceError.decision(
        reason: "the two have different identity numbers, so the evidence says that they are two "
          + "persons; --force merges them nevertheless"
      )
    }
    let decision = Decision(
      number: .max,
      kind: .merge,
      first: first.account,
      second: second.account,
      isForced: isForced,
      reason: reason,
      user: user
    )
    let after = try PartyTable(of: file, trying: decision)
    guard after.index(of: first.account) == after.index(of: second.account) else {
      throw EvidenceError.decision(
        reason: "a split keeps the two apart; undo it first (clew parties CASE --decisions)"
      )
    }
    return decision
  }

  /// A split of two accounts of one party.
  ///
  /// - Throws: `EvidenceError.decision(reason:)` when they are two parties already, or when a party
  ///   is named instead of an account.
  public func split(
    _ one: String,
    _ other: String,
    reason: String,
    user: String
  ) throws -> Decision {
    let (first, second) = (try choice.find(one), try choice.find(other))
    for (text, found) in [(one, first), (other, second)] where !found.isExact {
      let accounts = view.parties.parties[found.party].accounts.map(\.description)
      throw EvidenceError.decision(
        reason: "\(text) is a party; give one of its accounts: \(accounts.joined(separator: " "))"
      )
    }
    guard first.account != second.account else {
      throw EvidenceError.decision(reason: "both are the account \(first.account)")
    }
    guard first.party == second.party else {
      throw EvidenceError.decision(
        reason: "\(first.account) and \(second.account) are two parties already"
      )
    }
    return Decision(
      number: .max,
      kind: .split,
      first: first.account,
      second: second.account,
      reason: reason,
      user: user
    )
  }

  private func identity(_ party: Int) -> Account? {
    view.parties.parties[party].accounts.first { $0.scheme == .identity }
  }
}
