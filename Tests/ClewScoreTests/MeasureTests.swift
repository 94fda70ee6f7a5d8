import ClewTestSupport
import Testing

@testable import ClewScore

@Suite struct MeasureTests {
  private func isClose(_ left: Double?, _ right: Double, by: Double = 1e-6) -> Bool {
    left.map { abs($0 - right) < by } ?? false
  }

  @Test func `Wilson's interval of eight in ten is the published one`() throws {
    let interval = try #require(WilsonInterval.of(8, in: 10))
    #expect(isClose(interval.lowerBound, 0.490162, by: 1e-5))
    #expect(isClose(interval.upperBound, 0.943318, by: 1e-5))
  }

  @Test func `Wilson's interval of none and of all ends at the end of the scale`() throws {
    let none = try #require(WilsonInterval.of(0, in: 10))
    #expect(none.lowerBound == 0)
    // z² / (n + z²)
    #expect(isClose(none.upperBound, 0.277533, by: 1e-5))
    let all = try #require(WilsonInterval.of(10, in: 10))
    #expect(isClose(all.lowerBound, 1 - 0.277533, by: 1e-5) && all.upperBound == 1)
    #expect(WilsonInterval.of(0, in: 0) == nil)
  }

  @Test func `pairs together are counted by groups`() {
    // Truth AAA BB, answer 11 222: four pairs each, two of them in both.
    let pairs = PairAgreement(truth: [0, 0, 0, 1, 1], answer: [1, 1, 2, 2, 2])
    #expect(pairs.score.wanted == 4 && pairs.score.found == 4 && pairs.score.hits == 2)
    #expect(pairs.score.f1 == 0.5)
    // Only the first two and the last two are tied: both pairs are found, and so is one that is not.
    let tied = PairAgreement(
      truth: [0, 0, 0, 1, 1],
      answer: [1, 1, 1, 2, 2],
      wanted: [0, 0, 1, 2, 2]
    )
    #expect(tied.score.wanted == 2 && tied.score.wantedHits == 2)
    #expect(tied.score.found == 4 && tied.score.precision == 1 && tied.score.f1 == 1)
    #expect(PairAgreement(truth: [0, 1, 2], answer: [0, 1, 2]).score.f1 == nil)
    #expect(PairAgreement(truth: [0, 0], answer: [3, 3]).score.f1 == 1)
    #expect(PairAgreement(truth: [], answer: []).score.f1 == nil)
  }

  @Test func `the adjusted Rand index of small groupings`() {
    // One pair in both; two, one and six in all: (1 - 1/3) / (3/2 - 1/3).
    let three = RandIndex(truth: ["a", "a", "b", "b"], answer: ["x", "x", "y", "z"])
    #expect(isClose(three.index, 4.0 / 7))
    let crossed = RandIndex(truth: ["a", "a", "b", "b"], answer: ["x", "y", "x", "y"])
    #expect(isClose(crossed.index, -0.5))
    let renamed = RandIndex(truth: ["a", "b", "a", "b"], answer: ["2", "1", "2", "1"])
    #expect(renamed.index == 1)
  }

  @Test func `things without a group are groups of their own`() {
    let none = RandIndex(truth: ["a", "a", "b", "b"], answer: ["x", "x", nil, nil])
    #expect(isClose(none.index, 4.0 / 7))
    #expect(RandIndex(truth: [], answer: []).index == nil)
    #expect(RandIndex(truth: ["a", "a"], answer: ["x", "x"]).index == 1)
    #expect(RandIndex(truth: ["a", "b"], answer: [nil, nil]).index == 1)
  }

  @Test func `rank correlation shares ranks among equals`() {
    #expect(RankCorrelation.ranks([5, 6, 7, 8, 7]) == [1, 2, 3.5, 5, 3.5])
    #expect(isClose(RankCorrelation.of([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 0.8207826817))
    #expect(isClose(RankCorrelation.of([1, 2, 3], [9, 5, 1]), -1))
    #expect(RankCorrelation.of([1, 1, 1], [1, 2, 3]) == nil)
    #expect(RankCorrelation.of([], []) == nil)
  }

  @Test func `the Brier score is the mean square of what was missed`() {
    let calibration = Calibration([
      .init(confidence: 0.9, isRight: true), .init(confidence: 0.6, isRight: false),
      .init(confidence: 0.3, isRight: true), .init(confidence: 1, isRight: false),
    ])
    // 0.01, 0.36, 0.49 and 1.
    #expect(isClose(calibration.brier, 1.86 / 4))
    #expect(calibration.firm.count == 2 && calibration.firm.right == 1)
    #expect(calibration.tenths[9].count == 2 && calibration.tenths[9].right == 1)
    #expect(isClose(calibration.tenths[9].mean, 0.95))
    #expect(calibration.tenths[3].count == 1 && calibration.tenths[6].right == 0)
    #expect(Calibration([]).brier == nil)
  }

  @Test func `F1 is zero where something is wanted and nothing right is found`() {
    var score = FScore()
    #expect(score.f1 == nil && score.precision == nil && score.recall == nil)
    score.add(.init(isFound: false, isTrue: true, isWanted: true))
    #expect(score.f1 == 0)
    score.add(.init(isFound: true, isTrue: true, isWanted: true))
    score.add(.init(isFound: true, isTrue: false, isWanted: false))
    // One of two found, one of two wanted.
    #expect(score.f1 == 0.5)
    // Found and true but not asked for: two of three found are right, one of two wanted is found.
    score.add(.init(isFound: true, isTrue: true, isWanted: false))
    #expect(isClose(score.precision, 2.0 / 3) && score.recall == 0.5)
  }

  @Test func `role scores count those who have, got, and both`() {
    let roles = RoleScore(judged: [
      ("source", "source"), ("source", "customer"), ("customer", "customer"),
      ("customer", "missing"), ("outsider", "customer"),
    ])
    let measures = roles.measures(.dealt)
    func value(_ name: String) -> Double? { measures.first { $0.name == name }?.value }
    #expect(isClose(value("role.source.f1"), 2.0 / 3))
    #expect(isClose(value("role.customer.f1"), 0.4))
    #expect(value("role.subAgent.f1") == nil)
    #expect(isClose(value("role.macro.f1"), (2.0 / 3 + 0.4) / 2))
    #expect(roles.confusion.map(\.count).reduce(0, +) == 5)
  }

  @Test func `a bootstrap gives the same interval each time and holds the figure`() throws {
    let values = (0..<40).map { Double($0 % 4) }
    func mean(_ places: borrowing [Int]) -> Double? {
      var sum = 0.0
      for place in 0..<places.count { sum += values[places[place]] }
      return sum / Double(places.count)
    }
    let first = try #require(Bootstrap.interval(40, mean))
    #expect(try #require(Bootstrap.interval(40, mean)) == first)
    // The mean is 1.5, its standard error 1.118 / √40 = 0.177.
    #expect(first.contains(1.5) && isClose(first.lowerBound, 1.5 - 0.346, by: 0.08))
    #expect(isClose(first.upperBound, 1.5 + 0.346, by: 0.08))
    #expect(Bootstrap.interval(0, mean) == nil)
    #expect(Bootstrap.interval(5) { _ in nil } == nil)
  }
}
