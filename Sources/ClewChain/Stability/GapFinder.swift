public import ClewEvidence
public import GraphCore

/// Leaves one phone out at a time, and asks which phone that is missing would settle most.
///
/// ``CaseGaps/Phone`` says what rests on a phone, ``CaseGaps/Missing`` what one would settle.
///
/// - Complexity: one pass over the case, and for each phone what roles, tiers and lines take.
public struct GapFinder: Sendable {
  /// What makes a link hold.
  public var weights = LinkWeights()
  /// How many cores work; the answer does not depend on it.
  public var workers = WorkerCount.active

  /// Makes a finder.
  public init() {}

  /// The gaps of a case.
  ///
  /// - Parameters:
  ///   - analysis: The findings.
  ///   - view: The case as it was read for them.
  ///   - file: The case.
  /// - Returns: The gaps, ranked.
  /// - Throws: `EvidenceError` when the case cannot be read.
  public func gaps(
    of analysis: ChainAnalysis,
    in view: CaseView,
    _ file: CaseFile
  ) throws -> CaseGaps {
    CaseGaps(
      phones: PhoneRemoval(analysis, view, weights)
        .phones(try RecordHolders(analysis, view, file), workers: workers),
      missing: MissingPhones(analysis, weights).ranked(),
      contradictions: Self.contradictions(analysis)
    )
  }

  private static func contradictions(_ analysis: ChainAnalysis) -> [CaseGaps.Contradiction] {
    var found: [CaseGaps.Contradiction] = []
    for (place, finding) in analysis.links.enumerated() {
      let link = finding.link
      if finding.contradictsTiers {
        found.append(.init(kind: .againstTiers, link: place, party: nil))
      }
      let against = Set(link.against.map(\.record))
      if !against.isEmpty, against.count >= Set(link.evidence.map(\.record)).count {
        found.append(.init(kind: .counterEvidence, link: place, party: nil))
      }
    }
    for (place, party) in analysis.parties.enumerated() where party.role != .outsider {
      if party.role == .source, party.upstream > 0 {
        found.append(.init(kind: .suppliedSource, link: nil, party: place))
      }
      if party.role != .undetermined, party.roleConfidence < 500 {
        found.append(.init(kind: .unsureRole, link: nil, party: place))
      }
    }
    let order = CaseGaps.Contradiction.Kind.allCases
    return order.flatMap { kind in found.filter { $0.kind == kind } }
  }
}
