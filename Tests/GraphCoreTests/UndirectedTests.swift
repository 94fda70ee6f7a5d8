import ClewTestSupport
import GraphCore
import Testing

/// A directed graph without its directions is what the builder makes of the same edges.
struct UndirectedTests {
  private func both(
    nodeCount: Int,
    edgeCount: Int,
    isWeighted: Bool,
    repeats: GraphBuilder.Repeats,
    seed: UInt64
  ) throws -> (directed: Graph, undirected: Graph) {
    var random = SplitMix64(seed: seed)
    var builders = [true, false].map {
      GraphBuilder(nodeCount: nodeCount, isDirected: $0, repeats: repeats)
    }
    for _ in 0..<edgeCount {
      let (a, b) = (random.next(below: nodeCount), random.next(below: nodeCount))
      let weight = isWeighted ? Int64(1 + random.next(below: 5)) : 1
      for place in builders.indices {
        builders[place].addEdge(from: NodeID(a), to: NodeID(b), weight: weight)
      }
    }
    return (try builders[0].build(), try builders[1].build())
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `small graphs lose their directions alone`(seed: UInt64) throws {
    let (directed, undirected) = try both(
      nodeCount: 1 + Int(seed % 9),
      edgeCount: Int(seed),
      isWeighted: seed % 2 == 0,
      repeats: .summed,
      seed: seed
    )
    #expect(directed.undirected() == undirected)
    directed.undirected().checkInvariants()
  }

  @Test(arguments: [true, false])
  func `graphs of several stretches of rows do so too`(isWeighted: Bool) throws {
    let (directed, undirected) = try both(
      nodeCount: 15_000,
      edgeCount: 60_000,
      isWeighted: isWeighted,
      repeats: .summed,
      seed: 3
    )
    #expect(directed.undirected() == undirected)
  }

  @Test func `where no edge is answered there are no weights`() throws {
    let path = try Graph.path(10_000)
    #expect(try path.undirected() == Graph.path(10_000, isDirected: false))
    #expect(!path.undirected().isWeighted)
    let loops = try Graph([(0, 0), (1, 1), (0, 1)])
    #expect(loops.undirected().edgeCount == 3)
    #expect(loops.undirected().selfLoopCount == 2)
    #expect(!loops.undirected().isWeighted)
    #expect(Graph().undirected() == Graph(isDirected: false))
    #expect(Graph(nodeCount: 3).undirected() == Graph(nodeCount: 3, isDirected: false))
  }
}
