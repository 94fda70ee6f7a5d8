/// What tells of a trader's role: the evidence that ``RoleModel`` weighs.
///
/// Each feature has a value in thousandths; counts are taken as binary logarithms of one more, so that
/// the tenth buyer says less than the second.
public enum RoleFeature: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The rules of `RoleAssignment` take it for a source.
  case ruleSource
  /// The same, and its own phone is in the case: nobody supplies it there.
  case ruleSourceSeized
  /// The rules take it for a principal whom sources supply.
  case rulePrincipal
  /// The rules take it for a principal, by its breadth alone.
  case ruleBroad
  /// The rules take it for a second-level agent.
  case ruleSecond
  /// The rules take it for an agent further down.
  case ruleSub
  /// The rules take it for an agent whom no principal is seen to supply.
  case ruleUnplaced
  /// The rules take it for a customer.
  case ruleCustomer
  /// The same, and its own phone is in the case: it supplies nobody there.
  case ruleCustomerSeized
  /// The rules find too little.
  case ruleThin
  /// How many it supplies.
  case buyers
  /// How many supply it.
  case suppliers
  /// How many of its buyers resell.
  case resellingBuyers
  /// How often it sold.
  case sales
  /// How often it bought.
  case purchases
  /// The same, while its own phone is unseen.
  case purchasesUnseen
  /// How many categories it sells.
  case kindsSold
  /// How many categories it buys.
  case kindsBought
  /// How many categories it sells while nobody is seen to supply it.
  case kindsSoldUnsupplied
  /// Targets that were ordered from it and that it ordered on.
  case relayed
  /// Targets that it ordered after others had ordered them elsewhere: it buys for others.
  case orderedForOthers
  /// Targets ordered from it that others ordered elsewhere afterwards: it has suppliers.
  case orderedOnElsewhere
  /// How many people without a link to it pay it, while its own phone is unseen.
  case otherPayers
  /// How many of them at least three times.
  case otherFrequentPayers
  /// How many people without a link to it it pays, while its own phone is unseen.
  case otherPayees
  /// Somebody calls it a supplier in a word of resale.
  case calledSupplier
  /// Somebody calls it a buyer in a word of resale.
  case calledBuyer
  /// Always 1: what is usual where somebody stands like this.
  case trader
  /// How many steps of supply run on below it, at most four.
  case stepsBelow
  /// How many show signs of buying from it that are too few for a link.
  case weakBuyers
  /// How many show signs of supplying it that are too few for a link.
  case weakSuppliers
  /// How many traders without a link to it pay it.
  case traderPayers
  /// How many traders without a link to it it pays.
  case traderPayees
  /// How long its answers take: doublings of what the quickest tenth of the suppliers needs.
  case answersAfter
  /// How long it waits for answers, in the same measure.
  case waitsFor
  /// In how many group chats it sits with at least two others who sell.
  case sellerGroups
  /// Over how many weeks it bought.
  case weeksBuying
  /// How surely its asking prices are known: the root of their number.
  case asksKnown
  /// The level of what it asks, times how surely it is known.
  case asksLevel
  /// The square of that level, times how surely it is known.
  case asksSquare
  /// How surely the prices that it pays are known.
  case paysKnown
  /// The level of what it pays, times how surely it is known.
  case paysLevel
  /// The square of that level, times how surely it is known.
  case paysSquare

  /// Sorts in the order of the cases.
  public static func < (left: RoleFeature, right: RoleFeature) -> Bool { left.place < right.place }

  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// From which side a trader is seen: each has weights of its own.
public enum RoleView: String, Sendable, Hashable, CaseIterable {
  /// It is seen to sell only, from the phones of others.
  case sells
  /// Its own phone shows sales only.
  case sellsSeized
  /// It is seen to buy and to sell, from the phones of others.
  case resells
  /// Its own phone shows purchases and sales.
  case resellsSeized
  /// It is seen to buy only, from the phones of others.
  case buys
  /// Its own phone shows purchases only.
  case buysSeized

  init(sells: Bool, buys: Bool, isSeized: Bool) {
    switch (sells, buys) {
    case (true, false): self = isSeized ? .sellsSeized : .sells
    case (true, true): self = isSeized ? .resellsSeized : .resells
    default: self = isSeized ? .buysSeized : .buys
    }
  }

  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What a trader can be to ``RoleModel``: a role with its tier.
enum TraderState: String, Sendable, CaseIterable {
  case source, tier1, tier2, tier3, tier4, customer

  /// The tier of sources and agents; the last state stands for all tiers below.
  var tier: Int? {
    switch self {
    case .source: 0
    case .tier1: 1
    case .tier2: 2
    case .tier3: 3
    case .tier4: 4
    case .customer: nil
    }
  }

  var role: Role {
    switch self {
    case .source: .source
    case .tier1: .firstLevelAgent
    case .tier2: .secondLevelAgent
    case .tier3, .tier4: .subAgent
    case .customer: .customer
    }
  }
}
