#if Spark
import ArrowFormat
import Testing

@testable import ClewSpark

@Suite(
  .serialized,
  .enabled(if: LiveCluster.folder != nil, "these need a cluster: make test-spark")
)
struct `Components by large-star and small-star` {
  /// A path of 3,000 nodes and one of 500 in no order of their numbers, a star around a greatest node, a node
  /// alone; and each node with itself, as forests have it.
  private static let forests = SparkStep(
    "forests",
    from: [],
    """
    WITH edges AS (
      SELECT id * 48271L % 65537L AS a, (id + 1L) * 48271L % 65537L AS b
        FROM range(0, 2999, 1, 4)
      UNION ALL
      SELECT id * 48271L % 65537L, (id + 1L) * 48271L % 65537L FROM range(10000, 10499, 1, 3)
      UNION ALL SELECT 99999L, 70000L + id FROM range(0, 200, 1, 2)
      UNION ALL SELECT -7L, -7L)
    SELECT a, b FROM edges UNION ALL SELECT a, a FROM edges UNION ALL SELECT b, b FROM edges
    """
  )

  /// The numbers of a path, in the order of its nodes.
  private func path(_ nodes: Range<Int64>) -> [Int64] { nodes.map { $0 * 48_271 % 65_537 } }

  @Test func `are those of the graph, in few rounds`() async throws {
    let folder = try JobFolder()
    let (rounds, found) = try await LiveCluster.session { session in
      let job = SparkJob(session, at: try folder.place(), versions: [], partitions: 4)
      try await job.begin()
      try await job.run(Self.forests)
      let rounds = try await SparkNetwork.merge(in: job)
      let found = try await session.table("SELECT a, b FROM components")
      try await job.finish()
      return (rounds, found)
    }
    guard case .int64(let nodes)? = found.column("a")?.values,
      case .int64(let marks)? = found.column("b")?.values
    else {
      Issue.record("columns that are none")
      return
    }
    var expected: [Int64: Int64] = [-7: -7]
    for part in [path(0..<3_000), path(10_000..<10_500), [99_999] + Array(70_000..<70_200)] {
      let least = part.min()
      for node in part { expected[node] = least }
    }
    #expect(nodes.count == expected.count)
    #expect(Dictionary(zip(nodes, marks)) { first, _ in first } == expected)
    // Twelve doublings lead from one end to the other, and one more round changes nothing.
    #expect((3...13).contains(rounds))
  }
}
#endif
