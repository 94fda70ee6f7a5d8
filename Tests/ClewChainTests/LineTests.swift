import GraphCore
import Testing

@testable import ClewChain
@testable import ClewEvidence

struct LineTests {
  private func structure(
    _ links: [(Int, Int, Int64)],
    _ background: RoleEvidence.Background = RoleEvidence.Background(),
    seized: Set<Int> = []
  ) -> ChainStructure {
    ChainStructure(
      links: links.map {
        Market.Link(
          supplier: $0.0,
          buyer: $0.1,
          dealings: $0.2,
          // Who supplies two kinds to people who resell nothing is no source by the rules.
          categories: $0.0 == 31 ? 0b11 : 1
        )
      },
      seized: seized,
      background: background,
      model: .empty
    )
  }

  /// The principal of a party's line.
  private func line(_ structure: ChainStructure, _ party: Int) -> Int? {
    structure.market.node(of: party).flatMap(structure.lineShares.line(of:)).map {
      structure.market.parties[structure.principals[$0].index]
    }
  }

  /// Lines of 1 (source 0) and 11 (source 10), three agents each, who have customers.
  private let two: [(Int, Int, Int64)] = [
    (0, 1, 30), (1, 2, 9), (1, 3, 9), (1, 4, 9), (2, 5, 4), (3, 6, 4), (4, 7, 4),
    (10, 11, 30), (11, 12, 9), (11, 13, 9), (11, 14, 9), (12, 15, 4), (13, 16, 4), (14, 17, 4),
  ]

  @Test func `principals who serve the same agents lead one line`() {
    let partners = structure(two + [(0, 21, 20), (21, 2, 5), (21, 3, 5)])
    #expect(partners.roles.count { $0 == .firstLevelAgent } == 3)
    #expect(partners.principals.count == 2)
    #expect(line(partners, 21) == 1 && line(partners, 5) == 1 && line(partners, 15) == 11)
  }

  @Test func `a line names all who lead it, him who sold most first`() {
    let partners = structure(two + [(0, 21, 20), (21, 2, 5), (21, 3, 5)])
    let leaders = partners.leaders.map { line in
      line.map { partners.market.parties[$0.index] }
    }
    #expect(leaders.sorted { $0[0] < $1[0] } == [[1, 21], [11]])
  }

  @Test func `a line that its second leader heads is the same line`() {
    let both = two + [(0, 21, 20), (21, 2, 5), (21, 3, 5)]
    let base = structure(both)
    // 21 sells more than 1 now and heads the line; of 11 nothing is left, and 4 buys from nobody.
    let other = structure(
      both.filter { ![10, 11].contains($0.0) && $0 != (1, 4, 9) } + [(21, 5, 30)]
    )
    let change = StructureChange(from: base, to: other)
    #expect(line(base, 2) == 1 && line(other, 2) == 21)
    #expect(Set(change.lines).isDisjoint(with: [0, 1, 2, 3, 21]))
    #expect(Set(change.lines).isSuperset(of: [4, 7, 11, 12]))
  }

  @Test func `principals who only trade with each other lead two`() {
    let exchange = structure(two + [(1, 11, 3), (11, 1, 3)])
    #expect(exchange.principals.count == 2)
  }

  @Test func `an agent whose suppliers are unseen joins the line that his orders reach`() {
    var background = RoleEvidence.Background()
    // What 31 sold to 32 was ordered from 1 by its agent 2 a day later.
    background.gaps = OrderGaps([
      [
        SupplyClues.Leg(direction: Direction(31, 32), at: 0, record: .init(high: 0, low: 1)),
        SupplyClues.Leg(direction: Direction(1, 2), at: 86_400_000, record: .init(high: 0, low: 2)),
      ]
    ])
    let links = two + [(31, 32, 4), (31, 33, 4)]
    #expect(line(structure(links), 32) == nil)
    let joined = structure(links, background)
    #expect(line(joined, 31) == 1 && line(joined, 32) == 1)
    let node = joined.market.node(of: 31)
    #expect(node.map { joined.lineShares.isInferred[$0.index] } == true)
  }

  @Test func `a group of one line brings an agent without suppliers into it`() {
    var background = RoleEvidence.Background()
    background.groups = [[11, 12, 13, 31], [2, 12, 13, 3, 31]]
    let joined = structure(two + [(31, 32, 4)], background)
    // The second group is a hall of both lines and speaks for none.
    #expect(line(joined, 31) == 11 && line(joined, 32) == 11)
  }

  @Test func `a group decides between two suppliers, never against a clear one`() {
    var background = RoleEvidence.Background()
    background.groups = [[11, 12, 13, 41, 42]]
    let links = two + [(1, 41, 5), (11, 41, 4), (1, 42, 9), (11, 42, 4)]
    #expect(line(structure(links), 41) == 1)
    let decided = structure(links, background)
    #expect(line(decided, 41) == 11 && line(decided, 42) == 1)
  }

  @Test func `a phone that shows all suppliers outweighs groups, even where they are level`() {
    var background = RoleEvidence.Background()
    background.groups = [[11, 12, 13, 41, 42, 43]]
    background.beginnings = [Direction(1, 42): 1_000, Direction(11, 42): 2_000]
    let links = two + [(1, 41, 5), (11, 41, 4), (1, 42, 4), (11, 42, 4), (1, 43, 7), (11, 43, 4)]
    let found = structure(links, background, seized: [41, 42])
    // Whom he dealt with first decides of level lines, not whose group he joined.
    #expect(line(found, 41) == 1 && line(found, 42) == 1)
    // Of 43 other suppliers may be unseen: four dealings and the group outweigh seven dealings.
    #expect(line(found, 43) == 11)
  }

  @Test func `all who supply a customer count on his own phone, on whatever tier they stand`() {
    // 51 stands below the principal 1 and the agent 12 alike; he dealt with 12 first.
    let links = two + [(1, 51, 4), (12, 51, 4), (1, 52, 4), (12, 52, 6)]
    var background = RoleEvidence.Background()
    background.beginnings = [Direction(12, 51): 1_000, Direction(1, 51): 2_000]
    let found = structure(links, background, seized: [51])
    #expect(line(found, 51) == 11)
    #expect(line(found, 52) == 11)
  }

  @Test func `two payments to a trader of whom no dealing is seen are two dealings`() {
    var background = RoleEvidence.Background()
    // Both are seen to buy from 1 once; 42 paid 11 once only, which may be for anything.
    background.paid = [Direction(11, 41): 2, Direction(11, 42): 1, Direction(41, 11): 5]
    let links = two + [(1, 41, 1), (1, 42, 1)]
    let found = structure(links, background)
    #expect(line(found, 41) == 11 && line(found, 42) == 1)
    // A principal leads his own line, whomever he pays below him.
    #expect(line(found, 11) == 11)
    let basis = found.market.node(of: 41).flatMap { found.lineShares.bases[$0.index] }
    #expect(basis?.payments == 2 && basis?.dealings == 0)
  }

  @Test func `a source belongs with those who pay it, too`() {
    var background = RoleEvidence.Background()
    background.paid = [Direction(0, 11): 3]
    let links = two.map { ($0.0, $0.1, $0.0 == 0 ? 2 : $0.2) }
    #expect(line(structure(links), 0) == 1)
    #expect(line(structure(links, background), 0) == 11)
  }

  @Test func `who has no supplier is placed by the groups of all whom he supplies`() {
    var background = RoleEvidence.Background()
    background.groups = [[11, 12, 13, 32, 33], [11, 12, 14, 33], [2, 3, 4, 34]]
    let found = structure(two + [(31, 32, 4), (31, 33, 4), (31, 34, 4)], background)
    #expect([31, 32, 33].allSatisfy { line(found, $0) == 11 })
    let node = found.market.node(of: 31)
    #expect(node.map { found.lineShares.isInferred[$0.index] } == true)
    let basis = found.market.node(of: 33).flatMap { found.lineShares.bases[$0.index] }
    #expect(basis?.dealings == 4 && basis?.allDealings == 4 && basis?.groups == 2)
  }

  /// A principal 21 with his own source, three agents and their customers.
  private let third: [(Int, Int, Int64)] = [
    (20, 21, 20), (21, 22, 9), (21, 23, 9), (21, 24, 9), (22, 25, 4), (23, 26, 4), (24, 27, 4),
  ]

  @Test func `an order across a gap is three dealings, but none on a phone that shows a supplier`()
  {
    func gaps(_ lower: Int, _ day: Int64) -> [SupplyClues.Leg] {
      [
        SupplyClues.Leg(
          direction: Direction(lower, 50),
          at: day * 86_400_000,
          record: .init(high: UInt64(lower), low: UInt64(day))
        ),
        SupplyClues.Leg(
          direction: Direction(11, 12),
          at: (day + 1) * 86_400_000,
          record: .init(high: 99, low: UInt64(lower) * 10 + UInt64(day))
        ),
      ]
    }
    var background = RoleEvidence.Background()
    background.gaps = OrderGaps(
      [0, 10, 20].flatMap { [gaps(41, $0), gaps(42, $0 + 40), gaps(43, $0 + 80)] }
    )
    let links = two + [(1, 41, 8), (1, 42, 8), (1, 43, 9), (41, 50, 4), (42, 50, 4), (43, 50, 4)]
    let found = structure(links, background, seized: [41])
    #expect(line(found, 41) == 1 && line(found, 42) == 11 && line(found, 43) == 1)
  }

  @Test func `one person's two names are in one line, as leader and as buyer`() {
    let links = two + third + [(1, 41, 5), (21, 42, 9), (21, 51, 3)]
    let apart = structure(links)
    #expect(apart.principals.count == 3)
    #expect(line(apart, 41) == 1 && line(apart, 42) == 21)
    var background = RoleEvidence.Background()
    background.twins = [CaseView.Pair(41, 42)]
    let buyers = structure(links, background)
    #expect(line(buyers, 41) == 21 && line(buyers, 42) == 21)
    background.twins = [CaseView.Pair(11, 21), CaseView.Pair(1, 51)]
    let leaders = structure(links, background)
    #expect(leaders.principals.count == 2)
    // 21 sold more than 11 and heads their line.
    #expect([11, 15, 21, 25].allSatisfy { line(leaders, $0) == 21 })
    // Who is a principal under another name is in the line that he leads, whoever sold to him.
    #expect(line(leaders, 51) == 1)
  }

  @Test func `only a score of four makes one person of two names`() {
    let links = [3_999, 4_000].map {
      SoftLink(first: $0 - 3_999, second: 9, score: $0, signs: [])
    }
    #expect(Twins.pairs(links) == [CaseView.Pair(1, 9)])
  }

  @Test func `a score of three does where three orders that the one took went on from the other`() {
    func leg(_ supplier: Int, _ buyer: Int, hour: Int64) -> SupplyClues.Leg {
      SupplyClues.Leg(
        direction: Direction(supplier, buyer),
        at: hour * 3_600_000,
        record: .init(high: UInt64(supplier), low: UInt64(hour))
      )
    }
    // 2 takes orders of 3, which 9 places with 8; of 5 two only.
    let orders = (0..<3 as Range<Int64>).map {
      [leg(2, 3, hour: $0 * 50), leg(8, 9, hour: $0 * 50 + 1)]
    }
    let fewer = (3..<5 as Range<Int64>).map {
      [leg(5, 6, hour: $0 * 50), leg(8, 9, hour: $0 * 50 + 1)]
    }
    let links = [(2, 3_000), (5, 3_999), (1, 3_999)].map {
      SoftLink(first: $0.0, second: 9, score: $0.1, signs: [])
    }
    #expect(Twins.pairs(links, OrderGaps(orders + fewer)) == [CaseView.Pair(2, 9)])
    let less = [SoftLink(first: 2, second: 9, score: 2_999, signs: [])]
    #expect(Twins.pairs(less, OrderGaps(orders + fewer)).isEmpty)
  }

  @Test func `principals whose people sit in the same groups lead one line`() {
    var background = RoleEvidence.Background()
    background.groups = [[1, 2, 3, 22, 23], [3, 4, 5, 24, 25], [11, 12, 13, 14]]
    let found = structure(two + third, background)
    #expect(found.principals.count == 2)
    #expect(line(found, 21) == 1 && line(found, 27) == 1 && line(found, 17) == 11)
  }

  @Test func `one branch in another line's groups does not make them one, if its line has its own`()
  {
    // The agent 22 and his customers sit with the people of 1, the others of 21 by themselves.
    let branch = [22, 25, 28, 29]
    let links = two + third + [(22, 28, 3), (22, 29, 3)]
    func found(_ others: [Int]) -> ChainStructure {
      var background = RoleEvidence.Background()
      background.groups = [[1, 2, 3, 4] + branch, [1, 5, 6, 7] + branch, others]
      // Their own phones show who supplies them, whatever groups they are in.
      return structure(links, background, seized: Set(branch))
    }
    #expect(found([21, 23, 24, 26, 27]).principals.count == 3)
    // Nothing is seen of groups of the other branches.
    #expect(found([21, 23]).principals.count == 2)
  }

  @Test func `who buys from two lines alike is in the one that he dealt with first`() {
    let links = two + [(1, 41, 5), (11, 41, 5)]
    var background = RoleEvidence.Background()
    for (first, expected) in [(1, 1), (11, 11)] {
      background.beginnings = [
        Direction(1, 41): first == 1 ? 1_000 : 2_000, Direction(11, 41): first == 1 ? 2_000 : 1_000,
      ]
      #expect(line(structure(links, background), 41) == expected)
    }
    // Without times the line of the lower party.
    #expect(line(structure(links), 41) == 1)
  }

  @Test
  func
    `people of one line in the other's groups do not make one of lines with groups of their own`()
  {
    var background = RoleEvidence.Background()
    // One bit speaks for one line: 8 of 8 memberships of the third are in groups of both.
    background.groups = [
      [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [1, 2, 3, 22, 23, 24], [1, 2, 21, 22, 25, 26, 27],
    ]
    #expect(structure(two + third, background).principals.count == 3)
  }

  @Test func `one hall in which two lines meet does not make them one`() {
    var background = RoleEvidence.Background()
    background.groups = [
      [1, 2, 3, 22, 23], [1, 2, 4, 5], [21, 22, 24, 25], [11, 12, 13, 14],
    ]
    #expect(structure(two + third, background).principals.count == 3)
  }

  @Test func `a hall of all lines says nothing`() {
    var background = RoleEvidence.Background()
    background.groups = [[1, 2, 3, 11, 12, 13, 21, 22, 23, 31]]
    let found = structure(two + third + [(31, 32, 4)], background)
    #expect(found.principals.count == 3 && line(found, 31) == nil)
  }

  @Test func `nobody comes into a line by a group alone`() {
    var background = RoleEvidence.Background()
    background.groups = [[11, 12, 13, 99]]
    let joined = structure(two, background)
    #expect(joined.market.node(of: 99) == nil)
  }
}
