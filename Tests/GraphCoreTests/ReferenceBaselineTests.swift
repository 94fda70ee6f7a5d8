import ClewTestSupport
import GraphCore
import Testing

/// What plain measures are known to reach on the reference networks: ours reach no less.
///
/// A figure counts as reached when it is no lower than the published one but for its last digit. Where
/// people stand alike their scores tie, and a published figure may have broken the ties by rounding: then
/// it must lie within what the ties leave open (``Separation/areaRange``). Of the baselines, Walktrap, Infomap
/// and the block model of infinito's authors are no measures of ours.
@Suite(.enabled(if: ReferenceNetworks.arePresent, "the reference networks are not there"))
struct ReferenceBaselineTests {
  private typealias Groupings = ReferenceNetwork.Groupings

  private func expect(
    _ found: Double,
    reaches published: Double,
    digits: Int = 3,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let last = digits == 3 ? 0.001 : 0.01
    #expect(found >= published - last, sourceLocation: location)
  }

  /// Expects that groupings are as good as igraph's at what both maximise, and that what they agree with the
  /// truth reaches what is published, in the mean or at least for some order of the nodes.
  ///
  /// How groups of equal modularity agree with the truth hangs on chance: from one seed of igraph 1.0.0 to the
  /// next the index differs by .12 for friends, .03 for the factory and .04 for the institute, so that a mean
  /// of five or ten seeds, as published, may be off by as much as it may differ from ours.
  private func expect(
    _ found: Groupings,
    reach published: (adjustedRand: Double, information: Double),
    modularity: Double,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(Groupings.mean(found.modularity) >= modularity - 0.002, sourceLocation: location)
    for (values, figure) in [
      (found.adjustedRand, published.adjustedRand), (found.information, published.information),
    ] {
      #expect(Groupings.span(values).upperBound >= figure, sourceLocation: location)
    }
  }

  // MARK: caviar: talk, which finds those who matter and ranks nobody.

  @Test func `caviar's three leaders come first by every busy measure`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let graph = caviar.graph
    let pairs = graph.undirected()
    for scores in [
      pairs.degrees.map(Double.init), pairs.outWeights.map(Double.init),
      try PageRank().scores(of: graph).scores, try graph.betweenness(),
    ] {
      let leaders = caviar.separation(scores) { ["N1", "N3", "N12"].contains($0["id"]) }
      #expect(leaders.precision == 1)
    }
  }

  @Test func `caviar's named roles are hubs`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let graph = caviar.graph
    func named(_ scores: [Double]) -> Separation {
      caviar.separation(scores) { $0["role"]?.isEmpty == false }
    }
    let hubs = named(try HITS().scores(of: graph).hubs)
    expect(hubs.area, reaches: 0.879)
    expect(hubs.averagePrecision, reaches: 0.755)
    expect(named(graph.outWeights.map(Double.init)).area, reaches: 0.868)
    #expect(named(try PageRank().scores(of: graph).scores).areaRange.contains(0.810))
    // Talk runs both ways: what orders a chain says nothing here.
    #expect(named(try TrophicLevels().levels(of: graph).levels).area < 0.34)
    #expect(named(try SpringRank(alpha: 0.01).scores(of: graph).scores).area < 0.70)
  }

  @Test func `no measure tells caviar's traffickers from the rest`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let graph = caviar.graph
    let hits = try HITS().scores(of: graph)
    for scores in [
      graph.outWeights.map(Double.init), graph.inWeights.map(Double.init), hits.hubs,
      hits.authorities, try PageRank().scores(of: graph).scores, try graph.betweenness(),
      try graph.undirected().harmonicCloseness().scores,
      try SpringRank(alpha: 0.01).scores(of: graph).scores,
      try TrophicLevels().levels(of: graph).levels,
    ] {
      #expect(caviar.separation(scores) { $0["trafficker"] == "1" }.area < 0.61)
    }
  }

  // MARK: infinito: meetings.

  @Test func `infinito's bosses go between`() throws {
    let study = try ReferenceNetwork.study()
    func bosses(_ scores: [Double]) -> Separation {
      study.separation(scores) { $0["role"] == "boss" }
    }
    let between = bosses(try study.graph.betweenness())
    expect(between.area, reaches: 0.957)
    expect(between.precision, reaches: 0.706)
    expect(bosses(study.graph.clustering().coefficients.map { -$0 }).area, reaches: 0.945)
    expect(bosses(study.graph.degrees.map(Double.init)).area, reaches: 0.920)
    var attended: [String: Double] = [:]
    for row in try ReferenceNetworks.table("edges", of: "infinito") {
      attended[row["source"] ?? "", default: 0] += 1
    }
    expect(bosses(study.rows.map { attended[$0["id"] ?? ""] ?? 0 }).area, reaches: 0.941)
  }

  @Test func `infinito's bosses are near to all 146`() throws {
    let all = try ReferenceNetwork(ReferenceNetwork.meetings { _ in true }, of: "infinito")
    let near = all.separation(try all.graph.harmonicCloseness().scores) { row in
      ["boss", "aff"].contains(row["role"]) ? row["role"] == "boss" : nil
    }
    // Ours is the harmonic mean of distances, not the arithmetic one: .001 is the room between the two.
    #expect(near.area >= 0.838)
  }

  @Test func `infinito's locali are found by who met whom`() throws {
    let study = try ReferenceNetwork.study()
    let plain = try study.simple().leiden { $0["locale"] }
    expect(Groupings.mean(plain.adjustedRand), reaches: 0.681)
    expect(Groupings.mean(plain.information), reaches: 0.775)
    let weighted = try study.leiden { $0["locale"] }
    expect(Groupings.mean(weighted.adjustedRand), reaches: 0.761)
    expect(Groupings.mean(weighted.information), reaches: 0.792)
    let classes = try study.leiden { ($0["locale"] ?? "") + ($0["role"] ?? "") }
    expect(Groupings.mean(classes.adjustedRand), reaches: 0.593)
  }

  // MARK: hitech-managers: advice points up.

  @Test func `whoever is asked for advice stands high`() throws {
    let advice = try ReferenceNetwork("hitech-managers", layer: "advice")
    let scores = try PageRank().scores(of: advice.graph).scores
    expect(advice.rankCorrelation(scores, with: "level"), reaches: 0.686)
    let senior = advice.separation(scores) { ["1", "2"].contains($0["level"]) }
    expect(senior.area, reaches: 0.962)
    #expect(senior.precision == 0.8)
    let asked = advice.graph.inDegrees.map(Double.init)
    expect(advice.rankCorrelation(asked, with: "level"), reaches: 0.671)
    let between = try advice.graph.undirected().betweenness()
    let degrees = advice.graph.undirected().degrees.map(Double.init)
    for poor in [between, degrees] {
      let found = advice.rankCorrelation(poor, with: "level")
      #expect(areClose([found], [0.20], within: 0.005))
    }
  }

  @Test func `friendship points up as well, and runs within departments`() throws {
    let friends = try ReferenceNetwork("hitech-managers", layer: "friends")
    let levels = try TrophicLevels().levels(of: friends.graph).levels
    expect(friends.rankCorrelation(levels, with: "level"), reaches: 0.603)
    let senior = friends.separation(levels) { ["1", "2"].contains($0["level"]) }
    expect(senior.area, reaches: 0.900)
    let found = try friends.simple().leiden(orders: 0..<20) { $0["dept"] }
    expect(found, reach: (0.457, 0.534), modularity: 0.161)
  }

  // MARK: manufacturing-email: mail that hides its hierarchy.

  @Test func `mail says little of who reports to whom, and no less by ours`() throws {
    let text = try ReferenceNetworks.bytes(of: "edges", in: "manufacturing-email")
    let mails = try ReferenceNetwork(
      EdgeListReader(selfLoops: .dropped).graph(from: text),
      of: "manufacturing-email"
    )
    let graph = mails.graph
    let ranks = try SpringRank(alpha: 0.01).scores(of: graph).scores
    expect(mails.rankCorrelation(ranks, with: "level"), reaches: 0.226)
    let reverse = try mails.reversePageRank()
    expect(mails.rankCorrelation(reverse, with: "level"), reaches: 0.177)
    func top(_ scores: [Double]) -> Separation {
      mails.separation(scores) { $0["level"].flatMap(Int.init).map { $0 <= 2 } }
    }
    expect(top(reverse).area, reaches: 0.65, digits: 2)
    #expect(top(graph.inWeights.map(Double.init)).precision == 0.25)
    let managers = mails.separation(try PageRank().scores(of: graph).scores) { row in
      row["level"]?.isEmpty == false ? row["direct_reports"] != "0" : nil
    }
    expect(managers.area, reaches: 0.675)
    expect(managers.precision, reaches: 0.471)
    let branches = try mails.simple().leiden(orders: 0..<20) { $0["branch"] }
    expect(branches, reach: (0.096, 0.322), modularity: 0.135)
    #expect(Groupings.mean(branches.adjustedRand) >= 0.096)
  }

  // MARK: cs-faculty-hiring: people flow down.

  @Test func `hiring ranks departments as others rank them`() throws {
    let hiring = try ReferenceNetwork("cs-faculty-hiring")
    let graph = hiring.graph
    let ranks = try SpringRank(alpha: 0.01).scores(of: graph).scores
    let levels = try TrophicLevels().levels(of: graph).levels
    let reverse = try hiring.reversePageRank()
    let hubs = try HITS().scores(of: graph).hubs
    for (scores, published) in [
      (ranks, 0.901), (levels.map { -$0 }, 0.901), (reverse, 0.886),
      (graph.outDegrees.map(Double.init), 0.879),
    ] {
      expect(hiring.rankCorrelation(scores, with: "usn2010"), reaches: published)
    }
    for (scores, published) in [(ranks, 0.916), (reverse, 0.909), (hubs, 0.907)] {
      expect(hiring.rankCorrelation(scores, with: "nrc95", below: 92), reaches: published)
    }
    func first(_ scores: [Double]) -> Separation {
      hiring.separation(scores) { $0["usn2010"].flatMap(Double.init).map { $0 <= 20 } }
    }
    expect(first(hubs).area, reaches: 0.994)
    expect(first(reverse).precision, reaches: 0.885)
  }

  // MARK: email-eu-core: mail within departments.

  @Test func `departments mail among themselves`() throws {
    let email = try ReferenceNetwork("email-eu-core").simple()
    let found = try email.leiden { $0["department"] }
    expect(found, reach: (0.307, 0.576), modularity: 0.416)
  }

  // MARK: cn-record-trade-cases: supply.

  @Test func `supply itself orders the cases of the press`() throws {
    let cases = try ReferenceNetwork("cn-record-trade-cases", layer: "supply")
    func role(_ name: String, _ scores: [Double]) -> Separation {
      cases.separation(scores) { $0["role"] == name }
    }
    let sellers = role("agent", cases.graph.outDegrees.map(Double.init))
    expect(sellers.area, reaches: 0.856)
    let ranks = try SpringRank(alpha: 0.01).scores(of: cases.graph).scores
    #expect(role("source", ranks).areaRange.contains(0.934))
    let levels = try TrophicLevels().levels(of: cases.graph).levels
    #expect(role("customer", levels).areaRange.contains(0.938))
  }

  @Test func `trophic levels give the tiers of the cases of the press`() throws {
    let cases = try ReferenceNetwork("cn-record-trade-cases", layer: "supply")
    let levels = try TrophicLevels().levels(of: cases.graph).levels
    var byCase: [String: (levels: [Double], tiers: [Double])] = [:]
    for (level, row) in zip(levels, cases.rows) {
      byCase[row["case"] ?? "", default: ([], [])].levels.append(level)
      byCase[row["case"] ?? "", default: ([], [])].tiers.append(
        try #require(Double(row["tier"] ?? ""))
      )
    }
    let found = byCase.mapValues { rankCorrelation($0.levels, $0.tiers) }
    #expect(found.count == 7)
    for (name, correlation) in found {
      // In two cases two people without a supplier stand alike in the links, though not in the report:
      // (db, up) and (baodao, qianlier). A tie of two costs as much as the report's tiers differ by.
      switch name {
      case "huangpu-2025": expect(correlation, reaches: 0.894)
      case "lianyungang-2021": expect(correlation, reaches: 0.948)
      // Two who only work beside a supplied one are in no link of supply.
      case "yangzhong-2023": expect(correlation, reaches: 0.46, digits: 2)
      default: #expect(areClose([correlation], [1]))
      }
    }
  }
}
