import ClewEvidence
import Foundation

/// A case folder that is removed when the test is done with it.
struct SimulationFolder: ~Copyable {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "clew-simulation-" + UUID().uuidString
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The rows of a truth table, by column.
  func table(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: "\(path)/truth/\(name)", encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
  }

  /// The files below the exports with that name.
  func files(named name: String) -> [String] {
    let root = path + "/exports"
    guard let below = FileManager.default.enumerator(atPath: root) else { return [] }
    return below.compactMap { $0 as? String }.filter { $0.hasSuffix("/" + name) }.sorted()
      .map { root + "/" + $0 }
  }

  /// A file of the repository's data sets.
  static func dataset(_ name: String) -> String {
    let here = URL(fileURLWithPath: #filePath)
    return here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("datasets/" + name).path
  }
}
