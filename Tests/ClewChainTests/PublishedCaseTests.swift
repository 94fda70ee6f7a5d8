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
    #expect(yuan(shared) > 0)
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
  }

  @Test func `small-offences is ten matters of one seller and one buyer each`() throws {
    let dataset = try DatasetTests.Dataset("small-offences")
    expectTruth(dataset)
    let analysis = dataset.analysis
    #expect(analysis.links.count == 10)
    #expect(Set(analysis.links.flatMap { [$0.supplier, $0.buyer] }).count == 20)
    #expect(analysis.crossLinks.isEmpty && analysis.lines.isEmpty)
  }
}
