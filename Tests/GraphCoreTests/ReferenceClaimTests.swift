import ClewTestSupport
import GraphCore
import Testing

/// What was published about the reference networks beyond their statistics.
@Suite(.enabled(if: ReferenceNetworks.arePresent, "the reference networks are not there"))
struct ReferenceClaimTests {
  // MARK: caviar: C. Morselli, "Inside Criminal Networks", Springer, 2009.

  /// The phases by number; the seventh is not in the tables.
  private static let phases = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]

  private static func phase(_ number: Int) throws -> ReferenceNetwork {
    try ReferenceNetwork(
      "caviar",
      layer: "phase-undirected",
      phase: number < 10 ? "phase-0\(number)" : "phase-\(number)",
      isDirected: false
    )
  }

  @Test func `caviar's phases have the published sizes`() throws {
    let sizes = try Self.phases.map { try Self.phase($0).graph.nodeCount }
    #expect(sizes == [15, 24, 33, 33, 32, 27, 42, 34, 42, 41])
  }

  @Test func `N1 goes between most in all phases but the ninth and the last`() throws {
    for number in Self.phases {
      let phase = try Self.phase(number)
      let scores = try phase.graph.betweenness()
      let best = try #require(scores.indices.max { scores[$0] < scores[$1] })
      let first = [9: "N3", 11: "N41"][number] ?? "N1"
      #expect(phase.network.label(of: NodeID(best)) == first, "phase \(number)")
      let published: [(String, Double)] =
        switch number {
        case 9: [("N3", 0.576), ("N12", 0.357), ("N1", 0.249)]
        case 11: [("N41", 0.554), ("N1", 0.526), ("N12", 0.430)]
        default: []
        }
      let found = try phase.values(scores, of: published.map(\.0))
      #expect(areClose(found, published.map(\.1), within: 0.0005))
    }
  }

  @Test func `N3 becomes a key figure after phase 4, and N12's part grows after the seizures`()
    throws
  {
    func scores(_ name: String, _ phases: [Int]) throws -> [Double] {
      try phases.map { number in
        let phase = try Self.phase(number)
        guard let node = phase.network.node(for: name) else { return 0 }
        return try phase.graph.betweenness()[node.index]
      }
    }
    let before = try #require(scores("N3", [1, 2, 3, 4]).max())
    for score in try scores("N3", [6, 8, 9]) { #expect(score > 2 * before) }
    // The first consignment was seized in phase 4.
    #expect(try scores("N12", [1, 2, 3, 4]) == [0, 0, 0, 0])
    for score in try scores("N12", [5, 6, 8, 9, 11]) { #expect(score > 0.25) }
  }

  @Test func `N1 is the best connected of caviar`() throws {
    let caviar = try ReferenceNetwork("caviar", layer: "whole-period-directed")
    let degrees = caviar.graph.undirected().degrees
    #expect(try caviar.values(degrees, of: ["N1"]) == [degrees.max() ?? 0])
  }

  // MARK: infinito: S. Legramanti and others, Ann. Appl. Stat. 16(4), 2022.

  @Test func `infinito's study has 17 bosses and 67 affiliates in five locali`() throws {
    let people = try ReferenceNetworks.table("nodes", of: "infinito")
    #expect(people.count { $0["kind"] == "summit" } == 47)
    #expect(people.count { $0["kind"] == "person" } == 146)
    let study = people.filter { $0["in_study_84"] == "1" }
    let roles = Dictionary(grouping: study) { $0["role"] ?? "" }.mapValues(\.count)
    let locali = Dictionary(grouping: study) { $0["locale"] ?? "" }.mapValues(\.count)
    #expect(roles == ["boss": 17, "aff": 67])
    #expect(locali == ["A": 16, "B": 14, "C": 23, "D": 15, "E": 16])
  }

  @Test func `infinito's meetings fall into four groups`() throws {
    let meetings = try ReferenceNetwork.study().graph.unweighted()
    #expect(areClose([2 * 663 / (84 * 83.0)], [0.1902], within: 0.00005))
    let groups = try Leiden().communities(of: meetings)
    #expect(groups.count == 4)
    let modularity = try #require(meetings.modularity(of: groups))
    #expect(modularity > 0.4904 - 0.00005)
  }

  // MARK: hitech-managers: D. Krackhardt, "Graph theoretical dimensions of informal organizations", 1994.

  @Test func `the reporting lines are a pure out-tree by all four measures`() throws {
    let reports = try ReferenceNetwork("hitech-managers", layer: "reports_to").graph
    // Connectedness: everybody is in one piece.
    #expect(reports.connectedComponents().count == 1)
    // Hierarchy: no two reach each other.
    #expect(reports.stronglyConnectedComponents().count == reports.nodeCount)
    // Efficiency: no link more than it takes to hold them together.
    #expect(reports.edgeCount == reports.nodeCount - 1)
    // Least upper bound: any two have a superior in common, for one is above all and nobody has two.
    let top = try #require(reports.nodes.first { reports.outDegree(of: $0) == 0 })
    #expect(try reports.distances(from: [top], direction: .backward).reachedCount == 21)
    #expect(reports.outDegrees.allSatisfy { $0 <= 1 })
  }

  // MARK: manufacturing-email: R. Michalski, doi:10.7910/DVN/6Z3CGX, 2020.

  @Test func `account 86 is the chief executive, to whom twelve less one report`() throws {
    let accounts = try ReferenceNetworks.table("nodes", of: "manufacturing-email")
    #expect(accounts.filter { $0["level"] == "1" }.map { $0["id"] } == ["86"])
    let below = accounts.filter { $0["reports_to"] == "86" && $0["id"] != "86" }
    #expect(
      Set(below.compactMap { $0["id"] })
        == ["7", "27", "36", "69", "70", "85", "104", "121", "148", "156", "163"]
    )
    let levels = Dictionary(grouping: accounts) { $0["level"] ?? "" }.mapValues(\.count)
    #expect(levels == ["1": 1, "2": 11, "3": 64, "4": 33, "5": 44, "6": 1, "": 13])
  }

  // MARK: cs-faculty-hiring: A. Clauset and others, Science Advances 1, e1400005, 2015.

  @Test func `most hires go down the ranking`() throws {
    let hiring = try ReferenceNetwork("cs-faculty-hiring").graph
    let ranks = try SpringRank(alpha: 0).scores(of: hiring).scores
    let down = hiring.edges.filter { ranks[$0.source.index] > ranks[$0.target.index] }
    let share = Double(down.reduce(0) { $0 + $1.weight }) / Double(hiring.totalWeight)
    #expect(areClose([share], [0.872], within: 0.0005))
    // The two solve one system with the sign turned; that each part starts at level 0 makes the rest.
    let levels = try TrophicLevels().levels(of: hiring).levels
    #expect(areClose([correlation(levels, ranks)], [-0.983], within: 0.0005))
  }

  // MARK: email-eu-core: H. Yin and others, KDD 2017.

  @Test func `email-eu-core has diameter 7 and 42 departments`() throws {
    let email = try ReferenceNetwork("email-eu-core")
    let pairs = email.graph.undirected()
    let furthest = try pairs.distances(fromEach: Array(pairs.nodes)).map(\.furthest)
    #expect(furthest.max() == 7)
    #expect(Set(email.rows.compactMap { $0["department"] }).count == 42)
  }
}

extension ReferenceNetwork {
  /// The meetings of the 84 people whom the study of infinito looks at, by how often they met.
  static func study() throws -> ReferenceNetwork {
    let people = Set(
      try ReferenceNetworks.table("nodes", of: "infinito").filter { $0["in_study_84"] == "1" }
        .compactMap { $0["id"] }
    )
    return try ReferenceNetwork(meetings(among: people.contains), of: "infinito")
  }
}
