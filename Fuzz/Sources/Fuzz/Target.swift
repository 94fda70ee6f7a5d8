import ClewImport
import Foundation

/// What one run of the fuzzer feeds: a line of `targets.txt`, or one importer by its format.
struct Target: Sendable {
  /// What the bytes of an input are.
  enum Kind: String, Sendable {
    /// The first byte chooses the importer, the rest is its file.
    case bytes
    /// The same, with the neighbours that the importer asks for.
    case database
    /// The first two bytes choose importer and fixture, the rest are new cells of that database.
    case cells
    /// An archive or workbook.
    case finder
    /// The parts of a workbook.
    case workbook
    /// A map, a zero byte, and a table.
    case map
    /// An amount, a time or an account.
    case values
    /// A stream of rows as a cluster sends it.
    case arrow
    /// Any file; whoever knows it best reads it.
    case recognised
    /// The file of one importer; no line says this.
    case file
  }

  let name: String
  let kind: Kind
  let importers: [any Importer]

  /// Why a list of targets cannot be used.
  struct Fault: Error { let reason: String }

  /// Reads the list, and the importers by their formats after it.
  ///
  /// - Throws: ``Fault`` when a line is unreadable, or when an importer stands in no line.
  static func all(in path: String) throws -> (listed: [Target], single: [Target]) {
    let known = ImporterRegistry.all
    var listed: [Target] = []
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count > 1, let kind = Kind(rawValue: words[1]) else {
        throw Fault(reason: "a line without name and kind")
      }
      let importers = try words.dropFirst(2).map { format in
        guard let importer = known.first(where: { $0.format == format }) else {
          throw Fault(reason: "no importer reads \(format)")
        }
        return importer
      }
      guard importers.count <= 256 else { throw Fault(reason: "a byte cannot choose among them") }
      listed.append(Target(name: words[0], kind: kind, importers: importers))
    }
    let reached = listed.filter { $0.kind == .bytes || $0.kind == .database }
      .flatMap(\.importers).map(\.format)
    for importer in known where !reached.contains(importer.format) {
      throw Fault(reason: "\(importer.format) stands in no target of targets.txt")
    }
    let single = known.map { Target(name: $0.format, kind: .file, importers: [$0]) }
    return (listed, single)
  }
}
