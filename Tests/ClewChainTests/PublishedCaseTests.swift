import ClewEvidence
import Testing

@testable import ClewChain

/// The figures that were published about small cases come out of their exports.
@Suite(.serialized) struct PublishedCaseTests {
  /// The links into or out of somebody known by a handle.
  private func links(
    _ analysis: ChainAnalysis,
    of name: String,
    _ end: KeyPath<LinkFinding, Int>
  ) -> [LinkFinding] {
    analysis.links.filter { analysis.parties[$0[keyPath: end]].name == name }
  }

  private func party(_ analysis: ChainAnalysis, _ name: String) throws -> PartyFinding {
    try #require(analysis.parties.first { $0.name == name })
  }

  private func yuan(_ links: [LinkFinding]) -> Int64 {
    links.reduce(0) { $0 + $1.link.amountFen } / 100
  }

  /// The year and month of a moment, UTC+8.
  private func month(_ moment: Int64) -> String {
    String(Timestamp(milliseconds: moment).shanghai.prefix(7))
  }

  private func items(_ links: [LinkFinding]) -> Int64 {
    links.reduce(0) { $0 + $1.link.items.reduce(0, +) }
  }

  /// Who is said to trade is who trades, in the right role and tier, and no link is invented.
  private func expectTruth(_ dataset: DatasetTests.Dataset) {
    for person in dataset.truth["parties"] ?? [] {
      let findings = dataset.findings(of: person["party"] ?? "")
      if person["role"] == "outsider" {
        #expect(findings.allSatisfy { $0.role == .outsider })
      } else {
        #expect(
          findings.contains {
            $0.role.rawValue == person["role"] && $0.tier.map(String.init) == person["tier"]
          },
          "\(person["name"] ?? "")"
        )
      }
    }
    let supply = (dataset.truth["supply"] ?? []).map {
      "\($0["supplier"] ?? "")>\($0["buyer"] ?? "")"
    }
    #expect(dataset.pairs(dataset.analysis.links) == Set(supply))
    for party in dataset.analysis.parties { #expect(dataset.people(of: party).count <= 1) }
  }

  @Test func `insider-trio is three who sold files for 70,050 yuan from August 2015 to May 2016`()
    throws
  {
    let dataset = try DatasetTests.Dataset("insider-trio")
    expectTruth(dataset)
    let sales = links(dataset.analysis, of: "辅警老岳", \.supplier)
    let shared = links(dataset.analysis, of: "辅警老岳", \.buyer)
    #expect(sales.count == 4 && shared.count == 2)
    #expect(yuan(sales) == 70_050)
    // He shares out: the other two got 18,680 yuan each. One payment of 520 yuan, a sum that lovers send,
    // is not counted.
    #expect(shared.map { $0.link.amountFen / 100 }.sorted() == [18_160, 18_680])
    let spans = sales.compactMap(\.link.span)
    #expect(spans.map(\.lowerBound).min().map(month) == "2015-08")
    #expect(spans.map(\.upperBound).max().map(month) == "2016-05")
    let vehicle = try #require(Lexicon.standard.categoryIndex("vehicle"))
    for sale in sales {
      #expect(sale.link.items[vehicle] > sale.link.items.reduce(0, +) / 2)
      let span = try #require(sale.link.span)
      // August 2015 and June 2016, UTC+8.
      #expect(span.lowerBound >= 1_438_358_400_000 && span.upperBound < 1_464_710_400_000)
    }
  }

  @Test func `bank-teller sold card numbers with balances at 60 to 90 yuan`() throws {
    let dataset = try DatasetTests.Dataset("bank-teller")
    expectTruth(dataset)
    let sales = links(dataset.analysis, of: "贵宾柜小叶", \.supplier)
    #expect(sales.count == 3)
    for sale in sales {
      let price = sale.link.amountFen / sale.link.items.reduce(0, +)
      #expect((6000...9000).contains(price))
    }
    #expect(yuan(sales) == 96 * 60 + 41 * 75 + 22 * 90)
  }

  @Test func `hacker-source sold units of 5,000 over layers at 40 to 400 yuan`() throws {
    let dataset = try DatasetTests.Dataset("hacker-source")
    expectTruth(dataset)
    for link in dataset.analysis.links {
      let items = link.link.items.reduce(0, +)
      #expect(items % 5000 == 0)
      #expect((4000...40_000).contains(link.link.amountFen / (items / 5000)))
    }
    #expect(dataset.analysis.parties.compactMap(\.tier).max() == 3)
    let arrested = (dataset.truth["parties"] ?? []).filter { $0["defendant"] == "1" }
    #expect(arrested.count == 5)
    #expect(Set(arrested.compactMap { $0["province"] }).count == 4)
  }

  @Test func `training-leak passed on 19,872 trainees, and those who were called stay outside`()
    throws
  {
    let dataset = try DatasetTests.Dataset("training-leak")
    expectTruth(dataset)
    let analysis = dataset.analysis
    for end in [\LinkFinding.supplier, \.buyer] {
      #expect(items(links(analysis, of: "学员资料商", end)) == 19_872)
    }
    let victims = analysis.parties.filter {
      $0.party.accounts.contains { $0.scheme == .phone && $0.value.hasPrefix("+86154") }
    }
    #expect(victims.count > 30)
    #expect(victims.allSatisfy { $0.role == .outsider })
  }

  @Test func `property-five took over 30,000 records and 175,400 yuan in several layers`() throws {
    let dataset = try DatasetTests.Dataset("property-five")
    expectTruth(dataset)
    let analysis = dataset.analysis
    #expect(items(links(analysis, of: "物业小端", \.supplier)) == 31_000)
    #expect(yuan(analysis.links) == 175_400)
    let period = try #require(analysis.period)
    #expect(month(period.lowerBound) == "2018-01" && month(period.upperBound) == "2021-08")
    // Two of the five resell: 物业小端 sells to one, who sells on to the other.
    #expect(analysis.parties.count { $0.upstream > 0 && $0.downstream > 0 } == 2)
    #expect(analysis.parties.count { $0.role != .outsider } == 5)
    #expect(analysis.parties.compactMap(\.tier).max() == 3)
  }

  @Test func `telecom-eight is eight who sold 1,855 numbers for 55,700 yuan`() throws {
    let dataset = try DatasetTests.Dataset("telecom-eight")
    expectTruth(dataset)
    let purchases = links(dataset.analysis, of: "收号钟哥", \.buyer)
    #expect(purchases.count == 8)
    #expect(purchases.allSatisfy { dataset.analysis.parties[$0.supplier].role == .source })
    #expect(items(purchases) == 1855)
    #expect(yuan(purchases) == 55_700)
  }

  @Test func `sim-registration is eight who earned 2,000 to 5,000 yuan each`() throws {
    let dataset = try DatasetTests.Dataset("sim-registration")
    expectTruth(dataset)
    let purchases = links(dataset.analysis, of: "拉新总管", \.buyer)
    #expect(purchases.count == 8)
    #expect(purchases.allSatisfy { (200_000...500_000).contains($0.link.amountFen) })
    #expect(items(purchases) == 4380)
    // Codes go through two groups, and make no supply by themselves.
    let codes = dataset.groupTexts.mapValues { texts in texts.count { $0.contains("码") } }
    #expect(codes.values.filter { $0 > 10 }.count == 2)
  }

  @Test func `small-offences is ten matters of one seller and one buyer each`() throws {
    let dataset = try DatasetTests.Dataset("small-offences")
    expectTruth(dataset)
    let analysis = dataset.analysis
    #expect(analysis.links.count == 10)
    #expect(Set(analysis.links.flatMap { [$0.supplier, $0.buyer] }).count == 20)
    #expect(analysis.crossLinks.isEmpty && analysis.lines.isEmpty)
    // The card: 2,229 items, of which all but eleven are found, none twice.
    let made = ["60", "85", "18", "9", "24", "11", "14", "900", "8", "1100"]
    #expect(Set((dataset.truth["supply"] ?? []).compactMap { $0["items"] }) == Set(made))
    #expect(items(analysis.links) == 2_229 - 11)
    // A buyer of numbers for referral rewards, and a shop owner who sells numbers with codes.
    #expect(items(links(analysis, of: "邀新赚佣阿逯", \.buyer)) == 60)
    #expect(items(links(analysis, of: "便利店老壤", \.supplier)) == 85)
  }
}
