import ClewEvidence
import ClewTestSupport
import Testing

@testable import ClewChain

/// Goods that nobody orders in writing: the file and the money for it tell.
@Suite struct `A file that is bought and sold on` {
  private static let hour = 60
  private static let day = 1440

  /// s sells b a list for 2000 yuan; b sells it on to c for 1500 yuan, and calls s and c what they are.
  private func resale(_ made: CaseMaker, called: (s: String, c: String) = ("上家", "下家")) {
    made.call("s", of: "b", called.s)
    made.call("c", of: "b", called.c)
    made.pay("b", "s", at: 0, yuan: 2000)
    made.send("s", "b", at: 3, file: "名单A.xlsx", digest: "md5:aa")
    made.pay("c", "b", at: Self.day, yuan: 1500)
    made.send("b", "c", at: Self.day + 3, file: "1.xlsx", digest: "md5:aa")
  }

  @Test func `is goods on both ways, with the records that show it`() throws {
    let made = try CaseMaker()
    resale(made)
    let analysis = try made.analysis()
    #expect(analysis.links.count == 2)
    for (supplier, buyer, fen) in [("s", "b", 200_000), ("b", "c", 150_000)] {
      let link = try #require(analysis.link(supplier, buyer)).link
      #expect(link.grade == .a)
      #expect(link.kinds == [.payload, .delivery, .payment, .label])
      #expect(link.deliveries == 1 && link.payments == 1 && link.orders == 0)
      #expect(link.amountFen == Int64(fen))
      #expect(Set(link.evidence.map(\.record)).count == 3)
      #expect(link.against.isEmpty)
    }
    #expect(analysis.party("s")?.role == .source)
    #expect(analysis.party("b")?.role == .firstLevelAgent)
    #expect(analysis.party("c")?.role == .customer)
  }

  @Test func `is known by a price that was asked and paid, or by what a memo says`() throws {
    let made = try CaseMaker()
    made.say("s", "b", at: 0, "新一批名单到了，一份2000")
    made.pay("b", "s", at: 2 * Self.day, yuan: 2000)
    made.send("s", "b", at: 4 * Self.day, file: "a.zip", digest: "md5:aa")
    made.send("b", "c", at: 5 * Self.day, file: "b.zip", digest: "md5:aa")
    made.pay("c", "b", at: 6 * Self.day, yuan: 2500, memo: "名单A")
    let analysis = try made.analysis()
    #expect(analysis.links.count == 2)
    let first = try #require(analysis.link("s", "b")).link
    #expect(first.kinds == [.payload, .delivery, .payment, .offer])
    let second = try #require(analysis.link("b", "c")).link
    #expect(second.kinds == [.payload, .delivery, .payment])
  }

  @Test func `is known by its rows where it was saved anew`() throws {
    let rows = InventedPeople.rows(1...40)
    for name in ["1.csv", "报销.csv"] {
      let made = try CaseMaker()
      made.call("s", of: "b", "上家")
      made.call("b", of: "c", "货源")
      made.list("1.csv", digest: "md5:aa", rows.map { $0.joined(separator: ",") })
      made.list(name, digest: "md5:bb", rows.dropFirst(10).map { "\($0[2])\t\($0[1])" })
      made.send("s", "b", at: 0, file: "1.csv", digest: "md5:aa")
      made.pay("b", "s", at: 3, yuan: 400)
      made.send("b", "c", at: Self.day, file: name, digest: "md5:bb")
      made.pay("c", "b", at: Self.day + 3, yuan: 500)
      let analysis = try made.analysis()
      guard name == "1.csv" else {
        #expect(analysis.links.isEmpty)
        continue
      }
      #expect(analysis.link("s", "b")?.link.items.reduce(0, +) == 40)
      #expect(analysis.link("b", "c")?.link.items.reduce(0, +) == 30)
    }
  }

  @Test func `is goods for whoever is handed it when he paid or asked for it`() throws {
    let made = try CaseMaker()
    resale(made)
    made.say("d", "c", at: 2 * Self.day, "名单A转我一份")
    made.send("c", "d", at: 2 * Self.day + 25, file: "副本.xlsx", digest: "md5:aa")
    made.send("d", "e", at: 3 * Self.day, file: "副本.xlsx", digest: "md5:aa")
    made.pay("e", "d", at: 3 * Self.day + 5, yuan: 300)
    // Who is shown it has bought nothing, and who has it buys nothing.
    made.send("d", "f", at: 3 * Self.day, file: "副本.xlsx", digest: "md5:aa")
    made.pay("s", "b", at: 3 * Self.day, yuan: 100)
    made.send("b", "s", at: 3 * Self.day, file: "副本.xlsx", digest: "md5:aa")
    // Who never got it by a sale sells nothing of this chain.
    made.send("g", "h", at: 3 * Self.day, file: "副本.xlsx", digest: "md5:aa")
    made.pay("h", "g", at: 3 * Self.day, yuan: 100)
    let analysis = try made.analysis()
    #expect(analysis.links.count == 4)
    let asked = try #require(analysis.link("c", "d")).link
    #expect(asked.grade == .b)
    #expect(asked.kinds == [.payload, .delivery, .order])
    #expect(analysis.link("d", "e")?.link.grade == .a)
    for name in ["f", "g", "h"] { #expect(analysis.party(name)?.role == .outsider) }
  }

  /// What of the sale is changed, so that nothing is left of it.
  enum Change: CaseIterable {
    case unpaidFirst, unpaidSecond, sameSum, returned, lent, redPacket, privateMemo, late, lateNamed
    case sentOnBefore, sentBack, otherFile, noSign, oneSign, businessWords, table, name
  }

  @Test(arguments: Change.allCases)
  func `is no goods when a part of the proof is missing`(change: Change) throws {
    let made = try CaseMaker()
    if change != .noSign, change != .oneSign {
      let isBusiness = change == .businessWords
      made.call("s", of: "b", isBusiness ? "供应商" : "上家")
      made.call("c", of: "b", isBusiness ? "大客户" : "下家")
    }
    if change == .oneSign { made.say("s", "b", at: -60, "名单一份2000") }
    let (file, digest): (String, String) =
      switch change {
      case .table: ("名单A.pdf", "md5:aa")
      case .name: ("价格表.xlsx", "md5:aa")
      case .otherFile: ("名单A.xlsx", "md5:bb")
      default: ("名单A.xlsx", "md5:aa")
      }
    if change != .unpaidFirst {
      made.pay(
        "b",
        "s",
        at: change == .late ? -2 * Self.hour : change == .lateNamed ? -4 * Self.day : 0,
        yuan: 2000,
        memo: change == .privateMemo ? "还款" : change == .lateNamed ? "名单A" : "",
        channel: change == .redPacket ? "wechat-redpacket" : "wechat",
        state: change == .returned ? .returned : .completed
      )
    }
    if change == .lent { made.pay("s", "b", at: 20 * Self.day, yuan: 2000) }
    let name = change == .table || change == .name ? file : "名单A.xlsx"
    made.send("s", "b", at: 3, file: name, digest: "md5:aa")
    let next = change == .sentOnBefore ? -Self.day : Self.day
    let buyer = change == .sentBack ? "s" : "c"
    if change != .unpaidSecond {
      made.pay(buyer, "b", at: next, yuan: change == .sameSum ? 2000 : 1500)
    }
    made.send("b", buyer, at: next + 3, file: file, digest: digest)
    let analysis = try made.analysis()
    #expect(analysis.links.isEmpty)
    #expect(analysis.parties.allSatisfy { $0.role == .outsider })
  }

  @Test func `between accounts that may be one person's is no sale`() throws {
    let made = try CaseMaker()
    resale(made)
    // Both c and s are called by one unusual name by two owners.
    for owner in ["x", "y", "z"] {
      for account in ["s", "c"] { made.call(account, of: owner, "独孤演示甲") }
    }
    let view = try CaseView(of: try made.caseFile())
    let ends = ["s", "c"].compactMap { view.parties.index(of: CaseMaker.account($0)) }
    try #require(view.possiblySame.contains { [$0.first, $0.second] == ends.sorted() })
    #expect(try LocalEngine().analyze(view).links.isEmpty)
  }

  @Test func `does not draw other payments to it`() throws {
    let made = try CaseMaker()
    resale(made)
    made.pay("b", "s", at: 5 * Self.day, yuan: 66, channel: "wechat-redpacket")
    made.pay("b", "s", at: 6 * Self.day, yuan: 35)
    let link = try #require(try made.analysis().link("s", "b")).link
    #expect(link.payments == 1 && link.amountFen == 200_000)
  }

  @Test func `is the same whatever the order of import`() throws {
    let one = try CaseMaker()
    resale(one)
    let other = try CaseMaker()
    for item in one.items.reversed() { other.add(item) }
    #expect(try one.analysis().links == other.analysis().links)
  }
}
