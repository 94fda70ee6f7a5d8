import ClewSimulation
import ClewEvidence
import Foundation
import Testing

@Suite struct SimulationTests {
  @Test func `the same seed writes the same bytes and another seed writes others`() throws {
    func manifest(seed: UInt64) throws -> String {
      let folder = SimulationFolder()
      try LoadCase.generate(
        into: folder.path,
        messages: 3000,
        transfers: 500,
        devices: 6,
        seed: seed
      )
      return try ExportManifest.lines(of: folder.path)
    }
    let first = try manifest(seed: 4)
    #expect(first.split(separator: "\n").count > 10)
    #expect(try manifest(seed: 4) == first)
    #expect(try manifest(seed: 5) != first)
  }

  @Test func `a new case replaces an earlier one, and nothing else`() throws {
    let folder = SimulationFolder()
    let fresh = SimulationFolder()
    try LoadCase.generate(into: folder.path, messages: 900, transfers: 90, devices: 9, seed: 1)
    try LoadCase.generate(into: folder.path, messages: 900, transfers: 90, devices: 3, seed: 2)
    try LoadCase.generate(into: fresh.path, messages: 900, transfers: 90, devices: 3, seed: 2)
    #expect(try ExportManifest.lines(of: folder.path) == ExportManifest.lines(of: fresh.path))
    try FileManager.default.removeItem(atPath: folder.path + "/truth")
    #expect(throws: EvidenceError.self) {
      try LoadCase.generate(into: folder.path, messages: 900, transfers: 90, devices: 3, seed: 2)
    }
  }

  @Test func `a load case holds what was asked for`() throws {
    let folder = SimulationFolder()
    let summary = try LoadCase.generate(
      into: folder.path,
      messages: 4000,
      transfers: 900,
      devices: 8,
      seed: 2
    )
    #expect(summary.devices == 8)
    #expect((4000...4400).contains(summary.messages))
    #expect((900...1200).contains(summary.payments))
  }

  @Test func `the hub has 161 suppliers and 99 buyers and passed on over six million records`()
    throws
  {
    let folder = SimulationFolder()
    let summary = try HubStar.generate(into: folder.path)
    let links = try folder.table("supply.csv")
    let parties = try folder.table("parties.csv")
    let hub = try #require(parties.first { $0["name"] == "数据小二" }?["party"])
    let above = links.filter { $0["buyer"] == hub }
    #expect(above.count == 161)
    #expect(links.filter { $0["supplier"] == hub }.count == 99)
    #expect(above.reduce(0) { $0 + (Int($1["records"] ?? "") ?? 0) } > 6_000_000)
    #expect(links.allSatisfy { (Int($0["orders"] ?? "") ?? 0) >= 3 || $0["files"] != "0" })
    #expect((400...600).contains(parties.filter { $0["role"] != "outsider" }.count))
    #expect(summary.devices == 3)
    try expectCommitted(folder.path, "hub-161-99")
  }

  @Test(arguments: PublishedCase.allCases)
  func `a small published case is what its seed writes`(published: PublishedCase) throws {
    let folder = SimulationFolder()
    try published.generate(into: folder.path)
    try expectCommitted(folder.path, published.rawValue)
  }

  @Test func `nine-lines is what its seed writes, and its databases open`() throws {
    let folder = SimulationFolder()
    let summary = try NineLines.generate(into: folder.path)
    try expectCommitted(folder.path, "nine-lines")
    try expectShape(folder)
    try expectMessages(folder, summary)
  }

  /// The published figures, and what must hold of every link.
  private func expectShape(_ folder: borrowing SimulationFolder) throws {
    let links = try folder.table("supply.csv")
    let parties = try folder.table("parties.csv")
    let traders = parties.filter { $0["role"] != "outsider" }
    #expect(traders.count > 100)
    #expect(Set(traders.compactMap { $0["province"] }).count == 25)
    #expect(parties.filter { $0["defendant"] == "1" }.count == 63)
    #expect(Set(parties.compactMap { $0["case_no"] }.filter { !$0.isEmpty }).count == 18)
    let lines = try folder.table("lines.csv").compactMap { $0["name"] }
    #expect(lines.count == 9 && lines.contains("猎人") && lines.contains("为人民服务"))
    #expect(links.allSatisfy { $0["visible"] == "1" })
    #expect(links.allSatisfy { (Int($0["orders"] ?? "") ?? 0) >= 3 })
  }

  /// The rows of the databases and text exports are the messages that the story counted.
  private func expectMessages(
    _ folder: borrowing SimulationFolder,
    _ summary: SimulationSummary
  ) throws {
    var rows = 0
    for path in folder.files(named: "EnMicroMsg.db") {
      let counts = try ExportDatabase.rowCounts(ofFile: path)
      rows += counts["message"] ?? 0
      #expect(counts["userinfo"] ?? 0 >= 3)
    }
    for path in folder.files(named: "全部消息记录.txt") {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      // Answers may hold a line that begins with a date, but none that begins with a full stamp.
      rows += text.matches(of: #/(?m)^2023-\d\d-\d\d \d{1,2}:\d\d:\d\d /#).count
    }
    #expect(rows == summary.messageRows)
    #expect((12_000...20_000).contains(summary.messages))
  }

  /// The committed manifest, if this is a checkout that has it, is the one just written.
  private func expectCommitted(_ path: String, _ dataset: String) throws {
    let committed = try String(
      contentsOfFile: SimulationFolder.dataset(dataset + "/MANIFEST.sha256"),
      encoding: .utf8
    )
    #expect(try ExportManifest.lines(of: path) == committed)
  }
}
