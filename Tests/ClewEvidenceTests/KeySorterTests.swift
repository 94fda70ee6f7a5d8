import Foundation
import Testing

import ClewEvidence

@Suite struct `A key sorter` {
  private func entries(_ count: Int) -> [KeyEntry] {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
    // Every third key repeats an earlier one.
    var made: [KeyEntry] = []
    for ordinal in 0..<count {
      let (high, low) = (next(), next())
      let earlier = ordinal % 3 == 2 ? made[ordinal / 2] : nil
      made.append(
        KeyEntry(
          high: earlier?.high ?? high,
          low: earlier?.low ?? low,
          ordinal: Int64(ordinal),
          content: next()
        )
      )
    }
    return made
  }

  @Test(arguments: [1, 7, 64, 100_000])
  func `gives the same order in memory and through files`(limit: Int) throws {
    let folder = try TemporaryFolder()
    let entries = entries(limit == 100_000 ? 20_000 : 3_000)
    let sorter = KeySorter(folder: folder.path, limit: limit)
    for entry in entries { try sorter.add(entry) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    var ordinals: [Int64] = []
    try sorter.forEach { ordinals.append($0.ordinal) }
    let expected = entries.sorted {
      ($0.high, $0.low, $0.ordinal) < ($1.high, $1.low, $1.ordinal)
    }
    #expect(ordinals == expected.map(\.ordinal))
  }

  @Test func `says in one line that its folder is not there`() throws {
    let sorter = KeySorter(folder: "/no/such/folder", limit: 2)
    #expect(throws: EvidenceError.self) { for entry in entries(4) { try sorter.add(entry) } }
  }
}
