public import ClewEvidence
internal import ClewImport
internal import Foundation

/// A fixture, in memory, with the files of its export that its importer asks for.
public struct Fixture: Sendable {
  /// Its path below the fixtures.
  public let path: String
  /// The whole file.
  public let bytes: [UInt8]
  /// Its neighbours, staged for as long as the area lives.
  public let companions: [StagedSource]

  /// Its own name, which some importers read too.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? "fixture" }

  /// The name of what unpacks archives and workbooks; its fixtures are those that no importer knows.
  public static let finder = "finder"

  /// Every fixture, by the format of the importer that recognises it best, as the conformance suite
  /// finds them.
  ///
  /// - Parameters:
  ///   - root: The folder of the fixtures.
  ///   - area: Where the neighbours are staged.
  ///   - formats: Only these; `nil` takes all.
  /// - Returns: The fixtures of each format, in the order of their paths.
  /// - Throws: An error of reading them.
  public static func all(
    in root: String,
    _ area: StagingArea,
    of formats: Set<String>? = nil
  ) throws -> [String: [Fixture]] {
    let paths = (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? [])
      .sorted()
    var found: [String: [Fixture]] = [:]
    for path in paths {
      guard let source = try? area.stage("\(root)/\(path)") else { continue }
      defer { area.discard(source) }
      let importer = ImporterRegistry.best(for: source)?.0
      let format = importer?.format ?? finder
      guard formats?.contains(format) ?? true else { continue }
      let data = try Data(contentsOf: URL(filePath: "\(root)/\(path)"))
      let companions =
        importer.map { neighbours(of: path, for: $0, among: paths, in: root, area) } ?? []
      found[format, default: []]
        .append(Fixture(path: path, bytes: Array(data), companions: companions))
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
