import ClewTestSupport
import GraphCore
import Testing

/// A route of two million nodes would overflow the stack of anything that recurses; half a million,
/// for slow debug builds, needs 16 bytes a call or less not to.
struct LongPathTests {
  #if DEBUG
  private static let count = 500_000
  #else
  private static let count = 2_000_000
  #endif
  private static let path: Graph? = try? Graph.path(count)

  @Test func `a long path is walked without recursion`() throws {
    let path = try #require(Self.path)
    let last = NodeID(Self.count - 1)
    #expect(try path.distances(from: [NodeID(0)])[last] == Self.count - 1)
    #expect(path.connectedComponents().count == 1)
    #expect(path.stronglyConnectedComponents().count == Self.count)
  }

  @Test func `a long path is cut without recursion`() throws {
    let path = try #require(Self.path)
    #expect(path.articulationPoints().count == Self.count - 2)
    #expect(path.coreNumbers().allSatisfy { $0 == 1 })
  }

  @Test func `a long path is dominated without recursion`() throws {
    let path = try #require(Self.path)
    let tree = try path.dominatorTree(from: [NodeID(0)])
    #expect(tree.subtreeSize(of: NodeID(1)) == Self.count - 1)
  }

  @Test func `a long path is ranked at once`() throws {
    let path = try #require(Self.path)
    let result = try TrophicLevels().levels(of: path)
    #expect(result.levels.last == Double(Self.count - 1))
    #expect(result.incoherence == 0)
  }
}
