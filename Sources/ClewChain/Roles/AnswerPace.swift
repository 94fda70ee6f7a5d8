internal import Foundation

/// How long traders take to answer orders, compared with the quickest of the case.
///
/// Who looks records up himself answers soonest; who passes an order on waits for those above him, so
/// that answers take longer from tier to tier. One unit is a doubling of the median time of the
/// quickest tenth of the suppliers.
struct AnswerPace: Sendable {
  /// How long each party's answers take, in thousandths.
  private(set) var answers: [Int: Int64] = [:]
  /// How long each party waits, in thousandths.
  private(set) var waits: [Int: Int64] = [:]

  private static let minute = 60_000.0
  /// Fewer answers tell no pace.
  private static let leastAnswers = 2
  /// Fewer suppliers give no measure.
  private static let leastSuppliers = 5
  private static let highest = 10_000.0

  init() {}

  /// - Parameters:
  ///   - times: How long each answer took, in milliseconds.
  ///   - links: The links that hold.
  init(_ times: [Direction: [Int64]], links: Set<Direction>) {
    var given: [Int: [Double]] = [:]
    var taken: [Int: [Double]] = [:]
    for direction in times.keys.sorted() where links.contains(direction) {
      let minutes = (times[direction] ?? []).map { log2(1 + Double($0) / Self.minute) }
      given[direction.supplier, default: []] += minutes
      taken[direction.buyer, default: []] += minutes
    }
    let paces = given.filter { $0.value.count >= Self.leastAnswers }.mapValues(Self.median)
    guard paces.count >= Self.leastSuppliers else { return }
    let sorted = paces.values.sorted()
    let quick = sorted[(sorted.count - 1) / 10]
    func level(_ pace: Double) -> Int64 {
      Int64(min(Self.highest, max(-Self.highest, ((pace - quick) * 1000).rounded())))
    }
    answers = paces.mapValues(level)
    waits = taken.filter { $0.value.count >= Self.leastAnswers }.mapValues {
      level(Self.median($0))
    }
  }

  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
