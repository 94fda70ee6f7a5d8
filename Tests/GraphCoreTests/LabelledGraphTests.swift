import ClewTestSupport
import GraphCore
import Testing

struct LabelledGraphTests {
  @Test func `labels run in the order in which they were seen`() {
    let table = NodeTable(["b", "a", "b", "c"], order: .firstSeen)
    #expect(table.labels == ["b", "a", "c"])
    #expect(table.node(for: "a") == NodeID(1))
    #expect(table.node(for: "d") == nil)
    #expect(table[NodeID(2)] == "c")
  }

  @Test func `sorted labels run by their bytes`() {
    let table = NodeTable(["b", "é", "a", "Z", "线"], order: .sorted)
    #expect(table.labels == ["Z", "a", "b", "é", "线"])
  }

  @Test func `labels of other bytes are other labels`() {
    let table = NodeTable(["\u{E9}", "e\u{301}"], order: .firstSeen)
    #expect(table.count == 2)
  }

  @Test func `sorted graphs do not depend on the order of the edges`() throws {
    let edges = [("d", "a"), ("b", "d"), ("c", "a"), ("a", "b")]
    var forward = LabelledGraphBuilder()
    var backward = LabelledGraphBuilder()
    for (source, target) in edges { forward.addEdge(from: source, to: target, weight: 2) }
    for (source, target) in edges.reversed() {
      backward.addEdge(from: source, to: target, weight: 2)
    }
    let graph = try forward.build()
    #expect(try graph == backward.build())
    let d = try #require(graph.node(for: "d"))
    #expect(graph.graph.outNeighbors(of: d).map { graph.label(of: $0) } == ["a"])
  }

  @Test func `a node may stand alone`() throws {
    var builder = LabelledGraphBuilder(order: .firstSeen)
    builder.addEdge(from: "x", to: "y")
    builder.addNode("alone")
    builder.addNode("x")
    let graph = try builder.build()
    #expect(graph.graph.nodeCount == 3)
    #expect(graph.table.labels == ["x", "y", "alone"])
  }

  @Test func `a table of another size is refused`() throws {
    let graph = try Graph.path(2)
    #expect(throws: GraphError.wrongValueCount(expected: 2, found: 1)) {
      try LabelledGraph(graph: graph, table: NodeTable(["a"], order: .sorted))
    }
  }
}
