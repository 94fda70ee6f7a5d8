/// Groups of nodes that no single node's removal parts.
///
/// Two nodes with an edge between them share exactly one group. A node in several groups is an
/// articulation point; a group of two nodes is a bridge.
public struct BiconnectedComponents: Equatable, Sendable {
  /// The nodes of each group, rising; groups by their first nodes, then their second.
  public let groups: [[NodeID]]

  /// The number of groups.
  public var count: Int { groups.count }

  /// The group with the most nodes, the first of several; nil where there is none.
  public var largest: [NodeID]? {
    groups.indices.max { (groups[$0].count, $1) < (groups[$1].count, $0) }.map { groups[$0] }
  }
}

extension Graph {
  /// Divides the edges into groups within which any two nodes have two routes that share no third.
  ///
  /// ```swift
  /// graph.biconnectedComponents().groups
  /// ```
  ///
  /// - Returns: The nodes of each group; nodes without an edge to another are in none.
  /// - Complexity: O(*n* log *n* + *m*) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph
  /// > manipulation", *Comm. ACM* 16(6), 1973. [doi](https://doi.org/10.1145/362248.362272)
  public func biconnectedComponents() -> BiconnectedComponents {
    let search = LowPoints(of: self)
    // A node below a root opens a group with its parent where it is cut off there, and otherwise
    // belongs to the group of its parent. Parents come before children in the order of discovery.
    var groupAt = [Int](repeating: -1, count: nodeCount)
    var groups: [[NodeID]] = []
    for place in 0..<nodeCount where !search.isRoot(place) {
      if search.isCutOff(place) {
        groupAt[place] = groups.count
        groups.append([search.parent(at: place)])
      } else {
        groupAt[place] = groupAt[Int(search.parent[place]) - 1]
      }
      groups[groupAt[place]].append(search.node(at: place))
    }
    return BiconnectedComponents(
      groups: groups.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    )
  }
}
