#if Spark
import Testing

@testable import ClewSpark

@Suite struct `An endpoint` {
  @Test func `is written as host and port`() throws {
    let usual = try SparkEndpoint("spark://127.0.0.1")
    #expect(usual.host == "127.0.0.1" && usual.port == 15002 && usual.security == .plaintext)
    #expect(try SparkEndpoint("sc://localhost:15003/").port == 15003)
    let six = try SparkEndpoint("spark://[::1]:15004")
    #expect(six.host == "::1" && six.port == 15004 && six.description == "[::1]:15004")
    #expect(try SparkEndpoint("spark://localhost").address == "127.0.0.1")
    let far = try SparkEndpoint("spark://spark.example:443", security: .tls(roots: nil), token: "t")
    #expect(far.description == "spark.example:443" && !far.isLoopback)
  }

  @Test(arguments: [
    "", "127.0.0.1:15002", "http://127.0.0.1:15002", "spark://", "spark://:15002",
    "spark://127.0.0.1:0", "spark://127.0.0.1:65536", "spark://127.0.0.1:x", "spark://[::1]x:1",
    "spark://a b:1", "spark://user@127.0.0.1:1", "spark://127.0.0.1:1/path",
    "spark://127.0.0.1:1;token=x",
  ])
  func `in another form is refused`(_ text: String) {
    #expect(throws: SparkError.self) { try SparkEndpoint(text) }
  }

  @Test(arguments: [
    "spark.example", "10.0.0.1", "128.0.0.1", "127.0.0.1.example", "127.0.0", "1270.0.0.1",
    "127.0.0.256", "::2", "localhost.example",
  ])
  func `elsewhere is spoken to with TLS only`(_ host: String) throws {
    #expect(throws: SparkError.self) { try SparkEndpoint(host: host, token: "secret") }
    #expect(throws: SparkError.self) { try SparkEndpoint(host: host) }
    _ = try SparkEndpoint(host: host, security: .tls(roots: nil), token: "secret")
  }

  @Test func `never tells its token`() throws {
    let endpoint = try SparkEndpoint(host: "127.0.0.1", token: "secret-1")
    #expect(!"\(endpoint)".contains("secret"))
    for token in ["", "two words", "line\nbreak", "令牌"] {
      let error = #expect(throws: SparkError.self) {
        try SparkEndpoint(host: "127.0.0.1", token: token)
      }
      #expect(token.isEmpty || error?.description.contains(token) == false)
    }
  }
}
#endif
