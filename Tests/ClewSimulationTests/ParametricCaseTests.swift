import Foundation
import Testing

@testable import ClewSimulation

/// A case small enough for tests: two lines, every effect of `field`.
private func small(
  _ seed: UInt64 = 3,
  _ change: (inout CaseParameters) -> Void = { _ in }
)
  -> CaseParameters
{
  var parameters = CaseParameters()
  parameters.seed = seed
  parameters.lines = 3
  parameters.sourcesPerCategory = 1
  parameters.secondsPerLine = 3
  parameters.subsPerLine = 4
  parameters.customersPerLine = 12
  parameters.ordersPerLink = 2
  parameters.exchangeGroups = 3
  parameters.partners = 34
  change(&parameters)
  return parameters
}

@Suite struct ParametricCaseTests {
  @Test func `the same parameters write the same bytes, another seed others`() throws {
    func manifest(_ parameters: CaseParameters) throws -> String {
      let folder = SimulationFolder()
      try ParametricCase.generate(into: folder.path, parameters: parameters)
      return try ExportManifest.lines(of: folder.path)
    }
    let first = try manifest(small())
    #expect(try manifest(small()) == first)
    #expect(try manifest(small(4)) != first)
  }

  @Test func `the parameters and the seed stand beside the truth`() throws {
    let folder = SimulationFolder()
    let parameters = small(8) { $0.cash = 33 }
    try ParametricCase.generate(into: folder.path, parameters: parameters)
    let data = try Data(contentsOf: URL(filePath: folder.path + "/truth/parameters.json"))
    #expect(try JSONDecoder().decode(CaseParameters.self, from: data) == parameters)
    #expect(parameters.seed == 8 && parameters.cash == 33)
  }

  @Test func `the shares of seized phones are met to the nearest person`() throws {
    let folder = SimulationFolder()
    let parameters = small()
    let summary = try ParametricCase.generate(into: folder.path, parameters: parameters)
    let people = try folder.table("parties.csv")
    #expect(people.filter { $0["seized"] == "1" }.count == summary.devices)
    func expect(_ role: String, _ percent: Int, within: Int = 0) {
      let all = people.filter { $0["role"] == role }
      let seized = all.filter { $0["seized"] == "1" }.count
      #expect(abs(seized - (all.count * percent + 50) / 100) <= within, "\(role)")
    }
    expect("source", parameters.seizedSources)
    expect("firstLevelAgent", parameters.seizedFirst)
    // Who was planned as the one may have dealt as the other.
    expect("secondLevelAgent", parameters.seizedSecond, within: 1)
    expect("subAgent", parameters.seizedSubs, within: 1)
    expect("customer", parameters.seizedCustomers)
    expect("outsider", 0)
  }

  @Test func `agents stand on the tiers that were asked for, and prices rise as asked`() throws {
    func planned(_ parameters: CaseParameters) -> [Int] {
      let cast = ParametricCast.make(parameters)
      return (2...5).map { tier in
        cast.people.count { $0.tier == tier && $0.role != .customer && $0.role != .source }
      }
    }
    // On tier 2 each line has half to one and a half times as many; on the others all lines together
    // have the number.
    let counts = planned(small { $0.agentsByTier = [4, 5, 2] })
    #expect((6...18).contains(counts[0]) && counts[1] == 15 && counts[2] == 6 && counts[3] == 0)
    #expect(planned(small { $0.agentsByTier = [3] }).dropFirst() == [0, 0, 0])
    func middle(_ tier: Int, _ parameters: CaseParameters) -> Int {
      let cast = ParametricCast.make(parameters)
      let links = cast.links.filter {
        cast.people[$0.supplier].tier == tier && cast.people[$0.buyer].role != .customer
      }
      // Of the dearest kind, so that whole half-yuan make no difference.
      return links.compactMap { $0.prices.max() }.sorted()[links.count / 2]
    }
    let steps = small { $0.markupByTier = [100, 0] }
    let (source, first, second) = (middle(0, steps), middle(1, steps), middle(2, steps))
    #expect((170...230).contains(first * 100 / source))
    #expect((85...115).contains(second * 100 / first))
    #expect(small { $0.agentsByTier = [0, 3] }.fault?.hasPrefix("--agents-by-tier") == true)
    #expect(small { $0.markupByTier = [500] }.fault?.hasPrefix("--markup-by-tier") == true)
    #expect(small { $0.agentsByTier = [1, 1, 1, 1, 1, 1] }.fault != nil)
  }

  @Test func `a trader may have two WeChat accounts and a QQ number`() {
    func handles(_ accounts: Int) -> Set<Int> {
      let cast = ParametricCast.make(small { $0.accounts = accounts })
      let traders = cast.people.indices.filter { cast.people[$0].role != .outsider }
      return Set(traders.map { cast.handles(of: $0).count })
    }
    #expect(handles(300) == [3] && handles(250) == [2, 3] && handles(200) == [2])
    #expect(handles(140) == [1, 2] && handles(100) == [1])
  }

  @Test func `roles and tiers of the truth are those of the dealings`() throws {
    for seed in [3, 11] as [UInt64] {
      let folder = SimulationFolder()
      try ParametricCase.generate(into: folder.path, parameters: small(seed))
      let people = try folder.table("parties.csv")
      let links = try folder.table("supply.csv").filter { Int($0["orders"] ?? "") ?? 0 > 0 }
      let lines = try folder.table("lines.csv")
      let tiers = Dictionary(
        uniqueKeysWithValues: people.map { ($0["party"] ?? "", Int($0["tier"] ?? "")) }
      )
      let leaders = people.filter { $0["role"] == "firstLevelAgent" }
      #expect(leaders.count == lines.count + 1)
      for person in people {
        let key = person["party"] ?? ""
        let above = links.filter { $0["buyer"] == key }
        let below = links.filter { $0["supplier"] == key }
        switch person["role"] {
        case "source": #expect(above.isEmpty && !below.isEmpty)
        case "firstLevelAgent":
          #expect(tiers[key] == 1 && !above.isEmpty && !below.isEmpty)
        case "customer": #expect(!above.isEmpty && below.isEmpty)
        case "outsider": #expect(above.isEmpty && below.isEmpty)
        default: #expect(!above.isEmpty && !below.isEmpty)
        }
        guard let tier = tiers[key] ?? nil, tier > 1 else { continue }
        if person["role"] != "customer" {
          #expect(person["role"] == (tier == 2 ? "secondLevelAgent" : "subAgent"))
        }
        // One tier below whoever filled most orders; equals who exchange are left out, and who resells
        // to nobody has none.
        let most = above.compactMap { Int($0["orders"] ?? "") }.max()
        if person["role"] == "customer" {
          #expect(
            above.contains {
              Int($0["orders"] ?? "") == most && (tiers[$0["supplier"] ?? ""] ?? nil) == tier - 1
            }
          )
        }
        #expect(
          above.contains { link in
            (tiers[link["supplier"] ?? ""] ?? nil) == tier - 1
              && (Int(link["orders"] ?? "") == most || above.count > 1)
          }
        )
      }
    }
  }

  @Test func `line shares add up, and the line is the largest or a tie of it`() throws {
    let folder = SimulationFolder()
    try ParametricCase.generate(into: folder.path, parameters: small())
    for person in try folder.table("parties.csv") where person["role"] != "outsider" {
      let shares = (person["line_shares"] ?? "").split(separator: ";").compactMap { part in
        Double(part.split(separator: "=").last ?? "")
      }
      #expect(abs(shares.reduce(0, +) - 1) < 0.003, "\(person)")
      #expect((person["line"] ?? "").hasPrefix("L"))
    }
  }

  @Test func `whoever is not seen stands in no export, and whoever is seen does`() throws {
    let folder = SimulationFolder()
    try ParametricCase.generate(
      into: folder.path,
      parameters: small {
        $0.seizedFirst = 34; $0.seizedSecond = 20; $0.exchangeGroups = 0
      }
    )
    let exports = try contents(folder.path + "/exports")
    let accounts = try folder.table("accounts.csv")
    let people = try folder.table("parties.csv")
    #expect(people.contains { $0["seen"] == "0" && $0["role"] != "outsider" })
    for person in people {
      var needles = accounts.filter { $0["holder"] == person["party"] }.compactMap {
        $0["account"]?.split(separator: ":").last.map(String.init)
      }.map { $0.hasPrefix("+86") ? String($0.dropFirst(3)) : $0 }
      if person["seen"] == "1" { needles.append(person["name"] ?? "") }
      let found = needles.contains { needle in
        exports.contains { $0.range(of: Data(needle.utf8)) != nil }
      }
      #expect(found == (person["seen"] == "1"), "\(person["party"] ?? "")")
    }
  }

  @Test func `nothing of the truth stands in the exports or their names`() throws {
    let folder = SimulationFolder()
    try ParametricCase.generate(into: folder.path, parameters: small())
    let words = [
      "LevelAgent", "subAgent", "outsider", "bystander", "sharedSource", "otherPrincipal",
      "secondSupplier", "sideways", "ficticious", "parametric",
    ]
    let roles = ["source", "agent", "customer", "principal", "truth", "tier", "seized"]
    let root = folder.path + "/exports"
    let paths = try #require(FileManager.default.subpaths(atPath: root))
    #expect(paths.count > 20)
    for path in paths {
      #expect(!(words + roles).contains { path.lowercased().contains($0.lowercased()) }, "\(path)")
    }
    for content in try contents(root) {
      #expect(!words.contains { content.range(of: Data($0.utf8)) != nil })
    }
    // The order of the devices says nothing: it is not that of the roles.
    let people = try folder.table("parties.csv").filter { $0["seized"] == "1" }
    let order = people.compactMap { Int($0["tier"] ?? "") }
    #expect(order != order.sorted() && order != order.sorted(by: >))
  }

  @Test func `each preset is what its name says`() {
    let (clean, field) = (CasePreset.clean.parameters, CasePreset.field.parameters)
    let (sparse, large) = (CasePreset.sparse.parameters, CasePreset.large.parameters)
    #expect(clean.seizedCustomers == 100 && clean.vague == 0 && clean.cash == 0)
    #expect(clean.unknownWording == 0 && clean.registers == 0)
    #expect(field.lines == 9 && field.cash == 20 && field.vague == 25 && field.accounts == 140)
    let shares: [Int] = [
      field.seizedSources, field.seizedFirst, field.seizedSecond, field.seizedSubs,
      field.seizedCustomers,
    ]
    let wanted: [Int] = [80, 50, 50, 30, 10]
    #expect(shares.sorted() == wanted.sorted() && shares[1] == 80)
    #expect(sparse.seizedFirst == 40 && sparse.seizedCustomers == 5 && sparse.cash == 40)
    #expect(large.lines == 50 && large.seizedFirst == field.seizedFirst)
    for preset in CasePreset.allCases { #expect(preset.parameters.fault == nil) }
    #expect(small { $0.cash = 101 }.fault == "--cash takes a number from 0 to 100")
    #expect(small { $0.lines = 0 }.fault == "--lines takes a number from 1 to 400")
  }

  @Test func `clean shows every dealing, and bulk files lie beside the chats that name them`()
    throws
  {
    let folder = SimulationFolder()
    try ParametricCase.generate(
      into: folder.path,
      parameters: small {
        let clean = CasePreset.clean.parameters
        $0.seizedSources = 100
        $0.seizedFirst = 100
        $0.seizedSecond = 100
        $0.seizedSubs = 100
        $0.seizedCustomers = 100
        $0.cash = clean.cash
      }
    )
    let links = try folder.table("supply.csv")
    #expect(links.allSatisfy { $0["seen"] == "1" && $0["visible"] == "1" })
    let people = try folder.table("parties.csv").filter { $0["role"] != "outsider" }
    #expect(people.allSatisfy { $0["seen"] == "1" && $0["dealing_seen"] == "1" })
    let paths = try #require(FileManager.default.subpaths(atPath: folder.path + "/exports"))
    let files = paths.filter { $0.contains("/MicroMsg/Download/") && $0.hasSuffix(".txt") }
    #expect(!files.isEmpty)
    for path in files.prefix(5) {
      let text = try String(contentsOfFile: folder.path + "/exports/" + path, encoding: .utf8)
      #expect(text.split(separator: "\r\n").count >= 120)
    }
  }

  private func contents(_ root: String) throws -> [Data] {
    let paths = try #require(FileManager.default.subpaths(atPath: root)).sorted()
    return paths.compactMap { FileManager.default.contents(atPath: root + "/" + $0) }
  }
}
