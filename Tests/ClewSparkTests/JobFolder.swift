#if Spark
import Foundation
import Testing

@testable import ClewSpark

/// A folder for steps on this machine, that the test can look into and harm.
final class JobFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  /// A copy of another one.
  init(copying other: JobFolder) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: other.path, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func place() throws -> JobPlace { try JobPlace(folder: path, job: "0123abcd") }

  private var job: String { path + "/clew-0123abcd" }

  /// What lies in the job's folder.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: job)) ?? []).sorted()
  }

  /// Whether no job has left anything.
  var isEmpty: Bool {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? ["unreadable"]).isEmpty
  }

  /// The folder with the rows of the step `rows`.
  var rows: String { names.first { $0.hasPrefix("rows-") } ?? "none" }

  /// A file with rows of the step `rows`.
  func part(_ number: Int = 0) throws -> String {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(job)/\(rows)")
    let parts = files.filter { $0.hasPrefix("part-") }.sorted()
    try #require(parts.count > number)
    return "\(rows)/\(parts[number])"
  }

  /// The file with the manifest of the step `rows`.
  func manifest() throws -> String {
    let files = try FileManager.default.contentsOfDirectory(atPath: job + "/rows.manifest")
    return "rows.manifest/" + (try #require(files.first { $0.hasPrefix("part-") }))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(job)/\(name)")
  }

  /// Changes the bytes of a file; the sum that Hadoop keeps beside it is removed, unless told otherwise.
  func change(_ name: String, keepsSum: Bool = false, _ body: (inout [UInt8]) -> Void) throws {
    let url = URL(filePath: "\(job)/\(name)")
    var bytes = [UInt8](try Data(contentsOf: url))
    body(&bytes)
    try Data(bytes).write(to: url)
    if !keepsSum { try removeSum(of: url) }
  }

  func copy(_ name: String, to other: String) throws {
    let url = URL(filePath: "\(job)/\(other)")
    let bytes = try Data(contentsOf: URL(filePath: "\(job)/\(name)"))
    try bytes.write(to: url)
    try removeSum(of: url)
  }

  private func removeSum(of url: URL) throws {
    let sum = url.deletingLastPathComponent().path + "/." + url.lastPathComponent + ".crc"
    try? FileManager.default.removeItem(atPath: sum)
  }
}
#endif
