import ClewTestSupport
import GraphCore
import Testing

/// Leiden's promise that every group is connected, and that the room weights take changes nothing.
struct ConnectedGroupTests {
  private func isConnected(_ groups: Components, in graph: Graph) -> Bool {
    (0..<groups.count).allSatisfy { group in
      let members = groups.members(of: group)
      guard let first = members.first else { return false }
      var (seen, open) = (Set([first]), [first])
      while let node = open.popLast() {
        for neighbor in graph.neighbors(of: node)
        where groups[neighbor] == group && seen.insert(neighbor).inserted {
          open.append(neighbor)
        }
      }
      return seen.count == members.count
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `every group is in one piece`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: seed % 2 == 0)
    for passes in [1, 4] {
      #expect(isConnected(try Leiden(passes: passes).communities(of: graph), in: graph))
    }
  }

  @Test func `groups of a large network are in one piece`() throws {
    let graph = try LargeGraphTests.skewed(seed: 21)
    let groups = try Leiden(passes: 1).communities(of: graph)
    #expect(groups.labels.indices.allSatisfy { groups[NodeID($0)] < groups.count })
    let within = graph.filtered { groups[$0.source] == groups[$0.target] }
    #expect(within.connectedComponents() == groups)
  }

  /// The same graph with all weights multiplied, so that their sum is beyond 2³².
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `heavy weights are divided as light ones`(seed: UInt64) throws {
    let light = try RandomGraph.small(seed: seed, isDirected: false, isWeighted: true)
    var builder = GraphBuilder(nodeCount: light.nodeCount, isDirected: false)
    for edge in light.edges {
      builder.addEdge(from: edge.source, to: edge.target, weight: edge.weight << 40)
    }
    let heavy = try builder.build()
    #expect(try Leiden().communities(of: heavy) == Leiden().communities(of: light))
    #expect(try Louvain().communities(of: heavy) == Louvain().communities(of: light))
  }

  @Test func `graphs without edges fall into their nodes`() throws {
    #expect(try Leiden().communities(of: Graph()).count == 0)
    #expect(try Leiden().communities(of: Graph(nodeCount: 1)).labels == [0])
    #expect(try Leiden().communities(of: Graph(nodeCount: 3)).labels == [0, 1, 2])
    #expect(try Leiden().communities(of: Graph([(0, 0), (1, 2)])).labels == [0, 1, 1])
  }
}
