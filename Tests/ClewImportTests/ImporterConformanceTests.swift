import ClewEvidence
import ClewImport
import ClewTestSupport
import Foundation
import Testing

/// An importer with one of its fixtures.
struct ImporterCase: Sendable, CustomTestStringConvertible {
  let importer: any Importer
  let fixture: String
  var testDescription: String { "\(importer.format) \(fixture)" }

  /// Every importer of the registry with every fixture that it recognises best.
  static let all: [ImporterCase] = {
    guard let root = Bundle.module.resourceURL?.appending(path: "Fixtures"),
      let staged = try? Staged(),
      let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]
    else { return [] }
    return paths.sorted().compactMap { path in
      let full = root.appending(path: path).path
      guard let source = try? staged.area.stage(full),
        let (importer, _) = ImporterRegistry.best(for: source)
      else { return nil }
      return ImporterCase(importer: importer, fixture: path)
    }
  }()
}

@Suite struct `Every importer` {
  @Test func `has a format of its own and a version`() {
    let formats = ImporterRegistry.all.map(\.format)
    #expect(Set(formats).count == formats.count)
    for importer in ImporterRegistry.all {
      #expect(importer.version >= 1)
      #expect(!importer.title.isEmpty)
    }
  }

  @Test func `has a fixture`() {
    let covered = Set(ImporterCase.all.map(\.importer.format))
    let missing = Set(ImporterRegistry.all.map(\.format)).subtracting(covered)
    #expect(missing.isEmpty)
  }

  @Test(arguments: ImporterCase.all)
  func `reads its fixture twice with the same answer and accounts for every unit`(
    _ one: ImporterCase
  ) throws {
    let staged = try Staged()
    let bytes = try fixture(one.fixture)
    let name = one.fixture.split(separator: "/").last.map(String.init) ?? "fixture"
    let first = try staged.read(one.importer, name, bytes)
    let second = try staged.read(one.importer, name, bytes)
    #expect(first.units == first.sink.unitCount)
    #expect(first.units > 0)
    #expect(first.sink.units == second.sink.units)
    #expect(first.sink.owner == second.sink.owner)
    #expect(first.sink.decisions == second.sink.decisions)
    #expect(Set(first.sink.units.map(\.position)).count == first.sink.units.count)
  }

  @Test(arguments: ImporterCase.all)
  func `keeps the law on files that are cut off`(_ one: ImporterCase) throws {
    let staged = try Staged()
    let bytes = try fixture(one.fixture)
    check(one, [], in: staged)
    check(one, [bytes.first ?? 0], in: staged)
    for sixteenth in 1..<16 {
      check(one, Array(bytes.prefix(bytes.count * sixteenth / 16)), in: staged)
    }
  }

  @Test(arguments: ImporterCase.all)
  func `keeps the law on files with changed bytes`(_ one: ImporterCase) throws {
    let staged = try Staged()
    let bytes = try fixture(one.fixture)
    guard !bytes.isEmpty else { return }
    let count = ImporterCase.all.filter { $0.importer.format == one.importer.format }.count
    var generator = SplitMix64(seed: UInt64(bytes.count))
    // A hundred for each importer; `make mutations` makes ten thousand.
    for _ in 0..<(100 / count + 1) {
      var mutated = bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<max(mutated.count, 1), using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where mutated.count > 1: mutated.remove(at: index)
        case 1: mutated.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        case 2:
          let marks = Array(",;:\"=<>&\\\r\n\t\0".utf8)
          mutated[index] = marks[Int.random(in: 0..<marks.count, using: &generator)]
        default: mutated[index] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      check(one, mutated, in: staged)
    }
  }

  /// Whatever the bytes: the file is refused as a whole, or every unit is accounted for.
  private func check(_ one: ImporterCase, _ bytes: [UInt8], in staged: Staged) {
    let name = one.fixture.split(separator: "/").last.map(String.init) ?? "fixture"
    do {
      let (sink, units) = try staged.read(one.importer, name, bytes)
      #expect(units == sink.unitCount)
    } catch let error as EvidenceError {
      #expect(!error.description.contains("\n"))
    } catch let error as ImportError {
      #expect(!error.description.contains("\n"))
    } catch {
      Issue.record("\(one.fixture): an error of a foreign kind: \(error)")
    }
  }
}
