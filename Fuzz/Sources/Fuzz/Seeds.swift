import ClewEvidence
import ClewImport
import Foundation

/// Sorts fixtures into one folder for each parser: what an importer recognises best is its seed.
enum Seeds {
  private static let limit = 256 << 10

  static func sort(_ fixtures: String, into corpus: String) throws {
    let files = FileManager.default
    let area = try StagingArea(in: NSTemporaryDirectory())
    defer { area.remove() }
    for name in Parser.names {
      try files.createDirectory(atPath: "\(corpus)/\(name)", withIntermediateDirectories: true)
    }
    let paths = (files.enumerator(atPath: fixtures)?.allObjects as? [String] ?? []).sorted()
    for (number, path) in paths.enumerated() {
      guard let source = try? area.stage("\(fixtures)/\(path)") else { continue }
      defer { area.discard(source) }
      guard source.bytes <= limit else { continue }
      let importer = ImporterRegistry.best(for: source)?.0
      let bytes = try Data(contentsOf: URL(filePath: "\(fixtures)/\(path)"))
      for folder in importer.map({ [$0.format, "recognised"] }) ?? ["finder"] {
        try bytes.write(to: URL(filePath: "\(corpus)/\(folder)/seed-\(number)"))
      }
    }
  }
}
