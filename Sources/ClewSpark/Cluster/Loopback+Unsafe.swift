#if Spark
internal import Glibc

/// Ports of 127.0.0.1.
enum Loopback {
  /// A port on which nobody listens now, or nil where there is none.
  static func freePort() -> Int? {
    guard let socket = bound(to: 0) else { return nil }
    defer { close(socket) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // The structure is as long as it says.
    let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(socket, $0, &length)
      }
    }
    return status == 0 ? Int(UInt16(bigEndian: address.sin_port)) : nil
  }

  /// Whether a server could listen on a port.
  static func isFree(_ port: Int) -> Bool {
    guard let port = UInt16(exactly: port), let socket = bound(to: port) else { return false }
    close(socket)
    return true
  }

  /// Whether a server listens on a port.
  static func answers(_ port: Int) -> Bool {
    guard let port = UInt16(exactly: port) else { return false }
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    return unsafe address(port) { unsafe connect(socket, $0, $1) } == 0
  }

  /// A socket that listens on a port of 127.0.0.1, which the caller closes; 0 takes any port.
  static func bound(to port: UInt16) -> Int32? {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return nil }
    var yes: Int32 = 1
    // A port of which the last connection has just ended is free; one with a listener is not.
    unsafe setsockopt(
      socket,
      SOL_SOCKET,
      SO_REUSEADDR,
      &yes,
      socklen_t(MemoryLayout<Int32>.size)
    )
    guard unsafe address(port, { unsafe bind(socket, $0, $1) }) == 0, listen(socket, 8) == 0 else {
      close(socket)
      return nil
    }
    return socket
  }

  private static func address(
    _ port: UInt16,
    _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe use($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
#endif
