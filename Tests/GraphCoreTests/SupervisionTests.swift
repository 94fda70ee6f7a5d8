import ClewTestSupport
import GraphCore
import Synchronization
import Testing

struct SupervisionTests {
  private static func graph() throws -> Graph {
    var random = SplitMix64(seed: 1)
    return try RandomGraph.graph(nodeCount: 3000, edgeCount: 9000, using: &random)
  }

  private static let jobs: [(name: String, run: @Sendable (Graph) throws -> Void)] = [
    ("betweenness", { _ = try $0.betweenness(pivots: .sampled(64, seed: 1), workers: 2) }),
    ("closeness", { _ = try $0.harmonicCloseness(workers: 2) }),
    ("PageRank", { _ = try PageRank(workers: 2).scores(of: $0) }),
    ("PageRank in whole numbers", { _ = try FixedPointPageRank(workers: 2).scores(of: $0) }),
    ("HITS", { _ = try HITS(maximumRounds: 20, workers: 2).scores(of: $0) }),
    ("labels", { _ = try LabelSpreading().shares(of: $0, seeds: [[NodeID(0)]]) }),
    ("Leiden", { _ = try Leiden().communities(of: $0) }),
    ("key players", { _ = try $0.reachingNodes(3) }),
  ]

  @Test(arguments: 0..<8)
  func `long work is called off and tells how far it is`(job: Int) throws {
    let graph = try Self.graph()
    let stop = Supervision(isCancelled: { true })
    #expect(throws: GraphError.cancelled, "\(Self.jobs[job].name)") {
      try Supervision.$current.withValue(stop) { try Self.jobs[job].run(graph) }
    }
    let reports = Mutex<[Int]>([])
    let watch = Supervision(
      isCancelled: { false },
      progress: { completed, total in reports.withLock { $0.append(completed * 1000 / total) } }
    )
    try Supervision.$current.withValue(watch) { try Self.jobs[job].run(graph) }
    #expect(reports.withLock { !$0.isEmpty && $0.allSatisfy { (0...1000).contains($0) } })
  }
}
