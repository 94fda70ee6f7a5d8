internal import ClewEvidence

extension Wording {
  /// A score or weight in natural logarithms, with two decimals.
  static func score(_ thousandths: Int) -> String {
    let hundredths = (thousandths.magnitude + 5) / 10
    let cents = hundredths % 100
    let sign = thousandths < 0 && hundredths > 0 ? "-" : ""
    return "\(sign)\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
  }

  /// What a sign that two parties may be one is called.
  static func sign(_ kind: SoftLink.Kind) -> String {
    switch kind {
    case .name: "same name"
    case .namePart: "same name in part"
    case .realName: "same real name"
    case .severalOwners: "several owners give the name"
    case .phoneSuffix: "the name ends as the telephone does"
    case .phoneMask: "a masked number fits the telephone"
    case .numberInName: "a name or note holds the other's number"
    case .contactEntry: "typed into one entry of an address book"
    case .mention: "named together in a text"
    case .assumedName: "a name unique in one chat"
    case .endedLink: "one holder once, not any more"
    case .secondRecord: "more than one record"
    case .sharedDevice: "own accounts of one device"
    case .neighbours: "contacts in common"
    case .samePlatform: "against: both have an account of one platform"
    case .talk: "against: they are in contact with each other"
    case .otherRealName: "against: different real names"
    case .otherIdentity: "against: different identity numbers"
    }
  }

  /// What a contradiction is called.
  static func conflict(_ kind: IdentityConflict.Kind) -> String {
    switch kind {
    case .twoIdentityNumbers: "not merged, it would give one party two identity numbers"
    case .twoHolders: "registered under two names at one time"
    case .phoneOfTwoIdentities: "a telephone bound to two identity numbers at one time"
    }
  }
}
