/// Whom to arrest, in which order, and what supply would be left.
public struct ArrestPlan: Sendable {
  /// One arrest.
  public struct Step: Sendable, Hashable {
    /// The person's place in ``ChainAnalysis/parties``.
    public let party: Int
    /// Persons whom no supply reaches any more after it, the arrested one included.
    public let persons: Int
    /// Customers among them.
    public let customers: Int
    /// Records that went to customers from suppliers whom no supply reaches any more.
    public let records: Int64
    /// What is left after this and all earlier steps, found by removing them and following supply.
    public let left: SupplyLeft
    /// Whether that is what the dominators foretold.
    public let isConfirmed: Bool
    /// Customers still supplied after it in nineteen of twenty of ``ArrestPlan/draws``; `nil` without a draw.
    public let customersLeft: ClosedRange<Int>?
    /// In how many of ``ArrestPlan/draws`` the person was among those chosen.
    public let stays: Int
  }

  /// What an order in which nobody would choose leaves, as means.
  public struct Mean: Sendable, Hashable {
    /// Customers still supplied, in hundredths.
    public let customers: Int64
    /// Records still supplied, in hundredths, or the largest number.
    public let records: Int64
  }

  /// What is supplied as the case stands, with those in custody still there.
  public let before: SupplyLeft
  /// What is supplied with those in custody gone.
  public let start: SupplyLeft
  /// The arrests in their order.
  public let steps: [Step]
  /// What is left when those with most links go first.
  public let byDegree: [SupplyLeft]
  /// What is left when those go first through whom most shortest routes pass.
  public let byBetweenness: [SupplyLeft]
  /// What chance leaves on average of ``chances`` orders.
  public let byChance: [Mean]
  /// Over how many redrawn networks ``Step/stays`` counts.
  public let draws: Int
  /// Over how many orders ``byChance`` is a mean.
  public let chances: Int
  /// How many persons could be chosen.
  public let candidates: Int
}

/// What is to be cut first.
public enum ArrestAim: String, Sendable, Hashable, CaseIterable {
  /// As many customers as can be, then as many records.
  case customers
  /// As many records as can be, then as many customers.
  case records
}
