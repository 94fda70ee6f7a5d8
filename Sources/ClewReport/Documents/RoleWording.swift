internal import ClewChain

extension Wording {
  /// How many signs of a role are written out.
  private static let signLimit = 8

  /// What speaks for and against a role, one line each: the change of the log-odds, then what tells.
  static func signs(_ signs: [RoleSign]) -> String {
    signs.prefix(signLimit).map { sign in
      let mark = sign.points < 0 ? "against" : "for    "
      return "  \(mark) \(decimal(sign.points))  \(sign.kind.words)\n"
    }.joined()
  }

  /// Thousandths with a sign and two places.
  static func decimal(_ thousandths: Int64) -> String {
    let hundredths = (thousandths.magnitude + 5) / 10
    let rest = hundredths % 100
    return "\(thousandths < 0 ? "-" : "+")\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension RoleSign.Kind {
  fileprivate var words: String {
    switch self {
    case .asks(let level): "asks \(Wording.decimal(level)) steps above the cheapest"
    case .pays(let level): "pays \(Wording.decimal(level)) steps above the cheapest"
    case .neighbours: "what those who supply it and whom it supplies are"
    case .feature(let feature, _): feature.words
    }
  }
}

extension RoleFeature {
  fileprivate var words: String {
    switch self {
    case .ruleSource: "supplies others and nobody is seen to supply it"
    case .ruleSourceSeized: "its own phone shows nobody who supplies it"
    case .rulePrincipal: "sources supply it at least as much as agents do, and it resells"
    case .ruleBroad: "many kinds and many buyers without a supplier"
    case .ruleSecond: "resells what a principal supplies"
    case .ruleSub: "resells what agents below a principal supply"
    case .ruleUnplaced: "resells, but no principal is seen above it"
    case .ruleCustomer: "is supplied and supplies nobody seen"
    case .ruleCustomerSeized: "its own phone shows nobody whom it supplies"
    case .ruleThin: "supplies buyers who resell nothing"
    case .buyers: "the number of its buyers"
    case .suppliers: "the number of its suppliers"
    case .resellingBuyers: "the number of its buyers who resell"
    case .sales: "how often it sold"
    case .purchases: "how often it bought"
    case .purchasesUnseen: "how often it bought, its own phone unseen"
    case .kindsSold: "how many kinds it sells"
    case .kindsBought: "how many kinds it buys"
    case .kindsSoldUnsupplied: "how many kinds it sells without a supplier seen"
    case .relayed: "ordered on what was ordered from it"
    case .orderedForOthers: "ordered what others had ordered elsewhere before"
    case .orderedOnElsewhere: "what was ordered from it was ordered elsewhere afterwards"
    case .otherPayers: "people without a link to it pay it"
    case .otherFrequentPayers: "people without a link to it pay it often"
    case .otherPayees: "it pays people without a link to it"
    case .calledSupplier: "somebody calls it a supplier in a word of resale"
    case .calledBuyer: "somebody calls it a buyer in a word of resale"
    case .trader: "what is usual where only this much is seen"
    case .stepsBelow: "how many steps of supply run on below it"
    case .weakBuyers: "signs of buyers that are too few for a link"
    case .weakSuppliers: "signs of suppliers that are too few for a link"
    case .traderPayers: "traders without a link to it pay it"
    case .traderPayees: "it pays traders without a link to it"
    case .answersAfter: "how long its answers take"
    case .waitsFor: "how long it waits for answers"
    case .sellerGroups: "groups in which it sits with others who sell"
    case .weeksBuying: "over how many weeks it bought"
    case .asksKnown, .asksLevel, .asksSquare: "what it asks"
    case .paysKnown, .paysLevel, .paysSquare: "what it pays"
    }
  }
}
