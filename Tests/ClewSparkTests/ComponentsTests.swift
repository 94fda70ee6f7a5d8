#if Spark
import ArrowFormat
import ClewTestSupport
import Foundation
import GraphCore
import Testing

@testable import ClewSpark

@Suite struct `Components by our own code on the workers` {
  /// The static program that `make test-spark` built.
  private static let worker = ProcessInfo.processInfo.environment["CLEW_SPARK_WORKER"]

  @Test(arguments: ["relative", "/a b", "/a'b", "/a;b", "/$HOME/w", ""])
  func `take no path that a shell would read otherwise`(_ path: String) {
    #expect(throws: SparkError.self) { try SparkComponents(worker: path, partitions: 2) }
  }

  @Test(
    .enabled(
      if: LiveCluster.folder != nil && worker != nil,
      "this needs a cluster: make test-spark"
    )
  )
  func `are those of the local graph, with the same bytes for 2 and 7 partitions`() async throws {
    var generator = SplitMix64(seed: 5)
    // 200,000 edges between 180,000 nodes: one large component, and many small ones.
    let number = { (node: Int) in
      Int64(truncatingIfNeeded: UInt64(node) &* 0x9E37_79B9_7F4A_7C15)
    }
    let edges = (0..<200_000).map { _ in
      (generator.next(below: 180_000), generator.next(below: 180_000))
    }
    let table = try ArrowTable(
      fields: [ArrowField("source", .int64), ArrowField("target", .int64)],
      columns: [
        ArrowColumn(.int64(edges.map { number($0.0) })),
        ArrowColumn(.int64(edges.map { number($0.1) })),
      ]
    )

    var builder = GraphBuilder(nodeCount: 180_000, isDirected: false)
    for (a, b) in edges { builder.addEdge(from: NodeID(a), to: NodeID(b)) }
    let labels = try builder.build().connectedComponents().labels
    var least: [UInt32: Int64] = [:]
    let seen = Set(edges.flatMap { [$0.0, $0.1] })
    for node in seen { least[labels[node]] = min(least[labels[node]] ?? .max, number(node)) }
    let expected = seen.map { (number($0), least[labels[$0]] ?? 0) }.sorted { $0.0 < $1.0 }
    #expect(Set(expected.map(\.1)).count > 1_000)

    let worker = try #require(Self.worker)
    let answers = try await LiveCluster.session { session in
      try await session.upload(table, as: "edges")
      var answers: [ArrowTable] = []
      for partitions in [2, 7] {
        let components = try SparkComponents(worker: worker, partitions: partitions)
        answers.append(try await components.table(of: "edges", in: session))
      }
      return answers
    }
    for answer in answers {
      #expect(answer.fields.map(\.name) == ["node", "component"])
      #expect(answer.columns[0].values == .int64(expected.map(\.0)))
      #expect(answer.columns[1].values == .int64(expected.map(\.1)))
    }
    #expect(try ArrowStream.bytes(answers[0]) == ArrowStream.bytes(answers[1]))
  }

  @Test(
    .enabled(
      if: LiveCluster.folder != nil && worker != nil,
      "this needs a cluster: make test-spark"
    )
  )
  func `are never those of fewer edges: one without an end fails, and so does a missing program`()
    async throws
  {
    let worker = try #require(Self.worker)
    let table = try ArrowTable(
      fields: [ArrowField("source", .int64), ArrowField("target", .int64)],
      columns: [
        ArrowColumn(.int64([1, 2])), ArrowColumn(.int64([2, 0]), nulls: [false, true]),
      ]
    )
    try await LiveCluster.session { (session: SparkSession) async throws in
      try await session.upload(table, as: "half")
      for path in [worker, "/nowhere/clew-worker"] {
        let components = try SparkComponents(worker: path, partitions: 2)
        _ = await #expect(throws: SparkError.self) {
          try await components.table(of: "half", in: session)
        }
      }
      try await session.command("CREATE TEMP VIEW none AS SELECT * FROM half WHERE source > 2")
      let none = try SparkComponents(worker: worker, partitions: 2)
      #expect(try await none.table(of: "none", in: session).rowCount == 0)
    }
  }
}
#endif
