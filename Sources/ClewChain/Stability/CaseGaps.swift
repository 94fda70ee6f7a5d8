/// What the findings rest on, and what is missing.
public struct CaseGaps: Sendable {
  /// One seized phone or account, and what would not be known without it.
  public struct Phone: Sendable, Hashable {
    /// Its owner's place in ``ChainAnalysis/parties``.
    public let party: Int
    /// The records of links that no other source holds.
    public let records: Int
    /// Links that would not hold, by their places in ``ChainAnalysis/links``.
    public let links: [Int]
    /// Parties whose role would be another, or none.
    public let roles: [Int]
    /// Parties whose tier would be another, or none.
    public let tiers: [Int]
    /// Parties who would be in the line of another principal, or in none.
    public let members: [Int]
    /// Lines that would be led by none of their principals, by their places in ``ChainAnalysis/lines``.
    public let lines: [Int]

    /// How many findings rest on it.
    public var findings: Int {
      links.count + roles.count + tiers.count + members.count + lines.count
    }
  }

  /// A person who trades and whose phone the case does not hold; all in thousandths of a finding.
  public struct Missing: Sendable, Hashable {
    /// The person's place in ``ChainAnalysis/parties``.
    public let party: Int
    /// Links that one would expect to be new: as many as seized persons of the same role have, less
    /// those that are known.
    public let newLinks: Int
    /// How unsure its own role and tier are.
    public let role: Int
    /// How unsure its links are to those whose phones are missing too, and what lacks for one.
    public let links: Int
    /// How unsure the roles of its partners are, as far as their dealings are with it.
    public let partners: Int

    /// The expected change.
    public var expected: Int { newLinks + role + links + partners }
  }

  /// Where the findings contradict themselves.
  public struct Contradiction: Sendable, Hashable {
    /// In what way.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// A link leads from a lower to a higher tier.
      case againstTiers
      /// At least as many records speak against a link as for it.
      case counterEvidence
      /// Somebody who counts as a source is supplied.
      case suppliedSource
      /// A role that did not hold in half of the draws.
      case unsureRole
    }

    /// In what way.
    public let kind: Kind
    /// The link's place in ``ChainAnalysis/links``, if it is one.
    public let link: Int?
    /// The party's place in ``ChainAnalysis/parties``, if it is one.
    public let party: Int?
  }

  /// The seized phones on which something rests, those with most findings first.
  public let phones: [Phone]
  /// The missing phones that would settle something, the most first.
  public let missing: [Missing]
  /// The contradictions by kind, then by place.
  public let contradictions: [Contradiction]
}
