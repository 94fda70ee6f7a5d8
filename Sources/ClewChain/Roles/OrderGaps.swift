internal import ClewEvidence

/// Orders for one target that turn up at two places with somebody unseen between them.
///
/// An order climbs: *b2* orders a plate from *s2*, and within days *b* orders the same plate from
/// *s*. When *s2* is *b*, the chain is whole. When it is not, the order went from *s2* over people whom
/// nobody saw to *b*: *b* resells, *s2* has a supplier, and supply runs from *b* down to *s2*.
struct OrderGaps: Sendable {
  /// A path that the orders prove without showing its links.
  struct Path: Sendable, Hashable, Comparable {
    /// Who got the order last, as a buyer.
    let upper: Int
    /// Who had taken it before, as a supplier.
    let lower: Int

    static func < (left: Path, right: Path) -> Bool {
      left.lower != right.lower ? left.lower < right.lower : left.upper < right.upper
    }
  }

  /// How many targets each party got ordered and ordered on, both seen.
  private(set) var relayed: [Int: Int] = [:]
  /// How many targets each party ordered after others had ordered them elsewhere.
  private(set) var below: [Int: Int] = [:]
  /// How many targets ordered from each party were ordered by others elsewhere afterwards.
  private(set) var above: [Int: Int] = [:]
  /// How many targets prove each path.
  private(set) var paths: [Path: Int] = [:]
  /// The orders that prove each path, some of each.
  private(set) var proofs: [Path: [RecordID]] = [:]

  private static let proofLimit = 24

  init() {}

  /// - Complexity: O(*t*) for *t* targets; a target has at most `RelayIndex.legLimit` orders.
  init(_ passedOn: [[SupplyClues.Leg]]) {
    for legs in passedOn { read(legs) }
  }

  private mutating func read(_ legs: [SupplyClues.Leg]) {
    var relaying: Set<Int> = []
    var crossed: [Path: [RecordID]] = [:]
    for (place, first) in legs.enumerated() {
      for later in legs.dropFirst(place + 1)
      where later.at.subtractingClamped(first.at) <= RelayIndex.window {
        let (lower, upper) = (first.direction, later.direction)
        if upper.buyer == lower.supplier, upper.supplier != lower.buyer {
          relaying.insert(lower.supplier)
        } else if Set([lower.supplier, lower.buyer, upper.supplier, upper.buyer]).count == 4 {
          let path = Path(upper: upper.buyer, lower: lower.supplier)
          if crossed[path] == nil { crossed[path] = [first.record, later.record] }
        }
      }
    }
    // Where the whole chain is seen, its ends are no gap.
    crossed = crossed.filter {
      !relaying.contains($0.key.upper) && !relaying.contains($0.key.lower)
    }
    for party in relaying { relayed[party, default: 0] += 1 }
    for party in Set(crossed.keys.map(\.upper)) { below[party, default: 0] += 1 }
    for party in Set(crossed.keys.map(\.lower)) { above[party, default: 0] += 1 }
    for (path, records) in crossed {
      paths[path, default: 0] += 1
      if (proofs[path] ?? []).count < Self.proofLimit { proofs[path, default: []] += records }
    }
  }
}
