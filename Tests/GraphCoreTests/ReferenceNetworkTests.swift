import ClewTestSupport
import GraphCore
import Testing

/// Published numbers on real networks, which lie outside the repository; their README names the
/// origin of each.
@Suite(.enabled(if: ReferenceNetworks.arePresent, "the reference networks are not there"))
struct ReferenceNetworkTests {
  // MARK: caviar: C. Morselli, "Inside Criminal Networks", Springer, 2009.

  @Test func `caviar has the published size and degrees`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let pairs = caviar.graph.undirected()
    #expect(caviar.graph.nodeCount == 110)
    #expect(caviar.graph.edgeCount == 295)
    #expect(pairs.edgeCount == 205)
    #expect(caviar.graph.totalWeight == 3546)
    #expect(caviar.graph.connectedComponents().count == 1)
    #expect(caviar.graph.stronglyConnectedComponents().sizes.max() == 66)
    let names = ["N1", "N12", "N3", "N87", "N76"]
    #expect(try caviar.values(pairs.degrees, of: names) == [60, 28, 27, 16, 15])
  }

  @Test func `caviar's go-betweens score as published`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let names = ["N1", "N12", "N87", "N76", "N3"]
    let undirected = try caviar.graph.undirected().betweenness()
    #expect(
      areClose(
        try caviar.values(undirected, of: names),
        [0.6375, 0.2921, 0.1193, 0.1152, 0.1052],
        within: 0.00005
      )
    )
    let directed = try caviar.graph.betweenness()
    #expect(
      areClose(
        try caviar.values(directed, of: ["N1", "N12", "N3"]),
        [0.3961, 0.2152, 0.0793],
        within: 0.00005
      )
    )
  }

  @Test func `caviar's PageRank, closure and incoherence are as published`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let names = ["N1", "N12", "N3"]
    let expected = [0.1433, 0.0931, 0.0631]
    let scores = try PageRank().scores(of: caviar.graph).scores
    #expect(areClose(try caviar.values(scores, of: names), expected, within: 0.00005))
    let fixed = try FixedPointPageRank().scores(of: caviar.graph).scores.map {
      Double($0) / Double(FixedPointPageRank.scale)
    }
    #expect(areClose(fixed, scores))
    let transitivity = try #require(caviar.graph.clustering().transitivity)
    let reciprocity = try #require(caviar.graph.reciprocity())
    let incoherence = try #require(TrophicLevels().levels(of: caviar.graph).incoherence)
    #expect(
      areClose(
        [transitivity, reciprocity, incoherence],
        [0.1229, 0.6102, 0.7205],
        within: 0.00005
      )
    )
  }

  // MARK: infinito: S. Legramanti and others, Ann. Appl. Stat. 16(4), 2022.

  @Test func `infinito has the published pairs who met`() throws {
    let people = Set(
      try ReferenceNetworks.table("nodes", of: "infinito")
        .filter { $0["kind"] == "person" && $0["in_study_84"] == "1" }.compactMap { $0["id"] }
    )
    #expect(people.count == 84)
    #expect(try ReferenceNetworks.table("edges", of: "infinito").count == 454)
    let pairs = try ReferenceNetwork.meetings(among: people.contains).graph
    #expect(try ReferenceNetwork.meetings { _ in true }.graph.edgeCount == 1569)
    #expect(pairs.edgeCount == 663)
    #expect(pairs.nodeCount == 84)
    #expect(pairs.connectedComponents().count == 1)
  }

  // MARK: hitech-managers: D. Krackhardt, Social Networks 9, 1987.

  @Test func `the reporting lines are a tree of whole levels`() throws {
    let reports = try ReferenceNetwork("hitech-managers", layer: "reports_to")
    let result = try TrophicLevels().levels(of: reports.graph)
    #expect(result.incoherence == 0)
    #expect(result.levels.allSatisfy { $0 == $0.rounded() })
    #expect(reports.graph.edgeCount == 20)
    #expect(reports.graph.bridges().count == 20)
  }

  @Test func `advice points up as published`() throws {
    let advice = try ReferenceNetwork("hitech-managers", layer: "advice")
    #expect(advice.graph.edgeCount == 190)
    let asked = try advice.values(advice.graph.inDegrees, of: ["2", "18", "21", "1"])
    #expect(asked == [18, 15, 15, 13])
    let scores = try PageRank().scores(of: advice.graph).scores
    #expect(
      areClose(
        try advice.values(scores, of: ["21", "7", "2"]),
        [0.1638, 0.1040, 0.0939],
        within: 0.00005
      )
    )
    let reciprocity = try #require(advice.graph.reciprocity())
    let incoherence = try #require(TrophicLevels().levels(of: advice.graph).incoherence)
    let friends = try #require(
      ReferenceNetwork("hitech-managers", layer: "friends").graph.reciprocity()
    )
    #expect(
      areClose([reciprocity, incoherence, friends], [0.4737, 0.6608, 0.4510], within: 0.00005)
    )
  }

  // MARK: cs-faculty-hiring: A. Clauset and others, Science Advances 1, e1400005, 2015.

  @Test func `SpringRank agrees with the scores of its authors`() throws {
    let hiring = try ReferenceNetwork("cs-faculty-hiring")
    let scores = try SpringRank(alpha: 0).scores(of: hiring.graph)
    var (ours, theirs): ([Double], [Double]) = ([], [])
    for row in try ReferenceNetworks.table("nodes", of: "cs-faculty-hiring") {
      guard let published = Double(row["springrank_published"] ?? "") else { continue }
      let node = try #require(hiring.network.node(for: row["id"] ?? ""))
      ours.append(scores.scores[node.index])
      theirs.append(published)
    }
    #expect(ours.count >= 205)
    #expect(correlation(ours, theirs) > 0.9999999)
    // But for a constant, by which ranks may always be moved.
    let shift = zip(ours, theirs).map { $0 - $1 }
    let middle = shift.reduce(0, +) / Double(shift.count)
    #expect(shift.allSatisfy { ($0 - middle).magnitude < 0.0025 })
  }

  @Test func `hiring has the published size and incoherence`() throws {
    let hiring = try ReferenceNetwork("cs-faculty-hiring", loops: true)
    #expect(hiring.graph.edgeCount == 2881)
    #expect(hiring.graph.totalWeight == 4388)
    let ownHires = hiring.graph.edges.filter(\.isSelfLoop).map(\.weight).reduce(0, +)
    #expect(ownHires == 355)
    let incoherence = try #require(TrophicLevels().levels(of: hiring.graph).incoherence)
    #expect(areClose([incoherence], [0.4392], within: 0.00005))
  }

  // MARK: email-eu-core: H. Yin and others, KDD 2017.

  @Test func `email-eu-core has the published statistics`() throws {
    let email = try ReferenceNetwork("email-eu-core", loops: true).graph
    #expect(email.nodeCount == 1005)
    #expect(email.edgeCount == 25571)
    #expect(email.selfLoopCount == 642)
    #expect(email.undirected().withoutSelfLoops().edgeCount == 16064)
    #expect(email.connectedComponents().sizes.max() == 986)
    #expect(email.stronglyConnectedComponents().sizes.max() == 803)
    let clustering = email.clustering()
    #expect(clustering.triangleCount == 105_461)
    let average = try #require(clustering.averageCoefficient)
    #expect(areClose([average], [0.3994], within: 0.00005))
  }

  // MARK: manufacturing-email: R. Michalski, doi:10.7910/DVN/6Z3CGX, 2020.

  @Test func `manufacturing-email has the published edges and PageRank`() throws {
    let text = try ReferenceNetworks.bytes(of: "edges", in: "manufacturing-email")
    let kept = try EdgeListReader().graph(from: text).graph
    #expect(kept.totalWeight == 82_927)
    let mails = try ReferenceNetwork(
      EdgeListReader(selfLoops: .dropped).graph(from: text),
      of: "manufacturing-email"
    )
    #expect(mails.graph.nodeCount == 167)
    #expect(kept.totalWeight - mails.graph.totalWeight == 51)
    #expect(mails.graph.edgeCount == 5783)
    #expect(mails.graph.undirected().edgeCount == 3250)
    let scores = try PageRank().scores(of: mails.graph).scores
    #expect(
      areClose(
        try mails.values(scores, of: ["136", "166", "133"]),
        [0.0457, 0.0314, 0.0277],
        within: 0.00005
      )
    )
  }
}
