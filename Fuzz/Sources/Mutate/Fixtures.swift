import ClewEvidence
import ClewImport
import Foundation
import Promises

/// A fixture, in memory, with the files of its export that its importer asks for.
struct Fixture {
  /// Its path below the fixtures.
  let path: String
  let bytes: [UInt8]
  let companions: [StagedSource]

  var name: String { path.split(separator: "/").last.map(String.init) ?? "fixture" }

  /// The name of what unpacks archives and workbooks; its fixtures are those that no importer knows.
  static let finder = "finder"

  /// Every fixture that an importer recognises best, as the conformance suite finds them.
  static func all(of format: String, in root: String, _ area: StagingArea) throws -> [Fixture] {
    let paths = (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? [])
      .sorted()
    var found: [Fixture] = []
    for path in paths {
      guard let source = try? area.stage("\(root)/\(path)") else { continue }
      defer { area.discard(source) }
      let importer = ImporterRegistry.best(for: source)?.0
      guard importer?.format ?? finder == format else { continue }
      let data = try Data(contentsOf: URL(filePath: "\(root)/\(path)"))
      let companions =
        importer.map { neighbours(of: path, for: $0, among: paths, in: root, area) } ?? []
      found.append(Fixture(path: path, bytes: Array(data), companions: companions))
    }
    return found
  }

  /// Wanted neighbours: those in the same folder, or else those of the folder above.
  private static func neighbours(
    of path: String,
    for importer: any Importer,
    among paths: [String],
    in root: String,
    _ area: StagingArea
  ) -> [StagedSource] {
    let parts = path.split(separator: "/").dropLast()
    for depth in [parts.count, parts.count - 1] where depth > 0 {
      let folder = parts.prefix(depth).joined(separator: "/") + "/"
      let wanted = paths.filter { $0 != path && $0.hasPrefix(folder) }.compactMap {
        neighbour -> StagedSource? in
        guard let source = try? area.stageNeighbour("\(root)/\(neighbour)", limit: 1 << 20) else {
          return nil
        }
        if importer.wants(companion: source) { return source }
        area.discard(source)
        return nil
      }
      if !wanted.isEmpty { return wanted }
    }
    return []
  }
}
