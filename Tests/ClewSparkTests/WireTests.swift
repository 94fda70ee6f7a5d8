#if Spark
import ArrowFormat
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import Glibc
import SparkConnectProtocol
import Testing

@testable import ClewSpark

/// Real sockets of this machine.
@Suite struct `Over a socket` {
  typealias Turn = ScriptedServer.Turn

  private var patient: SparkPolicy {
    var policy = SparkPolicy()
    policy.retries = 1
    policy.firstPause = .milliseconds(1)
    policy.connectTimeout = .seconds(10)
    return policy
  }

  /// Serves on a free port for as long as the body works.
  private func serve<Result: Sendable>(
    _ server: ScriptedServer,
    security: HTTP2ServerTransport.Posix.TransportSecurity = .plaintext,
    _ body: (Int) async throws -> Result
  ) async throws -> Result {
    var config = HTTP2ServerTransport.Posix.Config.defaults
    config.rpc.maxRequestPayloadSize = 128 << 20
    let transport = HTTP2ServerTransport.Posix(
      address: .ipv4(host: "127.0.0.1", port: 0),
      transportSecurity: security,
      config: config
    )
    return try await withGRPCServer(transport: transport, services: [server]) { _ in
      let address = try await transport.listeningAddress
      return try await body(try #require(address.ipv4).port)
    }
  }

  @Test func `messages larger than the usual four megabytes go both ways`() async throws {
    let numbers = (0..<1_000_000).map { Int64($0) }
    let server = ScriptedServer([
      Turn(responses: [.complete]), Turn(responses: [.rows(numbers), .complete]),
    ])
    let back = try await serve(server) { port in
      let endpoint = try SparkEndpoint(host: "127.0.0.1", port: port)
      return try await SparkSession.with(endpoint, policy: patient) { session in
        try await session.upload(try numbersTable(numbers), as: "many")
        return try await session.table("SELECT n FROM many")
      }
    }
    #expect(back.numbers == numbers)
    let sent = try #require(server.log.executions.first).plan.command.createDataframeView
    #expect(sent.input.localRelation.data.count > 8_000_000)
  }

  @Test func `TLS with a known certificate carries token and rows, and with another one nothing`()
    async throws
  {
    guard Command.isThere("openssl") else {
      Command.warn("SKIPPED: no openssl, so TLS was NOT tested")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["server", "other"] {
      try Command.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        "\(folder.path)/\(name).key",
        "-out",
        "\(folder.path)/\(name).pem"
      )
    }
    let server = ScriptedServer([Turn(responses: [.rows([1]), .complete])], token: "secret-1")
    let security = HTTP2ServerTransport.Posix.TransportSecurity.tls(
      certificateChain: [.file(path: folder.path + "/server.pem", format: .pem)],
      privateKey: .file(path: folder.path + "/server.key", format: .pem)
    )
    try await serve(server, security: security) { port in
      let known = try SparkEndpoint(
        host: "localhost",
        port: port,
        security: .tls(roots: folder.path + "/server.pem"),
        token: "secret-1"
      )
      let table = try await SparkSession.with(known, policy: patient) {
        try await $0.table("SELECT n")
      }
      #expect(table.numbers == [1])

      // A certificate that is not known, one for another name, and a client that knows no TLS.
      let others = [
        try SparkEndpoint(
          host: "localhost",
          port: port,
          security: .tls(roots: folder.path + "/other.pem"),
          token: "secret-2"
        ),
        try SparkEndpoint(
          host: "127.0.0.1",
          port: port,
          security: .tls(roots: folder.path + "/server.pem"),
          token: "secret-2"
        ),
        try SparkEndpoint(host: "127.0.0.1", port: port, token: "secret-2"),
      ]
      for endpoint in others {
        let error = await #expect(throws: SparkError.self) {
          try await SparkSession.with(endpoint, policy: patient) { $0.id }
        }
        guard case .unreachable? = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
      }
    }
    #expect(server.log.authorizations == ["Bearer secret-1"])
    let missing = try SparkEndpoint(host: "localhost", security: .tls(roots: "/nowhere.pem"))
    await #expect(throws: SparkError.self) { try await SparkSession.with(missing) { $0.id } }
  }

  @Test func `a port that never says a word is given up`() async throws {
    let port = try #require(Loopback.freePort())
    let socket = try #require(Loopback.bound(to: UInt16(port)))
    defer { close(socket) }
    var policy = patient
    policy.retries = 0
    policy.connectTimeout = .seconds(2)
    let endpoint = try SparkEndpoint(host: "127.0.0.1", port: port)
    let error = await #expect(throws: SparkError.self) {
      try await SparkSession.with(endpoint, policy: policy) { $0.id }
    }
    guard case .unreachable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a server of another kind is refused in one line`() async throws {
    let port = try #require(Loopback.freePort())
    let log = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: log) }
    guard Command.isThere("python3") else {
      Command.warn("SKIPPED: no python3, so a server of another kind was NOT tested")
      return
    }
    let pid = try Daemon.start(
      "/usr/bin/env",
      ["python3", "-m", "http.server", "--bind", "127.0.0.1", "\(port)"],
      environment: ProcessInfo.processInfo.environment,
      log: log
    )
    defer {
      kill(pid, SIGKILL)
      while !Daemon.hasEnded(pid) { usleep(10_000) }
    }
    for _ in 0..<100 where !Loopback.answers(port) { try await Task.sleep(for: .milliseconds(50)) }
    let endpoint = try SparkEndpoint(host: "127.0.0.1", port: port)
    let error = await #expect(throws: SparkError.self) {
      try await SparkSession.with(endpoint, policy: patient) { $0.id }
    }
    #expect(error?.description.contains("\n") == false)
  }
}
#endif
