/// The floor plan of a tier diagram: which gutters and channels there are and where nodes stand.
///
/// Level lines run only in *channels*, the free strips between tiers and between rows of lanes;
/// upright lines only in *gutters*, the free strips between columns and between lanes. No box
/// stands in either, so no line can cross a box.
struct Floor {
  let model: TierModel
  let forest: Forest
  let plan: LanePlan
  let grids: [LaneGrid]
  let rowOfLane: [Int]
  /// The number of the gutter left of each lane's first column.
  var firstGutter: [Int]
  /// The number of the first gutter of each row: the gap left of its first lane.
  var rowFirstGutter: [Int]
  var gutterCount: Int
  /// A rough place of each gutter, good enough to compare left and right.
  var roughGutter: [Double]
  /// The slot of each node.
  var slot: [Int]
  /// The row of each node within its tier.
  var level: [Int]
  /// Whether no node stands below in the same column and tier.
  var isOpenBelow: [Bool]
  /// The blocked tiers of each gutter.
  var blocked: [Int: Set<Int>] = [:]
  /// The rows of nodes of each row of lanes and tier.
  var levels: [[Int]]

  init(_ model: TierModel, forest: Forest, plan: LanePlan, style: DiagramStyle) {
    self.model = model
    self.forest = forest
    self.plan = plan
    grids = forest.rows.indices.map {
      LaneGrid(lane: forest.rows[$0], forest: forest, columns: plan.columns[$0])
    }
    rowOfLane = plan.rowOfLane
    firstGutter = Array(repeating: 0, count: plan.columns.count)
    rowFirstGutter = []
    roughGutter = []
    let pitch = style.nodeWidth + 13
    for lanes in plan.rows {
      rowFirstGutter.append(roughGutter.count)
      var x = 0.0
      roughGutter.append(x)
      for lane in lanes {
        firstGutter[lane] = roughGutter.count
        for column in 0...plan.columns[lane] {
          roughGutter.append(x + 10 + Double(column) * pitch)
        }
        x += Double(plan.columns[lane]) * pitch + 20
        roughGutter.append(x)
      }
    }
    gutterCount = roughGutter.count
    let count = model.nodes.count
    slot = Array(repeating: 0, count: count)
    level = slot
    isOpenBelow = Array(repeating: true, count: count)
    levels = plan.rows.map { _ in Array(repeating: 1, count: model.tierCount) }
    for lane in forest.rows.indices { settle(lane) }
  }

  private mutating func settle(_ lane: Int) {
    let grid = grids[lane]
    for (tier, nodes) in forest.rows[lane].enumerated() {
      var last: [Int: Int] = [:]
      for (place, node) in nodes.enumerated() {
        slot[node] = grid.slots[tier][place]
        level[node] = grid.levels[tier][place]
        if let above = last.updateValue(node, forKey: slot[node]) { isOpenBelow[above] = false }
        if let gutter = LaneGrid.blockedGutter(of: slot[node]) {
          blocked[firstGutter[lane] + gutter, default: []].insert(tier)
        }
        let row = rowOfLane[lane]
        levels[row][tier] = max(levels[row][tier], level[node] + 1)
      }
    }
  }

  func row(of node: Int) -> Int { rowOfLane[model.lane[node]] }

  /// The gutters beside a node on the grid; nil for a node between columns.
  func sides(of node: Int) -> (left: Int, right: Int)? {
    guard slot[node] % 2 == 0 else { return nil }
    let left = firstGutter[model.lane[node]] + slot[node] / 2
    return (left, left + 1)
  }

  func roughX(of node: Int) -> Double {
    let left = firstGutter[model.lane[node]] + slot[node] / 2
    return slot[node] % 2 == 1
      ? roughGutter[left + 1] : (roughGutter[left] + roughGutter[left + 1]) / 2
  }

  func isFree(_ gutter: Int, tiers: Range<Int>) -> Bool {
    guard let closed = blocked[gutter] else { return true }
    return !tiers.contains { closed.contains($0) }
  }

  /// The gaps left and right of a lane.
  func gaps(beside lane: Int) -> (left: Int, right: Int) {
    (firstGutter[lane] - 1, firstGutter[lane] + plan.columns[lane] + 1)
  }

  // Channels: row by row one above each tier and one below the last, then those between rows.
  func channel(row: Int, above tier: Int) -> Int { row * (model.tierCount + 1) + tier }
  func channel(below row: Int) -> Int { plan.rows.count * (model.tierCount + 1) + row }
  var channelCount: Int {
    plan.rows.count * (model.tierCount + 1) + max(0, plan.rows.count - 1)
  }

  // Heights along a gutter, without coordinates: channel t is t << 20, level r of tier t follows.
  func rank(channelAbove tier: Int) -> Int { tier << 20 }
  func rank(of node: Int) -> Int { model.tier[node] << 20 + 1 + level[node] }
  static let rankAbove = -1
  var rankBelow: Int { (model.tierCount + 1) << 20 }
}
