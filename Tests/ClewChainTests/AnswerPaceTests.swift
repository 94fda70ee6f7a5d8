import Testing

@testable import ClewChain

struct AnswerPaceTests {
  private static let minute: Int64 = 60_000

  /// Ten suppliers; each answers twice, and who stands further from the source takes longer.
  private func times(_ minutes: [Int64]) -> [Direction: [Int64]] {
    var times: [Direction: [Int64]] = [:]
    for (place, taken) in minutes.enumerated() {
      times[Direction(place, place + 100)] = [taken * Self.minute, taken * Self.minute]
    }
    return times
  }

  @Test func `a doubling of the quickest time is one unit`() {
    let times = times([1, 1, 3, 7, 15])
    let pace = AnswerPace(times, links: Set(times.keys))
    // One minute more than the time taken: 2, 2, 4, 8 and 16.
    #expect((0..<5).map { pace.answers[$0] } == [0, 0, 1000, 2000, 3000])
    #expect((100..<105).map { pace.waits[$0] } == [0, 0, 1000, 2000, 3000])
  }

  @Test func `few suppliers, single answers and people without a link give no pace`() {
    let few = times([1, 3, 7, 15])
    #expect(AnswerPace(few, links: Set(few.keys)).answers.isEmpty)
    let enough = times([1, 1, 3, 7, 15])
    #expect(AnswerPace(enough, links: []).answers.isEmpty)
    let single = enough.merging([Direction(9, 109): [Self.minute]]) { $1 }
    let pace = AnswerPace(single, links: Set(single.keys))
    #expect(pace.answers[9] == nil && pace.waits[109] == nil && pace.answers[4] == 3000)
  }
}
