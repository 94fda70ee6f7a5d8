/// Lines of one strip that lie side by side, none over another.
enum Tracks {
  /// One line that needs a track over a stretch of the strip.
  struct Item {
    var net: Int
    var low: Double
    var high: Double
    /// Where lines leave toward the lower track numbers.
    var before: [Double] = []
    /// Where lines leave toward the higher track numbers.
    var after: [Double] = []
    /// Items of different groups never share a track.
    var group = 0
  }

  /// Gives every item the first track that is free over its whole stretch.
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - gap: What must lie between two items of one track.
  /// - Returns: The track of each item, and the number of tracks.
  static func assign(_ items: [Item], gap: Double) -> (track: [Int], count: Int) {
    let order = items.indices.sorted {
      (items[$0].group, items[$0].low, -items[$0].high, items[$0].net)
        < (items[$1].group, items[$1].low, -items[$1].high, items[$1].net)
    }
    var track = Array(repeating: 0, count: items.count)
    var ends: [(high: Double, group: Int)] = []
    for item in order {
      let place = ends.firstIndex {
        $0.group == items[item].group && $0.high + gap < items[item].low
      }
      track[item] = place ?? ends.count
      if let place {
        ends[place].high = items[item].high
      } else {
        ends.append((items[item].high, items[item].group))
      }
    }
    return (track, ends.count)
  }

  /// Orders the tracks so that few lines cross, by exchanging neighbours as long as that helps.
  static func untangled(_ items: [Item], _ assigned: (track: [Int], count: Int)) -> [Int] {
    let count = assigned.count
    guard count > 1, count <= 80 else { return assigned.track }
    var cost = Array(repeating: Array(repeating: 0, count: count), count: count)
    for first in items.indices {
      for second in items.indices where assigned.track[first] != assigned.track[second] {
        cost[assigned.track[first]][assigned.track[second]] += crossings(
          upper: items[first],
          lower: items[second]
        )
      }
    }
    var order = Array(0..<count)
    for _ in 0..<count {
      var hasGained = false
      for place in 1..<count {
        // Sinking by several places may pay where each single step does not.
        for far in stride(from: place - 1, through: 0, by: -1) {
          var change = 0
          for between in far..<place {
            change +=
              cost[order[place]][order[between]] - cost[order[between]][order[place]]
          }
          if change < 0 {
            order.insert(order.remove(at: place), at: far)
            hasGained = true
            break
          }
        }
      }
      if !hasGained { break }
    }
    var position = Array(repeating: 0, count: count)
    for (place, track) in order.enumerated() { position[track] = place }
    return assigned.track.map { position[$0] }
  }

  private static func crossings(upper: Item, lower: Item) -> Int {
    upper.after.count { lower.low < $0 && $0 < lower.high }
      + lower.before.count { upper.low < $0 && $0 < upper.high }
  }
}
