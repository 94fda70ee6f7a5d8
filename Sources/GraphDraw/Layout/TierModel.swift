/// A tier diagram with numbers for ids, checked, merged and in an order that input cannot change.
struct TierModel {
  struct Edge: Hashable {
    var source: Int
    var target: Int
    var weight: Int
    var style: EdgeStyle
    var label: String?
    var isMutual: Bool
  }

  /// The nodes in the order of tier and id; the position is the node's number here.
  var nodes: [TierDiagram.Node]
  /// The lane of each node.
  var lane: [Int]
  /// The tier of each node.
  var tier: [Int]
  var edges: [Edge]
  /// The lanes in the order of colour index and id.
  var lanes: [TierDiagram.Lane]
  /// The number of the lane of nodes without a lane, when there are such nodes.
  var sharedLane: Int?
  var tierCount: Int

  init(_ diagram: TierDiagram) throws(DrawError) {
    tierCount = diagram.tiers.count
    var laneSeen: Set<String> = []
    for (position, lane) in diagram.lanes.enumerated() {
      guard laneSeen.insert(lane.id).inserted else { throw .duplicateLane(at: position) }
    }
    lanes = diagram.lanes.sorted {
      $0.colorIndex != $1.colorIndex
        ? $0.colorIndex < $1.colorIndex : $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
    }
    let laneNumber = Dictionary(uniqueKeysWithValues: lanes.enumerated().map { ($1.id, $0) })
    try Self.check(diagram.nodes, lanes: laneNumber, tiers: tierCount)
    nodes = diagram.nodes.sorted {
      $0.tier != $1.tier
        ? $0.tier < $1.tier : $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
    }
    sharedLane = nodes.contains { $0.lane == nil } ? lanes.count : nil
    let shared = lanes.count
    lane = nodes.map { node in node.lane.flatMap { laneNumber[$0] } ?? shared }
    tier = nodes.map(\.tier)
    let number = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, $0) })
    edges = try Self.merge(diagram.edges, numbers: number)
  }

  /// Lanes with the one for nodes without a lane.
  var laneCount: Int { lanes.count + (sharedLane == nil ? 0 : 1) }

  /// Whether the edge runs down inside one lane and may share its line with its siblings.
  func isTrunk(_ edge: Edge) -> Bool {
    edge.style == .within && lane[edge.source] == lane[edge.target]
      && tier[edge.source] < tier[edge.target]
  }

  private static func check(
    _ nodes: [TierDiagram.Node],
    lanes: [String: Int],
    tiers: Int
  ) throws(DrawError) {
    var seen: Set<String> = []
    for (position, node) in nodes.enumerated() {
      guard seen.insert(node.id).inserted else { throw .duplicateNode(at: position) }
      if let lane = node.lane, lanes[lane] == nil { throw .unknownLane(node: position) }
      guard (0..<tiers).contains(node.tier) else { throw .tierOutOfRange(node: position) }
    }
  }

  private struct Ends: Hashable {
    var source: Int
    var target: Int
    var style: EdgeStyle
  }

  private static func merge(
    _ edges: [TierDiagram.Edge],
    numbers: [String: Int]
  ) throws(DrawError) -> [Edge] {
    var merged: [Ends: Edge] = [:]
    for (position, edge) in edges.enumerated() {
      guard let source = numbers[edge.source], let target = numbers[edge.target] else {
        throw .unknownNode(edge: position)
      }
      guard source != target else { throw .selfLoop(edge: position) }
      let ends = Ends(source: source, target: target, style: edge.style)
      let weight = max(edge.weight, 0)
      guard var known = merged[ends] else {
        merged[ends] = Edge(
          source: source,
          target: target,
          weight: weight,
          style: edge.style,
          label: edge.label,
          isMutual: edge.isMutual
        )
        continue
      }
      let (sum, overflow) = known.weight.addingReportingOverflow(weight)
      known.weight = overflow ? Int.max : sum
      known.isMutual = known.isMutual || edge.isMutual
      // Of several texts the first in byte order stays, whatever order they came in.
      known.label = [known.label, edge.label].compactMap(\.self).min {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      merged[ends] = known
    }
    return merged.values.sorted {
      ($0.source, $0.target, $0.style.rawValue) < ($1.source, $1.target, $1.style.rawValue)
    }
  }
}
