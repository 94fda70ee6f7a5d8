#if Spark
import ArrowFormat
import Foundation
import Synchronization
import Testing

@testable import ClewSpark

@Suite(
  .serialized,
  .enabled(if: LiveCluster.folder != nil, "these need a cluster: make test-spark")
)
struct `Steps on storage` {
  /// 1,000 rows, with nulls, and what is counted of them.
  private static let rows = SparkStep(
    "rows",
    from: [],
    "SELECT id, IF(id % 10 = 0, NULL, concat('v', id % 7)) AS v FROM range(0, 1000, 1, 3)"
  )
  private static let counts = SparkStep(
    "counts",
    from: ["rows"],
    "SELECT v, count(*) AS n FROM rows GROUP BY v"
  )

  /// A run of both steps, and the counts that came out.
  private func work(
    _ folder: JobFolder,
    resumes: Bool = false,
    version: String = "1",
    counts: SparkStep = counts,
    finishes: Bool = false
  ) async throws -> (outcomes: [SparkStepOutcome], discarded: [String], answer: ArrowTable) {
    let discarded = Mutex<[String]>([])
    return try await LiveCluster.session { session in
      let job = SparkJob(
        session,
        at: try folder.place(),
        versions: [version],
        resumes: resumes
      ) { news in
        if case .discarded(let step) = news { discarded.withLock { $0.append(step) } }
      }
      try await job.begin()
      let outcomes = [try await job.run(Self.rows), try await job.run(counts)]
      let answer = try await session.table("SELECT v, n FROM counts ORDER BY v")
      if finishes { try await job.finish() }
      return (outcomes, discarded.withLock { $0 }, answer)
    }
  }

  private let expected: [ArrowValues] = [
    .text(["", "v0", "v1", "v2", "v3", "v4", "v5", "v6"]),
    .int64([100, 128, 129, 129, 128, 129, 129, 128]),
  ]

  @Test func `are worked out, kept, taken again, and removed at the end`() async throws {
    let folder = try JobFolder()
    let first = try await work(folder)
    #expect(first.answer.columns.map(\.values) == expected)
    #expect(first.outcomes.map(\.rows) == [1000, 8] && first.outcomes.allSatisfy { !$0.isTaken })
    #expect(folder.names.count == 5 && folder.names.contains("counts.manifest"))

    let second = try await work(folder, resumes: true)
    #expect(second.answer == first.answer && second.discarded.isEmpty)
    #expect(second.outcomes.map(\.rows) == [1000, 8] && second.outcomes.allSatisfy(\.isTaken))

    let third = try await work(folder, resumes: true, finishes: true)
    #expect(third.answer == first.answer)
    #expect(folder.isEmpty)
    // Nothing is there: everything is worked out.
    let fourth = try await work(folder, resumes: true, finishes: true)
    #expect(fourth.answer == first.answer && fourth.outcomes.allSatisfy { !$0.isTaken })
    #expect(folder.isEmpty)
  }

  @Test func `of an earlier run are removed when nobody wants to go on with them`() async throws {
    let folder = try JobFolder()
    _ = try await work(folder)
    let before = folder.names
    let again = try await work(folder)
    #expect(again.outcomes.allSatisfy { !$0.isTaken })
    #expect(folder.names.count == 5 && Set(folder.names).intersection(before).count == 3)
  }

  @Test func `of another query or version are not taken, nor what depends on them`() async throws {
    let folder = try JobFolder()
    _ = try await work(folder)
    let changed = SparkStep("counts", from: ["rows"], Self.counts.query + " HAVING count(*) > 100")
    let other = try await work(folder, resumes: true, counts: changed)
    #expect(other.outcomes.map(\.isTaken) == [true, false] && other.outcomes[1].rows == 7)
    let newer = try await work(folder, resumes: true, version: "2")
    #expect(newer.outcomes.map(\.isTaken) == [false, false])
    #expect(newer.answer.columns.map(\.values) == expected)
  }

  /// Both steps, whole; made once, for tests that harm a copy.
  private static func whole() async throws -> JobFolder {
    if let folder = kept.withLock({ $0 }) { return folder }
    let folder = try JobFolder()
    _ = try await Self().work(folder)
    kept.withLock { $0 = folder }
    return folder
  }
  private static let kept = Mutex<JobFolder?>(nil)

  /// Ways in which a step's files come to harm.
  enum Harm: CaseIterable {
    case folderGone, partGone, partEmpty, partCut, flipSeenByHadoop, partDoubled, partOfAnother
    case manifestGone, manifestCut, manifestOfFewerRows
  }

  @Test(arguments: Harm.allCases)
  func `that came to harm are worked out anew`(_ harm: Harm) async throws {
    let whole = try await Self.whole()
    let folder = try JobFolder(copying: whole)
    switch harm {
    case .folderGone: try folder.remove(folder.rows)
    case .partGone: try folder.remove(try folder.part())
    case .partEmpty: try folder.change(try folder.part()) { $0 = [] }
    case .partCut: try folder.change(try folder.part()) { $0.removeLast($0.count / 2) }
    case .flipSeenByHadoop:
      try folder.change(try folder.part(), keepsSum: true) { $0[$0.count / 2] ^= 1 }
    case .partDoubled:
      try folder.copy(try folder.part(), to: folder.rows + "/part-00009-again.snappy.parquet")
    case .partOfAnother: try folder.copy(try folder.part(1), to: try folder.part(0))
    case .manifestGone: try folder.remove("rows.manifest")
    case .manifestCut: try folder.change(try folder.manifest()) { $0.removeLast(20) }
    case .manifestOfFewerRows:
      try folder.change(try folder.manifest()) {
        let text = String(decoding: $0, as: UTF8.self)
        $0 = Array(text.replacing("\"rows\":1000", with: "\"rows\":999").utf8)
      }
    }
    let again = try await work(folder, resumes: true)
    #expect(again.answer.columns.map(\.values) == expected)
    #expect(again.outcomes.map(\.isTaken) == [false, true])
  }

  @Test(arguments: [2, 4, 8, 16, 100])
  func `with a flipped bit that Hadoop does not see give the right rows`(_ part: Int) async throws {
    let folder = try JobFolder(copying: try await Self.whole())
    // From the rows at the front to the description of the file at its end, where nothing adds up bytes.
    try folder.change(try folder.part()) { $0[$0.count - $0.count / part] ^= 16 }
    let again = try await work(folder, resumes: true)
    #expect(again.answer.columns.map(\.values) == expected)
    #expect(again.outcomes.map(\.rows) == [1000, 8])
  }

  @Test func `know when another run comes between`() async throws {
    let folder = try JobFolder()
    try await LiveCluster.session { (session: SparkSession) async throws in
      let job = SparkJob(session, at: try folder.place(), versions: [])
      try await job.begin()
      try await job.run(Self.rows)
      try await job.confirm()
      _ = try await work(folder, resumes: true)
      _ = await #expect(throws: SparkError.self) { try await job.confirm() }
      _ = try await work(folder, finishes: true)
      _ = await #expect(throws: SparkError.self) { try await job.confirm() }
    }
    #expect(folder.isEmpty)
  }

  @Test func `are loaded in parts, and taken again without sending them`() async throws {
    let folder = try JobFolder()
    for resumes in [false, true] {
      let sent = try await LiveCluster.session { session in
        let job = SparkJob(session, at: try folder.place(), versions: [], resumes: resumes)
        try await job.begin()
        var parts = [try numbersTable([4, 5]), try numbersTable([1, 2, 3])]
        let outcome = try await job.load("numbers", source: "case") { parts.popLast() }
        #expect(outcome.name == "numbers" && outcome.rows == 5 && outcome.isTaken == resumes)
        let table = try await session.table("SELECT n FROM numbers ORDER BY n")
        #expect(table.numbers == [1, 2, 3, 4, 5])
        return 2 - parts.count
      }
      #expect(sent == (resumes ? 0 : 2))
    }
  }

  @Test func `without rows are steps, too`() async throws {
    let folder = try JobFolder()
    for resumes in [false, true] {
      try await LiveCluster.session { (session: SparkSession) async throws in
        let job = SparkJob(session, at: try folder.place(), versions: [], resumes: resumes)
        try await job.begin()
        var parts = [try numbersTable([])]
        #expect(try await job.load("numbers", source: "") { parts.popLast() }.rows == 0)
        let step = SparkStep("more", from: ["numbers"], "SELECT n + 1 AS n FROM numbers")
        let outcome = try await job.run(step)
        #expect(outcome.name == "more" && outcome.rows == 0 && outcome.isTaken == resumes)
      }
    }
  }

  @Test func `with names that are none, twice, or before what they read are refused`() async throws
  {
    let folder = try JobFolder()
    try await LiveCluster.session { (session: SparkSession) async throws in
      let job = SparkJob(session, at: try folder.place(), versions: [])
      try await job.begin()
      try await job.run(SparkStep("one", from: [], "SELECT 1L AS n"))
      for step in [
        SparkStep("one", from: [], "SELECT 2L AS n"), SparkStep("", from: [], "SELECT 1L AS n"),
        SparkStep("a b", from: [], "SELECT 1L AS n"),
        SparkStep("two", from: ["three"], "SELECT 1L AS n"),
      ] {
        await #expect(throws: SparkError.self) { try await job.run(step) }
      }
      try await job.finish()
    }
    #expect(folder.isEmpty)
  }

  @Test func `that fail leave no manifest`() async throws {
    let folder = try JobFolder()
    try await LiveCluster.session { (session: SparkSession) async throws in
      let job = SparkJob(session, at: try folder.place(), versions: [])
      try await job.begin()
      _ = await #expect(throws: SparkError.self) {
        try await job.run(
          SparkStep("bad", from: [], "SELECT 1 / (id - 5) AS n FROM range(0, 10, 1, 2)")
        )
      }
    }
    #expect(!folder.names.contains("bad.manifest"))
  }

  @Test func `in a folder that cannot be made are one line`() async throws {
    try await LiveCluster.session { (session: SparkSession) async throws in
      let place = try JobPlace(folder: "/proc/nowhere", job: "0123abcd")
      let job = SparkJob(session, at: place, versions: [])
      let error = await #expect(throws: SparkError.self) {
        try await job.begin()
        try await job.run(Self.rows)
      }
      #expect(error?.description.contains("\n") == false)
    }
  }
}
#endif
