import Foundation

/// The real networks with published answers that lie outside the repository.
public enum ReferenceNetworks {
  /// The folder of the networks, or nil where it is absent.
  ///
  /// It is `reference-networks` in the folder that `CLEW_SHARED` names, or else in `shared` beside
  /// the package.
  public static let directory: String? = {
    let shared =
      ProcessInfo.processInfo.environment["CLEW_SHARED"]
      ?? URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared").standardizedFileURL.path
    let folder = shared + "/reference-networks"
    return FileManager.default.fileExists(atPath: folder) ? folder : nil
  }()

  /// Whether the folder is there, for `.enabled(if:)`.
  public static var arePresent: Bool { directory != nil }

  /// Reads a table of one network.
  ///
  /// - Parameters:
  ///   - file: `nodes` or `edges`.
  ///   - network: The folder of the network.
  /// - Returns: The rows, each from column name to cell.
  /// - Throws: Where the file cannot be read.
  public static func table(_ file: String, of network: String) throws -> [[String: String]] {
    CSVTable.rows(of: try String(contentsOfFile: path(of: file, in: network), encoding: .utf8))
  }

  /// Reads a table of one network as it is.
  ///
  /// - Parameters:
  ///   - file: `nodes` or `edges`.
  ///   - network: The folder of the network.
  /// - Returns: The bytes of the file.
  /// - Throws: Where the file cannot be read.
  public static func bytes(of file: String, in network: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(of: file, in: network))))
  }

  private static func path(of file: String, in network: String) -> String {
    "\(directory ?? "")/\(network)/\(file).csv"
  }
}

/// A small reader of comma-separated text, for tests alone.
public enum CSVTable {
  /// Cuts a text with a header line into rows.
  ///
  /// - Parameter text: The text; a cell may stand in quotation marks, but not across lines.
  /// - Returns: The rows, each from column name to cell.
  public static func rows(of text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map { cells(of: $0) }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { cells in
      Dictionary(zip(header, cells)) { first, _ in first }
    }
  }

  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
