import ClewEvidence
import ClewImport
import Foundation
import Promises

/// What one run feeds: an importer by its format, or one of the small parsers.
enum Parser: Sendable {
  case importer(any Importer)
  /// Whichever importer recognises the bytes best.
  case recognised
  /// What finds sources in archives and workbooks.
  case finder
  /// The parsers of amounts, times and accounts.
  case values

  /// All names, one for each target.
  static var names: [String] {
    ["finder", "recognised", "values"] + ImporterRegistry.all.map(\.format).sorted()
  }

  init?(name: String) {
    switch name {
    case "recognised": self = .recognised
    case "finder": self = .finder
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
final class Feeder {
  private let parser: Parser
  private let folder: String
  private let area: StagingArea

  init(_ parser: Parser) throws {
    self.parser = parser
    folder = try Memory.folder("fuzz")
    area = try StagingArea(in: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func feed(_ bytes: [UInt8]) {
    let path = folder + "/input"
    do {
      try Data(bytes).write(to: URL(filePath: path))
    } catch {
      fatalError("no room for the input")
    }
    let outcome: Outcome
    switch parser {
    case .values: return values(bytes)
    case .importer(let importer): outcome = .of(path, in: area) { _ in importer }
    case .recognised: outcome = .of(path, in: area) { ImporterRegistry.best(for: $0)?.0 }
    case .finder: outcome = .ofFinding(path, in: area)
    }
    if case .broken(let promise) = outcome { fatalError(promise) }
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
