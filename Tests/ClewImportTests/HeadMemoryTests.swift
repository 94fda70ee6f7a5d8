import ClewEvidence
import Testing

@testable import ClewImport

@Suite struct `The memory of a file's first rows` {
  private let key = HeadMemory.Key(
    decision: TextDecision(encoding: .utf8, markLength: 0),
    dialect: .sheet,
    isWhole: true,
    isSheet: true
  )

  @Test func `reads once for each way of reading, and anew for another file`() {
    let head = Array("a,b\n".utf8)
    var read = 0
    func ask(_ head: [UInt8], _ key: HeadMemory.Key) {
      _ = HeadMemory.rows(of: head, key) {
        read += 1
        return []
      }
    }
    let other = HeadMemory.Key(
      decision: TextDecision(encoding: .gb18030, markLength: 0),
      dialect: .sheet,
      isWhole: true,
      isSheet: true
    )
    HeadMemory.$current.withValue(HeadMemory(head)) {
      ask(head, key)
      ask(head, key)
      #expect(read == 1)
      ask(head, other)
      #expect(read == 2)
      // A companion of the file is no part of it.
      ask(Array("c,d\n".utf8), key)
      ask(Array("c,d\n".utf8), key)
      #expect(read == 4)
    }
    ask(head, key)
    #expect(read == 5)
  }
}

@Suite struct `The importers of canonical tables` {
  @Test func `are asked in the order in which a cluster takes a table for one of them`() {
    let kinds = ImporterRegistry.all.compactMap { ($0 as? CanonicalRecords)?.kind }
    #expect(kinds == CanonicalKind.allCases)
  }
}
