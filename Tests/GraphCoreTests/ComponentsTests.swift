import ClewTestSupport
import GraphCore
import Testing

struct ConnectedComponentsTests {
  @Test func `an empty graph has no components`() {
    let components = Graph().connectedComponents()
    #expect(components.count == 0)
    #expect(components.largest == nil)
    #expect(Graph().stronglyConnectedComponents().count == 0)
  }

  @Test func `components are numbered by their first nodes`() throws {
    let graph = try Graph([(4, 0), (1, 3)], nodeCount: 6)
    let components = graph.connectedComponents()
    #expect(components.labels == [0, 1, 2, 1, 0, 3])
    #expect(components.sizes == [2, 2, 1, 1])
    #expect(components.largest == 0)
    #expect(components.members(of: 1) == [NodeID(1), NodeID(3)])
    #expect(components[NodeID(4)] == 0)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `components agree with labels handed round`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    #expect(firsts(graph.connectedComponents()) == Oracle.firstInComponent(of: graph))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `graphs side by side keep their components`(seed: UInt64) throws {
    let left = try RandomGraph.small(seed: seed)
    let right = try RandomGraph.small(seed: seed + 1000)
    let both = try left.beside(right)
    #expect(
      both.connectedComponents().sizes
        == left.connectedComponents().sizes + right.connectedComponents().sizes
    )
    #expect(
      both.stronglyConnectedComponents().sizes
        == left.stronglyConnectedComponents().sizes + right.stronglyConnectedComponents().sizes
    )
  }

  @Test func `a cycle is one strong component and a path is none`() throws {
    let cycle = try Graph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 3)])
    #expect(cycle.stronglyConnectedComponents().labels == [0, 0, 0, 1])
    #expect(try Graph.path(4).stronglyConnectedComponents().count == 4)
    #expect(try Graph.path(4, isDirected: false).stronglyConnectedComponents().count == 1)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `strong components agree with routes both ways`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed)
    let components = graph.stronglyConnectedComponents()
    #expect(firsts(components) == Oracle.firstInStrongComponent(of: graph))
    #expect(graph.reversed().stronglyConnectedComponents() == components)
  }

  private func firsts(_ components: Components) -> [Int] {
    components.labels.map { components.labels.firstIndex(of: $0) ?? -1 }
  }
}

struct ArticulationPointsTests {
  @Test func `the middle of a path holds it together`() throws {
    let path = try Graph.path(4)
    #expect(path.articulationPoints().map(\.index) == [1, 2])
    #expect(path.bridges().map(\.target.index) == [1, 2, 3])
  }

  @Test func `a cycle has nothing to cut`() throws {
    let cycle = try Graph([(0, 1), (1, 2), (2, 0), (1, 1)])
    #expect(cycle.articulationPoints().isEmpty)
    #expect(cycle.bridges().isEmpty)
    #expect(Graph().articulationPoints().isEmpty)
    #expect(Graph().bridges().isEmpty)
  }

  @Test func `edges there and back are one bridge`() throws {
    #expect(try Graph([(0, 1), (1, 0)]).bridges().count == 1)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `cuts agree with taking away`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    #expect(graph.articulationPoints() == Oracle.articulationPoints(of: graph))
    #expect(graph.bridges() == Oracle.bridges(of: graph))
  }
}

struct CoreNumbersTests {
  @Test func `a triangle with a tail has cores of two and one`() throws {
    let graph = try Graph([(0, 1), (1, 2), (2, 0), (2, 3), (4, 4)])
    #expect(graph.coreNumbers() == [2, 2, 2, 1, 0])
    #expect(Graph().coreNumbers() == [])
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `core numbers agree with peeling`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    #expect(graph.coreNumbers() == Oracle.coreNumbers(of: graph))
    let places = RandomGraph.places(for: graph, seed: seed)
    let moved = try graph.relabelled(places).coreNumbers()
    #expect(graph.nodes.map { moved[places[$0.index].index] } == graph.coreNumbers())
  }
}

struct ClusteringTests {
  @Test func `a triangle with a tail is closed by three fifths`() throws {
    let graph = try Graph([(0, 1), (1, 2), (2, 0), (2, 3)])
    let clustering = graph.clustering()
    #expect(clustering.triangles == [1, 1, 1, 0])
    #expect(clustering.triangleCount == 1)
    #expect(clustering.transitivity == 0.6)
    #expect(areClose(clustering.coefficients, [1, 1, 1.0 / 3, 0]))
  }

  @Test func `where no two edges meet nothing can be closed`() throws {
    #expect(try Graph.path(2).clustering().transitivity == nil)
    #expect(Graph().clustering().averageCoefficient == nil)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `triangles agree with trying all triples`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    #expect(graph.clustering().triangles == Oracle.triangles(of: graph))
    #expect(graph.clustering(workers: .one) == graph.clustering(workers: 4))
  }
}

struct ReciprocityTests {
  @Test func `half of the edges are answered`() throws {
    #expect(try Graph([(0, 1), (1, 0), (1, 2), (2, 3), (3, 3)]).reciprocity() == 0.5)
    #expect(try Graph.path(3, isDirected: false).reciprocity() == 1)
    #expect(try Graph([(0, 0)]).reciprocity() == nil)
    #expect(Graph().reciprocity() == nil)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `reciprocity agrees with asking every edge`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed)
    let edges = graph.edges.filter { !$0.isSelfLoop }
    let answered = edges.count { graph.hasEdge(from: $0.target, to: $0.source) }
    #expect(graph.reciprocity() == (edges.isEmpty ? nil : Double(answered) / Double(edges.count)))
    #expect(graph.reversed().reciprocity() == graph.reciprocity())
  }
}
