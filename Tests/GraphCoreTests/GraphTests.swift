import ClewTestSupport
import GraphCore
import Testing

struct GraphTests {
  @Test func `an empty graph has neither nodes nor edges`() throws {
    let graph = Graph()
    #expect(graph.isEmpty)
    #expect(graph.edgeCount == 0)
    #expect(Array(graph.edges).isEmpty)
    #expect(try GraphBuilder().build() == graph)
    graph.checkInvariants()
  }

  @Test func `neighbours are sorted whatever the order of the edges`() throws {
    let graph = try Graph([(2, 1), (0, 2), (0, 1), (2, 0)])
    #expect(graph.outNeighbors(of: NodeID(0)).map(\.index) == [1, 2])
    #expect(graph.outNeighbors(of: NodeID(2)).map(\.index) == [0, 1])
    #expect(graph.inNeighbors(of: NodeID(1)).map(\.index) == [0, 2])
    #expect(graph.neighbors(of: NodeID(2)).map(\.index) == [0, 1])
    #expect(graph.hasEdge(from: NodeID(0), to: NodeID(1)))
    #expect(!graph.hasEdge(from: NodeID(1), to: NodeID(0)))
    #expect(!graph.hasEdge(from: NodeID(9), to: NodeID(0)))
  }

  @Test func `edges between the same nodes fold into one with the sum of their weights`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
    builder.addEdge(from: NodeID(1), to: NodeID(0))
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 4)
    let graph = try builder.build()
    #expect(graph.edgeCount == 2)
    #expect(graph.totalWeight == 8)
    #expect(
      graph.edge(from: NodeID(0), to: NodeID(1))
        == Edge(source: NodeID(0), target: NodeID(1), weight: 7, multiplicity: 2)
    )
    #expect(graph.edge(from: NodeID(1), to: NodeID(1)) == nil)
  }

  @Test func `an undirected edge is seen from both ends and counts once`() throws {
    var builder = GraphBuilder(isDirected: false)
    builder.addEdge(from: NodeID(2), to: NodeID(0), weight: 5)
    builder.addEdge(from: NodeID(1), to: NodeID(1), weight: 2)
    let graph = try builder.build()
    #expect(graph.edgeCount == 2)
    #expect(graph.selfLoopCount == 1)
    #expect(graph.totalWeight == 7)
    #expect(graph.outNeighbors(of: NodeID(0)).map(\.index) == [2])
    #expect(graph.inNeighbors(of: NodeID(0)).map(\.index) == [2])
    #expect(graph.degree(of: NodeID(1)) == 2)
    #expect(graph.outDegree(of: NodeID(1)) == 1)
    #expect(graph.edges.map { [$0.source.index, $0.target.index] } == [[0, 2], [1, 1]])
  }

  @Test func `dropped self-loops leave their nodes behind`() throws {
    var builder = GraphBuilder(selfLoops: .dropped)
    builder.addEdge(from: NodeID(3), to: NodeID(3), weight: 2)
    let graph = try builder.build()
    #expect(graph.nodeCount == 4)
    #expect(graph.edgeCount == 0)
    #expect(!graph.isWeighted)
  }

  @Test(arguments: [0, -1, Int64.min])
  func `an edge of no weight is refused`(weight: Int64) throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: weight)
    #expect(throws: GraphError.nonPositiveWeight(source: NodeID(0), target: NodeID(1))) {
      try builder.build()
    }
  }

  @Test func `weights that add up to more than 64 bits are refused`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: .max)
    #expect(try builder.build().totalWeight == .max)
    builder.addEdge(from: NodeID(1), to: NodeID(2))
    #expect(throws: GraphError.weightOverflow) { try builder.build() }
  }

  @Test(arguments: [true, false])
  func `the largest total weight keeps its value`(isDirected: Bool) throws {
    var builder = GraphBuilder(isDirected: isDirected)
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: .max - 10)
    builder.addEdge(from: NodeID(1), to: NodeID(1), weight: 10)
    #expect(try builder.build().totalWeight == .max)
  }

  @Test func `degrees and weights are counted by direction`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
    builder.addEdge(from: NodeID(0), to: NodeID(2), weight: 4)
    builder.addEdge(from: NodeID(2), to: NodeID(2), weight: 5)
    let graph = try builder.build()
    #expect(graph.outDegrees == [2, 0, 1])
    #expect(graph.inDegrees == [0, 1, 2])
    #expect(graph.degrees == [2, 1, 3])
    #expect(graph.outWeights == [7, 0, 5])
    #expect(graph.inWeights == [0, 3, 9])
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `every random graph keeps its promises`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: seed % 2 == 0)
    graph.checkInvariants()
    let pairs = graph.undirected()
    pairs.checkInvariants()
    #expect(pairs.totalWeight == graph.totalWeight)
    #expect(graph.outDegrees.reduce(0, +) == graph.edgeCount)
    #expect(graph.outWeights.reduce(0, +) == graph.totalWeight)
    #expect(Array(graph.edges).count == graph.edgeCount)
    #expect(Array(pairs.edges).count == pairs.edgeCount)
    for node in graph.nodes {
      #expect(Array(graph.neighbors(of: node)) == Array(pairs.neighbors(of: node)))
      #expect(
        graph.outEdges(of: node).map(\.weight).reduce(0, +) == graph.outWeight(of: node)
      )
      #expect(graph.inEdges(of: node).allSatisfy { $0.target == node })
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `reversal swaps in and out and twice is the identity`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let reversed = graph.reversed()
    #expect(reversed.inWeights == graph.outWeights)
    #expect(reversed.outDegrees == graph.inDegrees)
    #expect(reversed.reversed() == graph)
    #expect(reversed.undirected() == graph.undirected())
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `relabelling keeps every edge`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 2 == 0,
      isWeighted: true
    )
    let places = RandomGraph.places(for: graph, seed: seed)
    let moved = try graph.relabelled(places)
    moved.checkInvariants()
    #expect(moved.edgeCount == graph.edgeCount)
    for edge in graph.edges {
      let (source, target) = (places[edge.source.index], places[edge.target.index])
      #expect(moved.edge(from: source, to: target)?.weight == edge.weight)
    }
  }

  @Test func `relabelling refuses what is no new order`() throws {
    let graph = try Graph.path(3)
    #expect(throws: GraphError.wrongValueCount(expected: 3, found: 1)) {
      try graph.relabelled([NodeID(0)])
    }
    #expect(throws: GraphError.self) {
      try graph.relabelled([NodeID(0), NodeID(0), NodeID(1)])
    }
  }

  @Test func `a part of the nodes keeps the edges among them`() throws {
    let graph = try Graph([(0, 1), (1, 2), (2, 3), (3, 0), (3, 1)])
    let part = graph.filtered { $0.index != 0 }
    #expect(part.originals.map(\.index) == [1, 2, 3])
    #expect(try part.graph == Graph([(0, 1), (1, 2), (2, 0)]))
  }

  @Test func `a part of the edges keeps all nodes`() throws {
    let graph = try Graph([(0, 1), (1, 1), (1, 2)], isDirected: false)
    let part = graph.withoutSelfLoops()
    #expect(part.nodeCount == 3)
    #expect(part.edgeCount == 2)
    #expect(part.filtered { _ in true } == part)
    part.checkInvariants()
  }

  @Test func `an undirected graph becomes directed both ways`() throws {
    let graph = try Graph([(0, 1), (2, 2)], isDirected: false).directed()
    #expect(graph.isDirected)
    #expect(graph.edgeCount == 3)
    graph.checkInvariants()
  }

  @Test func `without weights every edge counts as one`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
    let graph = try builder.build().unweighted()
    #expect(try graph == Graph([(0, 1)]))
    #expect(!graph.hasFoldedEdges)
  }

  @Test func `messages say where, what and what to do`() {
    #expect(
      GraphError.noSuchNode(NodeID(7), nodeCount: 3).description
        == "node 7 is not in the graph; expected a number below 3"
    )
    #expect(
      GraphError.unreadableLine(4, .unreadableWeight).description
        == "line 4: the weight is not a whole number of at least 1"
    )
  }
}
