/// What a party does in the trade (DESIGN §1).
public enum Role: String, Sendable, Hashable, CaseIterable {
  /// Takes the records from where they are kept; supplies, is never supplied. 查询员
  case source
  /// Is supplied by sources and resells; the principal of a line. 一级代理商
  case firstLevelAgent
  /// Is supplied by a first-level agent and resells. 二级代理商
  case secondLevelAgent
  /// Resells further down. 下游代理商
  case subAgent
  /// Is supplied and resells to nobody seen. 客户
  case customer
  /// In contact, without evidence of trade. 无关人员
  case outsider
  /// Trades, but too little is seen to say as what.
  case undetermined

  /// Whether the party resells.
  public var isAgent: Bool {
    self == .firstLevelAgent || self == .secondLevelAgent || self == .subAgent
  }
}

/// The rule by which a party got its role.
public enum RoleRule: String, Sendable, Hashable, CaseIterable {
  /// Supplies, and nobody is seen to supply it.
  case suppliesOnly
  /// Supplied by sources at least as much as by agents, and resells.
  case suppliedBySources
  /// Supplies many kinds to many buyers while its own suppliers are unseen.
  case broadWithoutSuppliers
  /// Resells; its tier below the principals gives the level.
  case resellsBelowPrincipal
  /// Resells, but no principal is seen above it.
  case resellsUnplaced
  /// Is supplied and supplies nobody seen.
  case buysOnly
  /// Supplies buyers who resell nothing, while its own phone is unseen: source or agent.
  case thinSupplier
  /// Prices, orders passed on and neighbours speak against the plain rules.
  case weighedEvidence
  /// One below whoever supplies it most, or whom it pays most though no dealing with him is seen.
  case belowMainSupplier
  /// The evidence speaks for several roles and decides for none.
  case contradictory
  /// No link reaches the threshold.
  case noSupply
}
