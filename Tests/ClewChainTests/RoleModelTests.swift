import GraphCore
import Testing

@testable import ClewChain

struct RoleModelTests {
  private func link(_ supplier: Int, _ buyer: Int, _ dealings: Int64 = 5) -> Market.Link {
    Market.Link(supplier: supplier, buyer: buyer, dealings: dealings, categories: 1)
  }

  private func role(_ structure: ChainStructure, _ party: Int) -> Role? {
    structure.market.node(of: party).map { structure.roles[$0.index] }
  }

  /// Trusts the rules, and prices as much as one wrong rule in a step.
  private func made() throws -> RoleModel {
    let text = """
      {"version": "made", "asks": 3000, "pays": 1000, "calibration": [],
       "features": {
         "ruleSource": {"source": 2000}, "ruleSourceSeized": {"source": 6000},
         "rulePrincipal": {"tier1": 2000}, "ruleSecond": {"tier2": 2000},
         "ruleSub": {"tier3": 2000}, "ruleCustomer": {"customer": 2000},
         "ruleCustomerSeized": {"customer": 4000}, "buyers": {"customer": -5000}},
       "ties": {"main": {"tier2": {"tier3": 1500, "tier1": -4000}}}}
      """
    return try #require(RoleModel(json: Array(text.utf8)))
  }

  @Test func `the weights that come with the program can be read`() {
    #expect(RoleModel.standard.version.hasPrefix("clew-roles/"))
    let rights = RoleModel.standard.calibration.map(\.right)
    #expect(rights == rights.sorted())
  }

  @Test func `without weights the rules decide alone`() {
    let links = [link(0, 1), link(1, 2), link(2, 3)]
    let ruled = ChainStructure(links: links, seized: [], model: .empty)
    #expect(ruled.beliefs == nil)
    #expect(ruled.roles == [.source, .firstLevelAgent, .secondLevelAgent, .customer])
  }

  @Test func `a file of something else is refused`() {
    #expect(RoleModel(json: Array("{}".utf8)) == nil)
    #expect(RoleModel(json: Array("neither".utf8)) == nil)
  }

  @Test func `a calibration is a straight line between its points`() throws {
    let text = """
      {"version": "made", "features": {"buyers": {"source": 99999999}}, "asks": 0, "pays": 0,
       "ties": {}, "calibration": [{"from": 400, "right": 500}, {"from": 800, "right": 700}]}
      """
    let model = try #require(RoleModel(json: Array(text.utf8)))
    #expect([300, 400, 600, 800, 1000].map(model.confidence) == [500, 500, 600, 700, 700])
    // A weight that no fit comes near is bounded, so that no sum can overflow.
    #expect(model.features[0][RoleFeature.buyers.place][0] == 50_000)
  }

  @Test func `beliefs are shares that add up, the same at every call`() throws {
    let model = try made()
    let links = [link(0, 1, 9), link(1, 2, 6), link(2, 3, 3), link(2, 1, 2), link(4, 3, 1)]
    let one = ChainStructure(links: links, seized: [2], model: model)
    let other = ChainStructure(links: links.reversed(), seized: [2], model: model)
    #expect(one.beliefs?.beliefs == other.beliefs?.beliefs && one.roles == other.roles)
    #expect(one.beliefs?.beliefs.count == 5)
    for belief in one.beliefs?.beliefs ?? [] {
      #expect(abs(belief.reduce(0, +) - RoleBeliefs.whole) <= 12)
    }
  }

  @Test func `a seized phone that shows no supplier makes a source, and no buyer a customer`()
    throws
  {
    let links = [link(0, 1, 20), link(1, 2, 12), link(1, 3, 9)]
    let chain = ChainStructure(links: links, seized: [0, 2], model: try made())
    #expect(role(chain, 0) == .source && role(chain, 2) == .customer)
  }

  /// Takes everybody for a third-tier agent, whatever the evidence.
  private func stubborn() throws -> RoleModel {
    let text = """
      {"version": "made", "asks": 0, "pays": 0, "calibration": [], "ties": {},
       "features": {"trader": {"tier3": 40000}}}
      """
    return try #require(RoleModel(json: Array(text.utf8)))
  }

  /// Takes everybody for a second-level agent or one below him, and knows no other role.
  private func torn() throws -> RoleModel {
    let text = """
      {"version": "made", "asks": 0, "pays": 0, "calibration": [], "ties": {},
       "features": {"trader": {"tier2": 40000, "tier3": 39900}}}
      """
    return try #require(RoleModel(json: Array(text.utf8)))
  }

  @Test
  func `a rule against which the evidence speaks is silent in a market, and holds in a small case`()
    throws
  {
    // Half sources by the rules, half customers: of each only one half of the trade is seen.
    func chain(_ pairs: Int) throws -> ChainStructure {
      let links = (0..<pairs).flatMap { number in
        [link(2 * number, 2 * number + 1), link(2 * number, (2 * number + 3) % (2 * pairs))]
      }
      return ChainStructure(links: links, seized: [1_000], model: try torn())
    }
    let small = try chain(6)
    #expect(small.roles == small.ruled.roles)
    let market = try chain(20)
    #expect(Set(market.ruled.roles) == Set(small.ruled.roles))
    #expect(market.roles.allSatisfy { $0 == .undetermined })
    // Who buys stands one below his supplier, whatever he is; of a supplier nothing places one.
    #expect(market.tiers.allSatisfy { $0 == nil })
  }

  @Test func `no weight outvotes whole evidence`() throws {
    let links = [link(0, 1), link(1, 2), link(2, 3), link(3, 4)]
    let whole = ChainStructure(links: links, seized: [0, 1, 2, 3], model: try stubborn())
    #expect(
      whole.roles.prefix(4) == [.source, .firstLevelAgent, .secondLevelAgent, .subAgent]
    )
    #expect(whole.ruled.isProven == [true, true, true, true, false])
    // Without the phone of 1 nothing is shown of those below him.
    let gap = ChainStructure(links: links, seized: [0, 2, 3], model: try stubborn())
    #expect(gap.ruled.isProven == [true, false, false, false, false])
    #expect(gap.roles[0] == .source && gap.roles[1] == .subAgent)
  }

  @Test func `signs of a supplier on its own phone leave a source unproven`() throws {
    var background = RoleEvidence.Background()
    background.weakSuppliers = [0: 1]
    let links = [link(0, 1), link(1, 2)]
    let chain = ChainStructure(
      links: links,
      seized: [0, 1],
      background: background,
      model: try stubborn()
    )
    #expect(chain.ruled.isProven == [false, false, false])
  }

  @Test func `whose phone shows purchases only is a customer unless it shows signs of sales`()
    throws
  {
    let links = [link(0, 1), link(1, 2)]
    func role(_ background: RoleEvidence.Background, seized: Set<Int>) throws -> Role {
      let chain = ChainStructure(
        links: links,
        seized: seized,
        background: background,
        model: try stubborn()
      )
      return chain.roles[2]
    }
    var paid = RoleEvidence.Background()
    paid.traderPayers = [2: 1]
    #expect(try role(RoleEvidence.Background(), seized: [0, 2]) == .customer)
    #expect(try role(RoleEvidence.Background(), seized: [0]) == .subAgent)
    #expect(try role(paid, seized: [0]) == .subAgent)
    // On a phone of one's own the sales themselves would show.
    #expect(try role(paid, seized: [0, 2]) == .customer)
    var weak = RoleEvidence.Background()
    weak.weakBuyers = [2: 1]
    #expect(try role(weak, seized: [0, 2]) == .subAgent)
  }

  @Test func `whose phone shows sales only is a source unless it shows signs of purchases`()
    throws
  {
    let links = [link(0, 1), link(1, 2)]
    func role(_ background: RoleEvidence.Background, seized: Set<Int>) throws -> Role {
      let chain = ChainStructure(
        links: links,
        seized: seized,
        background: background,
        model: try stubborn()
      )
      return chain.roles[0]
    }
    var weak = RoleEvidence.Background()
    weak.weakSuppliers = [0: 1]
    #expect(try role(RoleEvidence.Background(), seized: [0, 1]) == .source)
    #expect(try role(RoleEvidence.Background(), seized: [1]) == .subAgent)
    #expect(try role(weak, seized: [0, 1]) == .subAgent)
  }

  @Test func `where no export names its owner the rules decide alone`() throws {
    let links = [link(0, 1), link(1, 2), link(2, 3)]
    let chain = ChainStructure(links: links, seized: [], model: try stubborn())
    #expect(chain.roles == [.source, .firstLevelAgent, .secondLevelAgent, .customer])
  }

  @Test func `weights of a view are added to those that all views share`() throws {
    let text = """
      {"version": "made", "asks": 0, "pays": 0, "calibration": [], "ties": {},
       "features": {"buyers": {"source": 1000}},
       "views": {"sells": {"buyers": {"source": 500, "tier1": 7}}}}
      """
    let model = try #require(RoleModel(json: Array(text.utf8)))
    let buyers = RoleFeature.buyers.place
    #expect(model.features[RoleView.sells.place][buyers].prefix(2) == [1500, 7])
    #expect(model.features[RoleView.resells.place][buyers].prefix(2) == [1000, 0])
  }

  @Test func `signs name what spoke for a role, the weightiest first`() throws {
    let model = try made()
    let links = [link(0, 1), link(1, 2), link(2, 3)]
    var background = RoleEvidence.Background()
    background.weakSuppliers = [0: 1]
    let chain = ChainStructure(links: links, seized: [2], background: background, model: model)
    let node = try #require(chain.market.node(of: 0))
    let signs = chain.signs(of: node, RoleEvidence.Background(), model)
    #expect(signs.contains { $0.kind == .feature(.ruleSource, 1000) })
    #expect(signs.map(\.points.magnitude) == signs.map(\.points.magnitude).sorted(by: >))
  }

  /// Four whole chains of three links, in which the price doubles, and what 50 asks of 51.
  private func ladder(asking fen: Int64) -> (links: [Market.Link], RoleEvidence.Background) {
    var links = [link(50, 51)]
    var prices = [
      SupplyClues.Price(direction: Direction(50, 51), category: 0, fen: fen, isPaid: true)
    ]
    for chain in 0..<4 {
      for step in 0..<3 {
        let supplier = 10 * chain + step
        links.append(link(supplier, supplier + 1))
        prices.append(
          SupplyClues.Price(
            direction: Direction(supplier, supplier + 1),
            category: 0,
            fen: 1_000 << Int64(step),
            isPaid: true
          )
        )
      }
    }
    var background = RoleEvidence.Background()
    background.ladder = PriceLadder(prices + prices, links: Set(prices.map(\.direction)))
    return (links, background)
  }

  @Test func `who asks what agents ask is no source, though nobody is seen to supply it`() throws {
    let (links, background) = ladder(asking: 4_000)
    let chain = ChainStructure(
      links: links,
      seized: [3],
      background: background,
      model: try made()
    )
    #expect(role(chain, 50) == .secondLevelAgent && role(chain, 0) == .source)
    let node = try #require(chain.market.node(of: 50))
    #expect(chain.rules[node.index] == .weighedEvidence && chain.tiers[node.index] == 2)
    // What it asks speaks for the role, the rule against it.
    let signs = chain.signs(of: node, background, try made())
    #expect(signs.contains { $0.kind == .asks(2_000) && $0.points > 0 })
    #expect(signs.contains { $0.kind == .feature(.ruleSource, 1000) && $0.points < 0 })
  }

  @Test
  func `who asks the cheapest price stays a source, and so does a seized phone without suppliers`()
    throws
  {
    let (cheap, background) = ladder(asking: 1_000)
    let model = try made()
    let one = ChainStructure(links: cheap, seized: [3], background: background, model: model)
    #expect(role(one, 50) == .source)
    let (dear, other) = ladder(asking: 2_000)
    let two = ChainStructure(links: dear, seized: [50], background: other, model: model)
    #expect(role(two, 50) == .source)
  }
}
