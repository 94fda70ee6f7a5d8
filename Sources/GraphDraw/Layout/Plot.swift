/// Coordinates for everything on a floor plan.
struct Plot {
  let floor: Floor
  let style: DiagramStyle
  let nodeHeight: Double
  let headerHeight: Double
  let routes: [Route]
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// The middle of each gutter and its width.
  private var gutterX: [Double] = []
  private var gutterWidth: [Double] = []
  private var gutterTrack: [Key: Double] = [:]
  private var channelTrack: [Key: Double] = [:]
  private(set) var nodeX: [Double] = []
  private(set) var nodeY: [Double] = []
  /// The upper side of each row's tiers, and of the row's lanes.
  private(set) var tierY: [[Double]] = []
  private(set) var laneTop: [Double] = []
  private(set) var laneBottom: [Double] = []

  private struct Key: Hashable {
    var strip: Int
    var net: Int
  }

  init(_ floor: Floor, style: DiagramStyle, nodeHeight: Double, headerHeight: Double) {
    self.floor = floor
    self.style = style
    self.nodeHeight = nodeHeight
    self.headerHeight = headerHeight
    routes = Router(floor).routes()
    placeGutters()
    let ports = Ports(
      floor, routes: routes, center: nodeX, width: style.nodeWidth, height: nodeHeight)
    let counts = placeChannels(ports)
    stackRows(counts)
    self.ports = ports
  }

  private var ports: Ports?

  // MARK: From left to right

  private mutating func placeGutters() {
    var items: [Key: Tracks.Item] = [:]
    for route in routes {
      for case .gutter(let gutter, let from, let to) in route.legs {
        let key = Key(strip: gutter, net: route.net)
        var item = items[key] ?? Tracks.Item(net: route.net, low: .infinity, high: -.infinity)
        item.low = min(item.low, Double(min(from, to)))
        item.high = max(item.high, Double(max(from, to)))
        items[key] = item
      }
    }
    var count = Array(repeating: 0, count: floor.gutterCount)
    var track: [Key: Int] = [:]
    for (gutter, group) in Self.byStrip(items) {
      let assigned = Tracks.assign(group, gap: 0)
      count[gutter] = assigned.count
      for (item, place) in zip(group, assigned.track) {
        track[Key(strip: gutter, net: item.net)] = place
      }
    }
    setWidths(count)
    for (key, place) in track {
      let offset = Double(place) - Double(count[key.strip] - 1) / 2
      gutterTrack[key] = gutterX[key.strip] + offset * style.gutterPitch
    }
    nodeX = floor.model.nodes.indices.map { node in
      let left = floor.firstGutter[floor.model.lane[node]] + floor.slot[node] / 2
      return floor.slot[node] % 2 == 1
        ? gutterX[left + 1] : (gutterX[left] + gutterWidth[left] / 2) + style.nodeWidth / 2
    }
  }

  private mutating func setWidths(_ count: [Int]) {
    gutterWidth = Array(repeating: 0, count: count.count)
    gutterX = gutterWidth
    var isInner = Array(repeating: false, count: count.count)
    for lane in floor.firstGutter.indices {
      for column in 0...floor.plan.columns[lane] {
        isInner[floor.firstGutter[lane] + column] = true
      }
    }
    for gutter in count.indices {
      let tracks = Double(max(0, count[gutter] - 1)) * style.gutterPitch
      gutterWidth[gutter] =
        isInner[gutter] ? (count[gutter] == 0 ? 8 : 17 + tracks) : (count[gutter] == 0 ? 7 : 10 + tracks)
    }
    let bounds = floor.rowFirstGutter + [count.count]
    var rowWidth: [Double] = []
    for row in floor.rowFirstGutter.indices {
      let own = (bounds[row]..<bounds[row + 1]).reduce(0) { $0 + gutterWidth[$1] }
      let columns = floor.plan.rows[row].reduce(0) { $0 + floor.plan.columns[$1] }
      rowWidth.append(own + Double(columns) * style.nodeWidth)
    }
    let widest = rowWidth.max() ?? 0
    for row in floor.rowFirstGutter.indices {
      let gutters = bounds[row]..<bounds[row + 1]
      let inner = gutters.filter { isInner[$0] }
      for gutter in inner {
        gutterWidth[gutter] += (widest - rowWidth[row]) / Double(inner.count)
      }
      var x = style.labelColumn
      for gutter in gutters {
        gutterX[gutter] = x + gutterWidth[gutter] / 2
        x += gutterWidth[gutter]
        // After a gutter of a lane, except its last, comes a column of nodes.
        if isInner[gutter], gutter + 1 < bounds[row + 1], isInner[gutter + 1] {
          x += style.nodeWidth
        }
      }
    }
    width = style.labelColumn + widest
  }

  /// The left and right side of a lane's box.
  func sides(of lane: Int) -> (left: Double, right: Double) {
    let first = floor.firstGutter[lane]
    let last = first + floor.plan.columns[lane]
    return (gutterX[first] - gutterWidth[first] / 2, gutterX[last] + gutterWidth[last] / 2)
  }

  // MARK: From top to bottom

  private func portX(_ route: Route, isExit: Bool, _ ports: Ports) -> Double {
    let key = Ports.key(route, isExit: isExit, floor)
    let offset = ports.offset[key] ?? 0
    switch key.access {
    case .top, .bottom: return nodeX[key.node] + offset
    case .left: return nodeX[key.node] - style.nodeWidth / 2
    case .right: return nodeX[key.node] + style.nodeWidth / 2
    }
  }

  private func gutterTrackX(_ leg: Route.Leg, _ route: Route) -> Double {
    guard case .gutter(let gutter, _, _) = leg else { return 0 }
    return gutterTrack[Key(strip: gutter, net: route.net)] ?? gutterX[gutter]
  }

  private mutating func placeChannels(_ ports: Ports) -> [Int] {
    var items: [Key: Tracks.Item] = [:]
    for route in routes {
      for (place, leg) in route.legs.enumerated() {
        guard case .channel(let channel) = leg else { continue }
        let key = Key(strip: channel, net: route.net)
        var item = items[key] ?? Tracks.Item(net: route.net, low: .infinity, high: -.infinity)
        item.group = route.net < floor.model.nodes.count ? 1 : 0
        var ends: [(x: Double, isUp: Bool)] = []
        if place == 0 {
          ends.append((portX(route, isExit: true, ports), route.start == .bottom))
        } else if case .gutter(_, let from, let to) = route.legs[place - 1] {
          ends.append((gutterTrackX(route.legs[place - 1], route), from < to))
        }
        if place == route.legs.count - 1 {
          ends.append((portX(route, isExit: false, ports), route.end == .bottom))
        } else if case .gutter(_, let from, let to) = route.legs[place + 1] {
          ends.append((gutterTrackX(route.legs[place + 1], route), from > to))
        }
        for end in ends {
          item.low = min(item.low, end.x)
          item.high = max(item.high, end.x)
          if end.isUp { item.before.append(end.x) } else { item.after.append(end.x) }
        }
        items[key] = item
      }
    }
    var counts = Array(repeating: 0, count: floor.channelCount)
    for (channel, group) in Self.byStrip(items) {
      // A line that runs straight through needs no track.
      let bent = group.filter { $0.high - $0.low > 0.5 }
      let assigned = Tracks.assign(bent, gap: 6)
      let track = Tracks.untangled(bent, assigned)
      counts[channel] = assigned.count
      for (item, place) in zip(bent, track) {
        channelTrack[Key(strip: channel, net: item.net)] = Double(place)
      }
    }
    return counts
  }

  private static func byStrip(_ items: [Key: Tracks.Item]) -> [(Int, [Tracks.Item])] {
    Dictionary(grouping: items, by: \.key.strip).sorted { $0.key < $1.key }.map { strip, group in
      (strip, group.sorted { $0.key.net < $1.key.net }.map(\.value))
    }
  }

  private mutating func stackRows(_ counts: [Int]) {
    var top = Array(repeating: 0.0, count: floor.channelCount)
    func tracks(_ channel: Int, empty: Double, before: Double, after: Double) -> Double {
      counts[channel] == 0
        ? empty : before + Double(counts[channel] - 1) * style.channelPitch + after
    }
    var y = 0.0
    let tiers = floor.model.tierCount
    for row in floor.plan.rows.indices {
      laneTop.append(y)
      y += headerHeight
      var tierTops: [Double] = []
      for tier in 0...tiers {
        let channel = floor.channel(row: row, above: tier)
        top[channel] = y
        let empty = tier == 0 ? 4.0 : tier == tiers ? 6 : 14
        let slack = tier > 0 && tier < tiers ? style.channelSlack : 0
        y += tracks(channel, empty: empty, before: 8, after: tier == tiers ? 7 : 13) + slack
        guard tier < tiers else { break }
        tierTops.append(y)
        y += Double(floor.levels[row][tier]) * (nodeHeight + style.stackGap) - style.stackGap
      }
      tierY.append(tierTops)
      laneBottom.append(y)
      guard row + 1 < floor.plan.rows.count else { break }
      let channel = floor.channel(below: row)
      top[channel] = y
      y += tracks(channel, empty: 12, before: 8, after: 8)
    }
    height = y
    for (key, place) in channelTrack {
      channelTrack[key] = top[key.strip] + 8 + place * style.channelPitch + slack(in: key.strip) / 2
    }
    nodeY = floor.model.nodes.indices.map { node in
      tierY[floor.row(of: node)][floor.model.tier[node]]
        + Double(floor.level[node]) * (nodeHeight + style.stackGap) + nodeHeight / 2
    }
  }

  /// The free space that was added to a channel.
  private func slack(in channel: Int) -> Double {
    let tiers = floor.model.tierCount
    guard channel < floor.plan.rows.count * (tiers + 1) else { return 0 }
    let tier = channel % (tiers + 1)
    return tier > 0 && tier < tiers ? style.channelSlack : 0
  }

  // MARK: Lines

  /// The corners of a route from border to border.
  func points(of route: Route) -> [Point] {
    guard let ports else { return [] }
    var points = [place(route, isExit: true, ports)]
    for leg in route.legs {
      let last = points[points.count - 1]
      switch leg {
      case .channel(let channel):
        let y = channelTrack[Key(strip: channel, net: route.net)] ?? last.y
        points.append(Point(x: last.x, y: y))
      case .gutter:
        points.append(Point(x: gutterTrackX(leg, route), y: last.y))
      }
    }
    let end = place(route, isExit: false, ports)
    let last = points[points.count - 1]
    if route.end == .top || route.end == .bottom {
      points.append(Point(x: end.x, y: last.y))
    } else {
      points.append(Point(x: last.x, y: end.y))
    }
    points.append(end)
    return Self.simplified(points)
  }

  private func place(_ route: Route, isExit: Bool, _ ports: Ports) -> Point {
    let key = Ports.key(route, isExit: isExit, floor)
    let offset = ports.offset[key] ?? 0
    let shape = floor.model.nodes[key.node].shape
    let half = (x: style.nodeWidth / 2, y: nodeHeight / 2)
    let center = Point(x: nodeX[key.node], y: nodeY[key.node])
    switch key.access {
    case .top, .bottom:
      let reach = half.y * shape.reach(at: offset / half.x)
      return center.moved(x: offset, y: key.access == .top ? -reach : reach)
    case .left, .right:
      let reach = half.x * shape.reach(at: offset / half.y)
      return center.moved(x: key.access == .left ? -reach : reach, y: offset)
    }
  }

  /// Leaves out corners that are none.
  static func simplified(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    for point in points {
      if let last = result.last, abs(last.x - point.x) < 0.01, abs(last.y - point.y) < 0.01 {
        continue
      }
      if result.count >= 2 {
        let (first, middle) = (result[result.count - 2], result[result.count - 1])
        let isUpright = abs(first.x - middle.x) < 0.01 && abs(middle.x - point.x) < 0.01
        let isLevel = abs(first.y - middle.y) < 0.01 && abs(middle.y - point.y) < 0.01
        if isUpright || isLevel { result.removeLast() }
      }
      result.append(point)
    }
    return result
  }
}

extension NodeShape {
  /// How far the outline reaches at a distance from the middle; both as shares of half the size.
  func reach(at share: Double) -> Double {
    let share = min(abs(share), 1)
    return switch self {
    case .ellipse: (1 - share * share).squareRoot()
    case .diamond: 1 - share
    case .box, .doubleBox, .roundedBox: 1
    }
  }
}
