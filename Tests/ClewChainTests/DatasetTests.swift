import ClewEvidence
import ClewImport
import Foundation
import Testing

@testable import ClewChain

/// The published figures come out of the analysis, not out of the generator: the truth tables are
/// read here only to compare.
@Suite(.serialized) struct DatasetTests {
  struct Dataset {
    let analysis: ChainAnalysis
    /// What `clew gaps` compares with when it leaves a phone out.
    let base: ChainStructure
    /// What was said in each group chat.
    let groupTexts: [Account: [String]]
    /// Rows of the truth tables by column.
    let truth: [String: [[String: String]]]

    init(_ name: String) throws {
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "datasets/\(name)")
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "clew-\(UUID().uuidString)"
      )
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = try CaseFile.open(folder.appending(path: "case.clew").path)
      let report = try CaseIntake().take([root.appending(path: "exports").path], into: file)
      #expect(report.refused.isEmpty && report.counts.isConserved && report.counts.rejected == 0)
      let view = try CaseView(of: file)
      analysis = try LocalEngine().analyze(view)
      base = PhoneRemoval(analysis, view, LinkWeights()).base
      var said: [Account: [String]] = [:]
      try file.forEachRecord(counting: .everything) { record, _ in
        guard case .message(let message) = record.item, let group = message.group else { return }
        said[group, default: []].append(message.text)
      }
      groupTexts = said
      try file.close()
      truth = try ["parties", "accounts", "supply", "crosslinks", "lines"].reduce(into: [:]) {
        $0[$1] = try Self.rows(root.appending(path: "truth/\($1).csv"))
      }
    }

    /// The truth tables have no quoted cells.
    private static func rows(_ url: URL) throws -> [[String: String]] {
      let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
      let header = lines[0].split(separator: ",").map(String.init)
      return lines.dropFirst().map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
      }
    }

    /// The findings of a true person: one for each party that holds one of their accounts.
    func findings(of person: String) -> [PartyFinding] {
      let accounts = Set(
        (truth["accounts"] ?? []).filter { $0["holder"] == person }.compactMap { $0["account"] }
      )
      return analysis.parties.filter { party in
        party.party.accounts.contains { accounts.contains($0.description) }
      }
    }

    /// The people of every party: a party that holds accounts of two people is a wrong merge.
    func people(of party: PartyFinding) -> Set<String> {
      let keys = Set(party.party.accounts.map(\.description))
      return Set(
        (truth["accounts"] ?? []).filter { keys.contains($0["account"] ?? "") }.compactMap {
          $0["holder"]
        }
      )
    }

    /// The pairs of people that the found links join.
    func pairs(_ links: [LinkFinding]) -> Set<String> {
      Set(
        links.flatMap { link in
          people(of: analysis.parties[link.supplier]).flatMap { supplier in
            people(of: analysis.parties[link.buyer]).map { "\(supplier)>\($0)" }
          }
        }
      )
    }
  }

  @Test func `nine-lines gives back its nine lines, their people and their cross-links`() throws {
    let dataset = try Dataset("nine-lines")
    let people = dataset.truth["parties"] ?? []
    let names = Set(dataset.analysis.lines.map(\.name))
    #expect(names.count == 9)
    #expect(names == Set((dataset.truth["lines"] ?? []).compactMap { $0["name"] }))
    #expect(names.isSuperset(of: ["猎人", "为人民服务"]))

    let traders = people.filter { $0["role"] != "outsider" }
    #expect(traders.count > 100)
    #expect(Set(traders.compactMap { $0["province"] }).count == 25)
    // With all phones the structure that phones are left out of is that of the findings.
    let base = dataset.base
    for (node, party) in base.market.parties.enumerated() {
      let finding = dataset.analysis.parties[party]
      #expect(base.roles[node] == finding.role && base.tiers[node] == finding.tier)
      let basis = base.lineShares.bases[node]
      #expect(basis == finding.lineBasis)
    }
    // Eighteen cases with 63 defendants in one city: all of them are found to trade.
    let defendants = people.filter { $0["defendant"] == "1" }
    #expect(defendants.count == 63 && Set(defendants.compactMap { $0["case_no"] }).count == 18)
    for person in defendants {
      let findings = dataset.findings(of: person["party"] ?? "")
      #expect(findings.contains { $0.role != .outsider }, "\(person["name"] ?? "")")
    }
    let right = traders.filter { person in
      dataset.findings(of: person["party"] ?? "").contains {
        $0.role.rawValue == person["role"] && $0.tier.map(String.init) == person["tier"]
      }
    }
    #expect(Double(right.count) >= 0.98 * Double(traders.count))
    for bystander in people where bystander["role"] == "outsider" {
      #expect(dataset.findings(of: bystander["party"] ?? "").allSatisfy { $0.role == .outsider })
    }
    for party in dataset.analysis.parties { #expect(dataset.people(of: party).count <= 1) }

    let crossing = Set(
      (dataset.truth["crosslinks"] ?? []).map { "\($0["supplier"] ?? "")>\($0["buyer"] ?? "")" }
    )
    #expect(crossing.count >= 20)
    #expect(dataset.pairs(dataset.analysis.crossLinks).isSuperset(of: crossing))
    let supply = Set(
      (dataset.truth["supply"] ?? []).map { "\($0["supplier"] ?? "")>\($0["buyer"] ?? "")" }
    )
    #expect(dataset.pairs(dataset.analysis.links).subtracting(supply).isEmpty)
  }

  @Test func `hub-161-99 has one seller with 161 upstream, 99 downstream and six million records`()
    throws
  {
    let dataset = try Dataset("hub-161-99")
    let place = try #require(dataset.analysis.hubs(limit: 1).first)
    let hub = dataset.analysis.parties[place]
    #expect(hub.upstream == 161)
    #expect(hub.downstream == 99)
    let received = dataset.analysis.links.filter { $0.buyer == place }
      .reduce(Int64(0)) { $1.link.items.reduce($0, +) }
    #expect(received > 6_000_000)
    // Paid through third-party platforms: of most of the 260 a payment is seen. The network around has
    // fewer than three thousand people, of whom this phone shows those next to it and few more.
    let around = dataset.analysis.links.filter { $0.supplier == place || $0.buyer == place }
    let paid = around.count { $0.link.payments > 0 }
    #expect(around.count == 260 && paid > 130)
    #expect((261...3_000).contains(dataset.analysis.traders.count))
    let supply = Set(
      (dataset.truth["supply"] ?? []).map { "\($0["supplier"] ?? "")>\($0["buyer"] ?? "")" }
    )
    #expect(dataset.pairs(dataset.analysis.links).subtracting(supply).isEmpty)
  }
}
