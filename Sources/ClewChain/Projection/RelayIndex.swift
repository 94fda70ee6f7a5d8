internal import ClewEvidence

/// Finds goods that pass through a person: what one link brings and another takes away.
///
/// - A target that *b* orders from *s*, and *s* orders from somebody else afterwards: both orders
///   belong to one chain.
/// - A file (by its digest, names change) that *s* receives and hands on afterwards.
/// - Rows of personal data that *s* receives in one file and hands on in another, to somebody else.
struct RelayIndex {
  /// What passes on.
  enum Goods: Sendable {
    case target, file
    /// Rows that were read in files of the case: the surest.
    case rows
  }

  private struct Leg {
    let direction: Direction
    let at: Int64
    let record: RecordID
  }

  private var orders: [Target: [Leg]] = [:]
  private var files: [UInt64: [Leg]] = [:]
  /// The files whose rows are known.
  private let readFiles: Set<UInt64>
  /// Pairs of such files with the same rows.
  private let sharing: [(UInt64, UInt64)]

  /// How long an order may wait before it is passed on.
  static let window: Int64 = 30 * 86_400_000
  /// A target or file that more links share than this is no sign of a chain: a code that everybody
  /// uses, a picture that everybody forwards.
  static let legLimit = 64

  /// - Parameters:
  ///   - readFiles: The files that lie in the case and hold personal data.
  ///   - sharing: Those of them that hold the same payload, pair by pair.
  init(readFiles: Set<UInt64> = [], sharing: [(UInt64, UInt64)] = []) {
    self.readFiles = readFiles
    self.sharing = sharing
  }

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
  func chained(points: Int) -> [(Direction, Exhibit, Goods)] {
    var found: [(Direction, Exhibit, Goods)] = []
    for target in orders.keys.sorted() {
      guard let legs = orders[target], legs.count > 1, legs.count <= Self.legLimit else { continue }
      // Downstream order first: the buyer of the later order is the supplier of the earlier one.
      for leg in Self.joined(legs, onward: { $0.direction.supplier == $1.direction.buyer }) {
        found.append((leg.direction, exhibit(leg, points), .target))
      }
    }
    for file in files.keys.sorted() {
      guard let legs = files[file], legs.count > 1, legs.count <= Self.legLimit else { continue }
      for leg in Self.joined(legs, onward: { $0.direction.buyer == $1.direction.supplier }) {
        found.append(
          (leg.direction, exhibit(leg, points), readFiles.contains(file) ? .rows : .file)
        )
      }
    }
    return found + chainedRows(points, apart: found)
  }

  /// The legs of files that differ but hold the same rows, as far as the file itself did not chain them.
  private func chainedRows(
    _ points: Int,
    apart known: [(Direction, Exhibit, Goods)]
  ) -> [(Direction, Exhibit, Goods)] {
    var seen = Set(known.filter { $0.2 != .target }.map(\.1.record))
    var found: [(Direction, Exhibit, Goods)] = []
    for (one, other) in sharing {
      guard let first = files[one], let second = files[other],
        first.count <= Self.legLimit, second.count <= Self.legLimit
      else { continue }
      let ofFirst = Set(first.map(\.record))
      // Who sends a list back, corrected, passes nothing on.
      let legs = Self.joined(first + second) { earlier, later in
        earlier.direction.buyer == later.direction.supplier
          && earlier.direction.supplier != later.direction.buyer
          && ofFirst.contains(earlier.record) != ofFirst.contains(later.record)
      }
      for leg in legs where seen.insert(leg.record).inserted {
        found.append((leg.direction, exhibit(leg, points), .rows))
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
