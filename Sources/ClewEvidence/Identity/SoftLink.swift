/// Two parties that are possibly one person; they are never merged by this.
public struct SoftLink: Sendable, Hashable {
  /// What speaks for or against it.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The same handle, remark or group name.
    case name
    /// A part of a name is the other's name.
    case namePart
    /// The same real name with an institution.
    case realName
    /// Several owners, each by itself, call both so.
    case severalOwners
    /// A name ends in the last four digits of the other's telephone number.
    case phoneSuffix
    /// A masked number fits the other's telephone.
    case phoneMask
    /// A name or note holds the other's number.
    case numberInName
    /// Somebody typed both accounts into one entry of an address book.
    case contactEntry
    /// A free text names both.
    case mention
    /// A name that is unique inside one chat.
    case assumedName
    /// An institution's link between both that has ended.
    case endedLink
    /// More than one record says so.
    case secondRecord
    /// Both are own accounts of one device.
    case sharedDevice
    /// They are in contact with the same others.
    case neighbours
    /// Against: both have an account of one platform.
    case samePlatform
    /// Against: they write to, call or pay each other.
    case talk
    /// Against: different real names with institutions.
    case otherRealName
    /// Against: different identity numbers.
    case otherIdentity
  }

  /// One sign.
  public struct Sign: Sendable, Hashable {
    /// What kind of sign it is.
    public let kind: Kind
    /// What it adds to the score, in thousandths; negative when it speaks against.
    public let weight: Int
    /// What the two have in common, such as the name; empty where the kind says it all.
    public let detail: String
    /// Records that show it, at most a few, smallest first.
    public let records: [RecordID]
  }

  /// The place of one party in ``PartyTable/parties``.
  public let first: Int
  /// The place of the other, the larger one.
  public let second: Int
  /// The sum of the weights, in thousandths of a natural logarithm of the likelihood ratio.
  public let score: Int
  /// The signs, the weightiest first.
  public let signs: [Sign]
}
