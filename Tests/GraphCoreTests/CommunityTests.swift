import ClewTestSupport
import GraphCore
import Testing

struct LeidenTests {
  /// Rings of cliques: as many groups as cliques, by any measure.
  private static func ring(of cliques: Int, size: Int) throws -> Graph {
    var pairs: [(Int, Int)] = []
    for clique in 0..<cliques {
      for a in 0..<size {
        for b in 0..<a { pairs.append((clique * size + a, clique * size + b)) }
      }
      pairs.append((clique * size, (clique + 1) % cliques * size + 1))
    }
    return try Graph(pairs, isDirected: false)
  }

  @Test func `cliques in a ring are the groups`() throws {
    let graph = try Self.ring(of: 8, size: 6)
    let groups = try Leiden().communities(of: graph)
    #expect(groups.labels == (0..<48).map { UInt32($0 / 6) })
    // 8 × 15 edges within, 8 between; each group has 1/8 of the ends: 120/128 - 1/8.
    let modularity = try #require(graph.modularity(of: groups))
    #expect((modularity - 0.8125).magnitude < 1e-12)
  }

  @Test func `two halves of the karate club's kind of graph beat one`() throws {
    let graph = try Graph([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)])
    let groups = try Leiden().communities(of: graph)
    #expect(groups.labels == [0, 0, 0, 1, 1, 1])
    // 6 of 7 edges within, and half of the ends each.
    #expect((try #require(graph.modularity(of: groups)) - (6.0 / 7 - 0.5)).magnitude < 1e-12)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `groups are connected and no single move betters them`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 2 == 0,
      isWeighted: seed % 3 == 0
    )
    let groups = try Leiden().communities(of: graph)
    #expect(groups.sizes.reduce(0, +) == graph.nodeCount)
    for group in 0..<groups.count {
      let part = graph.filtered(nodes: { groups[$0] == group }).graph
      #expect(part.connectedComponents().count == 1)
    }
    guard let modularity = graph.modularity(of: groups) else { return }
    let alone = try Leiden(resolution: 1e9).communities(of: graph)
    #expect(try #require(graph.modularity(of: alone)) <= modularity + 1e-9)
  }

  @Test(arguments: [1, 2, 4])
  func `a network of many thousands falls into the groups it was made of`(passes: Int) throws {
    // 2,000 groups of ten, each a ring with chords: 30 edges, and a link to the next group; above the size
    // from which looks are bounded.
    var pairs: [(Int, Int)] = []
    for group in 0..<2_000 {
      for member in 0..<10 {
        for step in [1, 2, 3] {
          pairs.append((group * 10 + member, group * 10 + (member + step) % 10))
        }
      }
      pairs.append((group * 10, (group + 1) % 2_000 * 10 + 5))
    }
    let graph = try Graph(pairs, isDirected: false)
    let groups = try Leiden(passes: passes).communities(of: graph)
    // Modularity joins small groups of a long ring, but divides none.
    for group in 0..<2_000 {
      #expect(Set(groups.labels[group * 10..<group * 10 + 10]).count == 1)
    }
    let found = try #require(graph.modularity(of: groups))
    // 30 of each 31 edges lie within the groups made, each of which has its share of the ends.
    #expect(found >= 30.0 / 31 - 1.0 / 2_000)
  }

  @Test func `options that cannot be are refused`() throws {
    #expect(throws: GraphError.self) { try Leiden(resolution: 0).communities(of: Graph()) }
    #expect(throws: GraphError.self) { try Leiden(passes: 0).communities(of: Graph()) }
    #expect(try Leiden().communities(of: Graph()).count == 0)
    #expect(Graph(nodeCount: 2).modularity(of: Graph(nodeCount: 2).connectedComponents()) == nil)
  }
}

struct LouvainTests {
  @Test func `two triangles with a link are two groups`() throws {
    let graph = try Graph([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)])
    #expect(try Louvain().communities(of: graph).labels == [0, 0, 0, 1, 1, 1])
  }

  /// The share of weight within groups less what chance would put there, straight from the definition.
  private func modularity(of labels: [UInt32], in graph: Graph) -> Double {
    var strengths: [UInt32: Double] = [:]
    var within = 0.0
    for edge in graph.edges {
      let (source, target) = (labels[edge.source.index], labels[edge.target.index])
      strengths[source, default: 0] += Double(edge.weight)
      strengths[target, default: 0] += Double(edge.weight)
      if source == target { within += 2 * Double(edge.weight) }
    }
    let total = strengths.values.reduce(0, +)
    return within / total - strengths.values.reduce(0) { $0 + ($1 / total) * ($1 / total) }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no two groups would do better as one`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: seed % 3 == 0).undirected()
    guard graph.edgeCount > 0 else { return }
    let groups = try Louvain().communities(of: graph)
    let found = modularity(of: groups.labels, in: graph)
    #expect((try #require(graph.modularity(of: groups)) - found).magnitude < 1e-9)
    for first in 0..<groups.count {
      for second in 0..<first {
        let joined = groups.labels.map { Int($0) == first ? UInt32(second) : $0 }
        #expect(modularity(of: joined, in: graph) <= found + 1e-9)
      }
    }
  }

  @Test func `a resolution that cannot be is refused`() throws {
    #expect(throws: GraphError.self) { try Louvain(resolution: -1).communities(of: Graph()) }
    #expect(try Louvain().communities(of: Graph(nodeCount: 3)).count == 3)
  }
}

struct LabelSpreadingTests {
  @Test func `each end of a path gets the label next to it`() throws {
    let path = try Graph.path(6, isDirected: false)
    let result = try LabelSpreading().shares(of: path, seeds: [[NodeID(0)], [NodeID(5)]])
    #expect(result.labels == [0, 0, 0, 1, 1, 1])
    #expect(result.hasConverged)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `shares solve the paper's equation, alike for any workers`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let seeds = [[NodeID(0)], [NodeID(graph.nodeCount / 2), NodeID(graph.nodeCount - 1)]]
    let one = try LabelSpreading(workers: .one).shares(of: graph, seeds: seeds)
    #expect(try LabelSpreading(workers: 5).shares(of: graph, seeds: seeds) == one)
    // (I - a S) F = (1 - a) Y, by elimination.
    let weights = Oracle.matrix(of: graph.undirected())
    let sums = weights.map { $0.reduce(0, +) }
    for (label, nodes) in seeds.enumerated() {
      let system = weights.indices.map { i in
        weights.indices.map { j in
          let spread = weights[i][j] == 0 ? 0 : weights[i][j] / (sums[i] * sums[j]).squareRoot()
          return (i == j ? 1 : 0) - 0.9 * spread
        }
      }
      let known = weights.indices.map { nodes.contains(NodeID($0)) ? 0.1 : 0 }
      #expect(areClose(one.shares[label], Oracle.solution(of: system, known), within: 1e-7))
    }
  }

  @Test func `a node that no seed is linked with has no label`() throws {
    let result = try LabelSpreading().shares(of: Graph(nodeCount: 2), seeds: [[NodeID(0)]])
    #expect(result.labels == [0, nil])
    #expect(throws: GraphError.noStartNodes) {
      try LabelSpreading().shares(of: Graph(nodeCount: 2), seeds: [])
    }
    #expect(throws: GraphError.self) {
      try LabelSpreading(spreading: 1).shares(of: Graph(nodeCount: 2), seeds: [[NodeID(0)]])
    }
  }
}

struct KeyPlayerTests {
  @Test func `a star falls apart without its middle`() throws {
    let star = try Graph([(0, 1), (0, 2), (0, 3), (0, 4)])
    let result = try star.fragmentingNodes(1)
    #expect(result.nodes == [NodeID(0)])
    #expect(result.measures == [1])
    #expect(try star.reachingNodes(1).nodes == [NodeID(0)])
    #expect(try star.reachingNodes(1).measures == [1])
  }

  @Test func `two that reach different people beat the two best`() throws {
    // 0 and 1 share their neighbours 2 to 5; 6 has neighbours of its own.
    let graph = try Graph([
      (0, 2), (0, 3), (0, 4), (0, 5), (1, 2), (1, 3), (1, 4), (1, 5), (6, 7), (6, 8), (6, 9),
    ])
    let result = try graph.reachingNodes(2)
    #expect(result.nodes == [NodeID(0), NodeID(6)])
    #expect(areClose(result.measures, [0.5, 0.9]))
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `the first choice parts most pairs of all nodes`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed)
    let result = try graph.fragmentingNodes(2, workers: 5)
    #expect(try graph.fragmentingNodes(2, workers: .one) == result)
    let count = graph.nodeCount
    guard count > 1 else { return }
    let shares = graph.nodes.map { node in
      let sizes = graph.filtered { $0 != node }.graph.connectedComponents().sizes
      return 1 - Double(sizes.reduce(0) { $0 + $1 * ($1 - 1) }) / Double(count * (count - 1))
    }
    #expect((try #require(shares.max()) - (result.measures.first ?? 0)).magnitude < 1e-12)
    #expect(throws: GraphError.self) { try graph.fragmentingNodes(0) }
  }
}
