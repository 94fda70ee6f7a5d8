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
  /// Edges there and back become one whose weight is the sum of both. There must be no more than
  /// 4,294,967,295 entries in the end, as in any graph.
  ///
  /// - Returns: An undirected graph of the same nodes.
  /// - Complexity: O(*n* + *m*).
  public func undirected() -> Graph {
    guard isDirected else { return self }
    let rows = Adjacency(merging: outgoing, incoming, Parallel(workers: .active))
    if rows.weights == nil, rows.multiplicities == nil {
      return Graph(isDirected: false, plain: rows, incoming: rows, selfLoopCount: selfLoopCount)
    }
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
  /// - Parameter isKept: Says whether an edge stays; of an undirected edge it is asked twice, with
  ///   the smaller node as source, and must answer alike.
  /// - Returns: A graph of the same nodes.
  /// - Complexity: O(*n* + *m*).
  public func filtered(edges isKept: (Edge) -> Bool) -> Graph {
    var rows = AdjacencyWriter(nodeCount: nodeCount, entryCount: 0)
    for node in nodes {
      for position in outgoing.row(of: node) {
        let neighbor = outgoing.neighbors[position]
        let isTurned = !isDirected && neighbor < node
        let edge = Edge(
          source: isTurned ? neighbor : node,
          target: isTurned ? node : neighbor,
          weight: outgoing.weight(at: position),
          multiplicity: outgoing.multiplicity(at: position)
        )
        guard isKept(edge) else { continue }
        rows.add(neighbor, weight: edge.weight, multiplicity: UInt32(edge.multiplicity))
      }
      rows.endRow()
    }
    return Graph(isDirected: isDirected, outgoing: rows.adjacency)
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
    // The new numbers rise with the old ones, so that rows stay sorted.
    var rows = AdjacencyWriter(nodeCount: originals.count, entryCount: 0)
    for node in originals {
      for position in outgoing.row(of: node) {
        guard let place = places[outgoing.neighbors[position].index] else { continue }
        rows.add(
          place,
          weight: outgoing.weight(at: position),
          multiplicity: UInt32(outgoing.multiplicity(at: position))
        )
      }
      rows.endRow()
    }
    return Subgraph(
      graph: Graph(isDirected: isDirected, outgoing: rows.adjacency),
      originals: originals
    )
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
    let numbers = SharedArray<UInt32>(unwritten: nodeCount)
    var isTaken = [Bool](repeating: false, count: nodeCount)
    for (node, place) in places.enumerated() {
      guard contains(place), !isTaken[place.index] else {
        throw .optionOutOfRange(option: "places", expected: "each place from 0 once")
      }
      isTaken[place.index] = true
      numbers[node] = place.rawValue
    }
    return relabelled(numbers, Parallel(workers: .active))
  }

  /// The caller promises each place below the number of nodes once.
  func relabelled(_ places: SharedArray<UInt32>, _ parallel: Parallel) -> Graph {
    if outgoing.weights == nil, outgoing.multiplicities == nil {
      return plainRelabelled(places, parallel)
    }
    let byTarget = Adjacency(relabelling: outgoing, places: places, parallel: parallel)
    return Graph(
      isDirected: isDirected,
      outgoing: Adjacency(transposing: byTarget, parallel: parallel)
    )
  }

  private func plainRelabelled(_ places: SharedArray<UInt32>, _ parallel: Parallel) -> Graph {
    let originals = SharedArray<UInt32>(unwritten: nodeCount)
    for node in 0..<nodeCount { originals[places[node]] = UInt32(node) }
    func rows(_ old: Adjacency) -> Adjacency {
      Adjacency(plainRelabelling: old, places: places, originals: originals, parallel: parallel)
    }
    let new = rows(outgoing)
    return Graph(
      isDirected: isDirected,
      plain: new,
      incoming: isDirected ? rows(incoming) : new,
      selfLoopCount: selfLoopCount
    )
  }
}

/// Part of a graph, with the way back to the whole.
public struct Subgraph: Equatable, Sendable {
  /// The nodes that were kept and the edges among them, numbered anew in the same order.
  public let graph: Graph
  /// For each node of the part, which node of the whole it was; rising.
  public let originals: [NodeID]
}
