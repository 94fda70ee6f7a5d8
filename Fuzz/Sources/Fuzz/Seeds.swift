import ClewEvidence
import ClewImport
import Foundation
import Promises

/// Prepares a run: one folder of seeds and one dictionary for each target.
///
/// Seeds are the fixtures, each in the shape of its target, the files in `Seeds/<target>/`, and the
/// lines of `Seeds/<target>.txt`. A dictionary is `Dictionaries/<target>.dict` and the words of the
/// target's own seeds, so that column names, tags and keys are never missing.
struct Seeds {
  let fixtures: String
  /// The folder of the nested package, with `Seeds/` and `Dictionaries/`.
  let package: String
  let corpus: String

  private static let sizeLimit = 256 << 10
  private static let prefix = "seed-"

  func prepare(_ targets: [Target]) throws {
    let folder = try Memory.folder("seeds")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let area = try StagingArea(in: folder)
    let all = try Fixture.all(in: fixtures, area)
    for target in targets {
      var seeds = try committed(target.name)
      switch target.kind {
      case .file: seeds += (target.importers.first.flatMap { all[$0.format] } ?? []).map(\.bytes)
      case .finder: seeds += (all[Fixture.finder] ?? []).map(\.bytes)
      case .recognised: seeds += all.values.joined().map(\.bytes).sorted { $0.count < $1.count }
      case .bytes, .database, .cells:
        for (importer, choice) in zip(target.importers, UInt8(0)...) {
          for (fixture, index) in zip(all[importer.format] ?? [], UInt8(0)...) {
            seeds +=
              target.kind == .cells
              ? try CellTemplate(fixture.bytes, in: folder).seeds(in: folder)
                .map { [choice, index] + $0 }
              : [[choice] + fixture.bytes]
          }
        }
      case .workbook, .map, .values, .arrow: break
      }
      try write(seeds.filter { $0.count <= Self.sizeLimit }, of: target)
    }
  }

  /// The seeds that are no fixtures.
  private func committed(_ name: String) throws -> [[UInt8]] {
    let files = FileManager.default
    let path = "\(package)/Seeds/\(name)"
    var seeds: [[UInt8]] = []
    for file in ((try? files.contentsOfDirectory(atPath: path)) ?? []).sorted() {
      seeds.append(Array(try Data(contentsOf: URL(filePath: "\(path)/\(file)"))))
    }
    let lines = (try? String(contentsOfFile: path + ".txt", encoding: .utf8)) ?? ""
    return seeds + lines.split(separator: "\n").map { Array($0.utf8) }
  }

  private func write(_ seeds: [[UInt8]], of target: Target) throws {
    let files = FileManager.default
    let folder = "\(corpus)/\(target.name)"
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for old in try files.contentsOfDirectory(atPath: folder) where old.hasPrefix(Self.prefix) {
      try files.removeItem(atPath: "\(folder)/\(old)")
    }
    for (number, seed) in seeds.enumerated() {
      try Data(seed).write(to: URL(filePath: "\(folder)/\(Self.prefix)\(number)"))
    }
    let own =
      (try? String(contentsOfFile: "\(package)/Dictionaries/\(target.name).dict", encoding: .utf8))
      ?? ""
    let words = Words.entries(in: seeds).joined(separator: "\n")
    try Data((own + "\n" + words + "\n").utf8)
      .write(to: URL(filePath: "\(corpus)/\(target.name).dict"))
  }
}

/// The words of seeds as entries of a dictionary of libFuzzer.
enum Words {
  private static let most = 600

  /// Runs of letters, digits and everything beyond ASCII, the most frequent first.
  static func entries(in seeds: [[UInt8]]) -> [String] {
    var seen: [[UInt8]: Int] = [:]
    for seed in seeds {
      for word in seed.split(whereSeparator: { !isOfWord($0) }) where 2...40 ~= word.count {
        seen[Array(word), default: 0] += 1
      }
    }
    return seen.sorted {
      $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value > $1.value
    }
    .prefix(most).map { entry($0.key) }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }

  private static func entry(_ word: [UInt8]) -> String {
    "\""
      + word.map { byte in
        byte < 0x80
          ? String(UnicodeScalar(byte))
          : "\\x" + String(byte, radix: 16, uppercase: true)
      }.joined() + "\""
  }
}
