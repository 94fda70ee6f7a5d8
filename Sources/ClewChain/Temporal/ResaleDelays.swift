internal import ClewEvidence

/// How long goods stay with a reseller: from the delivery that brought something to the one that
/// took it on.
///
/// What passes is known again by what it names (a plate, a phone, an identity number) or by the
/// file. Of several deliveries that brought it, the latest before counts.
struct ResaleDelays {
  private struct Leg {
    let at: Int64
    let from: Int
    let to: Int
    let record: RecordID
  }

  private enum Goods: Hashable {
    case target(Target)
    case file(UInt64)
  }

  /// How long something may lie, as long as an order may wait to be passed on.
  private static let window = RelayIndex.window

  private let analysis: ChainAnalysis
  private var legs: [Goods: [Leg]] = [:]

  init(_ analysis: ChainAnalysis, _ view: CaseView) {
    self.analysis = analysis
    for finding in analysis.links {
      let delivered = Set(finding.link.evidence.lazy.filter { $0.kind == .delivery }.map(\.record))
      guard !delivered.isEmpty else { continue }
      let pair = CaseView.Pair(finding.supplier, finding.buyer)
      for said in view.utterances[pair] ?? []
      where delivered.contains(said.record) && said.at != .min
        && said.flags.contains(.fromLow) == (finding.supplier == pair.low)
      {
        let leg = Leg(
          at: said.at,
          from: finding.supplier,
          to: finding.buyer,
          record: said.record
        )
        for target in Set(said.targets) { legs[.target(target), default: []].append(leg) }
        if said.file != 0 { legs[.file(said.file), default: []].append(leg) }
      }
    }
  }

  /// The delays, by the tier of the reseller.
  func byTier() -> [ChainTimeline.Delay] {
    // The shortest delay of each delivery, whatever of it was known again.
    var delays: [RecordID: (tier: Int, delay: Int64)] = [:]
    for same in legs.values where same.count > 1 && same.count <= RelayIndex.legLimit {
      for out in same {
        guard let tier = analysis.parties[out.from].tier else { continue }
        let came = same.filter { leg in
          leg.to == out.from && leg.from != out.to && leg.at <= out.at
        }.map(\.at).max()
        guard let came, out.at.subtractingClamped(came) <= Self.window else { continue }
        let delay = min(out.at - came, delays[out.record]?.delay ?? .max)
        delays[out.record] = (tier, delay)
      }
    }
    var byTier: [Int: [Int64]] = [:]
    for (tier, delay) in delays.values { byTier[tier, default: []].append(delay) }
    return byTier.keys.sorted().map { tier in
      let sorted = (byTier[tier] ?? []).sorted()
      return ChainTimeline.Delay(
        tier: tier,
        goods: sorted.count,
        median: sorted[(sorted.count - 1) / 2],
        lowerQuartile: sorted[(sorted.count - 1) / 4],
        upperQuartile: sorted[(sorted.count - 1) * 3 / 4]
      )
    }
  }
}
