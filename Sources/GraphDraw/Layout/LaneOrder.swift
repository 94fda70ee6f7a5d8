/// Puts lanes side by side so that strongly joined ones are near each other.
///
/// Swaps two lanes, or moves one to another place, as long as the sum of weight times distance
/// falls; the same graph always gives the same order.
struct LaneOrder {
  /// Weight between every two lanes.
  private var weight: [[Double]]

  init(_ model: TierModel) {
    let count = model.laneCount
    weight = Array(repeating: Array(repeating: 0, count: count), count: count)
    for edge in model.edges {
      let from = model.lane[edge.source]
      let to = model.lane[edge.target]
      guard from != to else { continue }
      // Each edge counts for its line on the paper as well as for what it carries.
      let value = 20 + Double(min(edge.weight, 1_000_000))
      weight[from][to] += value
      weight[to][from] += value
    }
  }

  /// The lanes in their best order found.
  func order() -> [Int] {
    var order = Array(weight.indices)
    guard order.count > 2, order.count <= 30 else { return order }
    var best = cost(of: order)
    for _ in 0..<order.count {
      var hasGained = false
      for first in order.indices {
        for second in order.indices where second != first {
          for candidate in [swapped(order, first, second), moved(order, first, second)] {
            let value = cost(of: candidate)
            if value < best - 1e-9 {
              best = value
              order = candidate
              hasGained = true
            }
          }
        }
      }
      if !hasGained { break }
    }
    return order
  }

  func cost(of order: [Int]) -> Double {
    var sum = 0.0
    for left in order.indices {
      for right in order.indices where right > left {
        sum += weight[order[left]][order[right]] * Double(right - left)
      }
    }
    return sum
  }

  private func swapped(_ order: [Int], _ first: Int, _ second: Int) -> [Int] {
    var order = order
    order.swapAt(first, second)
    return order
  }

  private func moved(_ order: [Int], _ from: Int, _ to: Int) -> [Int] {
    var order = order
    order.insert(order.remove(at: from), at: to)
    return order
  }
}
