import ClewEvidence
import Testing

@testable import ClewChain

/// What is left out is nowhere to be seen, and nothing else changes.
@Suite(.serialized) struct EvidenceClassTests {
  /// A case with evidence of every kind: 甲 supplies 乙, who supplies 丙.
  private func view() throws -> CaseView {
    let maker = try CaseMaker()
    for number in 0..<6 {
      let at = number * 3000
      // 丙's number goes up to 甲, and what belongs to it comes down.
      maker.say("c", "b", at: at, "查一下机主 1380000100\(number)")
      maker.say("b", "c", at: at + 1, "报价80元")
      maker.say("b", "a", at: at + 10, "查一下机主 1380000100\(number)")
      let answer = "号码：1380000100\(number)\n机主：甲一\n身份证：990000199101010014"
      maker.say("a", "b", at: at + 30, answer)
      maker.say("b", "c", at: at + 40, answer)
      maker.pay("b", "a", at: at + 50, yuan: 50)
      maker.pay("c", "b", at: at + 50, yuan: 80)
      maker.pay("d", "a", at: at + 60, yuan: 50)
    }
    maker.say("e", "a", at: 100, "查一下机主 13800002000")
    maker.call("a", of: "b", "上家")
    maker.add(
      .trade(
        Trade(
          supplier: CaseMaker.account("a"),
          buyer: CaseMaker.account("b"),
          category: "户籍",
          items: 3,
          amount: Money(fen: 15_000),
          at: CaseMaker.time(20_000)
        )
      )
    )
    for member in ["a", "b", "c"] {
      maker.add(
        .membership(
          Membership(group: Account(.group, "wechat:1@chatroom"), member: CaseMaker.account(member))
        )
      )
    }
    return try CaseView(of: maker.caseFile(owners: ["b"]))
  }

  private func kinds(_ view: CaseView) -> Set<EvidenceKind> {
    let supply = Projection().supply(in: view)
    return (supply.links + supply.weak).reduce(into: []) { $0.formUnion($1.kinds) }
  }

  @Test(
    arguments: [
      (.orders, .order), (.deliveries, .delivery), (.payload, .payload), (.payments, .payment),
      (.offers, .offer), (.labels, .label), (.trades, .trade),
    ] as [(EvidenceClass, EvidenceKind)]
  )
  func `a link carries no evidence that is left out`(left: EvidenceClass, kind: EvidenceKind) throws
  {
    let view = try view()
    let all = kinds(view)
    #expect(all == Set(EvidenceKind.allCases))
    let rest = kinds(view.leavingOut([left]))
    #expect(!rest.contains(kind))
    // Payload is told by orders and deliveries; with either it goes as well. Offers answer orders.
    let gone: Set<EvidenceKind> =
      switch left {
      case .orders: [.order, .payload, .offer]
      case .deliveries: [.delivery, .payload]
      default: [kind]
      }
    #expect(rest.isSuperset(of: all.subtracting(gone)))
  }

  @Test func `without payments no money flows and no price is paid`() throws {
    let supply = Projection().supply(in: try view().leavingOut([.payments, .trades]))
    #expect(!supply.links.isEmpty)
    #expect(supply.links.allSatisfy { $0.amountFen == 0 && $0.payments == 0 })
    #expect(supply.clues.flows.isEmpty)
    #expect(supply.clues.prices.allSatisfy { !$0.isPaid })
  }

  @Test func `clues beside the links go one by one`() throws {
    let view = try view()
    let whole = Projection().supply(in: view)
    func clues(_ kind: EvidenceClass) -> SupplyClues {
      Projection().supply(in: view.leavingOut([kind])).clues
    }
    #expect(!whole.clues.prices.isEmpty && clues(.prices).prices.isEmpty)
    #expect(!whole.clues.passedOn.isEmpty && clues(.gaps).passedOn.isEmpty)
    #expect(!whole.clues.answers.isEmpty && clues(.pace).answers.isEmpty)
    #expect(!whole.clues.flows.isEmpty && clues(.flows).flows.isEmpty)
    #expect(clues(.prices).passedOn == whole.clues.passedOn)
    #expect(clues(.gaps).prices == whole.clues.prices)
    #expect(clues(.flows).answers == whole.clues.answers)
    #expect(!whole.weak.isEmpty)
    #expect(Projection().supply(in: view.leavingOut([.weak])).weak.isEmpty)
    #expect(view.groups.count == 1 && view.leavingOut([.groups]).groups.isEmpty)
  }

  @Test func `without neighbours each is judged by his own evidence`() {
    let alone = RoleModel.standard.leavingOut([.neighbours])
    #expect(alone.ties.joined().joined().allSatisfy { $0 == 0 })
    #expect(!RoleModel.standard.ties.joined().joined().allSatisfy { $0 == 0 })
    #expect(alone.features == RoleModel.standard.features)
    #expect(RoleModel.standard.leavingOut([.prices]).ties == RoleModel.standard.ties)
  }

  @Test func `an analysis names what it was made without`() throws {
    let view = try view()
    let engine = LocalEngine()
    let whole = try engine.analyze(view)
    let same = try engine.analyze(view.leavingOut([]))
    #expect(!whole.modelVersion.contains("without"))
    #expect(same.modelVersion == whole.modelVersion)
    #expect(same.links.map(\.link) == whole.links.map(\.link))
    let less = try engine.analyze(view.leavingOut([.prices, .payments]))
    #expect(less.modelVersion == whole.modelVersion + " without payments without prices")
  }
}
