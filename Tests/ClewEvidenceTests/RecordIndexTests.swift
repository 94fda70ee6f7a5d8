import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@Suite struct `An index of records` {
  /// Sources of such lengths hold messages that are drawn from a few thousand, so that many come again.
  private static let lengths = [3, 2500, 1, 900, 2500, 40]

  private func make(_ bench: CaseBench, order: [Int]) throws -> CaseFile {
    let file = try CaseFile.open(bench.path)
    for source in order {
      var random = SplitMix64(seed: UInt64(source))
      let units = (0..<Self.lengths[source]).map { _ -> CaseBench.Unit in
        let id = random.next(below: 4000)
        // Every tenth sighting says something else under the same id.
        let text = random.next(below: 10) == 0 ? "other \(id)" : "text \(id)"
        return .items([message(text, id: "\(id)")], original: "row of \(id)")
      }
      try bench.take("s\(source)", units, into: file)
    }
    return file
  }

  /// What the sources hold, drawn again.
  private func sightings() -> [Int: Int] {
    var seen: [Int: Int] = [:]
    for (source, length) in Self.lengths.enumerated() {
      var random = SplitMix64(seed: UInt64(source))
      for _ in 0..<length {
        seen[random.next(below: 4000), default: 0] += 1
        _ = random.next(below: 10)
      }
    }
    return seen
  }

  @Test func `finds every record of several sources`() throws {
    let bench = try CaseBench()
    let file = try make(bench, order: [0, 1, 2, 3, 4, 5])
    defer { try? file.close() }
    let seen = sightings()
    #expect(try file.recordCount() == seen.count)
    for (id, count) in seen.sorted(by: { $0.key < $1.key }) where id % 7 == 0 {
      let key = RecordIdentity.id(of: message("any", id: "\(id)"))
      #expect(try file.records([key]).map(\.id) == [key])
      #expect(try file.sightings(of: key).count == count)
      let text = key.description
      #expect(try file.records(matching: text).map(\.id) == [key])
    }
    let missing = RecordIdentity.id(of: message("any", id: "4001"))
    #expect(try file.records([missing]).isEmpty)
    #expect(try file.sightings(of: missing).isEmpty)
    #expect(try file.verify { FileHash.sha256(ofFile: $0) }.problems == [])
  }

  @Test func `gives all records that begin alike, in their order`() throws {
    let bench = try CaseBench()
    let file = try make(bench, order: [0, 1, 2, 3, 4, 5])
    defer { try? file.close() }
    var all: [RecordID] = []
    try file.forEachRecord { all.append($0.id) }
    all.sort()
    // Four letters are 20 bits: now and then two records share them. All are found, and nothing else.
    for first in all.prefix(300) {
      let text = String(first.description.prefix(5))
      let expected = all.filter { $0.description.hasPrefix(text) }
      #expect(try file.records(matching: text).map(\.id) == expected)
    }
  }

  @Test func `holds the same whatever came first`() throws {
    let (one, other) = (try CaseBench(), try CaseBench())
    let forth = try make(one, order: [0, 1, 2, 3, 4, 5])
    let back = try make(other, order: [5, 4, 3, 2, 1, 0])
    func records(_ file: CaseFile) throws -> [RecordID: EvidenceItem] {
      var items: [RecordID: EvidenceItem] = [:]
      try file.forEachRecord { items[$0.id] = $0.item }
      return items
    }
    #expect(try records(forth) == records(back))
    #expect(try back.verify { FileHash.sha256(ofFile: $0) }.problems == [])
    try forth.close()
    try back.close()
  }
}
