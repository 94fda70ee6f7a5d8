/// The way of one edge through gutters and channels, before anything has coordinates.
struct Route {
  /// Where an edge meets its node.
  enum Access: Hashable {
    case top
    case bottom
    case left
    case right
  }

  /// One straight stretch.
  enum Leg: Hashable {
    case channel(Int)
    /// A gutter between two heights, in the order of travel.
    case gutter(Int, from: Int, to: Int)
  }

  var edge: Int
  /// Routes of one net share their lines.
  var net: Int
  var start: Access
  var legs: [Leg]
  var end: Access
}

/// Finds the way of every edge.
struct Router {
  let floor: Floor
  private var trunkGutter: [TrunkKey: [Int: Int]] = [:]
  /// The side on which the trunk of its main parent enters a node of a stack.
  private var entry: [Int: Route.Access] = [:]

  private struct TrunkKey: Hashable {
    var source: Int
    var tier: Int
  }

  init(_ floor: Floor) {
    self.floor = floor
    planTrunks()
  }

  /// One route for each edge, in the order of the edges.
  func routes() -> [Route] {
    let model = floor.model
    return model.edges.indices.map { number in
      let edge = model.edges[number]
      let isTrunk = model.isTrunk(edge)
      var route = self.route(from: edge.source, to: edge.target, isTrunk: isTrunk)
      route.edge = number
      route.net = isTrunk ? edge.source : model.nodes.count + number
      return route
    }
  }

  // Children of one parent that stand in stacks hang on trunks: two stacks side by side on one
  // trunk between them. A stack below its parent hangs on the side that the parent is not entered
  // from, so that what comes and what goes do not share a gutter; any other stack on the trunk
  // nearer to the parent.
  private mutating func planTrunks() {
    var columns: [TrunkKey: [Int: [Int]]] = [:]
    for edge in floor.model.edges where floor.model.isTrunk(edge) {
      guard floor.sides(of: edge.target) != nil else { continue }
      let key = TrunkKey(source: edge.source, tier: floor.model.tier[edge.target])
      columns[key, default: [:]][floor.slot[edge.target] / 2, default: []].append(edge.target)
    }
    // Nodes are numbered from the top tier down, so a parent is entered before it is left.
    let keys = columns.keys.sorted { ($0.source, $0.tier) < ($1.source, $1.tier) }
    for key in keys {
      guard let byColumn = columns[key] else { continue }
      var chosen: [Int: Int] = [:]
      let lane = floor.model.lane[key.source]
      let stacks = byColumn.filter { $1.count > 1 || floor.level[$1[0]] > 0 }.keys.sorted()
      for column in stacks {
        if chosen[column - 1] == column {
          chosen[column] = column
        } else if stacks.contains(column + 1) {
          chosen[column] = column + 1
        } else if floor.slot[key.source] == 2 * column {
          chosen[column] = column + (entry[key.source] == .left ? 1 : 0)
        } else {
          chosen[column] = floor.slot[key.source] > 2 * column ? column + 1 : column
        }
        for node in byColumn[column] ?? [] where floor.forest.parent[node] == key.source {
          entry[node] = chosen[column] == column ? .left : .right
        }
      }
      trunkGutter[key] = chosen.mapValues { floor.firstGutter[lane] + $0 }
    }
  }

  private func route(from source: Int, to target: Int, isTrunk: Bool) -> Route {
    let tiers = floor.model.tier
    let rows = (from: floor.row(of: source), to: floor.row(of: target))
    let isUpward = rows.from == rows.to && tiers[target] < tiers[source]
    let isLevel = rows.from == rows.to && tiers[target] == tiers[source]
    if isLevel, let route = beside(source, target) { return route }
    let way = leave(source, downward: !isUpward, toward: floor.roughX(of: target))
    var arrival = arrive(
      target,
      fromAbove: !isUpward && !isLevel,
      from: floor.roughX(of: source)
    )
    if isTrunk, let gutter = trunkGutter(of: source, to: target) {
      arrival = side(target, gutter: gutter, channelTier: tiers[target])
    }
    var route = Route(edge: 0, net: 0, start: way.access, legs: way.legs, end: arrival.access)
    if rows.from != rows.to {
      route.legs += between(source, way.tier, target, arrival.tier) + arrival.legs
      return route
    }
    if way.tier == arrival.tier {
      route.legs += [.channel(floor.channel(row: rows.from, above: way.tier))] + arrival.legs
      return route
    }
    let passed = min(way.tier, arrival.tier)..<max(way.tier, arrival.tier)
    let first = floor.channel(row: rows.from, above: way.tier)
    let rank = floor.rank(channelAbove: way.tier)
    if let gutter = freeSide(of: target, passed: passed, from: floor.roughX(of: source), arrival) {
      // Straight down beside the target and in from its side.
      route.legs += [
        .channel(first), .gutter(gutter.number, from: rank, to: floor.rank(of: target)),
      ]
      route.end = gutter.access
      return route
    }
    let gutter = freeGutter(near: target, passed: passed, from: floor.roughX(of: source))
    route.legs += [
      .channel(first),
      .gutter(gutter, from: rank, to: floor.rank(channelAbove: arrival.tier)),
      .channel(floor.channel(row: rows.from, above: arrival.tier)),
    ]
    route.legs += arrival.legs
    return route
  }

  /// The way between two nodes of one stack, or of two stacks with one gutter between them.
  private func beside(_ source: Int, _ target: Int) -> Route? {
    guard floor.level[source] != floor.level[target], let from = floor.sides(of: source),
      let to = floor.sides(of: target), floor.model.lane[source] == floor.model.lane[target]
    else { return nil }
    let gutter =
      from.right == to.left
      ? from.right
      : from.left == to.right
        ? from.left : from == to ? (entry[source] == .right ? from.left : from.right) : nil
    guard let gutter else { return nil }
    return Route(
      edge: 0,
      net: 0,
      start: gutter == from.left ? .left : .right,
      legs: [.gutter(gutter, from: floor.rank(of: source), to: floor.rank(of: target))],
      end: gutter == to.left ? .left : .right
    )
  }

  private func trunkGutter(of source: Int, to target: Int) -> Int? {
    trunkGutter[TrunkKey(source: source, tier: floor.model.tier[target])]?[floor.slot[target] / 2]
  }

  private struct Way {
    var access: Route.Access
    var legs: [Route.Leg]
    /// The channel above this tier.
    var tier: Int
  }

  private func leave(_ node: Int, downward: Bool, toward x: Double) -> Way {
    let tier = floor.model.tier[node]
    if downward && floor.isOpenBelow[node] { return Way(access: .bottom, legs: [], tier: tier + 1) }
    if !downward && floor.level[node] == 0 { return Way(access: .top, legs: [], tier: tier) }
    let channelTier = downward ? tier + 1 : tier
    var gutter = nearerSide(of: node, to: x)
    if let entry = entry[node], let sides = floor.sides(of: node) {
      gutter = entry == .left ? (sides.right, .right) : (sides.left, .left)
    }
    return Way(
      access: gutter.access,
      legs: [
        .gutter(
          gutter.number,
          from: floor.rank(of: node),
          to: floor.rank(channelAbove: channelTier)
        )
      ],
      tier: channelTier
    )
  }

  private func arrive(_ node: Int, fromAbove: Bool, from x: Double) -> Way {
    let tier = floor.model.tier[node]
    if fromAbove && floor.level[node] == 0 { return Way(access: .top, legs: [], tier: tier) }
    if !fromAbove && floor.isOpenBelow[node] {
      return Way(access: .bottom, legs: [], tier: tier + 1)
    }
    return side(
      node,
      gutter: nearerSide(of: node, to: x).number,
      channelTier: fromAbove ? tier : tier + 1
    )
  }

  private func side(_ node: Int, gutter: Int, channelTier: Int) -> Way {
    Way(
      access: floor.sides(of: node)?.left == gutter ? .left : .right,
      legs: [
        .gutter(gutter, from: floor.rank(channelAbove: channelTier), to: floor.rank(of: node))
      ],
      tier: channelTier
    )
  }

  private func nearerSide(of node: Int, to x: Double) -> (number: Int, access: Route.Access) {
    guard let sides = floor.sides(of: node) else {
      // Only nodes in stacks need a side, and these stand on the grid.
      preconditionFailure("a node between columns has no side gutter")
    }
    return x <= floor.roughX(of: node) ? (sides.left, .left) : (sides.right, .right)
  }

  private func freeSide(
    of node: Int,
    passed: Range<Int>,
    from x: Double,
    _ arrival: Way
  ) -> (number: Int, access: Route.Access)? {
    guard let sides = floor.sides(of: node), arrival.tier <= floor.model.tier[node] else {
      return nil
    }
    let nearer = nearerSide(of: node, to: x)
    let other =
      nearer.access == .left
      ? (number: sides.right, access: Route.Access.right) : (number: sides.left, access: .left)
    if case .gutter(let number, _, _)? = arrival.legs.first {
      return floor.isFree(number, tiers: passed) ? (number, arrival.access) : nil
    }
    return [nearer, other].first { floor.isFree($0.number, tiers: passed) }
  }

  private func freeGutter(near node: Int, passed: Range<Int>, from x: Double) -> Int {
    let lane = floor.model.lane[node]
    let first = floor.firstGutter[lane]
    let own = floor.roughX(of: node)
    let free = (first...first + floor.plan.columns[lane]).filter {
      floor.isFree($0, tiers: passed)
    }
    // The outermost gutters of a lane are never blocked.
    return free.min {
      let left = abs(floor.roughGutter[$0] - own) + abs(floor.roughGutter[$0] - x) / 4
      let right = abs(floor.roughGutter[$1] - own) + abs(floor.roughGutter[$1] - x) / 4
      return left != right ? left < right : $0 < $1
    } ?? first
  }

  /// The way from a channel of one row of lanes to a channel of another, through the gaps
  /// between lanes.
  private func between(_ source: Int, _ from: Int, _ target: Int, _ to: Int) -> [Route.Leg] {
    let rows = (from: floor.row(of: source), to: floor.row(of: target))
    let isDown = rows.from < rows.to
    var x = floor.roughX(of: source)
    var legs: [Route.Leg] = [.channel(floor.channel(row: rows.from, above: from))]
    let out = nearerGap(floor.model.lane[source], to: floor.roughX(of: target), own: x)
    let far = isDown ? floor.rankBelow : Floor.rankAbove
    let near = isDown ? Floor.rankAbove : floor.rankBelow
    legs.append(.gutter(out, from: floor.rank(channelAbove: from), to: far))
    x = floor.roughGutter[out]
    for row in stride(from: rows.from, to: rows.to, by: isDown ? 1 : -1) {
      let next = isDown ? row + 1 : row - 1
      legs.append(.channel(floor.channel(below: min(row, next))))
      if next != rows.to {
        let gap = nearestGap(inRow: next, to: x)
        x = floor.roughGutter[gap]
        legs.append(.gutter(gap, from: near, to: far))
      }
    }
    let gap = nearerGap(floor.model.lane[target], to: x, own: floor.roughX(of: target))
    legs.append(.gutter(gap, from: near, to: floor.rank(channelAbove: to)))
    legs.append(.channel(floor.channel(row: rows.to, above: to)))
    return legs
  }

  private func nearerGap(_ lane: Int, to x: Double, own: Double) -> Int {
    let gaps = floor.gaps(beside: lane)
    func detour(_ gap: Int) -> Double {
      abs(floor.roughGutter[gap] - own) + abs(floor.roughGutter[gap] - x)
    }
    return detour(gaps.left) <= detour(gaps.right) ? gaps.left : gaps.right
  }

  private func nearestGap(inRow row: Int, to x: Double) -> Int {
    let lanes = floor.plan.rows[row]
    let gaps =
      lanes.map { floor.gaps(beside: $0).left }
      + lanes.suffix(1).map {
        floor.gaps(beside: $0).right
      }
    return gaps.min {
      abs(floor.roughGutter[$0] - x) < abs(floor.roughGutter[$1] - x)
    } ?? floor.rowFirstGutter[row]
  }
}
