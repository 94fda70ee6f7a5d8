import ClewEvidence
import Testing

@testable import ClewChain

@Suite struct `A chart of names` {
  private func made() throws -> CaseMaker {
    let made = try CaseMaker()
    for (account, name) in [("s", "猎人"), ("b", "纸船"), ("c", "石磨")] {
      made.add(
        .contact(Contact(owner: nil, contact: CaseMaker.account(account), name: name))
      )
    }
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.deal("b", "c", at: 60, phone: 1002, yuan: 120)
    return made
  }

  private func draw(_ supplier: String, _ buyer: String, in made: CaseMaker) {
    made.add(
      .trade(Trade(supplier: Account(.name, supplier), buyer: Account(.name, buyer)))
    )
  }

  @Test func `that repeats known links makes no second chain`() throws {
    let made = try made()
    let before = try made.analysis()
    draw("猎人", "纸船", in: made)
    draw("纸船", "石磨", in: made)
    let after = try made.analysis()
    #expect(after.links.map(\.id) == before.links.map(\.id))
    #expect(after.lines.map(\.name) == before.lines.map(\.name))
    #expect(after.traders.count == 3)
    #expect(after.restated.count == 2)
    for restated in after.restated {
      #expect(after.parties[restated.link.supplier].role == .outsider)
      #expect(after.parties[restated.supplier].role != .outsider)
    }
  }

  @Test func `that says something else is a statement of its own`() throws {
    let made = try made()
    draw("猎人", "石磨", in: made)
    draw("石磨", "纸船", in: made)
    let analysis = try made.analysis()
    #expect(analysis.restated.isEmpty)
    #expect(analysis.links.count == 4)
  }

  @Test func `repeats nothing where two people bear the name`() throws {
    let made = try made()
    made.add(.contact(Contact(owner: nil, contact: CaseMaker.account("s2"), name: "猎人")))
    made.add(.contact(Contact(owner: nil, contact: CaseMaker.account("b2"), name: "纸船")))
    made.deal("s2", "b2", at: 90, phone: 1003, yuan: 80)
    draw("猎人", "纸船", in: made)
    let analysis = try made.analysis()
    #expect(analysis.restated.isEmpty)
    #expect(analysis.links.count == 4)
  }

  @Test func `alone is a case of its own`() throws {
    let made = try CaseMaker()
    draw("猎人", "纸船", in: made)
    draw("纸船", "石磨", in: made)
    let analysis = try made.analysis()
    #expect(analysis.restated.isEmpty)
    #expect(analysis.links.count == 2)
  }
}
