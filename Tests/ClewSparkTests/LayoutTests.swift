#if Spark
import ArrowFormat
import Foundation
import Testing

@testable import ClewSpark

@Suite(
  .serialized,
  .enabled(if: LiveCluster.folder != nil, "these need a cluster: make test-spark")
)
struct `Steps that lie apart by a column` {
  private static let rows = SparkStep(
    "rows",
    from: [],
    by: "n",
    summing: "value",
    "SELECT id % 250 AS n, id AS value FROM range(0, 1000, 1, 3)"
  )
  private static let others = SparkStep(
    "others",
    from: [],
    by: "n",
    "SELECT id AS n, id * id AS square FROM range(0, 100, 1, 2)"
  )
  private static let joined =
    "SELECT /*+ SHUFFLE_HASH(o) */ r.value, o.square FROM rows r LEFT JOIN others o ON r.n = o.n"

  /// What lies below 100 has a square, the rest none.
  private static let answer =
    "SELECT CAST(sum(value * coalesce(square, 1L)) AS BIGINT) AS n FROM (\(joined))"
  private static let expected = (0..<1000).reduce(0) { sum, value in
    let n = value % 250
    return sum + value * (n < 100 ? n * n : 1)
  }

  private func work(
    _ folder: JobFolder,
    partitions: Int = 3,
    resumes: Bool = false
  ) async throws -> (outcomes: [SparkStepOutcome], answer: Int64, plan: String) {
    try await LiveCluster.session { session in
      let job = SparkJob(
        session,
        at: try folder.place(),
        versions: [],
        partitions: partitions,
        resumes: resumes
      )
      try await job.begin()
      let outcomes = [try await job.run(Self.rows), try await job.run(Self.others)]
      let plan = try await session.table("EXPLAIN \(Self.joined)")
      guard case .text(let lines)? = plan.columns.first?.values else { return (outcomes, 0, "") }
      return (outcomes, try await session.number(Self.answer), lines.joined())
    }
  }

  @Test func `are joined where they lie, and taken again`() async throws {
    let folder = try JobFolder()
    for resumes in [false, true] {
      let run = try await work(folder, resumes: resumes)
      #expect(run.outcomes.map(\.rows) == [1000, 100])
      #expect(run.outcomes.map(\.sum) == [499_500, nil])
      #expect(run.outcomes.allSatisfy { $0.isTaken == resumes })
      #expect(run.answer == Int64(Self.expected))
      #expect(run.plan.contains("ShuffledHashJoin") && !run.plan.contains("Exchange"))
    }
    // Parts of another number would not meet their equals.
    let other = try await work(folder, partitions: 2, resumes: true)
    #expect(other.outcomes.allSatisfy { !$0.isTaken } && other.answer == Int64(Self.expected))
  }

  @Test(arguments: ["folder gone", "part gone", "part cut", "part of another", "sum changed"])
  func `that came to harm are worked out anew`(_ harm: String) async throws {
    let folder = try JobFolder()
    _ = try await work(folder)
    switch harm {
    case "folder gone": try folder.remove(folder.rows)
    case "part gone": try folder.remove(try folder.part())
    case "part cut": try folder.change(try folder.part()) { $0.removeLast($0.count / 2) }
    case "part of another": try folder.copy(try folder.part(1), to: try folder.part(0))
    default:
      try folder.change(try folder.manifest()) {
        let text = String(decoding: $0, as: UTF8.self)
        $0 = Array(text.replacing("\"sum\":499500", with: "\"sum\":499501").utf8)
      }
    }
    let again = try await work(folder, resumes: true)
    #expect(again.outcomes.map(\.isTaken) == [false, true])
    #expect(again.answer == Int64(Self.expected))
  }
}
#endif
