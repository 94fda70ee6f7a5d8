import ClewTestSupport
import Foundation
import Testing

/// The reference networks as cases: what Clew makes of supply, and what it does not make of talk.
@Suite(
  .serialized,
  .enabled(if: ReferenceNetworks.arePresent, "the reference networks are not there")
)
struct `A reference network` {
  private struct Analysis: Decodable {
    struct Person: Decodable {
      let id: String
      let accounts: [String]
      let role: String
      let tier: Int?
      let downstream: Int
    }

    struct Link: Decodable {
      let supplier: String
      let buyer: String
    }

    let parties: [Person]
    let links: [Link]
  }

  private static func account(_ id: String?) -> String {
    let word = (id ?? "").replacing(":", with: "_").replacing("-", with: "_")
    return "wechat:ref_\(word)"
  }

  /// Imports a table and says what was found of whom.
  private func analysis(
    of table: String,
    named name: String
  ) throws -> (text: String, findings: Analysis) {
    let scratch = try Scratch()
    let file = scratch.path + "/case.clew"
    let path = try scratch.write(name, table)
    let imported = try ClewProcess.run("import", file, path)
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(imported.errors.contains(" 0 rejected ") && imported.errors.contains(" 0 not read"))
    let text = try ClewProcess.run("analyze", file).output
    let json = try ClewProcess.run("analyze", file, "--json").output
    return (text, try JSONDecoder().decode(Analysis.self, from: Data(json.utf8)))
  }

  // MARK: Supply: seven cases of the press.

  private func cases() throws -> [(truth: [String: String], found: Analysis.Person)] {
    var table = "supplier,buyer,category\n"
    for row in try ReferenceNetworks.table("edges", of: "cn-record-trade-cases")
    where row["layer"] == "supply" {
      table += "\(Self.account(row["source"])),\(Self.account(row["target"])),"
      table += (row["goods"] ?? "").replacing(",", with: " ") + "\n"
    }
    let findings = try analysis(of: table, named: "trades.csv").findings
    return try ReferenceNetworks.table("nodes", of: "cn-record-trade-cases").compactMap { row in
      findings.parties.first { $0.accounts == [Self.account(row["id"])] }.map { (row, $0) }
    }
  }

  @Test func `of stated supply has its directions`() throws {
    var table = "supplier,buyer\n"
    var stated: Set<String> = []
    for row in try ReferenceNetworks.table("edges", of: "cn-record-trade-cases")
    where row["layer"] == "supply" {
      table += "\(Self.account(row["source"])),\(Self.account(row["target"]))\n"
      stated.insert("\(Self.account(row["source"]))>\(Self.account(row["target"]))")
    }
    let findings = try analysis(of: table, named: "trades.csv").findings
    let accounts = Dictionary(
      uniqueKeysWithValues: findings.parties.map { ($0.id, $0.accounts[0]) }
    )
    let tiers = Dictionary(uniqueKeysWithValues: findings.parties.map { ($0.id, $0.tier ?? -1) })
    let found = findings.links.map { "\(accounts[$0.supplier] ?? "")>\(accounts[$0.buyer] ?? "")" }
    #expect(found.count == 25 && Set(found) == stated)
    for link in findings.links {
      #expect((tiers[link.supplier] ?? -1) < (tiers[link.buyer] ?? -1))
    }
  }

  @Test func `of stated supply has its tiers, better than by trophic levels`() throws {
    let cases = Dictionary(grouping: try cases()) { $0.truth["case"] ?? "" }
    #expect(cases.count == 7)
    let correlations = cases.mapValues { people in
      rankCorrelation(
        people.map { Double($0.found.tier ?? -1) },
        people.map { Double($0.truth["tier"] ?? "") ?? -1 }
      )
    }
    // Trophic levels: 0.912. The two who only work beside a supplied one are in no link and in no case.
    let mean = correlations.values.reduce(0, +) / 7
    #expect(mean >= 0.912)
    // In two cases somebody above whom the report names nobody stands like a source.
    for (name, found) in correlations where !["huangpu-2025", "lianyungang-2021"].contains(name) {
      #expect(areClose([found], [1]), "\(name)")
    }
  }

  @Test func `of stated supply has its roles`() throws {
    let cases = try cases()
    #expect(cases.count == 32)
    func area(_ role: String, _ score: (Analysis.Person) -> Double) -> Double {
      Separation(cases.map { score($0.found) }, cases.map { $0.truth["role"] == role }).area
    }
    // Sources by SpringRank reach 0.934, customers by trophic level 0.938, agents by how many they supply 0.856.
    #expect(area("source") { $0.role == "source" ? 1 : 0 } >= 0.934)
    #expect(area("customer") { $0.role == "customer" ? 1 + Double($0.tier ?? 0) : 0 } >= 0.938)
    #expect(area("agent") { Double($0.downstream) } >= 0.839)
    // Whom the report calls an agent is one here if it says who supplies him, and else a source.
    for (truth, found) in cases where truth["role"] == "agent" {
      let isSupplied = !["lianyungang-2021:baodao", "laohekou-2023:zhou", "huangpu-2025:up"]
        .contains(truth["id"] ?? "")
      #expect(found.role.hasSuffix("Agent") == isSupplied, "\(truth["id"] ?? "")")
      #expect(isSupplied || found.role == "source", "\(truth["id"] ?? "")")
    }
  }

  // MARK: Talk, of which no supply follows.

  private func expectNoTrade(_ table: String, _ name: String, people: Int) throws {
    let (text, findings) = try analysis(of: table, named: name)
    #expect(findings.parties.count == people)
    #expect(findings.parties.allSatisfy { $0.role == "outsider" && $0.tier == nil })
    #expect(findings.links.isEmpty)
    #expect(text.contains("Contacts, calls and talk alone are no supply."))
  }

  @Test func `of calls makes suppliers of nobody`() throws {
    var edges = "source,target,weight\n"
    var calls = "time,from,to,duration_s\n"
    var second = 0
    for row in try ReferenceNetworks.table("edges", of: "caviar")
    where row["layer"] == "whole-period-directed" {
      edges += "\(row["source"] ?? ""),\(row["target"] ?? ""),\(row["weight"] ?? "")\n"
      for _ in 0..<(Int(row["weight"] ?? "") ?? 0) {
        second += 1
        let minute = String(format: "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60)
        calls += "1995-06-01T\(minute),\(Self.account(row["source"])),"
        calls += "\(Self.account(row["target"])),60\n"
      }
    }
    try expectNoTrade(edges, "edges.csv", people: 110)
    try expectNoTrade(calls, "calls.csv", people: 110)
  }

  @Test func `of advice makes suppliers of nobody`() throws {
    var messages = "time,from,to,group,kind,text,file_name,file_sha256\n"
    for (place, row) in try ReferenceNetworks.table("edges", of: "hitech-managers").enumerated()
    where row["layer"] == "advice" {
      let minute = String(format: "%02d:%02d", place / 60, place % 60)
      messages += "2024-03-01T\(minute):00,\(Self.account(row["source"])),"
      messages += "\(Self.account(row["target"])),,text,这个项目你怎么看？想听听你的意见,,\n"
    }
    try expectNoTrade(messages, "messages.csv", people: 21)
  }

  @Test(
    arguments: [
      ("caviar", "whole-period-directed", true), ("hitech-managers", "advice", true),
      ("hitech-managers", "friends", true), ("email-eu-core", nil, true),
      ("cn-record-trade-cases", "supply", false), ("cs-faculty-hiring", nil, false),
    ] as [(String, String?, Bool)]
  )
  func `of talk is called so before its tiers are shown`(
    name: String,
    layer: String?,
    isTalk: Bool
  ) throws {
    var edges = "source,target,weight\n"
    for row in try ReferenceNetworks.table("edges", of: name)
    where layer == nil || row["layer"] == layer {
      edges += "\(row["source"] ?? ""),\(row["target"] ?? ""),\(row["weight"] ?? "")\n"
    }
    let scratch = try Scratch()
    let text = try ClewProcess.run("graph", "analyze", scratch.write("edges.csv", edges)).output
    #expect(text.contains("tier  nodes"))
    #expect(text.contains("Talk is no supply") == isTalk)
  }

  @Test func `of mail is called talk as well`() throws {
    let path = try #require(ReferenceNetworks.directory) + "/manufacturing-email/edges.csv"
    #expect(try ClewProcess.run("graph", "analyze", path).output.contains("Talk is no supply"))
  }
}
