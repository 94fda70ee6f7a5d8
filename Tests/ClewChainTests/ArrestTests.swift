import ClewEvidence
import ClewTestSupport
import GraphCore
import Testing

@testable import ClewChain

struct ArrestTests {
  private func link(
    _ supplier: Int,
    _ buyer: Int,
    _ items: Int64 = 1,
    dealings: Int64 = 100
  ) -> SupplyNetwork.Link {
    SupplyNetwork.Link(
      supplier: supplier,
      buyer: buyer,
      dealings: dealings,
      items: items,
      key: UInt64(supplier * 100 + buyer)
    )
  }

  // 0 and 1 are sources; both supply 2, and 1 supplies 3 alone. 2 supplies 4, who supplies the
  // customers 10, 11, 12; 3 supplies 12 and 13.
  private var links: [SupplyNetwork.Link] {
    [
      link(0, 2, 50), link(1, 2, 50), link(1, 3, 20), link(2, 4, 90), link(4, 10, 30),
      link(4, 11, 30), link(4, 12, 30), link(3, 12, 5), link(3, 13, 15),
    ]
  }

  private func plan(_ change: (inout ArrestPlanner) -> Void = { _ in }) -> ArrestPlan {
    var planner = ArrestPlanner()
    change(&planner)
    return planner.plan(links, sources: [0, 1])
  }

  @Test func `takes the person without whom most customers are out of reach`() {
    let plan = plan { $0.limit = 2 }
    #expect(plan.before == SupplyLeft(persons: 9, customers: 4, records: 110))
    #expect(plan.start == plan.before)
    // 4 cuts 10 and 11 and 90 records, as does 2, and with him 4: more persons.
    #expect(plan.steps.map(\.party) == [2, 1])
    #expect(plan.steps[0].customers == 2 && plan.steps[0].records == 90)
    #expect(plan.steps[0].persons == 4)
    #expect(plan.steps[0].left == SupplyLeft(persons: 5, customers: 2, records: 20))
    // Then 1 and 3 cut both customers; 1 cuts one person more.
    #expect(plan.steps[1].left == SupplyLeft(persons: 1, customers: 0, records: 0))
    #expect(plan.steps.allSatisfy { $0.isConfirmed })
  }

  @Test func `keeps to what the investigator rules out`() {
    let custody = plan {
      $0.inCustody = [2]; $0.limit = 1
    }
    #expect(custody.before.customers == 4 && custody.start.customers == 2)
    #expect(custody.steps.map(\.party) == [1])
    let local = plan {
      $0.permitted = [3, 10]; $0.limit = 5
    }
    // 10 supplies nobody, so that he is no candidate.
    #expect(local.candidates == 1)
    #expect(local.steps.map(\.party) == [3] && local.steps[0].customers == 1)
    #expect(local.steps[0].records == 20)
    // Source 1 alone cuts 3 and 13 and all that 3 delivered; then source 0 takes the rest.
    let sources = plan {
      $0.sourcesFirst = true; $0.limit = 3
    }
    #expect(sources.steps.map(\.party) == [1, 0])
    #expect(sources.steps[0].customers == 1 && sources.steps[0].records == 20)
    #expect(sources.steps[1].left == SupplyLeft(persons: 0, customers: 0, records: 0))
  }

  @Test func `a customer in custody buys nothing any more`() {
    let plan = plan {
      $0.inCustody = [10]; $0.limit = 1
    }
    #expect(plan.start == SupplyLeft(persons: 8, customers: 3, records: 80))
    #expect(plan.steps[0].isConfirmed && plan.steps[0].left.records == 20)
  }

  @Test func `records may count before customers`() {
    let two = [link(0, 1, 1), link(0, 2, 1), link(5, 6, 40)]
    var planner = ArrestPlanner()
    planner.limit = 1
    #expect(planner.plan(two, sources: []).steps.map(\.party) == [0])
    planner.aim = .records
    #expect(planner.plan(two, sources: []).steps.map(\.party) == [5])
  }

  @Test func `compares with other orders`() {
    let plan = plan { $0.limit = 2 }
    // 4 has four links, the most; without him 1, 2 and 3: 1 has two left and comes first of equals
    // with 2, who has lost one of three, and 3, who has three and so goes next.
    #expect(plan.byDegree.map(\.customers) == [2, 0])
    #expect(plan.byDegree.map(\.records) == [20, 0])
    #expect(plan.byBetweenness.count == 2 && plan.byChance.count == 2)
    #expect(plan.byChance.allSatisfy { $0.customers >= 0 && $0.customers <= 400 })
  }

  @Test func `says how often a choice holds when dealings are drawn again`() {
    // A hundred dealings a link never vanish.
    #expect(plan { $0.limit = 2 }.steps.map(\.stays) == [100, 100])
    // With one dealing each, a link is gone in a draw of e⁻¹: 0 and 1 are equals but for chance.
    var planner = ArrestPlanner()
    planner.limit = 1
    let thin = [link(0, 2, 1, dealings: 1), link(1, 3, 1, dealings: 1)]
    let stays = planner.plan(thin, sources: []).steps[0].stays
    #expect(stays > 45 && stays < 90)
  }

  @Test func `says how far the customers who are left go apart when dealings are drawn again`() {
    // Links of a hundred dealings never vanish: every draw leaves what the case leaves.
    let firm = plan { $0.limit = 2 }
    #expect(firm.steps.map(\.customersLeft) == [2...2, 0...0])
    // A link of one dealing vanishes from more than a third of the draws.
    var planner = ArrestPlanner()
    planner.limit = 1
    let weak = planner.plan(
      links.filter { $0.buyer != 13 } + [link(3, 13, 15, dealings: 1)],
      sources: [0, 1]
    )
    #expect(weak.steps.map(\.party) == [2] && weak.steps[0].left.customers == 2)
    #expect(weak.steps[0].customersLeft == 1...2)
    planner.draws = 0
    #expect(planner.plan(links, sources: []).steps[0].customersLeft == nil)
  }

  @Test func `a circle at the top is where goods enter`() {
    let circle = [link(0, 1, 5), link(1, 0, 5), link(0, 2, 7), link(1, 3, 9)]
    var planner = ArrestPlanner()
    planner.limit = 2
    let plan = planner.plan(circle, sources: [])
    #expect(plan.before == SupplyLeft(persons: 4, customers: 2, records: 16))
    #expect(plan.steps.map(\.party) == [1, 0])
    #expect(plan.steps.allSatisfy { $0.isConfirmed })
  }

  @Test func `nothing comes of nothing`() {
    let plan = ArrestPlanner().plan([], sources: [])
    #expect(plan.steps.isEmpty && plan.before == SupplyLeft(persons: 0, customers: 0, records: 0))
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `what the dominators foretell is what removal leaves`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var links: [SupplyNetwork.Link] = []
    var known: Set<Int> = []
    for _ in 0..<40 {
      let (a, b) = (random.next(below: 20), random.next(below: 20))
      if a != b, known.insert(a * 20 + b).inserted {
        links.append(
          link(a, b, Int64(random.next(below: 9)), dealings: Int64(random.next(below: 9)))
        )
      }
    }
    var planner = ArrestPlanner()
    planner.limit = 20
    let one = planner.plan(links, sources: [1, 2])
    #expect(one.steps.allSatisfy { $0.isConfirmed })
    #expect(one.steps.last.map { $0.left.customers } == 0)
    planner.workers = .one
    let other = planner.plan(links.reversed(), sources: [1, 2])
    #expect(one.steps == other.steps && one.byChance == other.byChance)
    #expect(one.byBetweenness == other.byBetweenness)
  }

  @Test func `knows a province by an identity number only`() {
    #expect(Province.code(of: "广东省") == "44" && Province.code(of: "44") == "44")
    #expect(Province.code(of: "深圳") == nil && Province.code(of: "4") == nil)
  }
}
