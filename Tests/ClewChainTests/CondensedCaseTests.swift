import ClewEvidence
import ClewImport
import Foundation
import Testing

@testable import ClewChain

/// A case of which only what can matter is read gives the findings of the whole.
@Suite struct CondensedCaseTests {
  private static func expectSame(
    _ file: CaseFile,
    until: Timestamp? = nil,
    _ comment: Comment
  ) async throws {
    let whole = try LocalEngine().analyze(file, until: until)
    let view = try await CaseCondenser().view(
      of: MarkedRecords(file, until: until),
      original: file,
      until: until
    )
    try expectSame(LocalEngine().analyze(view), whole, comment)
    // And so does the engine itself with a case that it takes for a large one.
    let large = try await LocalEngine().analyze(condensing: file, until: until, from: 0)
    expectSame(large, whole, comment)
  }

  private static func expectSame(
    _ condensed: ChainAnalysis,
    _ whole: ChainAnalysis,
    _ comment: Comment
  ) {
    #expect(condensed.parties == whole.parties, comment)
    #expect(condensed.lines == whole.lines, comment)
    #expect(condensed.links == whole.links, comment)
    #expect(condensed.weak == whole.weak, comment)
    #expect(condensed.restated == whole.restated, comment)
    #expect(condensed.deliveries == whole.deliveries, comment)
    #expect(condensed.incoherence == whole.incoherence, comment)
    #expect(condensed.conflicts == whole.conflicts, comment)
    #expect(condensed.hints == whole.hints, comment)
    #expect(condensed.severed == whole.severed, comment)
    #expect(condensed.possiblySame == whole.possiblySame, comment)
    #expect(condensed.identityConflicts == whole.identityConflicts, comment)
    #expect(condensed.decisions == whole.decisions, comment)
    #expect(condensed.gaps == whole.gaps, comment)
  }

  @Test(arguments: [
    "bank-teller", "hacker-source", "hub-161-99", "insider-trio", "property-five",
    "sim-registration", "small-offences", "telecom-eight", "training-leak",
  ])
  func `a published case gives the same findings`(name: String) async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    try await Self.withCase([root.appending(path: "datasets/\(name)/exports").path]) { file in
      try await Self.expectSame(file, "\(name)")
    }
  }

  @Test func `the samples of all formats give the same findings, also to a day`() async throws {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "ClewImportTests/Fixtures")
    try await Self.withCase([fixtures.path]) { file in
      try await Self.expectSame(file, "whole")
      try await Self.expectSame(file, until: Timestamp(milliseconds: 1_710_000_000_000), "to a day")
    }
  }

  private static func withCase(
    _ paths: [String],
    _ body: (CaseFile) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try CaseFile.open(folder.appending(path: "case.clew").path)
    _ = try CaseIntake().take(paths, into: file)
    try await body(file)
    try file.close()
  }

  @Test func `payments among strangers are passed over, those of traders are not`() async throws {
    let maker = try CaseMaker()
    for number in 0..<4 {
      maker.deal("seller", "buyer", at: 1000 * number, phone: 1000 + number, yuan: 30)
    }
    for number in 0..<20 { maker.pay("s\(number)", "t\(number % 3)", at: number, yuan: 5) }
    maker.pay("friend", "seller", at: 90, yuan: 40)
    let file = try maker.caseFile(owners: ["seller"])
    let store = try MarkedRecords(file)
    let accounts = ["seller", "buyer"].map(CaseMaker.account)
    #expect(store.transfers(of: accounts).count == 5)
    #expect(store.goodsAccounts().isEmpty)
    try await Self.expectSame(file, "small")
  }

  @Test func `a row that knows one end only is found by the id of a trader's payment`() async throws
  {
    let maker = try CaseMaker()
    maker.deal("seller", "buyer", at: 10, phone: 1000, yuan: 30)
    let id = "1000012345678901234567"
    maker.pay("buyer", "seller", at: 50, yuan: 45, ids: [id])
    maker.add(.transfer(Self.vague("1000012345678901234567", "9999012345678901234567")))
    // It knows as little, and shares the other id of the row before.
    maker.add(.transfer(Self.vague("9999012345678901234567", "8888012345678901234567")))
    maker.add(.transfer(Self.vague("7777012345678901234567")))
    maker.pay("x", "y", at: 60, yuan: 45, ids: ["8888012345678901234567"])
    maker.pay("x", "y", at: 61, yuan: 45, ids: ["7777012345678901234567"])
    let file = try maker.caseFile(owners: ["seller"])
    let found = try MarkedRecords(file).transfers(of: [CaseMaker.account("seller")])
    // Two payments of the trader, the two rows that may tell of them, and the stranger's with their id.
    #expect(found.count == 5)
    let scanned = try ScannedRecords(file.path, lexicon: .standard, until: nil)
    #expect(try Set(scanned.transfers(of: [CaseMaker.account("seller")])) == Set(found))
    try await Self.expectSame(file, "ids")
  }

  @Test func `what a store that reads the file again hands out is what one in memory does`()
    async throws
  {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "ClewImportTests/Fixtures")
    try await Self.withCase([fixtures.path]) { file in
      for until in [nil, Timestamp(milliseconds: 1_710_000_000_000)] {
        let memory = try MarkedRecords(file, until: until)
        let scanned = try ScannedRecords(file.path, lexicon: .standard, until: until)
        #expect(scanned.openPlatforms() == memory.openPlatforms())
        #expect(scanned.accounts().sorted() == memory.accounts())
        #expect(Set(scanned.settled()) == Set(memory.settled()))
        #expect(try Set(scanned.messages()) == Set(memory.messages()))
        #expect(scanned.goodsAccounts() == memory.goodsAccounts())
        #expect(scanned.sightings() == memory.sightings())
        let some = memory.accounts().enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        #expect(try Set(scanned.transfers(of: some)) == Set(memory.transfers(of: some)))
        #expect(Self.pairs(scanned.neighbours(of: some)) == Self.pairs(memory.neighbours(of: some)))
        #expect(Self.pairs(scanned.circles()) == Self.pairs(memory.circles()))
        #expect(memory.accounts().count > 50 && !some.isEmpty)
      }
    }
  }

  /// Pairs without their order, each once.
  private static func pairs(_ pairs: [(Account, Account)]) -> Set<Set<Account>> {
    Set(pairs.map { [$0.0, $0.1] })
  }

  private static func vague(_ ids: String...) -> Transfer {
    Transfer(
      payer: nil,
      payee: Account(.name, "某某#1"),
      amount: Money(fen: 4500),
      at: CaseMaker.time(50),
      channel: "wechat",
      ids: ids
    )
  }
}
