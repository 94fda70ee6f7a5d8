#if Spark
import ArrowFormat
import GRPCCore
import SparkConnectProtocol
import Synchronization
import Testing

@testable import ClewSpark

@Suite struct `Executing over a broken wire` {
  typealias Turn = ScriptedServer.Turn

  @Test func `a result in one stream arrives, and operation and session are released`() async throws
  {
    let server = ScriptedServer([Turn(responses: [.rows([1, 2, 3]), .complete])])
    let table = try await server.session { try await $0.table("SELECT n") }
    #expect(table.numbers == [1, 2, 3])
    let log = server.log
    #expect(log.executions.count == 1 && log.reattachments.isEmpty && log.interrupts.isEmpty)
    #expect(log.executions[0].plan.root.sql.query == "SELECT n")
    #expect(log.releases.map(\.operationID) == log.executions.map(\.operationID))
    #expect(log.releasedSessions == log.executions.map(\.sessionID))
  }

  @Test func `a stream that ends early is taken up after the last response seen`() async throws {
    let server = ScriptedServer([
      Turn(responses: [.rows([1], from: 0)]),
      Turn(responses: [.rows([2, 3], from: 1)], error: SparkSays.away),
      Turn(responses: [.rows([4], from: 3), .complete]),
    ])
    let table = try await server.session { try await $0.table("SELECT n") }
    #expect(table.numbers == [1, 2, 3, 4])
    #expect(server.log.executions.count == 1)
    #expect(server.log.reattachments.map(\.lastResponseID) == ["r0", "r1"])
  }

  @Test func `a batch in parts is joined, also across streams`() async throws {
    let parts = Response.parts([5, 6, 7], sizes: [100, 50])
    let server = ScriptedServer([
      Turn(responses: [.rows([4]), parts[0], parts[1]]), Turn(responses: [parts[2], .complete]),
    ])
    let table = try await server.session { try await $0.table("SELECT n") }
    #expect(table.numbers == [4, 5, 6, 7])
  }

  @Test func `parts out of turn, missing rows and false counts are refused`() async throws {
    let parts = Response.parts([5, 6, 7], sizes: [100, 50])
    let cases: [([Response], String)] = [
      ([parts[0], parts[2], .complete], "part 3 of 3 of a batch comes out of turn"),
      ([parts[1], .complete], "part 2 of 3 of a batch comes out of turn"),
      ([parts[0], .rows([1])], "part 1 of 1 of a batch comes out of turn"),
      ([parts[0], .complete], "the result ends in the middle of a batch"),
      ([.rows([1], from: 0), .rows([3], from: 2)], "rows from 2 on follow 1 rows"),
      ([.rows([1], announced: 2)], "a batch of 1 rows announces 2"),
    ]
    for (responses, reason) in cases {
      let server = ScriptedServer([Turn(responses: responses)])
      await #expect(throws: SparkError.answer(reason: reason)) {
        try await server.session { try await $0.table("SELECT n") }
      }
      #expect(server.log.releases.count == 1)
    }
  }

  @Test func `a request that never arrived is sent again under the same id`() async throws {
    let server = ScriptedServer([
      Turn(error: SparkSays.away), Turn(error: SparkSays.operationNotFound),
      Turn(responses: [.rows([1]), .complete]),
    ])
    let table = try await server.session { try await $0.table("SELECT n") }
    #expect(table.numbers == [1])
    #expect(server.log.executions.count == 2)
    #expect(Set(server.log.executions.map(\.operationID)).count == 1)
  }

  @Test func `a request that did arrive is not sent again`() async throws {
    let server = ScriptedServer([
      Turn(error: SparkSays.away), Turn(responses: [.rows([1]), .complete]),
    ])
    try await server.session { try await $0.command("INSERT INTO t VALUES (1)") }
    #expect(server.log.executions.count == 1)
    #expect(server.log.reattachments.map(\.hasLastResponseID) == [false])
  }

  @Test func `when the server has the operation after all, its result is taken up`() async throws {
    let server = ScriptedServer([
      Turn(error: SparkSays.away), Turn(error: SparkSays.operationNotFound),
      Turn(error: SparkSays.operationExists), Turn(responses: [.rows([1]), .complete]),
    ])
    #expect(try await server.session { try await $0.table("SELECT n") }.numbers == [1])
    #expect(server.log.executions.count == 2 && server.log.reattachments.count == 2)
  }

  @Test func `an operation that is gone after its first response is not run again`() async throws {
    let server = ScriptedServer([
      Turn(responses: [.rows([1])]), Turn(error: SparkSays.operationNotFound),
    ])
    await #expect(throws: SparkError.sessionLost(text: "the operation is gone")) {
      try await server.session { try await $0.table("SELECT n") }
    }
    #expect(server.log.executions.count == 1)
  }

  @Test func `a server that stays away ends the operation after some tries`() async throws {
    let server = ScriptedServer(Array(repeating: Turn(error: SparkSays.away), count: 20))
    await #expect(throws: SparkError.unreachable(endpoint: "test", reason: "connection reset")) {
      try await server.session { try await $0.table("SELECT n") }
    }
    #expect(server.log.executions.count == 1 && server.log.reattachments.count == 5)
  }

  @Test func `streams without anything do not go on for ever`() async throws {
    let server = ScriptedServer([])
    await #expect(throws: SparkError.unreachable(endpoint: "test", reason: "an empty stream")) {
      try await server.session { try await $0.table("SELECT n") }
    }
    #expect(server.log.reattachments.count == 5)
  }

  @Test func `another server than before has lost the session`() async throws {
    let server = ScriptedServer([Turn(responses: [.rows([1]), .complete])])
    await #expect(throws: SparkError.sessionLost(text: "another server answers")) {
      try await server.session { session in
        server.restart()
        return try await session.table("SELECT n")
      }
    }
  }

  @Test func `a result without rows keeps its columns, and one without batches is refused`()
    async throws
  {
    let server = ScriptedServer([Turn(responses: [.rows([]), .complete])])
    let table = try await server.session { try await $0.table("SELECT n") }
    #expect(table.fields.map(\.name) == ["n"] && table.rowCount == 0)
    let empty = ScriptedServer([Turn(responses: [.complete])])
    await #expect(throws: SparkError.answer(reason: "a result without columns")) {
      try await empty.session { try await $0.table("SELECT n") }
    }
  }

  @Test func `responses of others, without an id, or that are no Arrow are refused`() async throws {
    var alien = Response.rows([1])
    alien.sessionID = "another"
    var strange = Response.rows([1])
    strange.operationID = "another"
    var nameless = Response.rows([1])
    nameless.responseID = "none"
    let cases: [(Response, SparkError)] = [
      (alien, .answer(reason: "it belongs to another session")),
      (strange, .answer(reason: "it belongs to another operation")),
      (nameless, .answer(reason: "a response without an id")),
      (
        .bytes(Array("no stream at all".utf8)),
        .rows(.damaged(offset: 0, what: "no message begins here"))
      ),
    ]
    for (response, error) in cases {
      let server = ScriptedServer([Turn(responses: [response, .complete])])
      await #expect(throws: error) { try await server.session { try await $0.table("SELECT n") } }
      #expect(server.log.interrupts.count == 1)
    }
  }

  @Test func `progress is told`() async throws {
    let server = ScriptedServer([
      Turn(responses: [.progress(1, of: 4), .rows([1]), .progress(4, of: 4), .complete])
    ])
    let seen = Mutex<[SparkProgress]>([])
    _ = try await server.session { session in
      try await session.table("SELECT n") { step in seen.withLock { $0.append(step) } }
    }
    #expect(seen.withLock { $0.map(\.completedTasks) } == [2, 8])
    #expect(seen.withLock { $0.map(\.tasks) } == [8, 8])
  }

  @Test func `whoever takes the rows can end the operation`() async throws {
    struct Enough: Error {}
    let server = ScriptedServer([Turn(responses: [.rows([1]), .rows([2])], lasts: true)])
    await #expect(throws: Enough.self) {
      try await server.session { try await $0.rows("SELECT n") { _ in throw Enough() } }
    }
    #expect(server.log.interrupts.map(\.operationID) == server.log.executions.map(\.operationID))
    #expect(server.log.releases.count == 1 && server.log.releasedSessions.count == 1)
  }

  @Test func `a cancelled task interrupts its operation on the cluster`() async throws {
    let server = ScriptedServer([Turn(responses: [.rows([1])], lasts: true)])
    let (started, begun) = AsyncStream.makeStream(of: Void.self)
    await #expect(throws: CancellationError.self) {
      try await server.task { session in
        try await session.rows("SELECT n") { _ in begun.yield() }
      } _: { task in
        for await _ in started { break }
        task.cancel()
        try await task.value
      }
    }
    #expect(server.log.interrupts.map(\.operationID) == server.log.executions.map(\.operationID))
    #expect(server.log.releases.count == 1 && server.log.releasedSessions.count == 1)
  }
}
#endif
