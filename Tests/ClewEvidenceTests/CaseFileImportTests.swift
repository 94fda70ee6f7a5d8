import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@Suite struct `A case that takes sources` {
  let bench: CaseBench
  let file: CaseFile

  init() throws {
    bench = try CaseBench()
    file = try CaseFile.open(bench.path)
  }

  @Test func `holds a message seen from two phones once, with two sightings`() throws {
    try bench.take("a", [.items([message("hi")], original: "hi")], into: file)
    let outcome = try bench.take("b", [.items([message("hi")], original: "row of b")], into: file)
    guard case .taken(let summary) = outcome else {
      Issue.record("not taken")
      return
    }
    #expect(summary.counts.duplicate == 1)
    #expect(summary.counts.stored == 0)
    #expect(try file.recordCount() == 1)
    let sightings = try file.sightings(of: RecordIdentity.id(of: message("hi")))
    #expect(sightings.map(\.source) == [1, 2])
    #expect(sightings.map(\.original) == [.text("hi"), .text("row of b")])
    #expect(sightings.map(\.differs) == [false, false])
  }

  @Test(arguments: [
    (message("x", id: "1"), message("y", id: "1"), true),
    (message("x", id: "1"), message("x", id: "2"), false),
    (message("x", id: nil), message("x", id: nil, at: 1_700_000_000_999), true),
    (message("x", id: nil), message("x", id: nil, at: 1_700_000_001_000), false),
    (message("x", id: nil), message("x", id: nil, from: .bob, to: .ann), false),
    (message("x", id: nil), message("y", id: nil), false),
  ])
  func `knows one event by its id, or by chat, sender, second and text`(
    one: EvidenceItem,
    other: EvidenceItem,
    isOne: Bool
  ) {
    #expect((RecordIdentity.id(of: one) == RecordIdentity.id(of: other)) == isOne)
  }

  @Test func `knows one transfer by its first id, ends, amount and state`() {
    func transfer(_ ids: [String], fen: Int64 = 100, at: Int64 = 0, memo: String = "") -> RecordID {
      RecordIdentity.id(
        of: .transfer(
          Transfer(
            payer: .ann,
            payee: .bob,
            amount: Money(fen: fen),
            at: Timestamp(milliseconds: at),
            channel: "wechat",
            memo: memo,
            ids: ids
          )
        )
      )
    }
    #expect(transfer(["7", "8"]) == transfer(["7", "9"], at: 5000, memo: "other"))
    #expect(transfer(["7"]) != transfer(["7"], fen: 101))
    #expect(transfer([]) == transfer([], at: 999))
    #expect(transfer([]) != transfer([], at: 1000))
    #expect(transfer([]) != transfer([], memo: "m"))
  }

  @Test(arguments: 0..<24 as Range<UInt64>)
  func `is the same whatever the order of import, with every original kept`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // Every phone holds most messages, and now and then its own version of one.
    let phones = (0..<4).map { phone in
      (
        "phone\(phone)",
        (0..<12).compactMap { number -> CaseBench.Unit? in
          guard random.next(below: 4) > 0 else { return nil }
          let text = random.next(below: 3) == 0 ? "\(number) by \(phone)" : "\(number)"
          let original = random.next(below: 2) == 0 ? text : "row \(phone) \(number)"
          return .items([message(text, id: "\(number)")], original: original)
        }
      )
    }
    for (name, units) in phones { try bench.take(name, units, into: file) }
    let second = try CaseFile.open(bench.folder.path + "/second.clew")
    for (name, units) in random.shuffled(phones) { try bench.take(name, units, into: second) }
    #expect(try CaseBench.content(of: file) == CaseBench.content(of: second))
    #expect(try file.verify { _ in nil }.problems == [])
    #expect(try second.verify { _ in nil }.problems == [])
    for (name, units) in phones {
      for case .items(let items, let original) in units {
        let sightings = try second.sightings(of: RecordIdentity.id(of: items[0]))
        let mine = try #require(sightings.first { $0.path.hasSuffix("/" + name) })
        #expect(mine.original == .text(original))
      }
    }
  }

  @Test(arguments: [true, false])
  func `keeps what is known of the ends where one source knows less`(poorFirst: Bool) throws {
    // Several texts, so that the digests fall both ways.
    for text in ["a", "b", "c", "d"] {
      let bench = try CaseBench()
      let file = try CaseFile.open(bench.path)
      let whole = message(text)
      let poor = message(text, from: Account(.name, "owner-of-0123"))
      for item in poorFirst ? [poor, whole] : [whole, poor] {
        try bench.take(item == poor ? "poor" : "whole", [.items([item], original: "x")], into: file)
      }
      var records: [StoredRecord] = []
      try file.forEachRecord { records.append($0) }
      #expect(records.map(\.item) == [whole])
      let seen = try file.sightings(of: try #require(records.first).id)
      #expect(seen.filter(\.differs).map { $0.path.hasSuffix("poor") } == [true])
    }
  }

  @Test func `takes for the record the row that has the lowest rank by itself`() throws {
    var random = SplitMix64(seed: 31)
    for _ in 0..<20 {
      let bench = try CaseBench()
      let file = try CaseFile.open(bench.path)
      // One id, told in several ways; the ids of accounts differ from page to page.
      var items = (0..<4).map { _ in message("text \(random.next(below: 1 << 20))") }
      items.append(message("owner", from: Account(.name, "owner-of-0123")))
      for (place, item) in random.shuffled(items).enumerated() {
        let before = EvidenceItem.call(
          Call(from: .bob, to: Account(.qq, "9990\(place)"), at: nil, seconds: 1)
        )
        try bench.take("\(place)", [.items([before, item], original: "x")], into: file)
      }
      let record = try #require(file.records([RecordIdentity.id(of: items[0])]).first)
      let least = items.min { $0.rank < $1.rank }
      #expect(record.item == least)
    }
  }

  @Test func `says which sighting differs from the record`() throws {
    try bench.take("a", [.items([message("x")], original: "x")], into: file)
    try bench.take("b", [.items([message("y")], original: "y")], into: file)
    try bench.take("c", [.items([message("y")], original: "y")], into: file)
    let id = RecordIdentity.id(of: message("x"))
    let record = try #require(file.records([id]).first)
    let sightings = try file.sightings(of: id)
    #expect(sightings.map(\.original) == [.text("x"), .text("y"), .text("y")])
    let differs = record.item == message("x") ? [false, true, true] : [true, false, false]
    #expect(sightings.map(\.differs) == differs)
  }

  @Test func `keeps the original of a unit that says several things`() throws {
    let transfer = EvidenceItem.transfer(
      Transfer(payer: .ann, payee: .bob, amount: nil, at: nil, channel: "wechat", memo: "memo")
    )
    try bench.take("a", [.items([message("text"), transfer], original: "text")], into: file)
    for item in [message("text"), transfer] {
      let sightings = try file.sightings(of: RecordIdentity.id(of: item))
      #expect(sightings.map(\.original) == [.text("text")])
    }
  }

  @Test(arguments: [-1, 1, 1000] as [Int64])
  func `refuses a source whose units do not add up, and is as before`(error: Int64) throws {
    try bench.take("a", [.items([message("x")], original: "x")], into: file)
    let before = try CaseBench.content(of: file)
    let head = try file.auditLog()
    let units: [CaseBench.Unit] = [
      .items([message("new", id: "2", from: .cat)], original: "n"), .reject([1], "bad"),
      .skip("rule"),
    ]
    let fault = #expect(throws: EvidenceError.self) {
      try bench.take("b", units, into: file, counts: 3 + error)
    }
    #expect(
      fault
        == .conservation(
          path: bench.folder.path + "/b",
          unitsIn: 3 + error,
          accounted: 3
        )
    )
    #expect(try CaseBench.content(of: file) == before)
    #expect(try file.auditLog() == head)
    #expect(try file.sources().count == 1)
    #expect(try file.rejects().isEmpty)
    // A refused source may come again; accounts that it would have entered leave no ghost.
    try bench.take("b", units, into: file)
    #expect(try file.verify { _ in nil }.problems == [])
    let item = try #require(file.records([RecordIdentity.id(of: units[0].first)]).first?.item)
    #expect(item == message("new", id: "2", from: .cat))
  }

  @Test func `takes the same bytes once`() throws {
    let units: [CaseBench.Unit] = [.items([message("x")], original: "x")]
    try bench.take("a", units, into: file)
    let (before, log) = (try CaseBench.content(of: file), try file.auditLog())
    #expect(try bench.take("a", units, into: file) == .known(number: 1))
    #expect(try CaseBench.content(of: file) == before)
    #expect(try file.auditLog() == log)
  }

  @Test func `takes a cancelled source back`() throws {
    let units = (0..<3000).map {
      CaseBench.Unit.items([message("\($0)", id: "\($0)")], original: "")
    }
    var asked = 0
    #expect(throws: CancellationError.self) {
      try bench.take(
        "a",
        units,
        into: file,
        isCancelled: {
          asked += 1
          return asked == 2
        }
      )
    }
    #expect(asked == 2)
    #expect(try file.recordCount() == 0)
    #expect(try file.sources().isEmpty)
    #expect(try file.auditLog().isEmpty)
    try bench.take("a", units, into: file)
    #expect(try file.recordCount() == 3000)
  }

  @Test func `keeps what it refuses with place, bytes and reason`() throws {
    try bench.take(
      "a",
      [
        .reject([0xFF, 0x00, 0x0A], "no\u{1F}text\0"), .items([message("x")], original: "x"),
        .reject([], "empty"),
      ],
      into: file
    )
    let rejects = try file.rejects()
    #expect(rejects.map(\.source) == [1, 1])
    #expect(
      rejects.map(\.position) == [
        UnitPosition(row: 1, offset: 0), UnitPosition(row: 3, offset: 20),
      ]
    )
    #expect(rejects.map(\.bytes) == [[0xFF, 0x00, 0x0A], []])
    #expect(rejects.map(\.reason) == ["no\u{1F}text\0", "empty"])
  }

  @Test func `counts units that say nothing as skipped`() throws {
    try bench.take("a", [.items([], original: "x"), .skip("r"), .skip("r")], into: file)
    let source = try #require(file.sources().first)
    #expect(source.skips == ["says nothing": 1, "r": 2])
    #expect(source.counts.skipped == 3)
    #expect(source.counts.isConserved)
    #expect(source.decisions == ["names\u{1F}and\u{1E}separators": "\u{10}\u{1F}0"])
  }

  @Test func `finds records by the beginning of their number`() throws {
    let units = (0..<64).map { CaseBench.Unit.items([message("\($0)", id: "\($0)")], original: "") }
    try bench.take("a", units, into: file)
    var ids: [RecordID] = []
    try file.forEachRecord { ids.append($0.id) }
    for id in ids {
      let text = id.description
      #expect(try file.records(matching: text).map(\.id) == [id])
      #expect(try file.records(matching: text.lowercased()).map(\.id) == [id])
      #expect(try file.records(matching: String(text.prefix(6))).map(\.id).contains(id))
    }
    #expect(try file.records(matching: "R000000000000").isEmpty)
  }
}

extension CaseBench.Unit {
  /// The first item of an accepted unit.
  var first: EvidenceItem {
    guard case .items(let items, _) = self else { preconditionFailure("no items") }
    return items[0]
  }
}
