extension Graph {
  /// The same graph with every edge turned round.
  ///
  /// - Returns: A graph whose out-neighbours are this one's in-neighbours; the storage is shared.
  /// - Complexity: O(*n* + *m*).
  public func reversed() -> Graph {
    Graph(isDirected: isDirected, outgoing: incoming, incoming: outgoing)
  }

  /// The same graph without regard to direction.
  ///
  /// Edges there and back become one whose weight is the sum of both.
  ///
  /// - Returns: An undirected graph of the same nodes.
  /// - Complexity: O(*n* + *m*).
  public func undirected() -> Graph {
    guard isDirected else { return self }
    let rows = Adjacency(merging: outgoing, incoming)
    return Graph(isDirected: false, outgoing: rows, incoming: rows)
  }

  /// The same graph with every undirected edge replaced with one in each direction.
  ///
  /// - Returns: A directed graph of the same nodes; self-loops stay single.
  /// - Complexity: O(*n* + *m*).
  public func directed() -> Graph {
    isDirected ? self : Graph(isDirected: true, outgoing: outgoing, incoming: outgoing)
  }

  /// The same graph with every weight and every count set to 1.
  ///
  /// - Returns: A graph of the same nodes and edges.
  /// - Complexity: O(*n* + *m*).
  public func unweighted() -> Graph {
    var out = outgoing
    var into = incoming
    (out.weights, out.multiplicities) = (nil, nil)
    (into.weights, into.multiplicities) = (nil, nil)
    return Graph(isDirected: isDirected, outgoing: out, incoming: into)
  }

  /// The same graph without edges that leave and enter the same node.
  ///
  /// - Returns: A graph of the same nodes.
  /// - Complexity: O(*n* + *m*), and O(1) where there is no self-loop.
  public func withoutSelfLoops() -> Graph {
    hasSelfLoops ? filtered { !$0.isSelfLoop } : self
  }

  /// The same nodes with some of the edges.
  ///
  /// - Parameter isKept: Says whether an edge stays; an undirected edge is asked about once, its
  ///   smaller node as source.
  /// - Returns: A graph of the same nodes.
  /// - Complexity: O(*n* + *m*).
  public func filtered(edges isKept: (Edge) -> Bool) -> Graph {
    let kept = arcs(where: isKept)
    let rows = Adjacency(nodeCount: nodeCount, arcs: isDirected ? kept : kept.mirrored())
    return Graph(
      isDirected: isDirected,
      outgoing: rows,
      incoming: isDirected ? Adjacency(transposing: rows) : rows
    )
  }

  /// Some of the nodes with the edges among them.
  ///
  /// - Parameter isKept: Says whether a node stays; asked once for each node in order.
  /// - Returns: The smaller graph, and which node of this one each of its nodes was.
  /// - Complexity: O(*n* + *m*).
  public func filtered(nodes isKept: (NodeID) -> Bool) -> Subgraph {
    var places = [NodeID?](repeating: nil, count: nodeCount)
    var originals: [NodeID] = []
    for node in nodes where isKept(node) {
      places[node.index] = NodeID(originals.count)
      originals.append(node)
    }
    var kept = arcs { places[$0.source.index] != nil && places[$0.target.index] != nil }
    kept.sources = kept.sources.compactMap { places[$0.index] }
    kept.targets = kept.targets.compactMap { places[$0.index] }
    let rows = Adjacency(
      nodeCount: originals.count,
      arcs: isDirected ? kept : kept.mirrored()
    )
    let graph = Graph(
      isDirected: isDirected,
      outgoing: rows,
      incoming: isDirected ? Adjacency(transposing: rows) : rows
    )
    return Subgraph(graph: graph, originals: originals)
  }

  /// The same graph with its nodes in another order.
  ///
  /// - Parameter places: For each node its new place; each place from 0 to *n* - 1 once.
  /// - Returns: The graph in which node *v* of this one is node `places[v]`.
  /// - Throws: ``GraphError/wrongValueCount(expected:found:)`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)`` where `places` is no such list.
  /// - Complexity: O(*n* + *m*).
  public func relabelled(_ places: [NodeID]) throws(GraphError) -> Graph {
    guard places.count == nodeCount else {
      throw .wrongValueCount(expected: nodeCount, found: places.count)
    }
    var isTaken = [Bool](repeating: false, count: nodeCount)
    for place in places {
      guard contains(place), !isTaken[place.index] else {
        throw .optionOutOfRange(option: "places", expected: "each place from 0 once")
      }
      isTaken[place.index] = true
    }
    var moved = arcs { _ in true }
    moved.sources = moved.sources.map { places[$0.index] }
    moved.targets = moved.targets.map { places[$0.index] }
    let rows = Adjacency(nodeCount: nodeCount, arcs: isDirected ? moved : moved.mirrored())
    return Graph(
      isDirected: isDirected,
      outgoing: rows,
      incoming: isDirected ? Adjacency(transposing: rows) : rows
    )
  }

  /// The edges that pass a test, as loose arcs; an undirected edge comes once.
  private func arcs(where isKept: (Edge) -> Bool) -> ArcList {
    var list = ArcList()
    list.weights = outgoing.weights.map { _ in [] }
    list.multiplicities = outgoing.multiplicities.map { _ in [] }
    for node in nodes {
      for position in outgoing.row(of: node)
      where isDirected || node <= outgoing.neighbors[position] {
        let edge = Edge(
          source: node,
          target: outgoing.neighbors[position],
          weight: outgoing.weight(at: position),
          multiplicity: outgoing.multiplicity(at: position)
        )
        guard isKept(edge) else { continue }
        list.sources.append(edge.source)
        list.targets.append(edge.target)
        list.weights?.append(edge.weight)
        list.multiplicities?.append(UInt32(edge.multiplicity))
      }
    }
    return list
  }
}

/// Part of a graph, with the way back to the whole.
public struct Subgraph: Equatable, Sendable {
  /// The nodes that were kept and the edges among them, numbered anew in the same order.
  public let graph: Graph
  /// For each node of the part, which node of the whole it was; rising.
  public let originals: [NodeID]
}
