#if Spark
internal import Foundation

/// What is written beside a step's rows once they are whole.
struct StepManifest: Codable, Equatable, Sendable {
  var version = 1
  /// The step.
  let name: String
  /// What the rows depend on: the digest of the query, of its inputs' keys and of the programs' versions.
  let key: String
  /// The folder of the rows, within the job's.
  let folder: String
  /// What the rows are.
  let content: Content

  /// What rows are, whatever their order.
  struct Content: Codable, Equatable, Sendable {
    /// The columns and their types.
    let columns: [String]
    /// How many rows there are.
    let rows: Int64
    /// The sum of the rows' hashes, in decimal digits.
    let checksum: String
    /// The sum of a column, where one is added up.
    var sum: Int64?
  }

  /// One line.
  func text() throws(SparkError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      throw .job(reason: "a manifest that cannot be written")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads a line; nil for anything that is no manifest of that step and key.
  init?(_ text: String, name: String, key: String) {
    guard let manifest = try? JSONDecoder().decode(StepManifest.self, from: Data(text.utf8)),
      manifest.version == 1, manifest.name == name, manifest.key == key,
      // The rows of no other folder are taken for the step's, whatever the line says.
      manifest.folder.hasPrefix(name + "-"),
      manifest.folder.utf8.allSatisfy({ JobPlace.isWord($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    self = manifest
  }

  init(name: String, key: String, folder: String, content: Content) {
    self.name = name
    self.key = key
    self.folder = folder
    self.content = content
  }
}
#endif
