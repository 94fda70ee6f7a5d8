import ClewTestSupport
import GraphCore
import Testing

/// Bridges and cuts of long chains, and of the two rows of directed graphs.
struct LowPointTests {
  @Test(arguments: [false, true])
  func `a million nodes in a row are bridges all along`(isDirected: Bool) throws {
    let count = 1_000_000
    let path = try Graph.path(count, isDirected: isDirected)
    let bridges = path.bridges()
    #expect(bridges.count == count - 1)
    #expect(bridges.first?.target == NodeID(1))
    #expect(bridges.last?.source == NodeID(count - 2))
    #expect(path.articulationPoints().count == count - 2)
  }

  @Test func `triangles in a chain are held together by the edges between them`() throws {
    // Triangle k has the nodes 3k to 3k + 2, and its last node leads to the next one's first; edges point
    // either way, some there and back.
    let count = 20_000
    var builder = GraphBuilder(nodeCount: 3 * count)
    for triangle in 0..<count {
      let corner = 3 * triangle
      builder.addEdge(from: NodeID(corner), to: NodeID(corner + 1), weight: 2)
      builder.addEdge(from: NodeID(corner + 2), to: NodeID(corner + 1))
      builder.addEdge(from: NodeID(corner + 2), to: NodeID(corner))
      guard triangle + 1 < count else { continue }
      builder.addEdge(from: NodeID(corner + 3), to: NodeID(corner + 2), weight: 3)
      if triangle % 2 == 0 {
        builder.addEdge(from: NodeID(corner + 2), to: NodeID(corner + 3), weight: 4)
      }
    }
    let graph = try builder.build()
    let bridges = graph.bridges()
    #expect(bridges.map(\.source.index) == (0..<count - 1).map { 3 * $0 + 2 })
    #expect(bridges.map(\.target.index) == (0..<count - 1).map { 3 * $0 + 3 })
    #expect(bridges.map(\.weight) == (0..<count - 1).map { $0 % 2 == 0 ? 7 : 3 })
    #expect(bridges == graph.undirected().bridges())
    #expect(graph.articulationPoints() == graph.undirected().articulationPoints())
    #expect(
      graph.articulationPoints().map(\.index)
        == (1..<3 * count - 1).filter { $0 % 3 != 1 }
    )
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `directions change no bridge and no cut`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: seed % 2 == 0)
    #expect(graph.bridges() == graph.undirected().bridges())
    #expect(graph.articulationPoints() == graph.undirected().articulationPoints())
    #expect(graph.biconnectedComponents() == graph.undirected().biconnectedComponents())
  }
}
