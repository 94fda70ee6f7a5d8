public import GraphCore
internal import ClewEvidence

/// Computes how a chain grew from its findings.
public struct TimelineMaker: Sendable {
  /// How many cores work; the answer does not depend on it.
  public var workers = WorkerCount.active

  /// Makes a maker.
  public init() {}

  /// The growth of a case.
  ///
  /// - Parameters:
  ///   - analysis: The findings.
  ///   - view: The case as it was read for them.
  /// - Returns: The growth of lines and parties, and the delays.
  public func timeline(of analysis: ChainAnalysis, in view: CaseView) -> ChainTimeline {
    ChainTimeline(
      lines: analysis.lines.indices.map { line($0, analysis) },
      members: members(analysis),
      delays: ResaleDelays(analysis, view).byTier(),
      undatedLinks: analysis.links.count { $0.link.span == nil }
    )
  }

  /// The moments at which each dealing of a link begins.
  static func beginnings(_ link: SupplyLink) -> [Int64] {
    var last: Int64?
    return link.evidence.map(\.at).filter { $0 != .min }.sorted().filter { moment in
      defer { last = moment }
      return last.map { moment.subtractingClamped($0) > SupplyLink.episodeGap } != false
    }
  }

  /// The moments at which goods passed: deliveries and stated sales; where none is seen, payments;
  /// where there is none, whatever has a time.
  static func passages(_ link: SupplyLink) -> [Int64] {
    let dated = link.evidence.filter { $0.at != .min }
    for kinds: Set<EvidenceKind> in [[.delivery, .trade], [.payment]] {
      let moments = dated.filter { kinds.contains($0.kind) }.map(\.at)
      if !moments.isEmpty { return moments }
    }
    return dated.map(\.at)
  }

  private static func month(_ moment: Int64) -> String {
    String(Timestamp(milliseconds: moment).shanghai.prefix(7))
  }

  private func line(_ place: Int, _ analysis: ChainAnalysis) -> ChainTimeline.Line {
    var dealings: [String: Int] = [:]
    var active: [String: Set<Int>] = [:]
    var first: [Int: Int64] = [:]
    var span: ClosedRange<Int64>?
    for finding in analysis.links {
      let ends = [finding.supplier, finding.buyer].filter { analysis.parties[$0].line == place }
      guard !ends.isEmpty else { continue }
      for moment in Self.beginnings(finding.link) {
        let month = Self.month(moment)
        if analysis.parties[finding.buyer].line == place { dealings[month, default: 0] += 1 }
        active[month, default: []].formUnion(ends)
        for end in ends { first[end] = min(first[end] ?? .max, moment) }
      }
      if let own = finding.link.span {
        span =
          span.map {
            min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound)
          } ?? own
      }
    }
    var entered: [String: Int] = [:]
    for moment in first.values { entered[Self.month(moment), default: 0] += 1 }
    var members = 0
    let months = active.keys.sorted().map { month in
      members += entered[month] ?? 0
      return ChainTimeline.Month(
        month: month,
        entered: entered[month] ?? 0,
        members: members,
        active: active[month]?.count ?? 0,
        dealings: dealings[month] ?? 0
      )
    }
    return ChainTimeline.Line(span: span, months: months)
  }

  private func members(_ analysis: ChainAnalysis) -> [ChainTimeline.Member] {
    let network = SupplyNetwork(SupplyNetwork.links(of: analysis))
    var nodeOf: [Int: Int] = [:]
    for (node, party) in network.parties.enumerated() { nodeOf[party] = node }
    var spans: [Int: ClosedRange<Int64>] = [:]
    var passages: [TimedReach.Passage] = []
    for finding in analysis.links {
      for party in [finding.supplier, finding.buyer] {
        guard let own = finding.link.span else { continue }
        spans[party] =
          spans[party].map {
            min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound)
          } ?? own
      }
      guard let from = nodeOf[finding.supplier], let to = nodeOf[finding.buyer],
        network.graph.hasEdge(from: NodeID(from), to: NodeID(to))
      else { continue }
      passages += Self.passages(finding.link).map {
        TimedReach.Passage(from: from, to: to, at: $0)
      }
    }
    let inTime = TimedReach(nodes: network.parties.count, passages).reached(workers: workers)
    let graph = network.graph
    let below = Parallel(workers: workers).map(count: graph.nodeCount, chunkSize: 64) { node in
      MetricsMaker.reach(graph, NodeID(node))
    }
    return network.parties.enumerated().map { node, party in
      ChainTimeline.Member(
        party: party,
        span: spans[party],
        below: below[node],
        belowInTime: inTime[node]
      )
    }
  }
}
