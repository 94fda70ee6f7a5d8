#if Spark
import ArrowFormat
import Foundation
import Glibc
import Testing

@testable import ClewSpark

@Suite(
  .serialized,
  .enabled(if: LiveCluster.folder != nil, "these need a cluster: make test-spark")
)
struct `On a real cluster` {
  @Test func `values of all types come as Spark has them`() async throws {
    let table = try await LiveCluster.session { session in
      try await session.set("spark.sql.session.timeZone", to: "Asia/Shanghai")
      return try await session.table(
        """
        SELECT true AS a, -128Y AS b, 32767S AS c, -2147483648 AS d, 9223372036854775807L AS e,
          1.5F AS f, -2.25D AS g, '线索' AS h, X'00FF' AS i, -12345.67BD AS j,
          CAST(5 AS DECIMAL(38, 10)) AS k, DATE'1969-12-31' AS l,
          TIMESTAMP'2024-03-01 08:00:00.000001' AS m, TIMESTAMP_NTZ'1970-01-01 00:00:01' AS n,
          NULL AS o, CAST(NULL AS STRING) AS p
        """
      )
    }
    let expected: [(ArrowType, ArrowValues)] = [
      (.boolean, .boolean([true])), (.int8, .int8([-128])), (.int16, .int16([32_767])),
      (.int32, .int32([.min])), (.int64, .int64([.max])), (.float, .float([1.5])),
      (.double, .double([-2.25])), (.text, .text(["线索"])), (.binary, .binary([[0, 255]])),
      (.decimal(precision: 7, scale: 2), .decimal([-1_234_567])),
      (.decimal(precision: 38, scale: 10), .decimal([50_000_000_000])), (.date, .date([-1])),
      (.timestamp(zone: "Asia/Shanghai"), .timestamp([1_709_251_200_000_001])),
      (.timestamp(zone: nil), .timestamp([1_000_000])), (.null, .null(count: 1)),
      (.text, .text([""])),
    ]
    #expect(table.fields.map(\.type) == expected.map(\.0))
    #expect(table.columns.map(\.values) == expected.map(\.1))
    #expect(
      table.columns.map { $0.isNull(0) } == [Bool](repeating: false, count: 14) + [true, true]
    )
  }

  @Test func `a table of all types comes back as it was sent`() async throws {
    let second = [false, true, false]
    let table = try ArrowTable(
      fields: [
        ArrowField("flag", .boolean), ArrowField("tiny", .int8), ArrowField("small", .int16),
        ArrowField("medium", .int32), ArrowField("large", .int64), ArrowField("single", .float),
        ArrowField("double", .double), ArrowField("text", .text), ArrowField("blob", .binary),
        ArrowField("price", .decimal(precision: 12, scale: 2)), ArrowField("day", .date),
        ArrowField("at", .timestamp(zone: "UTC")), ArrowField("local", .timestamp(zone: nil)),
      ],
      columns: [
        ArrowColumn(.boolean([true, false, false]), nulls: second),
        ArrowColumn(.int8([.min, 0, .max]), nulls: second),
        ArrowColumn(.int16([.min, 0, .max]), nulls: second),
        ArrowColumn(.int32([.min, 0, .max]), nulls: second),
        ArrowColumn(.int64([.min, 7, .max])),
        ArrowColumn(.float([1.5, 0, -0.25]), nulls: second),
        ArrowColumn(.double([-2.25, 0, 1e300]), nulls: second),
        ArrowColumn(.text(["线索", "", ""]), nulls: second),
        ArrowColumn(.binary([[0, 255], [], []]), nulls: second),
        ArrowColumn(.decimal([-1_234_567, 0, 1]), nulls: second),
        ArrowColumn(.date([-1, 0, 19_782]), nulls: second),
        ArrowColumn(.timestamp([1_709_251_200_000_001, 0, 0]), nulls: second),
        ArrowColumn(.timestamp([1_000_000, 0, -1]), nulls: second),
      ]
    )
    let back = try await LiveCluster.session { session in
      try await session.set("spark.sql.session.timeZone", to: "UTC")
      try await session.upload(table, as: "sent")
      return try await session.table("SELECT * FROM sent")
    }
    #expect(back == table)
  }

  @Test func `a million rows are fetched, none lost, in order`() async throws {
    let table = try await LiveCluster.session {
      try await $0.table("SELECT id, 3 * id AS triple FROM range(0, 1000000, 1, 7)")
    }
    let ids = (0..<1_000_000).map { Int64($0) }
    #expect(table.column("id")?.values == .int64(ids))
    #expect(table.column("triple")?.values == .int64(ids.map { 3 * $0 }))
  }

  @Test func `a million rows are sent and come back`() async throws {
    let ids = (0..<1_000_000).map { Int64($0) }
    let hashes = ids.map { Int64(truncatingIfNeeded: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
    let table = try ArrowTable(
      fields: [ArrowField("id", .int64), ArrowField("hash", .int64)],
      columns: [ArrowColumn(.int64(ids)), ArrowColumn(.int64(hashes))]
    )
    let back = try await LiveCluster.session { session in
      try await session.upload(table, as: "many")
      return try await session.table("SELECT id, hash FROM many ORDER BY id")
    }
    #expect(back.columns.map(\.values) == table.columns.map(\.values))
  }

  @Test func `an argument stays a value`() async throws {
    let name = "'; DROP TABLE people; -- 甲"
    let table = try await LiveCluster.session {
      try await $0.table(
        "SELECT :name AS name, :n + 1 AS n, :x AS x, :b AS b",
        arguments: ["name": .text(name), "n": .number(41), "x": .double(0.5), "b": .boolean(true)]
      )
    }
    #expect(
      table.columns.map(\.values) == [
        .text([name]), .int64([42]), .double([0.5]), .boolean([true]),
      ]
    )
  }

  @Test func `errors are told by their class, and the session lives on`() async throws {
    try await LiveCluster.session { (session: SparkSession) async throws in
      let cases = [
        ("SELECT * FROM nowhere", "TABLE_OR_VIEW_NOT_FOUND", "42P01"),
        ("SELECT CAST('13800000000x' AS INT)", "CAST_INVALID_INPUT", "22018"),
        ("SELEC 1", "PARSE_SYNTAX_ERROR", "42601"),
        ("SELECT 1 / 0", "DIVIDE_BY_ZERO", "22012"),
      ]
      for (query, errorClass, state) in cases {
        let error = await #expect(throws: SparkError.self) { try await session.table(query) }
        guard case .failed(errorClass, state, _)? = error else {
          Issue.record("\(query): \(String(describing: error))")
          continue
        }
        #expect(error?.description.contains("138") == false)
      }
      await #expect(throws: SparkError.rows(.unsupported(what: "column 1: type 12"))) {
        try await session.table("SELECT array(1, 2) AS a")
      }
      #expect(try await session.table("SELECT 1L AS n").numbers == [1])
      #expect(try await session.table("SELECT id AS n FROM range(0)").fields.map(\.name) == ["n"])
    }
  }

  @Test func `schema, plan, version and settings are told`() async throws {
    try await LiveCluster.session { session in
      #expect(try await session.version() == "4.3.0")
      let columns = try await session.columns(of: "SELECT 1L AS n, 'x' AS t, 1.50BD AS m")
      #expect(columns.map(\.name) == ["n", "t", "m"])
      #expect(columns.map(\.type) == [.int64, .text, .decimal(precision: 3, scale: 2)])
      #expect(try await session.explanation(of: "SELECT 1").contains("Physical Plan"))
      try await session.set("spark.sql.shuffle.partitions", to: "3")
      #expect(try await session.setting("spark.sql.shuffle.partitions") == "3")
      #expect(try await session.setting("spark.no.such.setting") == nil)
    }
  }

  @Test func `a wrong token is told from the first call on`() async throws {
    let right = try LiveCluster.endpoint()
    for token in [nil, "wrong-token"] {
      let endpoint = try SparkEndpoint(host: right.host, port: right.port, token: token)
      await #expect(throws: SparkError.unauthenticated(endpoint: endpoint.description)) {
        try await SparkSession.with(endpoint) { $0.id }
      }
    }
  }

  @Test func `a long query is interrupted by the session and by its task`() async throws {
    try await LiveCluster.session { session in
      let begin = ContinuousClock.now
      let query = Task { try await session.table(LiveCluster.slow(120)) }
      try await Task.sleep(for: .seconds(2))
      #expect(try await session.interruptAll().count == 1)
      await #expect(throws: SparkError.interrupted) { try await query.value }

      let cancelled = Task { try await session.table(LiveCluster.slow(120)) }
      try await Task.sleep(for: .seconds(2))
      cancelled.cancel()
      await #expect(throws: CancellationError.self) { try await cancelled.value }
      // Nothing of either keeps the cluster busy.
      #expect(try await session.interruptAll().isEmpty)
      #expect(try await session.table("SELECT 1L AS n").numbers == [1])
      #expect(ContinuousClock.now - begin < .seconds(60))
    }
  }

  @Test func `a query outlives the server's streams`() async throws {
    try await LiveCluster.session { outer in
      let calls = CountedCalls(outer.calls)
      let session = SparkSession(calls: calls, policy: outer.policy, endpoint: outer.endpoint)
      let table = try await session.table(LiveCluster.slow(8))
      #expect(table.numbers == [1])
      // make test-spark lets a stream last two seconds.
      #expect(calls.count("execute") == 1)
      #expect(calls.count("reattach") >= 2)
      await session.release()
    }
  }

  @Test func `a command that outlives the streams runs once`() async throws {
    let table = "once_\(getpid())"
    try await LiveCluster.session { session in
      try await session.command("CREATE TABLE \(table) (n BIGINT) USING parquet")
      try await session.command("INSERT INTO \(table) \(LiveCluster.slow(6))")
      #expect(try await session.table("SELECT n FROM \(table)").numbers == [1])
      try await session.command("DROP TABLE \(table)")
    }
  }

  @Test func `one session does not see another's views`() async throws {
    try await LiveCluster.session { first in
      try await first.upload(try numbersTable([1, 2]), as: "mine")
      #expect(try await first.table("SELECT n FROM mine ORDER BY n").numbers == [1, 2])
      _ = try await LiveCluster.session { second in
        _ = await #expect(throws: SparkError.self) {
          try await second.table("SELECT n FROM mine")
        }
      }
    }
  }

  @Test func `all of it listens on this machine only`() async throws {
    let status = try await SparkCluster(folder: try #require(LiveCluster.folder)).status()
    let family = status.parts.compactMap { ProcessMark(role: $0.role, pid: $0.pid) }
      .flatMap(\.family)
    let sockets = ListeningSocket.all(of: family)
    #expect(sockets.contains { $0.port == status.endpoint.port })
    for socket in sockets { #expect(socket.isLoopback, "port \(socket.port)") }
  }

  @Test func `status tells what runs`() async throws {
    let status = try await SparkCluster(folder: try #require(LiveCluster.folder)).status()
    #expect(status.isWhole && status.version == "4.3.0" && status.workers == 2)
    #expect(status.endpoint.isLoopback)
  }
}

@Suite(
  .serialized,
  .enabled(if: LiveCluster.folder != nil, "these start a cluster: make test-spark")
)
struct `A cluster of master and workers` {
  @Test func `works, ends a query when its server is killed, and leaves nothing`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
      .path
    var options = ClusterOptions(folder: folder)
    options.workers = 2
    options.memory = 1024
    options.serverMemory = 768
    let cluster = SparkCluster(folder: folder)
    let status = try await SparkCluster.start(
      options,
      environment: ProcessInfo.processInfo.environment
    )
    let marks = status.parts.compactMap { ProcessMark(role: $0.role, pid: $0.pid) }
    do { try await expectOneLine(status, cluster) } catch { Issue.record(error) }
    #expect(try await cluster.stop() == 3)
    for mark in marks { #expect(mark.family.isEmpty) }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  private func expectOneLine(_ status: SparkCluster.Status, _ cluster: SparkCluster) async throws {
    #expect(status.parts.map(\.role) == ["master", "worker 1", "worker 2", "connect"])
    #expect(status.isWhole)
    let server = try #require(status.parts.last).pid
    let begin = ContinuousClock.now
    let query = Task {
      try await SparkSession.with(status.endpoint) { session in
        try await session.table(LiveCluster.slow(120))
      }
    }
    try await Task.sleep(for: .seconds(3))
    kill(server, SIGKILL)
    let error = await #expect(throws: SparkError.self) { try await query.value }
    guard case .unreachable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // The tries and their pauses.
    #expect(ContinuousClock.now - begin < .seconds(60))
    let after = try await cluster.status()
    #expect(!after.isWhole && after.parts.map(\.isRunning) == [true, true, true, false])
  }
}
#endif
