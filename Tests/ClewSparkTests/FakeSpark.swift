#if Spark
import Foundation

@testable import ClewSpark

/// A machine on which Java, Python and Spark are small scripts, so that faults can be played without them.
final class FakeSpark: Sendable {
  let path: String
  var cluster: String { path + "/cluster" }
  var installationFolder: String { SparkInstallation.folder(environment) }

  var environment: [String: String] {
    [
      "PATH": path + "/bin:/usr/bin:/bin", "HOME": path, "XDG_CACHE_HOME": path + "/cache",
    ]
  }

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)").path
    try java()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A Java of that version.
  func java(version: String = "17") throws {
    try script(
      "bin/java",
      "echo '    java.home = /opt/java' >&2; echo '    java.specification.version = \(version)' >&2"
    )
  }

  /// An installation whose server does what the script says.
  func install(server: String) throws {
    let home = installationFolder + "/lib/python3.11/site-packages/pyspark"
    try write(home + "/jars/" + SparkInstallation.connectJar, "")
    for program in ["spark-class", "spark-submit"] {
      try script(home + "/bin/" + program, server)
    }
  }

  /// A Python that makes virtual environments whose own Python does what the script says.
  func python(_ text: String) throws {
    try script("inner-python", text)
    try script("bin/python3", "mkdir -p \"$3/bin\"; cp '\(path)/inner-python' \"$3/bin/python3\"")
  }

  func script(_ name: String, _ text: String) throws {
    let file = name.hasPrefix("/") ? name : "\(path)/\(name)"
    try write(file, "#!/bin/sh\n\(text)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
  }

  func write(_ file: String, _ text: String) throws {
    try FileManager.default.createDirectory(
      atPath: URL(filePath: file).deletingLastPathComponent().path,
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: URL(filePath: file))
  }

  /// The processes whose command line names this folder.
  var processes: [Int32] {
    ProcessState.all().filter { !$0.value.isZombie }.keys.filter { pid in
      guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else {
        return false
      }
      return String(decoding: line, as: UTF8.self).contains(path)
    }
  }

  /// The names in a folder of this machine.
  func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}
#endif
