#if Spark
import Foundation
import SwiftProtobuf
import Testing

@testable import ClewSpark

/// Each name and number of ours stands in the definitions that Spark carries.
@Suite struct `The protocol's definition` {
  private static let installation = SparkInstallation(
    in: SparkInstallation.folder(ProcessInfo.processInfo.environment)
  )

  @Test func `says the same of every field as Spark's own`() throws {
    guard let installation = Self.installation, Command.isThere("protoc") else {
      Command.warn(
        "SKIPPED: the protocol was NOT compared with Spark's; run Scripts/setup-spark.sh"
          + " and `clew cluster start` once"
      )
      return
    }
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: scratch) }
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    let jar = installation.home + "/jars/" + SparkInstallation.connectJar
    try Command.run("python3", "-m", "zipfile", "-e", jar, scratch.path)
    let theirs = try Definitions(folder: scratch.path, file: "spark/connect/base.proto")
    let ours = try Definitions(folder: Self.definition, file: "spark_connect.proto")

    #expect(ours.facts.count > 150)
    for (name, fact) in ours.facts.sorted(by: { $0.key < $1.key }) {
      #expect(theirs.facts[name] == fact, "\(name)")
    }
  }

  @Test(arguments: ["spark_connect.pb.swift", "spark_connect.grpc.swift"])
  func `is the one from which the Swift code beside it was made`(_ file: String) throws {
    let folder = URL(filePath: Self.definition).deletingLastPathComponent().path + "/Generated"
    let code = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    let definition = try Data(contentsOf: URL(filePath: Self.definition + "/spark_connect.proto"))
    // Scripts/spark-protocol.sh writes the sum that `cksum` gives.
    let mark = "// Definition: \(POSIXChecksum.of(definition)) \(definition.count)\n"
    #expect(code.contains(mark), "run Scripts/spark-protocol.sh")
  }

  private static var definition: String {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path + "/Sources/SparkConnectProtocol/Definition"
  }
}

/// What a definition says, as comparable facts.
private struct Definitions {
  /// For each field, enumeration case and call: all that the wire depends on.
  private(set) var facts: [String: String] = [:]

  init(folder: String, file: String) throws {
    let set = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".pb")
    defer { try? FileManager.default.removeItem(at: set) }
    try Command.run(
      "protoc",
      "--proto_path=\(folder)",
      "--include_imports",
      "--descriptor_set_out=\(set.path)",
      file
    )
    let files = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: try Data(contentsOf: set)
    )
    for file in files.file where file.package == "spark.connect" {
      for message in file.messageType { add(message, in: "." + file.package) }
      for enumeration in file.enumType { add(enumeration, in: "." + file.package) }
      for service in file.service {
        for method in service.method {
          facts["\(service.name).\(method.name)"] =
            "\(method.inputType) \(method.outputType) \(method.clientStreaming)"
            + " \(method.serverStreaming)"
        }
      }
    }
  }

  private mutating func add(_ root: Google_Protobuf_DescriptorProto, in scope: String) {
    var open = [(root, scope)]
    while let (message, scope) = open.popLast() {
      let name = scope + "." + message.name
      for field in message.field {
        let oneof =
          field.hasOneofIndex && !field.proto3Optional
          ? message.oneofDecl[Int(field.oneofIndex)].name : ""
        facts["\(name).\(field.name)"] =
          "\(field.number) \(field.type) \(field.typeName) \(field.label) \(oneof)"
          + " \(field.proto3Optional)"
      }
      for enumeration in message.enumType { add(enumeration, in: name) }
      open += message.nestedType.map { ($0, name) }
    }
  }

  private mutating func add(_ enumeration: Google_Protobuf_EnumDescriptorProto, in scope: String) {
    for value in enumeration.value {
      facts["\(scope).\(enumeration.name).\(value.name)"] = "\(value.number)"
    }
  }
}

/// The checksum of the command `cksum`.
private enum POSIXChecksum {
  static func of(_ data: Data) -> UInt32 {
    var length: [UInt8] = []
    var rest = data.count
    while rest > 0 {
      length.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    var sum: UInt32 = 0
    for byte in Array(data) + length {
      sum ^= UInt32(byte) << 24
      for _ in 0..<8 { sum = sum & 0x8000_0000 == 0 ? sum << 1 : sum << 1 ^ 0x04C1_1DB7 }
    }
    return ~sum
  }
}

/// Other programs.
enum Command {
  struct Failure: Error { let program: String, status: Int32 }

  /// Whether a program is on the path.
  static func isThere(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  /// Runs a program to its end.
  static func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(program: program, status: process.terminationStatus)
    }
  }

  /// One line that nobody overlooks.
  static func warn(_ line: String) {
    FileHandle.standardError.write(Data("=== \(line) ===\n".utf8))
  }
}
#endif
