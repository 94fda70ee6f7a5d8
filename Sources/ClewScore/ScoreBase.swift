/// Of whom or of what a measure speaks.
public enum ScoreBase: String, Sendable, CaseIterable {
  /// People with a supplier or buyer with whom they exchange messages in the exports, and links in
  /// which messages are exchanged there; bystanders who appear there.
  case chats
  /// People with a supplier or buyer with whom a message or payment of theirs is in the exports, and
  /// links of which one is; bystanders who appear there.
  case dealt
  /// People who appear in the exports, be it as members of a group.
  case seen
  /// Everybody and every link, also those of whom the exports hold nothing.
  case all

  /// Whether a person counts.
  func holds(_ person: TrueCase.Person) -> Bool {
    switch self {
    case .chats: person.isBystander ? person.isSeen : person.isChatSeen
    case .dealt: person.isBystander ? person.isSeen : person.isDealingSeen
    case .seen: person.isSeen
    case .all: true
    }
  }

  /// Whether a link is wanted.
  func holds(_ link: TrueCase.Link) -> Bool {
    switch self {
    case .chats: link.seen.messages > 0
    case .dealt, .seen: link.isSeen
    case .all: true
    }
  }
}

/// One figure with its 95 % interval.
public struct Measure: Sendable, Hashable {
  /// What is measured, such as `supply.f1`.
  public let name: String
  /// Of whom or of what; `nil` where it does not differ.
  public let base: ScoreBase?
  /// The figure; `nil` where it is undefined.
  public let value: Double?
  /// The interval; `nil` where none is defined.
  public let interval: ClosedRange<Double>?
  /// For shares: how many of how many.
  public let counts: Counts?

  /// How many of how many.
  public struct Counts: Sendable, Hashable {
    /// How many are so.
    public let part: Int
    /// Of how many.
    public let whole: Int
  }

  /// A share with Wilson's interval; `scale` is 1000 for so many in a thousand.
  static func share(
    _ name: String,
    _ base: ScoreBase?,
    _ part: Int,
    of whole: Int,
    scale: Double = 1
  ) -> Measure {
    Measure(
      name: name,
      base: base,
      value: whole > 0 ? scale * Double(part) / Double(whole) : nil,
      interval: WilsonInterval.of(part, in: whole).map {
        scale * $0.lowerBound...scale * $0.upperBound
      },
      counts: Counts(part: part, whole: whole)
    )
  }

  /// A figure with an interval of its own.
  static func figure(
    _ name: String,
    _ base: ScoreBase?,
    _ value: Double?,
    _ interval: ClosedRange<Double>? = nil
  ) -> Measure {
    Measure(name: name, base: base, value: value, interval: interval, counts: nil)
  }
}
