import ArrowFormat
import ClewEvidence
import ClewImport
import Foundation
import Promises

/// What an input of the fuzzer comes to: the bytes that somebody is given.
///
/// Its name is the folder in `Crashers/` where the bytes are kept, so that a crasher is a file that
/// the importer could have been given by a user.
struct Exhibit {
  enum Reader {
    case importer(any Importer)
    case recognised, finder, map, values, arrow
  }

  let reader: Reader
  let bytes: [UInt8]
  /// The name of the file.
  var name = "input"
  var companions: [StagedSource] = []

  var folder: String {
    switch reader {
    case .importer(let importer): importer.format
    case .recognised: "recognised"
    case .finder: Fixture.finder
    case .map: "map"
    case .values: "values"
    case .arrow: "arrow"
    }
  }

  /// Reads it as Clew would.
  ///
  /// - Parameters:
  ///   - folder: Where files may be written.
  ///   - area: Where they are staged.
  /// - Returns: What became of it.
  /// - Throws: An error of writing the files.
  func outcome(in folder: String, _ area: StagingArea) throws -> Outcome {
    // Rows never lie in a file.
    if case .arrow = reader { return Streams.outcome(bytes) }
    let path = folder + "/" + name
    let file: ArraySlice<UInt8>
    let map: String?
    if case .map = reader {
      let halves = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      (map, file) = (folder + "/map.yaml", halves.dropFirst().first ?? [])
      try Data(halves.first ?? []).write(to: URL(filePath: folder + "/map.yaml"))
    } else {
      (map, file) = (nil, bytes[...])
    }
    try Data(file).write(to: URL(filePath: path))
    return switch reader {
    case .values: Values.outcome(bytes)
    case .arrow: Streams.outcome(bytes)
    case .importer(let importer): .of(path, in: area, companions: companions) { _ in importer }
    case .recognised: .of(path, in: area) { ImporterRegistry.best(for: $0)?.0 }
    case .finder: .ofFinding(path, in: area)
    case .map: .ofMapping(path, by: map ?? "", in: area)
    }
  }
}

/// The parsers of amounts, times and accounts.
enum Values {
  static func outcome(_ bytes: [UInt8]) -> Outcome {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = Timestamp(parsing: text).map { ($0.iso, $0.shanghai) }
    _ = Money(parsing: text)
    _ = Money(fenText: text)
    for scheme in AccountScheme.allCases { _ = AccountNormalizer.account(scheme, text) }
    guard let account = AccountNormalizer.canonical(text) else { return .refused }
    return AccountNormalizer.canonical(account.description) == account
      ? .read(units: 1) : .broken("a normalised account changes when it is normalised again")
  }
}

/// The reader and the writer of rows.
enum Streams {
  static func outcome(_ bytes: [UInt8]) -> Outcome {
    guard let table = try? ArrowStream.table(bytes) else { return .refused }
    // Compared as bytes, since no number equals one that is none.
    guard let once = try? ArrowStream.bytes(table), let again = try? ArrowStream.table(once),
      let twice = try? ArrowStream.bytes(again), once == twice, again.rowCount == table.rowCount
    else { return .broken("a table changes when it is written and read again") }
    return .read(units: Int64(table.rowCount))
  }
}
