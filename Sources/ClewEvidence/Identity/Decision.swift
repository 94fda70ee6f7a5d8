/// What an analyst decided about the accounts of a case, with the reason.
///
/// Decisions are only ever added: an undo is a decision too. Each is bound to the audit log.
public struct Decision: Sendable, Hashable {
  /// What was decided.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Two accounts are one party.
    case merge
    /// Two accounts belong to different parties, whatever the links say.
    case split
    /// An earlier decision does not hold any more.
    case undo
  }

  /// Its number in the case, counted from 1.
  public let number: Int64
  /// What was decided.
  public let kind: Kind
  /// One account; `nil` for an undo.
  public let first: Account?
  /// The other account; `nil` for an undo.
  public let second: Account?
  /// The number of the decision that an undo takes back.
  public let undoes: Int64?
  /// Whether a merge holds although the parties have different identity numbers.
  public let isForced: Bool
  /// Why, in the analyst's words.
  public let reason: String
  /// Who decided.
  public let user: String
  /// When, ISO 8601 in UTC.
  public let at: String

  /// Makes a decision.
  public init(
    number: Int64,
    kind: Kind,
    first: Account? = nil,
    second: Account? = nil,
    undoes: Int64? = nil,
    isForced: Bool = false,
    reason: String,
    user: String,
    at: String = ""
  ) {
    self.number = number
    self.kind = kind
    self.first = first
    self.second = second
    self.undoes = undoes
    self.isForced = isForced
    self.reason = reason
    self.user = user
    self.at = at
  }

  /// The same decision with a number and a time.
  func numbered(_ number: Int64, at: String) -> Decision {
    Decision(
      number: number,
      kind: kind,
      first: first,
      second: second,
      undoes: undoes,
      isForced: isForced,
      reason: reason,
      user: user,
      at: at
    )
  }

  /// What the audit log says of it: a digest of the accounts, for they are evidence.
  var auditDetail: String {
    var digest = FieldDigest()
    digest.add(number)
    digest.add(kind.rawValue)
    digest.add(first)
    digest.add(second)
    digest.add(undoes)
    digest.add(isForced ? 1 as Int64 : 0)
    digest.add(reason)
    digest.add(user)
    digest.add(at)
    let undone = undoes.map { " of \($0)" } ?? ""
    let forced = isForced ? " forced" : ""
    return "decision \(number) \(kind.rawValue)\(undone)\(forced) entry \(digest.hex) "
      + "user \(user) reason \(reason)"
  }
}

extension Sequence<Decision> {
  /// The merges and splits that no later decision takes back, by number.
  public var holding: [Decision] {
    let undone = Set(compactMap { $0.kind == .undo ? $0.undoes : nil })
    return filter { $0.kind != .undo && !undone.contains($0.number) }
      .sorted { $0.number < $1.number }
  }
}
