internal import ClewEvidence
internal import Foundation

/// By which names columns are known, as a data file (`columns.json`): the ground of proposed maps.
struct ColumnWords: Sendable {
  /// What a column of a known name holds.
  struct Meaning: Sendable, Hashable {
    let field: String
    let scheme: String?
    let unit: String?
  }

  /// Words for money or calls that leave the row's own account.
  let out: [String]
  /// Words for those that come to it.
  let into: [String]
  /// Words for a transaction that took place.
  let succeeded: [String]
  private let meanings: [String: [Meaning]]

  private struct File: Decodable {
    struct Entry: Decodable {
      let field: String
      let scheme, unit: String?
      let names: [String]
    }
    let version: String
    let columns: [Entry]
    let out, `in`, succeeded: [String]
  }

  /// The words that come with Clew; the file is part of the program and a test decodes it.
  static let standard = ColumnWords(json: PackageResources.columns_json)

  init?(json: [UInt8]) {
    guard let file = try? JSONDecoder().decode(File.self, from: Data(json)) else { return nil }
    var meanings: [String: [Meaning]] = [:]
    for entry in file.columns {
      for name in entry.names {
        meanings[Self.key(name), default: []]
          .append(Meaning(field: entry.field, scheme: entry.scheme, unit: entry.unit))
      }
    }
    self.meanings = meanings
    (out, into, succeeded) = (file.out, file.in, file.succeeded)
  }

  /// What a column of this name may hold; the name as ``TabularCell/headerName(_:)`` has it.
  func meanings(of name: String) -> [Meaning] { meanings[Self.key(name)] ?? [] }

  /// The two characters for account are one.
  private static func key(_ name: String) -> String {
    TabularCell.headerName(name).replacing("帐", with: "账")
  }
}
