import ClewTestSupport
import Testing

/// The measures of the reference networks, on examples small enough for paper.
struct AgreementTests {
  @Test func `an area counts pairs in the right order, a tie for one half`() {
    // Of four pairs three are right and one ties.
    let separation = Separation([3, 2, 2, 1], [true, false, true, false])
    #expect(separation.area == 0.875)
    #expect(separation.areaRange == 0.75...1)
    #expect(Separation([1, 2], [true, false]).area == 0)
    #expect(Separation([1, 1 + 1e-9], [true, false]).area == 0.5)
  }

  @Test func `precision counts the true ones among the first`() {
    // The first is true; of the next three, who are equal, one more is looked at, and one is true.
    let ties = Separation([3, 2, 2, 2], [true, true, false, false])
    #expect(areClose([ties.precision], [(1 + 1.0 / 3) / 2]))
    // After the first 1 of 1, at the end of the equals 2 of 4.
    #expect(areClose([ties.averagePrecision], [0.75]))
    // True ones come second and fourth: 1 of 2, 2 of 4; of the first two one.
    let apart = Separation([4, 3, 2, 1], [false, true, false, true])
    #expect(areClose([apart.averagePrecision, apart.precision], [0.5, 0.5]))
  }

  @Test func `ranks correlate by the squares of their differences`() {
    // 1 - 6 · 4 / (4 · 15).
    #expect(areClose([rankCorrelation([1, 2, 3, 4], [20, 10, 40, 30])], [0.6]))
    // Ranks 1.5, 1.5, 3 against 1, 2, 3: 1.5 over the root of 1.5 · 2.
    #expect(areClose([rankCorrelation([5, 5, 9], [1, 2, 3])], [(0.75).squareRoot()]))
    #expect(areClose([rankCorrelation([1, 2, 3], [3, 2, 1])], [-1]))
  }

  @Test func `groupings agree by pairs and by information`() {
    // One pair is together in both; two and one are in either; chance gives a third.
    let split = GroupAgreement(["a", "a", "b", "b"], [1, 1, 2, 3])
    #expect(areClose([split.adjustedRand], [4.0 / 7]))
    // The one holds one bit, the other one and a half, and they share one.
    #expect(areClose([split.information], [0.8]))
    let equal = GroupAgreement([1, 1, 2], ["x", "x", "y"])
    #expect(areClose([equal.adjustedRand, equal.information], [1, 1]))
    // Each pair of one is parted by the other: chance is better.
    let crossed = GroupAgreement([1, 1, 2, 2], [1, 2, 1, 2])
    #expect(areClose([crossed.adjustedRand, crossed.information], [-0.5, 0]))
  }
}
