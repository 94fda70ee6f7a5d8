#if Spark
/// Where a Spark Connect server listens, and how it is spoken to.
///
/// Without TLS only this machine is spoken to: evidence and token never cross a network in the clear.
///
/// ```swift
/// let near = try SparkEndpoint("spark://127.0.0.1:15002", token: token)
/// let far = try SparkEndpoint("spark://cluster.example:443", security: .tls(roots: nil), token: token)
/// ```
public struct SparkEndpoint: Equatable, Sendable, CustomStringConvertible {
  /// Whether what is said can be read on its way.
  public enum Security: Equatable, Sendable {
    /// Readable; for this machine only.
    case plaintext
    /// Encrypted, the server's certificate and name verified with the system's roots, or with the
    /// certificates in a PEM file.
    case tls(roots: String?)
  }

  /// The port on which Spark Connect listens unless told otherwise.
  public static let usualPort = 15002

  /// A name or an IP address.
  public let host: String
  /// From 1 to 65535.
  public let port: Int
  /// Whether what is said can be read on its way.
  public let security: Security
  /// The secret that the server asks for.
  let token: String?

  /// An endpoint by host and port.
  ///
  /// - Throws: ``SparkError/endpoint(reason:)`` when host, port or token cannot be, or when a host
  ///   elsewhere would be spoken to in the clear.
  public init(
    host: String,
    port: Int = usualPort,
    security: Security = .plaintext,
    token: String? = nil
  ) throws(SparkError) {
    guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(Self.isHostByte) else {
      throw .endpoint(reason: "the host is no name and no IP address")
    }
    guard (1...65535).contains(port) else {
      throw .endpoint(reason: "the port is not from 1 to 65535")
    }
    if let token, token.isEmpty || !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      throw .endpoint(reason: "the token has characters other than printable ASCII")
    }
    self.host = host
    self.port = port
    self.security = security
    self.token = token
    if security == .plaintext, !isLoopback {
      throw .endpoint(
        reason: "\(host) is not this machine, so that evidence and token need TLS on the way"
      )
    }
  }

  /// An endpoint from `spark://HOST`, `spark://HOST:PORT`, or the same with `sc://`.
  ///
  /// - Throws: ``SparkError/endpoint(reason:)``, as the other initialiser, and for any other form.
  public init(
    _ text: String,
    security: Security = .plaintext,
    token: String? = nil
  ) throws(SparkError) {
    guard let scheme = ["spark://", "sc://"].first(where: { text.hasPrefix($0) }) else {
      throw .endpoint(reason: "an endpoint is written spark://HOST:PORT")
    }
    var rest = text.dropFirst(scheme.count)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let host: Substring
    let port: Substring
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
      host = rest[rest.index(after: rest.startIndex)..<end]
      port = rest[rest.index(after: end)...]
    } else if let colon = rest.lastIndex(of: ":") {
      host = rest[..<colon]
      port = rest[colon...]
    } else {
      host = rest
      port = ""
    }
    guard port.isEmpty || port.hasPrefix(":"),
      let number = port.isEmpty ? Self.usualPort : Int(port.dropFirst())
    else { throw .endpoint(reason: "an endpoint is written spark://HOST:PORT") }
    try self.init(host: String(host), port: number, security: security, token: token)
  }

  /// Host and port; never the token.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether the host is this machine by its address; `localhost` is taken for 127.0.0.1.
  public var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { (1...3).contains($0.utf8.count) && (UInt8($0) != nil) }
  }

  /// What a socket connects to; a certificate is for a name, so that with TLS it stays one.
  var address: String { host == "localhost" && security == .plaintext ? "127.0.0.1" : host }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
#endif
