extension FrontierSearch {
  /// How many nodes are tried before all of them are.
  private static var sampleSize: Int { 256 }
  /// An edge that is followed reads and writes at places that nobody could foresee; so many looks along
  /// a row cost as much.
  private static var looksPerEdge: Int { 4 }

  /// How many edges leave the nodes of a list; of a long one a sample tells.
  func edgeCount(of list: NodeList) -> Int {
    let stride = max(1, list.count / (4 * Self.sampleSize))
    var (edges, nodes) = (0, 0)
    for place in Swift.stride(from: 0, to: list.count, by: stride) {
      let node = Int(list.nodes[place])
      for rows in outward { edges += rows.row(at: node).count }
      nodes += 1
    }
    return stride == 1 ? edges : Int(Double(edges) * Double(list.count) / Double(nodes))
  }

  /// Whether it costs less to look from all unseen nodes for one in the frontier than to follow the
  /// edges of the frontier: some of the unseen, evenly spread, try it.
  ///
  /// The share of edges that the paper goes by foresees rows in which a hit comes early. Where rows are
  /// short, and most nodes are reached some steps later, looking back reads them to the end in vain.
  func isWorthGoingBack(
    to frontier: NodeBits,
    from unseen: NodeBits,
    insteadOf edges: Int
  ) -> Bool {
    let stride = max(1, steps.count / Self.sampleSize)
    var looks = 0
    for node in Swift.stride(from: 0, to: steps.count, by: stride) where unseen[node] {
      looks += 1 + self.looks(from: node, to: frontier)
    }
    return looks * stride < edges * Self.looksPerEdge
  }

  /// How many entries a node reads until it finds one in the frontier, or finds none.
  private func looks(from node: Int, to frontier: NodeBits) -> Int {
    var looks = 0
    for rows in inward {
      for position in rows.row(at: node) {
        looks += 1
        if frontier[rows.neighbors[position].index] { return looks }
      }
    }
    return looks
  }
}
