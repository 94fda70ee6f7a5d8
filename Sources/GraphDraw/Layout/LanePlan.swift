/// How many rows of lanes a diagram has and how many columns each lane.
struct LanePlan: Hashable {
  /// The lanes of each row, from left to right.
  var rows: [[Int]]
  /// The columns of each lane.
  var columns: [Int]

  /// The row of each lane.
  var rowOfLane: [Int] {
    var result = Array(repeating: 0, count: columns.count)
    for (row, lanes) in rows.enumerated() {
      for lane in lanes { result[lane] = row }
    }
    return result
  }

  /// Plans worth trying, the one first that should fill the sheet best.
  ///
  /// - Parameters:
  ///   - counts: The number of nodes by lane and tier.
  ///   - order: The lanes in the order they should stand in.
  ///   - crossings: How many edges run between lanes or tiers' channels.
  ///   - measures: What decides the size.
  /// - Returns: At least one plan.
  static func candidates(
    counts: [[Int]],
    order: [Int],
    crossings: Int,
    measures: Measures
  ) -> [LanePlan] {
    guard !order.isEmpty else { return [LanePlan(rows: [[]], columns: [])] }
    var found: [(plan: LanePlan, scale: Double)] = []
    for rowCount in 1...min(order.count, 8) {
      for stack in [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96] {
        let columns = counts.map { tiers in
          max(1, ((tiers.max() ?? 0) + stack - 1) / stack)
        }
        let width = columns.map(measures.laneWidth(columns:))
        let rows = split(order, into: rowCount, width: width)
        guard rows.count == rowCount else { continue }
        let plan = LanePlan(rows: rows, columns: columns)
        if found.contains(where: { $0.plan == plan }) { continue }
        let size = measures.size(of: plan, counts: counts, crossings: crossings)
        var scale = min(measures.page.width / size.width, measures.page.height / size.height)
        if let limit = measures.maxLaneRowWidth, size.width > limit {
          scale *= limit / size.width / 4
        }
        found.append((plan, scale))
      }
    }
    let sorted = found.enumerated().sorted {
      $0.element.scale != $1.element.scale
        ? $0.element.scale > $1.element.scale : $0.offset < $1.offset
    }
    return sorted.map(\.element.plan)
  }

  /// Cuts the order into rows of about equal width; every second row runs backwards, so that
  /// lanes that follow each other stay close where the row turns.
  static func split(_ order: [Int], into count: Int, width: [Double]) -> [[Int]] {
    func cut(at limit: Double) -> [[Int]] {
      var rows: [[Int]] = [[]]
      var used = 0.0
      for lane in order {
        if used + width[lane] > limit, !rows[rows.count - 1].isEmpty {
          rows.append([])
          used = 0
        }
        rows[rows.count - 1].append(lane)
        used += width[lane]
      }
      return rows
    }
    var low = 0.0
    var high = order.reduce(0) { $0 + width[$1] } + 1
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if cut(at: middle).count <= count { high = middle } else { low = middle }
    }
    return cut(at: high).enumerated().map { $0 % 2 == 1 ? $1.reversed() : $1 }
  }
}

/// What the size of a plan follows from.
struct Measures {
  var style: DiagramStyle
  var page: PageFormat
  var maxLaneRowWidth: Double?
  var nodeHeight: Double

  func laneWidth(columns: Int) -> Double {
    Double(columns) * (style.nodeWidth + 13) + 22
  }

  func size(of plan: LanePlan, counts: [[Int]], crossings: Int) -> (width: Double, height: Double) {
    var width = 0.0
    var height = 100.0
    let tiers = counts.first?.count ?? 0
    let tracks = Double(crossings) / Double(max(1, plan.rows.count * max(1, tiers)))
    let channel = 22 + style.channelPitch * min(tracks, 40)
    for lanes in plan.rows {
      width = max(width, lanes.reduce(0) { $0 + laneWidth(columns: plan.columns[$1]) })
      height += 30 + channel * Double(tiers)
      for tier in 0..<tiers {
        let rows =
          lanes.map { (counts[$0][tier] + plan.columns[$0] - 1) / plan.columns[$0] }.max() ?? 1
        height += Double(max(1, rows)) * (nodeHeight + style.stackGap)
      }
    }
    return (width + style.labelColumn, height)
  }
}
