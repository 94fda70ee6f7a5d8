#if Spark
internal import Foundation

/// The Java on this machine.
struct JavaRuntime: Equatable, Sendable {
  let home: String
  let major: Int

  /// The first of the two: `JAVA_HOME`, or `java` on the path.
  ///
  /// - Throws: ``ClusterError/noJava(reason:)`` where there is none from version 17 on.
  init(_ environment: [String: String]) throws(ClusterError) {
    let path = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/java" }
    let own = environment["JAVA_HOME"].map { [$0 + "/bin/java"] } ?? path
    guard let java = own.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw .noJava(
        reason: environment["JAVA_HOME"] == nil ? "there is no Java" : "JAVA_HOME has no Java"
      )
    }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: java)
    process.arguments = ["-XshowSettings:properties", "-version"]
    process.standardError = output
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { throw .noJava(reason: "\(java) does not run") }
    let text = String(
      decoding: (try? output.fileHandleForReading.readToEnd()) ?? Data(),
      as: UTF8.self
    )
    process.waitUntilExit()
    guard let version = Self.property("java.specification.version", in: text),
      let major = Int(version), let home = Self.property("java.home", in: text)
    else { throw .noJava(reason: "\(java) does not tell its version") }
    guard major >= 17 else { throw .noJava(reason: "\(java) is version \(version)") }
    self.home = home
    self.major = major
  }

  /// The value of a line `name = value`.
  private static func property(_ name: String, in text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }
}
#endif
