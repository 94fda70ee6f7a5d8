import ClewEvidence
import Foundation
import Testing

@testable import ClewChain

struct GapTests {
  /// `s` supplies `p`, he `a` and `b`, and `a` supplies `c`; the two phones given hold every message
  /// that their owners sent or received, and nobody else's.
  private func gaps(owners: [String]) throws -> (ChainAnalysis, CaseGaps) {
    let maker = try CaseMaker()
    for (place, ends) in [("s", "p"), ("p", "a"), ("p", "b"), ("a", "c")].enumerated() {
      for time in 0..<4 {
        maker.deal(
          ends.0,
          ends.1,
          at: 10_000 * place + 2_000 * time,
          phone: 4000 + 10 * place + time,
          yuan: 3
        )
      }
    }
    let file = try maker.caseFile(phones: owners)
    let view = try CaseView(of: file)
    let analysis = try LocalEngine().analyze(view)
    return (analysis, try GapFinder().gaps(of: analysis, in: view, file))
  }

  @Test func `what one phone alone holds falls without it`() throws {
    let (analysis, gaps) = try gaps(owners: ["p", "a"])
    #expect(analysis.links.count == 4 && analysis.lines.count == 1)
    func place(_ name: String) throws -> Int {
      let party = try #require(analysis.party(name))
      return try #require(analysis.parties.firstIndex { $0.party.id == party.party.id })
    }
    func links(_ ends: [(String, String)]) throws -> [Int] {
      try ends.map { pair in
        let link = try #require(analysis.link(pair.0, pair.1))
        return try #require(analysis.links.firstIndex { $0.id == link.id })
      }.sorted()
    }
    // Both phones hold p → a. Without p's, s → p and p → b are gone, the line has no principal, and
    // s, p, a and b have another role or none.
    let first = try #require(gaps.phones.first)
    let (s, p, a) = (try place("s"), try place("p"), try place("a"))
    let (b, c) = (try place("b"), try place("c"))
    let (ofP, ofA) = (try links([("s", "p"), ("p", "b")]), try links([("a", "c")]))
    #expect(first.party == p && first.links == ofP)
    #expect(first.lines == [0] && first.records == 24)
    #expect(Set(first.roles) == [s, p, a, b])
    // a, who supplies c still, is a source then; nobody leads a line that c could be in.
    #expect(Set(first.tiers) == [s, p, a, b, c] && Set(first.members) == [s, p, a, b, c])
    // Without a's, a → c is gone, and a buys only.
    let second = try #require(gaps.phones.last)
    #expect(second.party == a && second.links == ofA)
    #expect(Set(second.roles) == [a, c] && second.lines == [])
    // a stays one below p; c trades no more.
    #expect(second.tiers == [c] && second.members == [c])
    #expect(gaps.phones.count == 2)
    #expect(Set(gaps.missing.map(\.party)).isDisjoint(with: [first.party, second.party]))
  }

  @Test func `what is held elsewhere too does not fall`() throws {
    let (_, gaps) = try gaps(owners: ["s", "p", "a", "b", "c"])
    #expect(gaps.phones.isEmpty && gaps.missing.isEmpty)
  }

  @Test func `a link is what its records make it`() {
    let weights = LinkWeights()
    func exhibit(_ kind: EvidenceKind, _ points: Int) -> Exhibit {
      Exhibit(record: RecordID(high: UInt64(points), low: 1), kind: kind, at: 0, points: points)
    }
    // 4 + 3 points; three weak orders count 2 together, and no kind more than 12.
    #expect(weights.points(of: [exhibit(.delivery, 4), exhibit(.order, 3)]) == 7)
    #expect(weights.points(of: [1, 1, 1].map { exhibit(.order, $0) }) == 2)
    #expect(weights.points(of: [6, 6, 6].map { exhibit(.payload, $0) }) == 12)
  }
}

extension CaseMaker {
  /// A case in which each phone holds what its owner sent, received, paid or was paid.
  func caseFile(phones: [String]) throws -> CaseFile {
    let file = try CaseFile.open(folder.appending(path: "phones.clew").path)
    for (number, phone) in phones.enumerated() {
      let source = StagedSource(
        displayPath: phone,
        name: phone,
        copyPath: "",
        bytes: Int64(number),
        sha256: "phone \(number)",
        sidecars: [],
        head: [],
        tables: nil
      )
      let owner = Self.account(phone)
      _ = try file.take(source, format: "made", version: 1, sign: "made") { sink in
        sink.setOwner(owner)
        let own = self.items.filter { item in
          switch item {
          case .message(let message): message.from == owner || message.to == owner
          case .transfer(let transfer): transfer.payer == owner || transfer.payee == owner
          default: true
          }
        }
        for (row, item) in own.enumerated() {
          try sink.accept([item], at: UnitPosition(row: Int64(row + 1)), original: .text("row"))
        }
        return Int64(own.count)
      }
    }
    return file
  }
}
