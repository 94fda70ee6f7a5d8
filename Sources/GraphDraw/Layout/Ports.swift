/// The exact place where each line meets its node.
struct Ports {
  struct Key: Hashable {
    var node: Int
    var access: Route.Access
    var net: Int
    var isExit: Bool
  }

  /// Offset from the middle of the side, along the side.
  private(set) var offset: [Key: Double] = [:]

  /// - Parameters:
  ///   - floor: The floor plan.
  ///   - routes: The ways of the edges.
  ///   - center: The middle of each node, left to right.
  ///   - width: The width of a node.
  ///   - height: The height of a node.
  init(_ floor: Floor, routes: [Route], center: [Double], width: Double, height: Double) {
    var far: [Key: Double] = [:]
    for route in routes {
      let edge = floor.model.edges[route.edge]
      far[Self.key(route, isExit: true, floor)] = center[edge.target]
      far[Self.key(route, isExit: false, floor)] = center[edge.source]
    }
    let keys = far.keys.sorted {
      ($0.node, "\($0.access)", far[$0] ?? 0, $0.isExit ? 0 : 1, $0.net)
        < ($1.node, "\($1.access)", far[$1] ?? 0, $1.isExit ? 0 : 1, $1.net)
    }
    let trunks = floor.model.nodes.count
    let foreign = Self.trunksAbove(floor, routes: routes)
    var start = 0
    while start < keys.count {
      let end =
        keys[start...].firstIndex {
          $0.node != keys[start].node || $0.access != keys[start].access
        } ?? keys.count
      let group = keys[start..<end]
      let main =
        group.first { $0.net < trunks && $0.isExit }
        ?? group.first { $0.net < trunks && floor.forest.parent[$0.node] == $0.net }
      let others = group.filter { $0 != main }
      if let main {
        let isUnderForeignTrunk = main.access == .top && foreign.contains(main)
        offset[main] =
          isUnderForeignTrunk ? ((far[main] ?? 0) < center[main.node] ? -5 : 5) : 0
      }
      if keys[start].access == .top || keys[start].access == .bottom {
        alongTop(others, far: far, center: center[keys[start].node], width: width)
      } else {
        alongSide(others, hasMain: main != nil, height: height)
      }
      start = end
    }
  }

  static func key(_ route: Route, isExit: Bool, _ floor: Floor) -> Key {
    let edge = floor.model.edges[route.edge]
    return Key(
      node: isExit ? edge.source : edge.target,
      access: isExit ? route.start : route.end,
      net: route.net,
      isExit: isExit
    )
  }

  /// Trunk entries whose column holds another node's trunk straight above.
  private static func trunksAbove(_ floor: Floor, routes: [Route]) -> Set<Key> {
    struct Place: Hashable {
      var lane: Int
      var tier: Int
      var slot: Int
    }
    let trunks = floor.model.nodes.count
    var exits: [Place: Int] = [:]
    for route in routes where route.net < trunks && route.start == .bottom {
      let node = floor.model.edges[route.edge].source
      exits[
        Place(lane: floor.model.lane[node], tier: floor.model.tier[node], slot: floor.slot[node])
      ] = route.net
    }
    var result: Set<Key> = []
    for route in routes where route.net < trunks && route.end == .top {
      let node = floor.model.edges[route.edge].target
      let above = Place(
        lane: floor.model.lane[node],
        tier: floor.model.tier[node] - 1,
        slot: floor.slot[node]
      )
      if let net = exits[above], net != route.net {
        result.insert(key(route, isExit: false, floor))
      }
    }
    return result
  }

  // Lines from the left on the left half, from the right on the right half; those that enter lie
  // between those that leave the node above.
  private mutating func alongTop(
    _ keys: [Key],
    far: [Key: Double],
    center: Double,
    width: Double
  ) {
    let left = keys.filter { (far[$0] ?? 0) < center }
    let right = keys.filter { (far[$0] ?? 0) >= center }
    let reach = width / 2 - 9
    for (side, group) in [(-1.0, left), (1.0, Array(right.reversed()))] {
      for (place, key) in group.enumerated() {
        // Exits and entries alternate, five points apart: what leaves a node never seems to run
        // on into what enters the node below.
        let first = key.isExit ? 7.0 : 12
        let step = min(10, (reach - first) / Double(max(1, group.count - 1)))
        // The farthest goes outermost, so that lines to one side do not cross each other here.
        offset[key] = side * (first + step * Double(group.count - 1 - place))
      }
    }
  }

  private mutating func alongSide(_ keys: [Key], hasMain: Bool, height: Double) {
    let reach = height / 2 - 4
    guard keys.count > 1 || hasMain else {
      if let only = keys.first { offset[only] = 0 }
      return
    }
    for (place, key) in keys.enumerated() {
      let step = 2 * reach / Double(max(1, keys.count))
      let isLower = place % 2 == 1
      let distance = reach - step * Double(place / 2)
      offset[key] = isLower ? -distance : distance
    }
  }
}
