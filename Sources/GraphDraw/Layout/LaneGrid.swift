/// Where the nodes of one lane stand: in columns, and where a tier has one row, between columns.
///
/// Slots count half columns: slot 4 is column 2, slot 5 lies on the gutter right of it. Neighbours
/// in a row are at least two slots apart. A node between columns blocks its gutter on its tier.
struct LaneGrid {
  /// Columns of the lane.
  var columns: Int
  /// Rows of nodes on each tier.
  var rows: [Int]
  /// The slot of each node of the lane, by tier and place in the order of the forest.
  var slots: [[Int]]
  /// The row of each node within its tier.
  var levels: [[Int]]

  /// - Parameters:
  ///   - lane: The nodes of each tier, in order.
  ///   - forest: Parents and children.
  ///   - columns: Columns to use.
  init(lane: [[Int]], forest: Forest, columns: Int) {
    self.columns = columns
    rows = lane.map { max(1, ($0.count + columns - 1) / columns) }
    slots = lane.map { $0.map { _ in 0 } }
    levels = slots
    var slot: [Int: Int] = [:]
    let widest =
      lane.indices.max {
        lane[$0].count != lane[$1].count ? lane[$0].count < lane[$1].count : $0 > $1
      }
      ?? 0
    guard !lane.isEmpty else { return }
    place(widest, lane[widest], wishes: spread(lane[widest].count), forest: forest, into: &slot)
    for tier in (0..<widest).reversed() {
      place(
        tier,
        lane[tier],
        wishes: overChildren(lane[tier], forest, slot),
        forest: forest,
        into: &slot
      )
    }
    for tier in (widest + 1)..<max(widest + 1, lane.count) {
      place(
        tier,
        lane[tier],
        wishes: underParents(lane[tier], forest, slot),
        forest: forest,
        into: &slot
      )
    }
    // A second look at the upper tiers now that everything below has a place.
    for tier in (0..<lane.count).reversed() where rows[tier] == 1 && lane[tier].count < columns {
      place(
        tier,
        lane[tier],
        wishes: overChildren(lane[tier], forest, slot),
        forest: forest,
        into: &slot
      )
    }
  }

  /// The gutter that a node on this slot blocks, if it stands between columns.
  static func blockedGutter(of slot: Int) -> Int? { slot % 2 == 1 ? slot / 2 + 1 : nil }

  private func spread(_ count: Int) -> [Double] {
    (0..<count).map { (Double($0) + 0.5) / Double(count) * Double(2 * columns) - 1 }
  }

  private func overChildren(_ nodes: [Int], _ forest: Forest, _ slot: [Int: Int]) -> [Double] {
    let even = spread(nodes.count)
    return nodes.enumerated().map { place, node in
      let below = forest.children[node].compactMap { slot[$0] }
      if let least = below.min(), let most = below.max() { return Double(least + most) / 2 }
      if let own = slot[node] { return Double(own) }
      return even[place]
    }
  }

  private func underParents(_ nodes: [Int], _ forest: Forest, _ slot: [Int: Int]) -> [Double] {
    let even = spread(nodes.count)
    return nodes.enumerated().map { place, node in
      guard let parent = forest.parent[node], let above = slot[parent] else { return even[place] }
      let siblings = forest.children[parent]
      let rank = siblings.firstIndex(of: node) ?? 0
      let reach = Double(min(siblings.count, columns))
      let step = reach / Double(siblings.count)
      return Double(above) + ((Double(rank) + 0.5) * step - reach / 2) * 2
    }
  }

  private mutating func place(
    _ tier: Int,
    _ nodes: [Int],
    wishes: [Double],
    forest: Forest,
    into slot: inout [Int: Int]
  ) {
    guard !nodes.isEmpty else { return }
    let isInner = nodes.map { !forest.children[$0].isEmpty }
    slots[tier] =
      rows[tier] == 1
      ? Self.inOneRow(wishes, slots: 2 * columns - 1)
      : Self.stacked(wishes, isInner: isInner, columns: columns, most: rows[tier])
    var filled: [Int: Int] = [:]
    for (place, node) in nodes.enumerated() {
      slot[node] = slots[tier][place]
      levels[tier][place] = filled[slots[tier][place], default: 0]
      filled[slots[tier][place], default: 0] += 1
    }
  }

  /// Slots in rising order, two apart, with the least sum of distances from the wishes.
  static func inOneRow(_ wishes: [Double], slots: Int) -> [Int] {
    let count = wishes.count
    var best = Array(repeating: Array(repeating: Double.infinity, count: slots), count: count)
    var from = Array(repeating: Array(repeating: -1, count: slots), count: count)
    for node in 0..<count {
      var least = Double.infinity
      var leastSlot = -1
      for slot in 0..<slots {
        if node > 0, slot >= 2, best[node - 1][slot - 2] < least {
          least = best[node - 1][slot - 2]
          leastSlot = slot - 2
        }
        // A hair against standing between columns keeps ties on the grid.
        let cost = abs(Double(slot) - wishes[node]) + (slot % 2 == 1 ? 0.01 : 0)
        let before = node == 0 ? 0 : least
        if before.isFinite {
          best[node][slot] = before + cost
          from[node][slot] = leastSlot
        }
      }
    }
    return walkBack(best, from)
  }

  private static func walkBack(_ best: [[Double]], _ from: [[Int]]) -> [Int] {
    var slot =
      best[best.count - 1].indices.min { best[best.count - 1][$0] < best[best.count - 1][$1] } ?? 0
    var chosen = Array(repeating: 0, count: best.count)
    for node in best.indices.reversed() {
      chosen[node] = slot
      slot = from[node][slot]
    }
    return chosen
  }

  /// Even slots in rising order, at most so many nodes on each, near the wishes; two nodes with
  /// children share a column only where there is no other way.
  static func stacked(_ wishes: [Double], isInner: [Bool], columns: Int, most: Int) -> [Int] {
    let count = wishes.count
    var best = Array(repeating: Double.infinity, count: count + 1)
    best[0] = 0
    var taken: [[Int]] = []
    for column in 0..<columns {
      var next = Array(repeating: Double.infinity, count: count + 1)
      var take = Array(repeating: 0, count: count + 1)
      let fewest = max(0, count - (columns - column - 1) * most)
      for done in fewest...count {
        var cost = 0.0
        var inner = 0
        for number in 0...min(most, done) {
          if number > 0 {
            cost += abs(Double(2 * column) - wishes[done - number])
            inner += isInner[done - number] ? 1 : 0
          }
          let total = best[done - number] + cost + Double(max(0, inner - 1)) * 4
          if total < next[done] {
            next[done] = total
            take[done] = number
          }
        }
      }
      best = next
      taken.append(take)
    }
    var chosen = Array(repeating: 0, count: count)
    var done = count
    for column in (0..<columns).reversed() {
      for _ in 0..<taken[column][done] {
        done -= 1
        chosen[done] = 2 * column
      }
    }
    return chosen
  }
}
