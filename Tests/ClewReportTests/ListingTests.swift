import ClewChain
import ClewEvidence
import ClewImport
import Foundation
import FoundationXML
import Testing

@testable import ClewReport

/// A case in a temporary folder with hostile names and texts.
final class HostileCase {
  static let hostile = "<a & \"b'>]]>\u{1B}[2J\u{202E}\u{FFFE}"
  let folder: String
  let file: CaseFile

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
    file = try CaseFile.open(folder + "/case.clew")
    let area = try StagingArea(in: folder)
    defer { area.remove() }
    let path = folder + "/a.csv"
    try Data("bytes".utf8).write(to: URL(filePath: path))
    let (a, b, c) = (
      Account(.wechat, "wxid_a"), Account(.wechat, "wxid_b"), Account(.wechat, "wxid_c")
    )
    let when = Timestamp(milliseconds: 1_710_000_000_000, zone: .stated)
    let texts = ["=1+1", "'quoted", "a\nb", " padded ", "say \"x\", y", "", "+86", "-5", "泥鳅\t"]
    var items: [EvidenceItem] = [
      .contact(Contact(owner: a, contact: a, name: Self.hostile, nature: .own)),
      .contact(Contact(owner: nil, contact: b, name: "=乙", nature: .registration)),
      .trade(
        Trade(supplier: a, buyer: b, category: "车档", items: 5, amount: Money(fen: 12345), at: when)
      ),
      .trade(Trade(supplier: b, buyer: c, category: "车档", items: 2, amount: nil, at: when)),
      .call(Call(from: a, to: b, at: when, seconds: 9, channel: "wechat")),
      .membership(
        Membership(
          group: Account(.group, "g"),
          groupName: "群",
          member: c,
          memberName: "-x",
          invitedBy: a
        )
      ),
      .transfer(
        Transfer(
          payer: b,
          payee: a,
          amount: Money(fen: 100),
          at: when,
          channel: "wechat",
          memo: " m ",
          ids: ["1", "2"],
          state: .refund
        )
      ),
      .transfer(Transfer(payer: c, payee: b, amount: nil, at: nil, channel: "bank", state: .sent)),
    ]
    for (place, text) in texts.enumerated() {
      items.append(
        .message(
          Message(
            platform: "wechat",
            serverID: place % 2 == 0 ? "\(place)" : nil,
            from: a,
            to: b,
            sentAt: when,
            text: text,
            file: place == 3
              ? FileReference(
                name: "=f",
                bytes: 7,
                digest: "md5:" + String(repeating: "0", count: 32)
              ) : nil,
            quotes: place == 4 ? "2" : nil,
            senderIsAssumed: place == 5
          )
        )
      )
    }
    _ = try file.take(
      try area.stage(path, displayPath: "a\u{1B}.csv"),
      format: "test",
      version: 3,
      sign: "s"
    ) { sink in
      for (place, item) in items.enumerated() {
        try sink.accept(
          [item],
          at: UnitPosition(row: Int64(place + 1)),
          original: .text("row \(place)")
        )
      }
      try sink.reject(
        at: UnitPosition(part: "t", row: 90, offset: 5),
        bytes: Array("号\u{1B}".utf8),
        reason: "bad cell"
      )
      try sink.reject(at: UnitPosition(row: 91), bytes: [0xFF], reason: "no text")
      try sink.skip(at: UnitPosition(row: 92), rule: "blank row")
      return Int64(items.count + 3)
    }
    try file.note(
      unread: UnreadFile(path: "x\u{202E}.bin", bytes: 2, sha256: "ab", reason: "odd\u{1B}")
    )
  }

  deinit {
    try? file.close()
    try? FileManager.default.removeItem(atPath: folder)
  }
}

@Suite struct `A listing` {
  let made: HostileCase

  init() throws { made = try HostileCase() }

  @Test func `of sources counts every unit and shows no raw control`() throws {
    let text = ListingText.sources(try made.file.sources(), unread: try made.file.unreadFiles())
    #expect(
      text == """
        source  format  units  stored  rejected  duplicate  skipped  owner  path
        1       test    20     17      2         0          1        -      a⟦001B⟧.csv
                all     20     17      2         0          1
        source 1 skipped: 1 blank row

        not read as sources
          x⟦202E⟧.bin: odd⟦001B⟧

        """
    )
  }

  @Test func `of rejects shows bytes only on request`() throws {
    let (sources, rejects) = (try made.file.sources(), try made.file.rejects())
    #expect(
      ListingText.rejects(rejects, of: sources, reveals: false) == """
        a⟦001B⟧.csv:91: no text (1 bytes kept)
        a⟦001B⟧.csv:90: t bad cell (4 bytes kept, byte 5)

        """
    )
    #expect(
      ListingText.rejects(rejects, of: sources, reveals: true) == """
        a⟦001B⟧.csv:91: no text (1 bytes kept)
            | ff
        a⟦001B⟧.csv:90: t bad cell (4 bytes kept, byte 5)
            | 号⟦001B⟧

        """
    )
    #expect(ListingText.rejects([], of: sources, reveals: true) == "no row was refused\n")
    let json = ListingJSON.rejects(rejects, of: sources, reveals: false)
    #expect(!json.contains("hex"))
    #expect(ListingJSON.rejects(rejects, of: sources, reveals: true).contains("\"hex\": \"ff\""))
    for text in [json, ListingJSON.sources(sources, unread: try made.file.unreadFiles())] {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }
  }

  @Test func `as a graph file escapes every name`() throws {
    let analysis = try LocalEngine().analyze(made.file)
    #expect(analysis.links.count == 2)
    for text in [GraphMLText.text(analysis), GEXFText.text(analysis)] {
      let document = try XMLDocument(xmlString: text, options: [])
      #expect(try document.nodes(forXPath: "//*[local-name()='node']").count == 3)
      #expect(try document.nodes(forXPath: "//*[local-name()='edge']").count == 2)
      #expect(text.contains("&lt;a &amp; &quot;b&apos;&gt;]]&gt;⟦1B⟧[2J"))
    }
  }

  @Test func `as canonical tables comes back as the same records`() throws {
    let tables = made.folder + "/tables"
    try OutputFolder.make(tables)
    try CanonicalTables.write(made.file, to: tables)
    let second = try CaseFile.open(made.folder + "/second.clew")
    defer { try? second.close() }
    let report = try CaseIntake().take([tables], into: second)
    #expect(report.counts.rejected == 0)
    #expect(report.unread.isEmpty)
    func items(_ file: CaseFile) throws -> Set<EvidenceItem> {
      var items: Set<EvidenceItem> = []
      try file.forEachRecord { items.insert($0.item) }
      return items
    }
    #expect(try items(made.file).symmetricDifference(items(second)) == [])
  }
}
