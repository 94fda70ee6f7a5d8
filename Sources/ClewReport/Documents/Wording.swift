public import ClewChain
internal import ClewEvidence

/// The language of labels.
public enum Language: String, Sendable, Hashable, CaseIterable {
  /// Chinese.
  case zh
  /// English.
  case en
}

/// The words for roles, rules, kinds of evidence and tiers in both languages.
public enum Wording {
  /// The name of a role.
  public static func role(_ role: Role, _ language: Language) -> String {
    switch (role, language) {
    case (.source, .zh): "查询员（源头）"
    case (.source, .en): "source"
    case (.firstLevelAgent, .zh): "一级代理商"
    case (.firstLevelAgent, .en): "first-level agent"
    case (.secondLevelAgent, .zh): "二级代理商"
    case (.secondLevelAgent, .en): "second-level agent"
    case (.subAgent, .zh): "下游代理商"
    case (.subAgent, .en): "sub-agent"
    case (.customer, .zh): "客户"
    case (.customer, .en): "customer"
    case (.outsider, .zh): "无关人员"
    case (.outsider, .en): "outsider"
    case (.undetermined, .zh): "未定"
    case (.undetermined, .en): "undetermined"
    }
  }

  /// That evidence from a moment on was left out.
  static func without(_ until: Timestamp) -> String {
    "Without what is dated \(until.shanghai) (UTC+8) or later; address books and registrations "
      + "bear no date and count whole"
  }

  /// The period of the evidence and, if given, the day on which a picture was made.
  static func dates(of analysis: ChainAnalysis, made day: String, _ language: Language) -> String {
    var parts: [String] = []
    if let period = analysis.period {
      let first = Timestamp(milliseconds: period.lowerBound).shanghai.prefix(10)
      let last = Timestamp(milliseconds: period.upperBound).shanghai.prefix(10)
      parts.append(
        language == .zh ? "证据期间 \(first) 至 \(last)" : "evidence from \(first) to \(last)"
      )
    }
    if !day.isEmpty { parts.append(language == .zh ? "制图 \(day)" : "drawn \(day)") }
    return parts.joined(separator: " · ")
  }

  /// Why a party has its role.
  public static func rule(_ rule: RoleRule) -> String {
    switch rule {
    case .suppliesOnly: "supplies others and nobody is seen to supply it"
    case .suppliedBySources: "supplied by sources at least as much as by agents, and resells"
    case .broadWithoutSuppliers:
      "supplies many kinds to many buyers while its own suppliers are unseen: their phones are missing"
    case .resellsBelowPrincipal:
      "is supplied and resells; its tier below the principals gives the level"
    case .resellsUnplaced: "is supplied and resells, but no principal is seen above it"
    case .buysOnly: "is supplied and supplies nobody seen"
    case .thinSupplier:
      "supplies buyers who resell nothing, and its own phone is unseen: too little to say"
    case .weighedEvidence:
      "prices, orders passed on and the people around it outweigh what its own links show"
    case .belowMainSupplier:
      "stands one below whoever supplies it most, or whom it pays most though no dealing with him is seen"
    case .contradictory: "the evidence speaks for several roles and decides for none"
    case .noSupply: "in contact, without enough evidence of trade"
    }
  }

  /// What a record counts as.
  public static func kind(_ kind: EvidenceKind) -> String {
    switch kind {
    case .payload: "payload"
    case .trade: "stated sale"
    case .delivery: "delivery"
    case .order: "order"
    case .payment: "payment"
    case .offer: "price or offer"
    case .label: "remark or tag"
    }
  }

  /// The name of a kind of personal data.
  static func kind(_ kind: PersonalDataKind) -> String {
    switch kind {
    case .identity: "identity numbers"
    case .phone: "phones"
    case .card: "bank cards"
    case .plate: "plates"
    case .vehicle: "vehicle numbers"
    case .name: "names"
    case .address: "addresses"
    }
  }

  /// The name of a tier at the side of a diagram.
  public static func tier(_ tier: Int, _ language: Language) -> String {
    switch (tier, language) {
    case (0, .zh): "查询员（源头）"
    case (0, .en): "Sources"
    case (1, .zh): "一级代理商"
    case (1, .en): "First-level agents"
    case (2, .zh): "二级代理商"
    case (2, .en): "Second-level agents"
    case (3, .zh): "下游代理商"
    case (3, .en): "Sub-agents"
    case (_, .zh): "第\(tier)层代理商"
    case (_, .en): "Sub-agents, tier \(tier)"
    }
  }
}
