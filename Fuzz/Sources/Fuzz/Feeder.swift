import ClewEvidence
import ClewImport
import Foundation
import Promises

/// Turns inputs into exhibits and stops the process when a promise is broken.
final class Feeder {
  /// Processor time, since libFuzzer's own limit runs on while others use the machine.
  private static let budget: clock_t = 5 * 1_000_000

  private let target: Target
  /// When the process asks to be ended.
  private var limit: clock_t
  private let folder: String
  private let area: StagingArea
  private let fixtures: [String: [Fixture]]
  private var databases: [String: CellTemplate] = [:]

  /// Makes a feeder that ends the process after so many seconds of processor time.
  init(_ target: Target, fixtures root: String, seconds: Int?) throws {
    self.target = target
    limit = seconds.map { $0 * 1_000_000 } ?? .max
    folder = try Memory.folder("fuzz")
    area = try StagingArea(in: folder)
    let needsFixtures = target.kind == .database || target.kind == .cells
    fixtures =
      needsFixtures
      ? try Fixture.all(in: root, area, of: Set(target.importers.map(\.format))) : [:]
    guard target.kind == .cells else { return }
    for fixture in fixtures.values.joined() where databases[fixture.path] == nil {
      databases[fixture.path] = try CellTemplate(fixture.bytes, in: folder)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// One input; a broken promise ends the process, as libFuzzer expects.
  func feed(_ bytes: [UInt8]) {
    let begin = clock()
    do {
      guard let exhibit = try exhibit(bytes) else { return }
      if case .broken(let promise) = try exhibit.outcome(in: folder, area) { fatalError(promise) }
    } catch {
      fatalError("no room for the input: \(error)")
    }
    let end = clock()
    if end - begin > Self.budget { fatalError("over 5 seconds of processor time") }
    if end > limit {
      limit = .max
      // By this signal libFuzzer is asked to end with its statistics.
      raise(SIGUSR1)
    }
  }

  /// What an input comes to; `nil` when it is too short to say.
  func exhibit(_ bytes: [UInt8]) throws -> Exhibit? {
    switch target.kind {
    case .finder: return Exhibit(reader: .finder, bytes: bytes)
    case .map: return Exhibit(reader: .map, bytes: bytes)
    case .values: return Exhibit(reader: .values, bytes: bytes)
    case .arrow: return Exhibit(reader: .arrow, bytes: bytes)
    case .recognised: return Exhibit(reader: .recognised, bytes: bytes)
    case .workbook: return Exhibit(reader: .finder, bytes: WorkbookParts.workbook(bytes))
    case .file, .bytes, .database, .cells: break
    }
    guard target.kind != .file else {
      return target.importers.first.map { Exhibit(reader: .importer($0), bytes: bytes) }
    }
    guard let choice = bytes.first, !target.importers.isEmpty else { return nil }
    let importer = target.importers[Int(choice) % target.importers.count]
    var exhibit = Exhibit(reader: .importer(importer), bytes: Array(bytes.dropFirst()))
    guard target.kind != .bytes, let own = fixtures[importer.format] else { return exhibit }
    guard target.kind == .cells else {
      exhibit.name = own.first?.name ?? exhibit.name
      exhibit.companions = own.first?.companions ?? []
      return exhibit
    }
    guard bytes.count > 2 else { return nil }
    let fixture = own[Int(bytes[1]) % own.count]
    guard let template = databases[fixture.path] else { return nil }
    return Exhibit(
      reader: .importer(importer),
      bytes: try template.database(with: bytes[2...], in: folder),
      name: fixture.name,
      companions: fixture.companions
    )
  }
}
