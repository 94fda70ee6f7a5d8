#if Spark
import ArrowFormat
import GRPCCore
import SparkConnectProtocol
import Testing

@testable import ClewSpark

@Suite struct `A session` {
  typealias Turn = ScriptedServer.Turn

  @Test func `shows its token with every call`() async throws {
    let server = ScriptedServer([Turn(responses: [.rows([1]), .complete])], token: "secret-1")
    let table = try await server.session(token: "secret-1") { try await $0.table("SELECT n") }
    #expect(table.numbers == [1])
    #expect(server.log.authorizations == ["Bearer secret-1"])
  }

  @Test(arguments: [nil, "secret-2"])
  func `begins with no work when the token is wrong`(_ token: String?) async throws {
    let server = ScriptedServer([], token: "secret-1")
    await #expect(throws: SparkError.unauthenticated(endpoint: "test")) {
      try await server.session(token: token) { try await $0.table("SELECT n") }
    }
    #expect(server.log.executions.isEmpty)
  }

  @Test func `tells Spark's errors by class and SQLSTATE and keeps their text apart`() async throws
  {
    let text = "The value '13800000000' of the type \"STRING\" cannot be cast to \"INT\"."
    let server = ScriptedServer([
      Turn(error: SparkSays.error("CAST_INVALID_INPUT", text, state: "22018"))
    ])
    let error = await #expect(throws: SparkError.self) {
      try await server.session { try await $0.table("SELECT n") }
    }
    #expect(
      error?.description == "Spark: the cluster reports CAST_INVALID_INPUT (SQLSTATE 22018)"
    )
    #expect(error?.explanation?.contains("13800000000") == true)
    #expect(server.log.interrupts.isEmpty && server.log.releases.count == 1)
  }

  @Test func `knows an interrupted operation from a failed one`() async throws {
    let server = ScriptedServer([
      Turn(error: SparkSays.error("OPERATION_CANCELED", "Operation has been canceled."))
    ])
    await #expect(throws: SparkError.interrupted) {
      try await server.session { try await $0.table("SELECT n") }
    }
  }

  @Test(arguments: [
    "", "[", "[]", "no class", "[lower] case", "[" + String(repeating: "A", count: 300) + "]",
    "]A[", "[A\u{0}B] x", "SQLSTATE: ",
  ])
  func `takes any text of an error`(_ text: String) async throws {
    let server = ScriptedServer([Turn(error: RPCError(code: .internalError, message: text))])
    let error = await #expect(throws: SparkError.self) {
      try await server.session { try await $0.table("SELECT n") }
    }
    #expect(error?.description.contains("gRPC") == true)
  }

  @Test func `reads, changes and takes back settings`() async throws {
    let server = ScriptedServer([])
    try await server.session { session in
      #expect(try await session.setting("spark.sql.shuffle.partitions") == nil)
      try await session.set("spark.sql.shuffle.partitions", to: "7")
      #expect(try await session.setting("spark.sql.shuffle.partitions") == "7")
      try await session.set("spark.sql.shuffle.partitions", to: nil)
      #expect(try await session.setting("spark.sql.shuffle.partitions") == nil)
      #expect(try await session.version() == "4.3.0")
      #expect(try await session.explanation(of: "SELECT 1") == "plan of SELECT 1")
      #expect(try await session.columns(of: "SELECT n").map(\.type) == [.int64])
    }
    // From the second call on the server is told as whom it answered the first.
    let observed = server.log.configs.map(\.clientObservedServerSideSessionID)
    #expect(observed.first == "" && Set(observed.dropFirst()) == ["server-1"])
  }

  @Test func `asks again when the server is away for a moment`() async throws {
    let server = ScriptedServer([], configErrors: [SparkSays.away, SparkSays.away])
    #expect(try await server.session { try await $0.setting("x") } == nil)
    #expect(server.log.configs.count == 4)
  }

  @Test func `sends a table as a view`() async throws {
    let table = try ArrowTable(
      fields: [ArrowField("id", .int64), ArrowField("name", .text)],
      columns: [
        ArrowColumn(.int64([1, 2])), ArrowColumn(.text(["甲", ""]), nulls: [false, true]),
      ]
    )
    let server = ScriptedServer([Turn(responses: [.complete])])
    try await server.session { try await $0.upload(table, as: "people") }
    let view = try #require(server.log.executions.first).plan.command.createDataframeView
    #expect(view.name == "people" && view.replace && !view.isGlobal)
    #expect(try ArrowStream.table(Array(view.input.localRelation.data)) == table)
  }

  @Test func `refuses to send what is too large for a message`() async throws {
    let server = ScriptedServer([])
    let table = try numbersTable(Array(0..<200_000))
    let error = await #expect(throws: SparkError.self) {
      try await server.session(messageBytes: 1 << 20) { try await $0.upload(table, as: "t") }
    }
    guard case .tooLarge(let bytes, let limit)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(bytes > 1_600_000 && limit == (1 << 20) - 65_536)
    #expect(server.log.executions.isEmpty)
  }

  @Test func `puts arguments beside the SQL, never into it`() async throws {
    let server = ScriptedServer([Turn(responses: [.rows([1]), .complete])])
    let name = "'; DROP TABLE people; --"
    _ = try await server.session { session in
      try await session.table(
        "SELECT n FROM t WHERE name = :name AND n > :n AND x < :x AND b = :b",
        arguments: ["name": .text(name), "n": .number(7), "x": .double(0.5), "b": .boolean(true)]
      )
    }
    let sql = try #require(server.log.executions.first).plan.root.sql
    #expect(!sql.query.contains("DROP"))
    #expect(sql.namedArguments["name"]?.literal.string == name)
    #expect(sql.namedArguments["n"]?.literal.long == 7)
    #expect(sql.namedArguments["x"]?.literal.double == 0.5)
    #expect(sql.namedArguments["b"]?.literal.boolean == true)
  }

  @Test func `gives up on a port where nobody listens`() async throws {
    // Port 1 of this machine: nothing listens there.
    let endpoint = try SparkEndpoint(host: "127.0.0.1", port: 1)
    var policy = SparkPolicy()
    policy.retries = 1
    policy.firstPause = .milliseconds(1)
    policy.connectTimeout = .seconds(5)
    let error = await #expect(throws: SparkError.self) {
      try await SparkSession.with(endpoint, policy: policy) { $0.id }
    }
    guard case .unreachable("127.0.0.1:1", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("\n") == false)
  }
}
#endif
