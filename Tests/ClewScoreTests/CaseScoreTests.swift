import Foundation
import Testing

@testable import ClewScore

/// A source, an agent with two accounts, two customers of whom one is never seen, and a bystander.
enum SmallTruth {
  static let parties = """
    party,role,tier,line,name,seen,dealing_seen
    P1,source,0,L1,甲,1,1
    P2,firstLevelAgent,1,L1,乙,1,1
    P3,customer,2,L1,丙,1,1
    P4,customer,2,L1,丁,0,0
    P5,outsider,,,"戊, 己",1,0
    """
  static let accounts = """
    account,holder,remark
    wechat:s,P1,
    wechat:a,P2,
    qq:99900,P2,
    wechat:c,P3,
    wechat:d,P4,
    wechat:b,P5,
    wechat:bb,P5,alias
    """
  static let supply = """
    supplier,buyer,orders,cross,seen,messages_seen,payments_seen
    P1,P2,9,0,1,30,2
    P2,P3,4,0,1,12,0
    P2,P4,3,0,0,0,0
    P3,P5,0,0,0,0,0
    """
  static let lines = """
    line,principal
    L1,P2
    """

  static func make(
    parties: String = parties,
    accounts: String = accounts,
    supply: String = supply,
    lines: String = lines
  ) throws -> TrueCase {
    try TrueCase(
      parties: TruthTable(parties, name: "parties.csv", needs: ["party", "role"]),
      accounts: TruthTable(accounts, name: "accounts.csv", needs: ["account", "holder"]),
      supply: TruthTable(supply, name: "supply.csv", needs: ["supplier", "buyer"]),
      lines: TruthTable(lines, name: "lines.csv", needs: ["line", "principal"])
    )
  }

  static func party(
    _ id: String,
    _ accounts: [String],
    _ role: String,
    _ tier: Int? = nil,
    line: String? = nil,
    confidence: Double = 0.95
  ) -> FoundCase.Party {
    FoundCase.Party(
      id: id,
      accounts: accounts,
      role: role,
      tier: tier,
      line: line,
      roleConfidence: confidence,
      tierConfidence: confidence,
      lineConfidence: confidence
    )
  }

  /// The source and the agent are right, the customer is missed, the bystander is taken for one.
  static let found = FoundCase(
    parties: [
      party("Ps", ["wechat:s"], "source", 0, line: "L9"),
      party("Pa", ["wechat:a", "qq:99900"], "firstLevelAgent", 1, line: "L9"),
      party("Pb", ["wechat:b", "wechat:bb"], "customer", 2, line: "L9", confidence: 0.5),
      party("Pc", ["wechat:c"], "outsider"),
    ],
    links: [
      .init(supplier: 0, buyer: 1, grade: "A"), .init(supplier: 1, buyer: 2, grade: "C"),
    ],
    principals: ["L9": [1]]
  )
}

@Suite struct CaseScoreTests {
  @Test func `a small case is scored by hand`() throws {
    let score = CaseScore(SmallTruth.found, against: try SmallTruth.make())
    func value(_ name: String, _ base: ScoreBase?) -> Double? { score[name, base]?.value }
    // One of two found links is true; one of two that are seen, one of three in all.
    #expect(value("supply.precision", .dealt) == 0.5)
    #expect(value("supply.recall", .dealt) == 0.5)
    #expect(value("supply.f1", .dealt) == 0.5)
    #expect(score["supply.recall", .all]?.counts == Measure.Counts(part: 1, whole: 3))
    let all = try #require(value("supply.f1", .all))
    #expect(abs(all - 0.4) < 1e-12)
    // Source and agent are right; the customer got outsider, the bystander customer.
    #expect(value("role.source.f1", .dealt) == 1)
    #expect(value("role.customer.f1", .dealt) == 0)
    #expect(value("role.macro.f1", .dealt) == 2.0 / 3)
    #expect(score["tier.exact", .dealt]?.counts == Measure.Counts(part: 2, whole: 3))
    #expect(score["tier.exact", .all]?.counts == Measure.Counts(part: 2, whole: 4))
    #expect(value("identity.f1", nil) == 1)
    #expect(value("accused.per1000", .seen) == 0)
    #expect(value("accused.orCustomer.per1000", .seen) == 1000)
    #expect(score.lines.wanted == 1)
    #expect(score.lines.found == 1)
    #expect(score.lines.right == 1)
    // Role, tier and line: six claims of 0.95 are right, three of 0.5 about a bystander are wrong.
    #expect(score["confidence.line.firm", nil]?.counts == Measure.Counts(part: 2, whole: 2))
    #expect(score["confidence.all.firm", nil]?.counts == Measure.Counts(part: 6, whole: 6))
    let brier = try #require(value("confidence.all.brier", nil))
    #expect(abs(brier - (6 * 0.0025 + 3 * 0.25) / 9) < 1e-12)
    let right = score.grades.map(\.right)
    #expect(right == [1, 0])
  }

  @Test func `inferred supply is right where goods went that way, over others too`() throws {
    // P1 supplies P3 over P2; P3 supplies P1 in no way; two accounts of P2 are one person.
    var found = FoundCase(
      parties: [
        SmallTruth.party("Ps", ["wechat:s"], "source"),
        SmallTruth.party("Pa", ["wechat:a"], "firstLevelAgent"),
        SmallTruth.party("Pq", ["qq:99900"], "subAgent"),
        SmallTruth.party("Pc", ["wechat:c"], "customer"),
      ],
      links: [],
      unseen: [
        .init(supplier: 0, buyer: 3), .init(supplier: 3, buyer: 0), .init(supplier: 1, buyer: 2),
      ]
    )
    let score = CaseScore(found, against: try SmallTruth.make())
    let part = { (name: String) in score["unseenSupply." + name, nil]?.counts }
    #expect(part("right") == Measure.Counts(part: 1, whole: 3))
    #expect(part("onePerson") == Measure.Counts(part: 1, whole: 3))
    found.unseen = []
    let none = CaseScore(found, against: try SmallTruth.make())
    #expect(none["unseenSupply.right", nil]?.value == nil)
  }

  @Test func `a line is found if any of its leaders is named`() throws {
    var found = SmallTruth.found
    found.principals = ["L9": [2, 1]]
    #expect(CaseScore(found, against: try SmallTruth.make()).lines.right == 1)
    found.principals = ["L9": [2, 3]]
    #expect(CaseScore(found, against: try SmallTruth.make()).lines.right == 0)
  }

  @Test func `true but-for supply is counted by dominators`() throws {
    // All goods go through P1 and P2; P2 alone serves P3 and P4.
    #expect(HubScore.exclusiveDownstream(try SmallTruth.make()) == [3, 2, 0, 0, 0])
  }

  @Test func `a case without a finding scores nothing and accuses nobody`() throws {
    let nothing = FoundCase(parties: [], links: [])
    let score = CaseScore(nothing, against: try SmallTruth.make())
    #expect(score["supply.f1", .dealt]?.value == 0)
    #expect(score["supply.precision", .dealt]?.value == nil)
    #expect(score["role.macro.f1", .dealt]?.value == 0)
    #expect(score["tier.exact", .dealt]?.value == 0)
    #expect(score["accused.orCustomer.per1000", .seen]?.value == 0)
    #expect(score["confidence.all.brier", nil]?.value == nil)
    #expect(score.lines.wanted == 1)
    #expect(score.lines.found == 0)
    #expect(score.lines.right == 0)
  }

  @Test func `an empty truth leaves all figures undefined`() throws {
    let empty = try SmallTruth.make(
      parties: "party,role,tier,line,name",
      accounts: "account,holder",
      supply: "supplier,buyer,orders,cross",
      lines: "line,principal"
    )
    let score = CaseScore(FoundCase(parties: [], links: []), against: empty)
    #expect(score.measures.allSatisfy { $0.value == nil })
    let found = CaseScore(SmallTruth.found, against: empty)
    #expect(found["supply.precision", .all]?.value == 0)
    #expect(ScoreText.table(found).contains("supply.f1"))
  }

  @Test func `one line found as one is perfect, and found as two is not`() throws {
    let truth = try SmallTruth.make()
    var found = SmallTruth.found
    found.parties[3].line = "L9"
    #expect(CaseScore(found, against: truth)["lines.ari", .dealt]?.value == 1)
    found.parties[0].line = "L8"
    #expect(CaseScore(found, against: truth)["lines.ari", .dealt]?.value == 0)
  }

  @Test func `who deals in the exports with other lines only does not count where lines are shown`()
    throws
  {
    // P6 belongs to a line of which the exports show him no dealing; they show one with P2.
    let truth = try SmallTruth.make(
      parties: SmallTruth.parties + "\nP6,subAgent,3,L2,庚,1,1\nP7,firstLevelAgent,1,L2,辛,0,0",
      accounts: SmallTruth.accounts + "\nwechat:e,P6,",
      supply: SmallTruth.supply + "\nP2,P6,2,1,1,9,0\nP7,P6,5,0,0,0,0"
    )
    var found = SmallTruth.found
    for place in found.parties.indices { found.parties[place].line = "L1" }
    found.parties.append(SmallTruth.party("E", ["wechat:e"], "customer", 3, line: "L1"))
    let score = CaseScore(found, against: truth)
    #expect(score["lines.ari", .dealt]?.value == 0)
    #expect(score["lines.shown.ari", .dealt]?.value == 1)
  }

  @Test(arguments: [(shares: "L2=0.600;L1=0.400", clear: 1.0), ("L2=0.700;L1=0.300", 0), ("", 0)])
  func `who deals with two lines nearly alike does not count where lines are clear`(
    shares: String,
    clear: Double
  ) throws {
    // P6 belongs to L2 and is found in L1.
    let truth = try SmallTruth.make(
      parties: SmallTruth.parties.replacing("dealing_seen", with: "dealing_seen,line_shares")
        + "\nP6,subAgent,3,L2,庚,1,1,\(shares)\nP7,firstLevelAgent,1,L2,辛,0,0",
      accounts: SmallTruth.accounts + "\nwechat:e,P6,",
      supply: SmallTruth.supply + "\nP2,P6,2,1,1,9,0\nP7,P6,5,0,0,0,0"
    )
    var found = SmallTruth.found
    for place in found.parties.indices { found.parties[place].line = "L1" }
    found.parties.append(SmallTruth.party("E", ["wechat:e"], "customer", 3, line: "L1"))
    let score = CaseScore(found, against: truth)
    #expect(score["lines.ari", .dealt]?.value == 0)
    #expect(score["lines.clear.ari", .dealt]?.value == clear)
  }

  @Test func `a party that mixes two people accuses the bystander among them`() throws {
    var found = SmallTruth.found
    found.parties[1].accounts.append("wechat:b")
    found.parties[2].accounts = ["wechat:bb"]
    found.parties[2].role = "outsider"
    let score = CaseScore(found, against: try SmallTruth.make())
    #expect(score["accused.per1000", .seen]?.value == 1000)
    // The agent's pair and the bystander's belong together; the answer joins three accounts, the
    // agent's pair among them, and misses the bystander's.
    let f1 = try #require(score["identity.f1", nil]?.value)
    #expect(abs(f1 - 0.4) < 1e-12)
  }

  @Test func `a name stands for the one person who bears it`() throws {
    var found = SmallTruth.found
    found.parties[3].accounts = ["name:丙"]
    found.links.append(.init(supplier: 1, buyer: 3))
    let score = CaseScore(found, against: try SmallTruth.make())
    #expect(score["supply.recall", .dealt]?.value == 1)
    let doubled = try SmallTruth.make(
      parties: SmallTruth.parties + "\nP6,outsider,,,丙,1,0"
    )
    #expect(CaseScore(found, against: doubled)["supply.recall", .dealt]?.value == 0.5)
  }

  @Test func `a truth table that is not one is refused with its place`() {
    #expect(throws: ScoreError.missingColumn(table: "parties.csv", column: "role")) {
      try SmallTruth.make(parties: "party,tier\nP1,0")
    }
    #expect(
      throws: ScoreError.unreadableCell(
        table: "parties.csv",
        line: 2,
        column: "tier",
        expected: "a whole number"
      )
    ) {
      try SmallTruth.make(parties: "party,role,tier\n\"P\n1\",source,x")
    }
    #expect(
      throws: ScoreError.unreadableCell(
        table: "supply.csv",
        line: 2,
        column: "buyer",
        expected: "a person of parties.csv"
      )
    ) {
      try SmallTruth.make(supply: "supplier,buyer,orders\nP1,P77,1")
    }
    #expect(throws: ScoreError.unreadableTable(path: "/nowhere/parties.csv")) {
      try TrueCase(folder: "/nowhere")
    }
  }

  @Test func `text, JSON and errors say what was scored`() throws {
    let truth = try SmallTruth.make()
    let score = CaseScore(SmallTruth.found, against: truth)
    let data = Data(ScoreJSON.text(score).utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["schema"] as? String == "clew.score/1")
    let measures = try #require(json["measures"] as? [[String: Any]])
    let f1 = measures.first { $0["name"] as? String == "supply.f1" && $0["of"] as? String == "all" }
    #expect(f1?["value"] as? Double == 0.4 && f1?["low"] is Double)
    #expect(ScoreText.commaSeparated(score).contains("supply.recall,dealt,0.5000,"))
    let errors = ScoreErrors.table(SmallTruth.found, against: truth)
    #expect(errors.contains("missedLink,P2,P3,Pa,Pc,firstLevelAgent>customer,orders 4,12,0,dealt"))
    #expect(errors.contains("falseLink,P2,P5,Pa,Pb,firstLevelAgent>outsider,C"))
    #expect(errors.contains("accused,P5,,Pb,,outsider,customer 0.5"))
  }
}
