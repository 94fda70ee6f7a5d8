import ClewEvidence
import ClewImport
import Foundation
import Testing

/// A temporary folder with a staging area beside its files, removed at the end.
final class Staged {
  let folder: String
  let area: StagingArea

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
    area = try StagingArea(in: folder)
  }

  deinit {
    area.remove()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Writes a file into the folder; the answer is its path.
  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// The bytes of a file in the folder.
  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
  }

  /// Stages bytes under a name and reads them with an importer.
  func read(
    _ importer: any Importer,
    _ name: String,
    _ bytes: [UInt8]
  ) throws -> (sink: CollectingSink, units: Int64) {
    let source = try area.stage(try write(name, bytes))
    defer { area.discard(source) }
    let sink = CollectingSink()
    return (sink, try importer.read(source, into: sink))
  }
}

/// The bytes of a fixture.
func fixture(_ name: String) throws -> [UInt8] {
  let url = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/\(name)")
  return Array(try Data(contentsOf: url))
}
