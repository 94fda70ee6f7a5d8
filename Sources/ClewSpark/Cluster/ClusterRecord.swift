#if Spark
internal import Foundation

/// What is written down about a cluster, so that another run of `clew` finds, uses and ends it.
struct ClusterRecord: Codable, Equatable, Sendable {
  var version = 1
  let port: Int
  let token: String
  let workers: Int
  /// Whether each worker is a process of its own.
  let hasMaster: Bool
  /// In the order in which they began; they are ended in the opposite one.
  var processes: [ProcessMark]

  /// The record in a folder, or nil where there is none.
  ///
  /// - Throws: ``ClusterError/file(path:reason:)`` for one that cannot be read.
  static func read(_ folder: ClusterFolder) throws(ClusterError) -> ClusterRecord? {
    guard let data = FileManager.default.contents(atPath: folder.record) else { return nil }
    do { return try JSONDecoder().decode(ClusterRecord.self, from: data) } catch {
      throw .file(path: folder.record, reason: "is no record of a cluster; remove it by hand")
    }
  }

  /// Writes the record; only its owner may read it.
  func write(_ folder: ClusterFolder) throws(ClusterError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let data = try? encoder.encode(self) else {
      throw .file(path: folder.record, reason: "cannot write")
    }
    try folder.write(String(decoding: data, as: UTF8.self) + "\n", to: folder.record)
  }

  /// Where it is spoken to.
  func endpoint() throws(SparkError) -> SparkEndpoint {
    try SparkEndpoint(host: "127.0.0.1", port: port, token: token)
  }
}
#endif
