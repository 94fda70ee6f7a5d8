import Foundation
import Testing

@testable import ClewChain

@Suite struct `Groups of two lines or of one` {
  /// The same with floating point, from the description.
  private func plain(_ groups: [(one: Int, other: Int)]) -> Double {
    let ones = Double(groups.reduce(0) { $0 + $1.one })
    let all = Double(groups.reduce(0) { $0 + $1.one + $1.other })
    return groups.reduce(0) { sum, group in
      let (one, other) = (Double(group.one), Double(group.other))
      let together =
        (one > 0 ? one * log2(ones / all) : 0) + (other > 0 ? other * log2(1 - ones / all) : 0)
      let apart = max(one, other) * log2(0.9) + min(one, other) * log2(0.1) - 1
      return sum + together - apart
    }
  }

  @Test func `as many bits as the likelihood ratio`() {
    let cases: [[(one: Int, other: Int)]] = [
      [(6, 5), (3, 8)], [(8, 0), (5, 0), (3, 3), (2, 5)], [(7, 5), (9, 4), (0, 8), (0, 7), (3, 0)],
      [(1, 0)], [(5000, 4000), (3, 2)], [(0, 4)],
    ]
    for groups in cases {
      #expect(abs(Double(GroupMixture(groups).bits) - plain(groups)) <= 1.5, "\(groups)")
    }
  }

  @Test func `mixed groups speak for one line, pure ones for two`() {
    #expect(GroupMixture([(6, 5), (3, 8)]).bits >= 3)
    #expect(GroupMixture([(8, 0), (0, 7), (5, 1)]).bits < 0)
    #expect(GroupMixture([]).bits == 0)
  }
}
