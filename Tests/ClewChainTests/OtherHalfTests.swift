import GraphCore
import Testing

@testable import ClewChain

struct OtherHalfTests {
  private func link(_ supplier: Int, _ buyer: Int, kinds: Int = 1) -> Market.Link {
    Market.Link(supplier: supplier, buyer: buyer, dealings: 9, categories: (1 << UInt32(kinds)) - 1)
  }

  /// Takes whoever buys many kinds for a second-level agent.
  private func model(_ weight: Int) throws -> RoleModel {
    let text = """
      {"version": "made", "asks": 0, "pays": 0, "calibration": [], "ties": {},
       "features": {
         "ruleSource": {"source": 9000}, "rulePrincipal": {"tier1": 9000},
         "ruleCustomer": {"customer": 2000}, "kindsBought": {"tier2": \(weight)}}}
      """
    return try #require(RoleModel(json: Array(text.utf8)))
  }

  // The beliefs in an agent are .83, .98, .59 and .82, by hand; a phone in the case shows no sale.
  @Test(arguments: [
    (kinds: 3, weight: 2000, seized: [1], role: Role.customer),
    (kinds: 3, weight: 3000, seized: [1], role: .secondLevelAgent),
    (kinds: 3, weight: 3000, seized: [1, 2], role: .customer),
    (kinds: 4, weight: 1200, seized: [1], role: .customer),
    (kinds: 4, weight: 1700, seized: [1], role: .secondLevelAgent),
  ])
  func `who is seen to buy only is an agent on evidence of nine in ten, or seven with hints`(
    kinds: Int,
    weight: Int,
    seized: [Int],
    role: Role
  ) throws {
    let links = [link(0, 1), link(1, 2, kinds: kinds)]
    let structure = try ChainStructure(links: links, seized: Set(seized), model: model(weight))
    #expect(structure.roles == [.source, .firstLevelAgent, role])
  }

  @Test func `several suppliers of several kinds, or money from others, suggest sales`() {
    var background = RoleEvidence.Background()
    background.payers = [4: 2]
    let links = [
      link(0, 1), link(1, 2, kinds: 3), link(0, 2), link(1, 3, kinds: 3), link(1, 4), link(1, 5),
    ]
    let market = Market(links: links, seized: [1, 4])
    let halves = RuledStructure(market, background).otherHalves
    #expect(halves == [.unheard, .heard, .suggested, .unheard, .suggested, .unheard])
  }

  @Test(arguments: [(seized: [1], half: OtherHalf.heard), (seized: [0, 1, 2], half: .suggested)])
  func `dealings too few for a link are a sign, but on the own phone a circumstance`(
    seized: [Int],
    half: OtherHalf
  ) {
    var background = RoleEvidence.Background()
    background.weakBuyers = [2: 1]
    background.weakSuppliers = [0: 1]
    let market = Market(links: [link(0, 1), link(1, 2)], seized: Set(seized))
    #expect(RuledStructure(market, background).otherHalves == [half, .heard, half])
  }
}
