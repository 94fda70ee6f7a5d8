public import ClewChain
internal import ClewEvidence

/// What an analysis says of a case, as far as it is scored.
public struct FoundCase: Sendable {
  /// A party.
  public struct Party: Sendable, Hashable {
    /// The id in the analysis.
    public var id: String
    /// `scheme:value`, the leading one first.
    public var accounts: [String]
    /// As the analysis names it.
    public var role: String
    /// The tier, if it has one.
    public var tier: Int?
    /// The line's id, if it has one.
    public var line: String?
    /// From 0 to 1.
    public var roleConfidence: Double
    /// From 0 to 1.
    public var tierConfidence: Double
    /// From 0 to 1.
    public var lineConfidence: Double
    /// How many it supplies.
    public var downstream: Int
    /// How many supply would not reach but for it.
    public var exclusiveDownstream: Int

    /// Makes a party.
    public init(
      id: String,
      accounts: [String],
      role: String,
      tier: Int? = nil,
      line: String? = nil,
      roleConfidence: Double = 1,
      tierConfidence: Double = 1,
      lineConfidence: Double = 1,
      downstream: Int = 0,
      exclusiveDownstream: Int = 0
    ) {
      self.id = id
      self.accounts = accounts
      self.role = role
      self.tier = tier
      self.line = line
      self.roleConfidence = roleConfidence
      self.tierConfidence = tierConfidence
      self.lineConfidence = lineConfidence
      self.downstream = downstream
      self.exclusiveDownstream = exclusiveDownstream
    }
  }

  /// A supply link between two parties, by their places.
  public struct Link: Sendable, Hashable {
    /// The supplier's place.
    public var supplier: Int
    /// The buyer's place.
    public var buyer: Int
    /// `A` to `D`.
    public var grade: String
    /// Whether it is found to cross lines.
    public var isCross: Bool

    /// Makes a link.
    public init(supplier: Int, buyer: Int, grade: String = "A", isCross: Bool = false) {
      self.supplier = supplier
      self.buyer = buyer
      self.grade = grade
      self.isCross = isCross
    }
  }

  /// All parties.
  public var parties: [Party]
  /// All supply links.
  public var links: [Link]
  /// Who leads each line, by the line's id, as places in ``parties``.
  public var principals: [String: [Int]]
  /// Supply that is inferred and of which no dealing is seen; it has no grade.
  public var unseen: [Link]
  /// Which model and lexicon spoke.
  public var modelVersion: String

  /// Makes findings.
  public init(
    parties: [Party],
    links: [Link],
    principals: [String: [Int]] = [:],
    unseen: [Link] = [],
    modelVersion: String = ""
  ) {
    self.parties = parties
    self.links = links
    self.principals = principals
    self.unseen = unseen
    self.modelVersion = modelVersion
  }

  /// Takes from an analysis what is scored.
  public init(_ analysis: ChainAnalysis) {
    parties = analysis.parties.map { finding in
      Party(
        id: finding.party.id,
        accounts: finding.party.accounts.map(\.description),
        role: finding.role.rawValue,
        tier: finding.tier,
        line: finding.line.map { analysis.lines[$0].id },
        roleConfidence: Double(finding.roleConfidence) / 1000,
        tierConfidence: Double(finding.tierConfidence) / 1000,
        lineConfidence: Double(finding.lineConfidence) / 1000,
        downstream: finding.downstream,
        exclusiveDownstream: finding.exclusiveDownstream
      )
    }
    links = analysis.links.map {
      Link(
        supplier: $0.supplier,
        buyer: $0.buyer,
        grade: $0.link.grade.rawValue,
        isCross: $0.isCrossLine
      )
    }
    principals = Dictionary(
      analysis.lines.map { ($0.id, $0.principals) },
      uniquingKeysWith: { first, _ in first }
    )
    unseen = analysis.gaps.map { Link(supplier: $0.upper, buyer: $0.lower) }
    modelVersion = analysis.modelVersion
  }
}
