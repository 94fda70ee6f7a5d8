/// Each node below its main parent: the heaviest edge that comes from above in the same lane.
struct Forest {
  /// The main parent of each node; nil for a root.
  var parent: [Int?]
  /// The children of each node, from left to right.
  var children: [[Int]]
  /// The nodes of each lane and tier, from left to right.
  var rows: [[[Int]]]

  /// - Parameters:
  ///   - model: The diagram.
  ///   - lanePlace: The place of each lane from left to right; pulls siblings to their far ends.
  init(_ model: TierModel, lanePlace: [Int]) {
    let count = model.nodes.count
    parent = Array(repeating: nil, count: count)
    var weight = Array(repeating: -1, count: count)
    var pull = Array(repeating: 0, count: count)
    var volume = Array(repeating: 0, count: count)
    for edge in model.edges {
      volume[edge.source] = volume[edge.source] &+ min(edge.weight, 1_000_000)
      volume[edge.target] = volume[edge.target] &+ min(edge.weight, 1_000_000)
      let distance = lanePlace[model.lane[edge.target]] - lanePlace[model.lane[edge.source]]
      pull[edge.source] += distance.signum()
      pull[edge.target] -= distance.signum()
      // Edges come in the order of their ends, so of equal weights the first source wins.
      if model.isTrunk(edge), edge.weight > weight[edge.target] {
        weight[edge.target] = edge.weight
        parent[edge.target] = edge.source
      }
    }
    children = Array(repeating: [], count: count)
    for node in 0..<count {
      if let above = parent[node] { children[above].append(node) }
    }
    let isLeaf = children.map(\.isEmpty)
    func comesFirst(_ left: Int, _ right: Int) -> Bool {
      if pull[left].signum() != pull[right].signum() { return pull[left] < pull[right] }
      if isLeaf[left] != isLeaf[right] { return !isLeaf[left] }
      if volume[left] != volume[right] { return volume[left] > volume[right] }
      return left < right
    }
    for node in 0..<count { children[node].sort(by: comesFirst) }
    rows = Array(
      repeating: Array(repeating: [], count: model.tierCount),
      count: model.laneCount
    )
    let roots = (0..<count).filter { parent[$0] == nil }.sorted {
      model.tier[$0] != model.tier[$1] ? model.tier[$0] < model.tier[$1] : comesFirst($0, $1)
    }
    // Tiers fall from parent to child, so the walk ends; it keeps its own stack against depth.
    var stack = Array(roots.reversed())
    while let node = stack.popLast() {
      rows[model.lane[node]][model.tier[node]].append(node)
      stack.append(contentsOf: children[node].reversed())
    }
  }
}
