internal import ClewEvidence

/// Finds goods that pass through a person: what one link brings and another takes away.
///
/// - A target that *b* orders from *s*, and *s* orders from somebody else afterwards: both orders
///   belong to one chain.
/// - A file (by its digest, names change) that *s* receives and hands on afterwards.
struct RelayIndex {
  private struct Leg {
    let direction: Direction
    let at: Int64
    let record: RecordID
  }

  private var orders: [Target: [Leg]] = [:]
  private var files: [UInt64: [Leg]] = [:]

  /// How long an order may wait before it is passed on.
  private static let window: Int64 = 30 * 86_400_000
  /// A target or file that more links share than this is no sign of a chain: a code that everybody
  /// uses, a picture that everybody forwards.
  private static let legLimit = 64

  mutating func add(_ order: OrderEvent, _ direction: Direction) {
    for target in order.targets {
      orders[target, default: []].append(
        Leg(direction: direction, at: order.at, record: order.record)
      )
    }
  }

  mutating func add(_ delivery: DeliveryEvent, _ direction: Direction) {
    files[delivery.file, default: []].append(
      Leg(direction: direction, at: delivery.at, record: delivery.record)
    )
  }

  /// The legs that belong to a chain of two or more, with the link that each speaks for.
  func chained(points: Int) -> [(Direction, Exhibit, isFile: Bool)] {
    var found: [(Direction, Exhibit, isFile: Bool)] = []
    for target in orders.keys.sorted() {
      guard let legs = orders[target], legs.count > 1, legs.count <= Self.legLimit else { continue }
      // Downstream order first: the buyer of the later order is the supplier of the earlier one.
      for leg in Self.joined(legs, onward: { $0.direction.supplier == $1.direction.buyer }) {
        found.append((leg.direction, exhibit(leg, points), false))
      }
    }
    for file in files.keys.sorted() {
      guard let legs = files[file], legs.count > 1, legs.count <= Self.legLimit else { continue }
      for leg in Self.joined(legs, onward: { $0.direction.buyer == $1.direction.supplier }) {
        found.append((leg.direction, exhibit(leg, points), true))
      }
    }
    return found
  }

  private func exhibit(_ leg: Leg, _ points: Int) -> Exhibit {
    Exhibit(record: leg.record, kind: .payload, at: leg.at, points: points)
  }

  /// The legs for which an earlier or later one fits, each once.
  private static func joined(_ legs: [Leg], onward: (Leg, Leg) -> Bool) -> [Leg] {
    let sorted = legs.sorted { $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record }
    var isJoined = [Bool](repeating: false, count: sorted.count)
    for first in sorted.indices {
      for second in sorted.indices.dropFirst(first + 1)
      where sorted[second].at != .min && sorted[first].at != .min
        && sorted[second].at - sorted[first].at <= window
        && sorted[first].direction != sorted[second].direction
        && onward(sorted[first], sorted[second])
      {
        isJoined[first] = true
        isJoined[second] = true
      }
    }
    return sorted.indices.filter { isJoined[$0] }.map { sorted[$0] }
  }
}
