import ClewEvidence
import ClewTestSupport
import Testing

@testable import ClewChain

/// Files of personal data that lie in the export and go from hand to hand.
struct AttachmentTests {
  private func rows(_ numbers: some Sequence<Int>) -> [String] {
    InventedPeople.rows(numbers).map { $0.joined(separator: ",") }
  }

  /// The same people with other columns in another order.
  private func resaved(_ numbers: some Sequence<Int>) -> [String] {
    InventedPeople.rows(numbers).map { "\($0[2])\t备注\t\($0[1])" }
  }

  /// A list that s sends b and b sends c: 40 rows, then 30 of them, saved anew.
  private func relay(_ made: CaseMaker) {
    made.list("1.csv", digest: "md5:01", rows(1...40))
    made.list("新建.txt", digest: "md5:02", resaved((11...40).reversed()))
    made.say("b", "s", at: 0, "查户籍 要40条")
    made.send("s", "b", at: 20, file: "1.csv", digest: "md5:01")
    made.say("c", "b", at: 30, "查户籍 要30条")
    made.send("b", "c", at: 40, file: "新建.txt", digest: "md5:02")
  }

  @Test func `the same rows, saved anew and in part, pass on from hand to hand`() throws {
    let made = try CaseMaker()
    relay(made)
    let analysis = try made.analysis()
    #expect(analysis.links.count == 2)
    for (supplier, buyer, items) in [("s", "b", 40), ("b", "c", 30)] {
      let link = try #require(analysis.link(supplier, buyer)).link
      #expect(link.grade == .a)
      #expect(link.kinds == [.payload, .delivery, .order])
      #expect(link.items.reduce(0, +) == items)
      #expect(link.against.isEmpty)
    }
    let finding = try #require(analysis.deliveries.first { $0.name == "1.csv" })
    #expect(finding.rows == 40 && finding.distinct == 40 && finding.common == 0)
    #expect(finding.carriers.map(\.strength) == [.digest])
    let overlap = try #require(finding.overlaps.first)
    #expect(overlap.rows == 30 && overlap.isSamePayload)
    #expect(analysis.deliveries[overlap.other].name == "新建.txt")
  }

  @Test func `a list is counted by its rows, not by what was promised`() throws {
    let made = try CaseMaker()
    made.list("车主5000条.csv", digest: "md5:01", rows(1...40))
    made.say("b", "s", at: 0, "车主 来5000条")
    made.send("s", "b", at: 20, file: "车主5000条.csv", digest: "md5:01")
    made.pay("b", "s", at: 25, yuan: 300)
    let link = try #require(try made.analysis().link("s", "b")).link
    #expect(link.items.reduce(0, +) == 40)
  }

  @Test func `rows that go to the same buyer again count once`() throws {
    let made = try CaseMaker()
    made.list("1.csv", digest: "md5:01", rows(1...40))
    made.list("2.csv", digest: "md5:02", resaved(21...60))
    made.say("b", "s", at: 0, "查户籍 要40条")
    made.send("s", "b", at: 20, file: "1.csv", digest: "md5:01")
    made.say("b", "s", at: 30, "查户籍 要40条")
    made.send("s", "b", at: 40, file: "2.csv", digest: "md5:02")
    made.send("s", "b", at: 50, file: "户籍200.csv", digest: "md5:01")
    made.pay("b", "s", at: 55, yuan: 300)
    let link = try #require(try made.analysis().link("s", "b")).link
    #expect(link.deliveries == 3)
    #expect(link.items.reduce(0, +) == 60)
  }

  @Test func `what passed on before it came was not passed on`() throws {
    let made = try CaseMaker()
    made.list("1.csv", digest: "md5:01", rows(1...40))
    made.list("2.txt", digest: "md5:02", resaved(1...40))
    made.say("c", "b", at: 0, "查户籍 要40条")
    made.send("b", "c", at: 10, file: "2.txt", digest: "md5:02")
    made.say("b", "s", at: 20, "查户籍 要40条")
    made.send("s", "b", at: 30, file: "1.csv", digest: "md5:01")
    let analysis = try made.analysis()
    #expect(analysis.links.allSatisfy { !$0.link.kinds.contains(.payload) })
  }

  @Test func `a list that comes back to its sender was not passed on`() throws {
    let made = try CaseMaker()
    made.list("1.csv", digest: "md5:01", rows(1...40))
    made.list("2.txt", digest: "md5:02", resaved(1...40))
    made.say("b", "s", at: 0, "查户籍 要40条")
    made.send("s", "b", at: 10, file: "1.csv", digest: "md5:01")
    made.send("b", "s", at: 20, file: "2.txt", digest: "md5:02")
    let analysis = try made.analysis()
    #expect(
      (analysis.links.map(\.link) + analysis.weak).allSatisfy { !$0.kinds.contains(.payload) }
    )
  }

  @Test func `files that no message carries link nobody`() throws {
    let made = try CaseMaker()
    made.list("1.csv", digest: "md5:01", rows(1...40))
    made.list("2.txt", digest: "md5:02", resaved(1...40))
    made.say("b", "s", at: 0, "在吗")
    made.say("c", "b", at: 1, "在吗")
    let analysis = try made.analysis(owners: ["s", "b", "c"])
    #expect(analysis.links.isEmpty && analysis.weak.isEmpty)
    #expect(analysis.deliveries.count == 2)
    #expect(analysis.deliveries.allSatisfy { $0.carriers.isEmpty && $0.overlaps.count == 1 })
  }

  @Test func `a bystander's list of the same kind, but of others, is nobody's payload`() throws {
    let made = try CaseMaker()
    relay(made)
    // A few people are on both lists, as in one town.
    made.list("班级名单.csv", digest: "md5:03", rows(35...90))
    made.say("e", "d", at: 50, "班级名单发我")
    made.send("d", "e", at: 60, file: "班级名单.csv", digest: "md5:03")
    made.send("b", "d", at: 45, file: "会议通知.docx")
    made.pay("e", "d", at: 70, yuan: 60, memo: "班费")
    let analysis = try made.analysis()
    #expect(analysis.links.count == 2)
    #expect(analysis.link("d", "e") == nil)
    let finding = try #require(analysis.deliveries.first { $0.name == "班级名单.csv" })
    #expect(finding.overlaps.map(\.rows) == [6, 6])
    #expect(finding.overlaps.allSatisfy { !$0.isSamePayload })
  }

  @Test func `a list of parents that is passed on and paid for is no trade`() throws {
    let made = try CaseMaker()
    made.list("家长.csv", digest: "md5:01", rows(1...45))
    made.list("家长2.txt", digest: "md5:02", resaved(1...45))
    made.send("t", "p", at: 0, file: "家长.csv", digest: "md5:01")
    made.pay("p", "t", at: 5, yuan: 100)
    made.send("p", "q", at: 10, file: "家长2.txt", digest: "md5:02")
    made.pay("q", "p", at: 15, yuan: 100)
    #expect(try made.analysis().links.isEmpty)
  }

  @Test func `a list that everybody holds proves nothing`() throws {
    let made = try CaseMaker()
    let people = (0...18).map { "p\($0)" }
    for (place, pair) in zip(people, people.dropFirst()).enumerated() {
      // Each saves it anew, with a row of his own.
      made.list(
        "\(place).csv",
        digest: "md5:\(place)",
        rows(Array(1...40) + [1000 + place])
      )
      made.say(pair.1, pair.0, at: place * 10, "查户籍 要40条")
      made.send(pair.0, pair.1, at: place * 10 + 5, file: "\(place).csv", digest: "md5:\(place)")
    }
    let analysis = try made.analysis()
    #expect(analysis.deliveries.allSatisfy { $0.common == 40 && $0.overlaps.isEmpty })
    let all = analysis.links.map(\.link) + analysis.weak
    #expect(all.allSatisfy { !$0.kinds.contains(.payload) })
  }

  @Test func `a message carries a file by digest, else by name and size, never by name alone`()
    throws
  {
    let made = try CaseMaker()
    made.list("1.csv", digest: "md5:01", rows(1...40))
    made.say("b", "s", at: 0, "在吗")
    made.send("s", "b", at: 1, file: "x.csv", digest: "md5:01")
    made.send("s", "c", at: 2, file: "1.csv", bytes: 4000)
    made.send("s", "d", at: 3, file: "1.csv")
    made.send("s", "e", at: 4, file: "1.csv", digest: "md5:99", bytes: 4000)
    made.send("s", "f", at: 5, file: "1.csv", bytes: 4001)
    let analysis = try made.analysis()
    let finding = try #require(analysis.deliveries.first)
    #expect(finding.carriers.map(\.strength) == [.digest, .nameAndSize, .name])
    #expect(finding.parties.count == 3)
    #expect(analysis.links.isEmpty)
    // What was sent unasked shows, and makes no link; a hint does not even show.
    let names = analysis.weak.map { analysis.parties[$0.buyer].name }
    #expect(Set(names) == ["b", "c"])
  }

  @Test func `the order of import does not matter`() throws {
    let one = try CaseMaker()
    relay(one)
    let other = try CaseMaker()
    other.list("新建.txt", digest: "md5:02", resaved((11...40).reversed()))
    for item in one.items.reversed() { other.add(item) }
    other.list("1.csv", digest: "md5:01", rows(1...40))
    let (left, right) = (try one.analysis(), try other.analysis())
    #expect(left.links == right.links)
    #expect(left.deliveries == right.deliveries)
    #expect(left.parties == right.parties)
  }

  @Test func `a thousand identity numbers are goods though nobody asked in writing`() throws {
    for (count, isTrade) in [(900, false), (1000, true)] {
      let made = try CaseMaker()
      made.list("1.csv", digest: "md5:01", rows(0..<count))
      made.send("s", "b", at: 0, file: "1.csv", digest: "md5:01")
      made.pay("b", "s", at: 5, yuan: 400)
      #expect(try made.analysis().links.isEmpty != isTrade)
    }
  }

  @Test func `a list of phones after an order for one target is no answer to it`() throws {
    let phones = InventedPeople.rows(1...40).map { "\($0[0]),\($0[2])" }
    for (name, list, deliveries) in [
      ("会议签到.csv", phones, 0), ("新建.csv", phones, 1), ("会议签到.csv", rows(1...40), 1),
    ] {
      let made = try CaseMaker()
      made.list(name, digest: "md5:01", list)
      made.say("b", "s", at: 0, "查一下机主 13800001001")
      made.send("s", "b", at: 60, file: name, digest: "md5:01")
      let analysis = try made.analysis()
      let all = analysis.links.map(\.link) + analysis.weak
      #expect(all.map(\.deliveries) == [deliveries])
      // Only rows of identity numbers make a link of an order for one person.
      #expect(analysis.links.isEmpty == (list == phones))
    }
  }

  @Test func `a file whose rows another case has counted is linked by its digest`() throws {
    let made = try CaseMaker()
    for sheet in ["1", "2"] {
      // As large as a table may claim.
      made.add(
        .delivery(
          Delivery(
            name: "a.xlsx",
            sheet: sheet,
            digests: ["md5:01"],
            rows: .max,
            identified: .max,
            kinds: [.identity: .max]
          )
        )
      )
    }
    made.list("b.csv", digest: "md5:02", rows(1...40))
    made.say("b", "s", at: 0, "查户籍 要40条")
    made.send("s", "b", at: 1, file: "a.xlsx", digest: "md5:01")
    made.send("s", "b", at: 2, file: "a.xlsx", digest: "md5:01")
    made.say("b", "s", at: 3, "查户籍 要40条")
    made.send("s", "b", at: 4, file: "b.csv", digest: "md5:02")
    let analysis = try made.analysis()
    let link = try #require(analysis.link("s", "b")).link
    #expect(link.items.max() == .max)
    let finding = try #require(analysis.deliveries.first { $0.name == "a.xlsx" })
    #expect(finding.records.count == 2 && finding.distinct == 0 && finding.overlaps.isEmpty)
  }

  @Test func `shared rows are found as by comparing every two files`() {
    var generator = SplitMix64(seed: 7)
    let files = (0..<25).map { _ in
      (0..<60).map { _ in UInt64.random(in: 0..<400, using: &generator) }.sorted()
    }
    let finder = SharedRowsFinder(files)
    let sets = files.map(Set.init)
    let often = Set(
      (0..<400 as Range<UInt64>).filter { row in
        sets.count { $0.contains(row) } > SharedRowsFinder.fileLimit
      }
    )
    for (one, first) in sets.enumerated() {
      #expect(finder.distinct[one] == first.count)
      #expect(finder.common[one] == first.intersection(often).count)
      for (other, second) in sets.enumerated() where other > one {
        let found = finder.pairs.first { $0.first == one && $0.second == other }
        #expect((found?.rows ?? 0) == first.intersection(second).subtracting(often).count)
      }
    }
  }
}
