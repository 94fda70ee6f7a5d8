internal import ClewEvidence
internal import Foundation
internal import Yams

/// Reads maps from a file; each document of the file is one.
public enum MapFile {
  private static let sizeLimit = 1 << 20

  /// Reads the maps in the file at `path`.
  ///
  /// - Throws: ``ImportError`` with the line and what is expected there.
  public static func read(_ path: String) throws(ImportError) -> [TableMap] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .malformed(path: path, line: nil, reason: "the map cannot be read")
    }
    guard data.count <= sizeLimit else { throw .limitExceeded(path: path, limit: "1 MiB") }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .undecodable(path: path, reason: "the map is not UTF-8; save it as UTF-8")
    }
    return try read(text, path: path)
  }

  /// Reads the maps in a text.
  static func read(_ text: String, path: String) throws(ImportError) -> [TableMap] {
    var maps: [TableMap] = []
    do {
      let plain = text.unicodeScalars.first == "\u{FEFF}" ? String(text.dropFirst()) : text
      var documents = try compose_all(yaml: plain)
      while let node = documents.next() {
        maps.append(try MapDocument(node, path: path).map(of: text))
      }
      if let error = documents.error { throw error }
    } catch let error as ImportError {
      throw error
    } catch let error as YamlError {
      throw yaml(error, path)
    } catch {
      throw .malformed(path: path, line: nil, reason: "the map is not YAML")
    }
    guard !maps.isEmpty else { throw .empty(path: path) }
    return maps
  }

  private static func yaml(_ error: YamlError, _ path: String) -> ImportError {
    func fault(_ mark: Mark?, _ problem: String) -> ImportError {
      .malformed(path: path, line: mark.map { Int64($0.line) }, reason: "not YAML: \(problem)")
    }
    return switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      fault(mark, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      fault(context.mark, "the key \(duplicates.first ?? "") stands twice")
    default: fault(nil, "it cannot be parsed")
    }
  }
}
