import ClewTestSupport
import GraphCore
import Testing

/// Strong components where small graphs do not reach: passes over a rest that find little at a time, and
/// chains that would overflow a stack.
struct StrongComponentPassTests {
  @Test(arguments: [0.3, 0.8, 1.5, 4], [1, 2, 5])
  func `strong components are those of two sweeps by hand`(
    degree: Double,
    workers: Int
  ) throws {
    var random = SplitMix64(seed: UInt64(degree * 10))
    let graph = try RandomGraph.graph(
      nodeCount: 5_000,
      edgeCount: Int(degree * 5_000),
      using: &random
    )
    #expect(
      graph.stronglyConnectedComponents(workers: WorkerCount(workers)).labels == labels(of: graph)
    )
  }

  /// Kosaraju's two sweeps: nodes in the order in which a search leaves them, then back from the last.
  private func labels(of graph: Graph) -> [UInt32] {
    var (left, isSeen) = ([Int](), [Bool](repeating: false, count: graph.nodeCount))
    for start in graph.nodes where !isSeen[start.index] {
      isSeen[start.index] = true
      var path = [(node: start.index, entry: 0)]
      while let (node, entry) = path.last {
        let row = graph.outNeighbors(of: NodeID(node))
        guard entry < row.count else {
          left.append(node)
          path.removeLast()
          continue
        }
        path[path.count - 1].entry += 1
        let next = row[entry].index
        if !isSeen[next] {
          isSeen[next] = true
          path.append((next, 0))
        }
      }
    }
    var marks = [Int?](repeating: nil, count: graph.nodeCount)
    for root in left.reversed() where marks[root] == nil {
      marks[root] = root
      var open = [root]
      while let node = open.popLast() {
        for next in graph.inNeighbors(of: NodeID(node)) where marks[next.index] == nil {
          marks[next.index] = root
          open.append(next.index)
        }
      }
    }
    var numbers: [Int: UInt32] = [:]
    return marks.map { mark in
      let number = numbers[mark ?? -1, default: UInt32(numbers.count)]
      numbers[mark ?? -1] = number
      return number
    }
  }

  @Test(arguments: [false, true])
  func `a circle of a million nodes is one component, either way round`(isFalling: Bool) throws {
    let count = 1_000_000
    var builder = GraphBuilder(nodeCount: count + 3)
    for node in 0..<count {
      let next = (node + 1) % count
      builder.addEdge(
        from: NodeID(isFalling ? next : node),
        to: NodeID(isFalling ? node : next)
      )
    }
    // A way in, a way out, and a node by itself but for its own edge.
    builder.addEdge(from: NodeID(count), to: NodeID(7))
    builder.addEdge(from: NodeID(9), to: NodeID(count + 1))
    builder.addEdge(from: NodeID(count + 2), to: NodeID(count + 2))
    let graph = try builder.build()
    for workers in [WorkerCount.one, 2] {
      let strong = graph.stronglyConnectedComponents(workers: workers)
      #expect(strong.sizes == [count, 1, 1, 1])
      #expect(strong.labels.suffix(3) == [1, 2, 3])
    }
  }

  @Test func `two circles of a long chain stay apart`() throws {
    // 0-1-2 and, beyond a chain of half a million nodes, the last three.
    let count = 500_000
    var builder = GraphBuilder(nodeCount: count)
    for node in 0..<count - 1 { builder.addEdge(from: NodeID(node), to: NodeID(node + 1)) }
    builder.addEdge(from: NodeID(2), to: NodeID(0))
    builder.addEdge(from: NodeID(count - 1), to: NodeID(count - 3))
    let strong = try builder.build().stronglyConnectedComponents()
    #expect(strong.count == count - 4)
    #expect(strong.sizes.first == 3)
    #expect(strong.sizes.last == 3)
  }

  @Test func `nodes without edges, and one alone, are components`() throws {
    #expect(Graph(nodeCount: 1).stronglyConnectedComponents().labels == [0])
    #expect(Graph(nodeCount: 70).stronglyConnectedComponents().count == 70)
    #expect(try Graph([(0, 0)]).stronglyConnectedComponents().labels == [0])
    #expect(try Graph([(0, 1), (0, 1), (1, 0)]).stronglyConnectedComponents().labels == [0, 0])
  }
}
