import ClewEvidence
import ClewImport
import Foundation

/// What one run feeds: an importer by its format, or one of the small parsers.
enum Parser: Sendable {
  case importer(any Importer)
  /// Whichever importer recognises the bytes best.
  case recognised
  /// The parsers of amounts, times and accounts.
  case values

  /// All names, one for each target.
  static var names: [String] {
    ["recognised", "values"] + ImporterRegistry.all.map(\.format).sorted()
  }

  init?(name: String) {
    switch name {
    case "recognised": self = .recognised
    case "values": self = .values
    default:
      guard let importer = ImporterRegistry.all.first(where: { $0.format == name }) else {
        return nil
      }
      self = .importer(importer)
    }
  }
}

/// Feeds bytes to a parser and stops the process when a promise is broken.
///
/// The files lie in memory (`/dev/shm`) where there is such a place.
final class Feeder {
  private let parser: Parser
  private let folder: String
  private let area: StagingArea
  private var number = 0

  init(_ parser: Parser) throws {
    self.parser = parser
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    folder = "\(parent)/clew-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    area = try StagingArea(in: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func feed(_ bytes: [UInt8]) {
    if case .values = parser { return values(bytes) }
    let path = folder + "/input"
    do {
      try Data(bytes).write(to: URL(filePath: path))
      let source = try area.stage(path)
      defer { area.discard(source) }
      switch parser {
      case .importer(let importer): try read(source, importer)
      case .recognised:
        if let (importer, _) = ImporterRegistry.best(for: source) { try read(source, importer) }
      case .values: break
      }
    } catch let error as EvidenceError {
      check(error.description)
    } catch let error as ImportError {
      check(error.description)
    } catch {
      fatalError("an error of a foreign kind: \(type(of: error))")
    }
  }

  /// The law: every unit is accepted, rejected or skipped, and the reader counted them itself.
  private func read(_ source: StagedSource, _ importer: any Importer) throws {
    _ = importer.recognise(source)
    let sink = CollectingSink()
    let units = try importer.read(source, into: sink)
    guard units == sink.unitCount else {
      fatalError("\(importer.format): \(units) units read, \(sink.unitCount) accounted for")
    }
    let positions = sink.units.map(\.position)
    guard Set(positions).count == positions.count else {
      fatalError("\(importer.format): two units stand at one place")
    }
    for reject in sink.rejects { check(reject.reason) }
  }

  /// Messages are one line.
  private func check(_ message: String) {
    guard !message.isEmpty, !message.utf8.contains(0x0A) else {
      fatalError("a message that is not one line")
    }
  }

  private func values(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = Timestamp(parsing: text).map { ($0.iso, $0.shanghai) }
    _ = Money(parsing: text)
    _ = Money(fenText: text)
    for scheme in AccountScheme.allCases { _ = AccountNormalizer.account(scheme, text) }
    guard let account = AccountNormalizer.canonical(text) else { return }
    guard AccountNormalizer.canonical(account.description) == account else {
      fatalError("a normalised account changes when it is normalised again")
    }
  }
}
