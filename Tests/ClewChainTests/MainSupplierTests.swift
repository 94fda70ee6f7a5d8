import GraphCore
import Testing

@testable import ClewChain
@testable import ClewEvidence

/// Chains 0 → 1 → 2 → 3 → 4 and 10 → 11 → 12 → 13, whose own phones show them, and traders below them.
struct MainSupplierTests {
  private func link(_ supplier: Int, _ buyer: Int, _ dealings: Int64 = 9) -> Market.Link {
    Market.Link(supplier: supplier, buyer: buyer, dealings: dealings, categories: 1)
  }

  private var chains: [Market.Link] {
    [link(0, 1), link(1, 2), link(2, 3), link(3, 4), link(10, 11), link(11, 12), link(12, 13)]
  }

  /// Weights by which whoever sells only, or resells and is not proven, is an agent on `state`.
  private func model(_ state: String) throws -> RoleModel {
    let text = """
      {"version": "made", "asks": 0, "pays": 0, "calibration": [], "ties": {},
       "features": {"buyers": {"\(state)": 9000}, "suppliers": {"customer": 1000}}}
      """
    return try #require(RoleModel(json: Array(text.utf8)))
  }

  private func chain(
    _ links: [Market.Link],
    paid: [Direction: Int] = [:],
    state: String = "tier3"
  ) throws -> ChainStructure {
    var background = RoleEvidence.Background()
    background.paid = paid
    // Whoever sells only must have a supplier whom nobody saw.
    background.weakSuppliers = [20: 1]
    return ChainStructure(
      links: chains + links,
      seized: [0, 1, 2, 3, 10, 11, 12],
      background: background,
      model: try model(state)
    )
  }

  private func found(
    _ chain: ChainStructure,
    _ party: Int
  ) -> (role: Role, tier: Int?, rule: RoleRule)? {
    chain.market.node(of: party).map {
      (chain.roles[$0.index], chain.tiers[$0.index], chain.rules[$0.index])
    }
  }

  @Test func `whom a principal alone is seen to supply stands one below him`() throws {
    let found = try found(chain([link(1, 20), link(20, 21)], state: "tier4"), 20)
    #expect(found?.role == .secondLevelAgent && found?.tier == 2)
    #expect(found?.rule == .belowMainSupplier)
  }

  @Test func `few dealings leave room for a main supplier whom nobody saw`() throws {
    let found = try found(chain([link(1, 20, 5), link(20, 21)], state: "tier4"), 20)
    #expect(found?.role == .subAgent && found?.tier == 4)
  }

  @Test func `who pays a trader though no dealing is seen stands one below him`() throws {
    let links = [link(20, 21)]
    #expect(try found(chain(links), 20)?.tier == 3)
    let paid = try chain(links, paid: [Direction(1, 20): 2])
    #expect(found(paid, 20)?.role == .secondLevelAgent)
    #expect(found(paid, 20)?.rule == .belowMainSupplier)
    // His customer stands below him.
    #expect(found(paid, 21)?.role == .customer && found(paid, 21)?.tier == 3)
    // Who pays a source is a principal.
    #expect(try found(chain(links, paid: [Direction(0, 20): 2]), 20)?.role == .firstLevelAgent)
  }

  @Test func `one payment, or fewer than the dealings that are seen, change nothing`() throws {
    let links = [link(2, 20, 3), link(20, 21)]
    #expect(try found(chain(links, paid: [Direction(1, 20): 3]), 20)?.tier == 3)
    #expect(try found(chain(links, paid: [Direction(1, 20): 4]), 20)?.tier == 2)
    #expect(try found(chain([link(20, 21)], paid: [Direction(1, 20): 1]), 20)?.tier == 3)
  }

  @Test func `payments make no agent of a customer, and no trader of anybody`() throws {
    let paid = try chain([link(3, 20)], paid: [Direction(1, 20): 30, Direction(1, 99): 30])
    #expect(found(paid, 20)?.role == .customer && found(paid, 20)?.tier == 2)
    #expect(found(paid, 99) == nil)
  }

  @Test func `what whole evidence shows no payment outvotes`() throws {
    // The phone of 2 shows that 1 supplies it.
    let paid = try chain([], paid: [Direction(12, 2): 50])
    #expect(found(paid, 2)?.role == .secondLevelAgent && found(paid, 2)?.tier == 2)
  }

  @Test func `a place by payments is no surer than such places were right`() throws {
    let paid = try chain([link(20, 21)], paid: [Direction(1, 20): 9])
    let node = try #require(paid.market.node(of: 20))
    #expect(paid.roleBeliefs[node.index] == 850_000 && paid.tierBeliefs[node.index] == 850_000)
  }
}
