#if Spark
internal import GRPCCore

/// Why a call failed, as far as the next step depends on it.
enum SparkFailure: Error, Equatable {
  /// The connection or the server is away, or the call's time is over; it may be tried again.
  case unavailable(reason: String)
  /// The server knows the session but not the operation.
  case operationNotFound
  /// The server has an operation of that id already.
  case operationExists
  /// Trying again does not help.
  case final(SparkError)

  /// Sorts an error of a call.
  init(_ error: any Error, endpoint: String) {
    switch error {
    case let failure as SparkFailure: self = failure
    case let error as SparkError: self = .final(error)
    case let error as RPCError: self.init(error, endpoint: endpoint)
    default: self = .final(.answer(reason: "\(type(of: error))"))
    }
  }

  private init(_ error: RPCError, endpoint: String) {
    let reason = Self.line(error.message)
    switch error.code {
    case .unavailable: self = .unavailable(reason: reason.isEmpty ? "not available" : reason)
    case .deadlineExceeded: self = .unavailable(reason: "no answer in time")
    case .unauthenticated, .permissionDenied:
      self = .final(.unauthenticated(endpoint: endpoint))
    case .unimplemented:
      self = .final(.answer(reason: "it is no Spark Connect server, or one of another version"))
    default: self.init(sparkText: error.message, code: "\(error.code)")
    }
  }

  /// How the system, Hadoop and HDFS say that there is no room.
  private static let noRoom = [
    "No space left on device", "DiskOutOfSpaceException", "DSQuotaExceededException",
    "Disk quota exceeded",
  ]

  /// Reads Spark's way to write errors: `[ERROR_CLASS] text SQLSTATE: nnnnn`.
  private init(sparkText text: String, code: String) {
    if Self.noRoom.contains(where: { text.contains($0) }) {
      self = .final(.unwritable(text: text))
      return
    }
    guard let (errorClass, state) = Self.parts(text) else {
      self = .final(.failed(errorClass: "gRPC \(code)", sqlState: nil, text: text))
      return
    }
    switch errorClass {
    case "INVALID_HANDLE.OPERATION_NOT_FOUND": self = .operationNotFound
    case "INVALID_HANDLE.OPERATION_ALREADY_EXISTS": self = .operationExists
    case "INVALID_HANDLE.SESSION_NOT_FOUND", "INVALID_HANDLE.SESSION_CLOSED",
      "INVALID_HANDLE.SESSION_CHANGED":
      self = .final(.sessionLost(text: text))
    case "OPERATION_CANCELED": self = .final(.interrupted)
    // Spark keeps the cause to itself.
    case "TASK_WRITE_FAILED": self = .final(.unwritable(text: text))
    default: self = .final(.failed(errorClass: errorClass, sqlState: state, text: text))
    }
  }

  /// Error class and SQLSTATE of a text that begins with a class in brackets, or has one after the name
  /// of a Java exception.
  private static func parts(_ text: String) -> (String, String?)? {
    let bytes = Array(text.utf8)
    guard let open = bytes.firstIndex(of: UInt8(ascii: "[")),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: "]")), close > open + 1
    else { return nil }
    let name = bytes[open + 1..<close]
    guard name.count <= 200, name.allSatisfy(isClassByte) else { return nil }
    return (String(decoding: name, as: UTF8.self), sqlState(bytes[close...]))
  }

  private static func isClassByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// The five characters after the last `SQLSTATE: `.
  private static func sqlState(_ bytes: ArraySlice<UInt8>) -> String? {
    let mark = Array("SQLSTATE: ".utf8)
    var found: String?
    var place = bytes.startIndex
    while place + mark.count + 5 <= bytes.endIndex {
      if bytes[place..<place + mark.count].elementsEqual(mark) {
        let state = bytes[place + mark.count..<place + mark.count + 5]
        if state.allSatisfy(isClassByte) { found = String(decoding: state, as: UTF8.self) }
      }
      place += 1
    }
    return found
  }

  /// The first line of a text of the network, without control characters.
  private static func line(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix { $0 != "\n" }.filter { $0.value >= 32 }
    return String(String.UnicodeScalarView(scalars.prefix(300)))
  }
}
#endif
