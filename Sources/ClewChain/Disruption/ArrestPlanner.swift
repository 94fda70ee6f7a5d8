internal import ClewEvidence
public import GraphCore

/// Chooses whom to arrest so that as little supply as possible is left.
///
/// At every step the dominator tree of what is left says for each supplier who could be reached only
/// through him (`ButForSupply`); the one whose loss cuts off most is taken, and the network is
/// followed again without him. Of equals the one with most dealings goes first, then the one whose
/// party stands first. Each choice is the best *next* one; that *k* of them together are the best *k*
/// cannot be promised, as what two persons cut off together may be more than the sum.
///
/// The same choice is made in ``draws`` networks in which each dealing of each link is drawn a
/// Poisson(1) number of times, which says how far it rests on single dealings.
///
/// - Complexity: O(*m* log *n*) for each step and draw, for *n* persons and *m* links; the comparison
///   with betweenness costs O(*n* *m*) for each step, from 2,000 persons on O(512 *m*).
public struct ArrestPlanner: Sendable {
  /// How many persons are chosen.
  public var limit = 10
  /// What is to be cut first.
  public var aim = ArrestAim.customers
  /// Those who are gone already, as places in ``ChainAnalysis/parties``.
  public var inCustody: Set<Int> = []
  /// Those who may be chosen; `nil` for all.
  public var permitted: Set<Int>?
  /// Whether sources go before all others.
  public var sourcesFirst = false
  /// How many networks are drawn.
  public var draws = 100
  /// How many orders are left to chance.
  public var chances = 100
  /// Where draws and chances start.
  public var seed: UInt64 = 0x6172_7265
  /// How many cores work; the plan does not depend on it.
  public var workers = WorkerCount.active

  /// Makes a planner without constraints.
  public init() {}

  /// The plan for a case.
  public func plan(_ analysis: ChainAnalysis) -> ArrestPlan {
    let sources = Set(analysis.parties.indices.filter { analysis.parties[$0].role == .source })
    return plan(SupplyNetwork.links(of: analysis), sources: sources)
  }

  /// The plan for a set of links.
  func plan(_ links: [SupplyNetwork.Link], sources: Set<Int>) -> ArrestPlan {
    let network = SupplyNetwork(links)
    let none = [Bool](repeating: false, count: network.parties.count)
    let custody = network.parties.map(inCustody.contains)
    let start = network.left(without: custody)
    let choice = ArrestChoice(network, self, sources: sources)
    let chosen = choice.greedy()
    let stays = agreement(links, sources: sources)
    let ranges = spread(links, chosen.map { network.parties[$0.node.index] })
    var before = start
    var steps: [ArrestPlan.Step] = []
    var removed = custody
    for (place, step) in chosen.enumerated() {
      removed[step.node.index] = true
      let left = network.left(without: removed)
      let cut = SupplyLeft(
        persons: before.persons - left.persons,
        customers: before.customers - left.customers,
        records: before.records - left.records
      )
      let party = network.parties[step.node.index]
      steps.append(
        ArrestPlan.Step(
          party: party,
          persons: cut.persons,
          customers: cut.customers,
          records: cut.records,
          left: left,
          isConfirmed: cut == step.foretold,
          customersLeft: ranges[place],
          stays: stays[party] ?? 0
        )
      )
      before = left
    }
    return ArrestPlan(
      before: network.left(without: none),
      start: start,
      steps: steps,
      byDegree: choice.curve(choice.byDegree()),
      byBetweenness: choice.curve(choice.byBetweenness(workers)),
      byChance: byChance(choice, start),
      draws: draws,
      chances: chances,
      candidates: choice.candidates.count
    )
  }

  /// In how many drawn networks each party is among those chosen.
  private func agreement(_ links: [SupplyNetwork.Link], sources: Set<Int>) -> [Int: Int] {
    let chosen = Parallel(workers: workers).map(count: draws, chunkSize: 4) { draw -> [Int] in
      let network = SupplyNetwork(links.compactMap { drawn($0, UInt64(draw)) })
      return ArrestChoice(network, self, sources: sources).greedy().map {
        network.parties[$0.node.index]
      }
    }
    var counts: [Int: Int] = [:]
    for party in chosen.joined() { counts[party, default: 0] += 1 }
    return counts
  }

  /// A link with its dealings drawn anew; `nil` when none is left.
  func drawn(_ link: SupplyNetwork.Link, _ draw: UInt64) -> SupplyNetwork.Link? {
    var generator = SplitMix(state: link.key ^ (seed &+ draw &* 0x9E37_79B9_7F4A_7C15))
    var copy = link
    copy.dealings = Resampling.draw(link.dealings, isFirm: link.isFirm, &generator)
    guard copy.dealings > 0 else { return nil }
    let (high, low) = min(max(0, link.items), SupplyNetwork.itemLimit)
      .multipliedFullWidth(by: min(copy.dealings, 1 << 32))
    copy.items = max(1, link.dealings).dividingFullWidth((high, low)).quotient
    return copy
  }

  private func byChance(_ choice: ArrestChoice, _ start: SupplyLeft) -> [ArrestPlan.Mean] {
    guard chances > 0 else { return [] }
    let curves = Parallel(workers: workers).map(count: chances, chunkSize: 4) { chance in
      choice.curve(choice.byChance(seed: seed &+ UInt64(chance)))
    }
    let steps = curves.first?.count ?? 0
    return (0..<steps).map { step in
      let customers = curves.reduce(Int64(0)) { $0 + Int64($1[step].customers) }
      let records = curves.reduce(Int64(0)) { $0.addingClamped($1[step].records) }
      let count = Int64(chances)
      let (hundred, overflows) = records.multipliedReportingOverflow(by: 100)
      return ArrestPlan.Mean(
        customers: customers * 100 / count,
        records: overflows ? .max : hundred / count
      )
    }
  }
}
