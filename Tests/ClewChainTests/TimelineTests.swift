import ClewEvidence
import GraphCore
import Testing

@testable import ClewChain

struct TimelineTests {
  private func reached(_ passages: [(Int, Int, Int64)], nodes: Int) -> [Int] {
    TimedReach(
      nodes: nodes,
      passages.map { TimedReach.Passage(from: $0.0, to: $0.1, at: $0.2) }
    ).reached(workers: 2)
  }

  @Test func `a path counts only if its times run the right way`() {
    // 0 → 1 at 5, 1 → 2 at 3: what 1 sold had come before.
    #expect(reached([(0, 1, 5), (1, 2, 3)], nodes: 3) == [1, 1, 0])
    #expect(reached([(0, 1, 3), (1, 2, 5)], nodes: 3) == [2, 1, 0])
    // One passage in time is enough.
    #expect(reached([(0, 1, 5), (1, 2, 3), (1, 2, 9)], nodes: 3) == [2, 1, 0])
    // At one moment, in whichever order.
    #expect(reached([(0, 1, 4), (1, 2, 4), (2, 3, 4)], nodes: 4) == [3, 2, 1, 0])
    // Who gets his own goods back is not counted.
    #expect(reached([(0, 1, 1), (1, 0, 2)], nodes: 2) == [1, 1])
    #expect(reached([], nodes: 1) == [0])
  }

  @Test func `more than 64 persons are counted too`() {
    let chain = (0..<149).map { ($0, $0 + 1, Int64($0)) }
    #expect(reached(chain, nodes: 150) == (0..<150).map { 149 - $0 })
    let reversed = (0..<149).map { ($0, $0 + 1, Int64(-$0)) }
    #expect(reached(reversed, nodes: 150) == (0..<150).map { $0 == 149 ? 0 : 1 })
  }

  /// `s` supplies `p` by deliveries of the same numbers that `p` sells to `a` an hour later.
  private func chain() throws -> CaseMaker {
    let maker = try CaseMaker()
    let day = 1_440
    for (place, start) in [0, 10 * day, 40 * day].enumerated() {
      maker.deal("s", "p", at: start, phone: 2000 + place, yuan: 2)
      maker.deal("p", "a", at: start + 60, phone: 2000 + place, yuan: 3)
    }
    for (place, start) in [41, 42].enumerated() {
      maker.deal("a", "c", at: start * day, phone: 3000 + place, yuan: 6)
    }
    return maker
  }

  @Test func `a line in months`() throws {
    let file = try chain().caseFile(owners: ["s", "p", "a"])
    let view = try CaseView(of: file)
    let analysis = try LocalEngine().analyze(view)
    let timeline = TimelineMaker().timeline(of: analysis, in: view)
    try #require(timeline.lines.count == 1)
    // The case begins on 15 November 2023; 10 days on it is the 25th, 40 days on 25 December.
    let months = timeline.lines[0].months
    #expect(months.map(\.month) == ["2023-11", "2023-12"])
    #expect(months.map(\.entered) == [3, 1] && months.map(\.members) == [3, 4])
    #expect(months.map(\.active) == [3, 4] && months.map(\.dealings) == [4, 4])
    // What p passed on had come 60 minutes before. a's numbers are others, but the holder's identity
    // number is the one that p gave him 40 days and 65 minutes after the beginning.
    try #require(timeline.delays.map(\.tier) == [1, 2])
    #expect(timeline.delays.map(\.goods) == [3, 2])
    #expect(timeline.delays[0].median == 3_600_000)
    #expect(timeline.delays[1].median == 23 * 3_600_000)
    let member = timeline.members.first { analysis.parties[$0.party].role == .source }
    #expect(member?.below == 3 && member?.belowInTime == 3)
    #expect(timeline.undatedLinks == 0)
  }

  @Test func `an analysis up to a moment knows nothing of what came after`() throws {
    let file = try chain().caseFile(owners: ["s", "p", "a"])
    let until = Timestamp(milliseconds: CaseMaker.time(20 * 1_440).milliseconds)
    let early = try LocalEngine().analyze(file, until: until)
    #expect(early.links.count == 2 && early.link("a", "c") == nil)
    #expect(early.link("s", "p")?.link.orders == 2)
    #expect(early.period.map { $0.upperBound < until.milliseconds } == true)
    #expect(try LocalEngine().analyze(file).link("s", "p")?.link.orders == 3)
  }
}
