import ClewEvidence
import Foundation

/// A text file that grows in pieces and holds little of itself in memory.
struct TextFile {
  enum Encoding { case utf8, gb18030 }

  let path: String
  private let encoding: Encoding
  private var buffer = ""
  private var isCreated = false

  init(path: String, encoding: Encoding = .utf8) {
    self.path = path
    self.encoding = encoding
  }

  mutating func write(_ text: String) throws(EvidenceError) {
    buffer += text
    if buffer.utf8.count > 1 << 16 { try flush() }
  }

  /// Writes what is left; the file is closed between writes.
  mutating func flush() throws(EvidenceError) {
    let data: Data
    switch encoding {
    case .utf8: data = Data(buffer.utf8)
    case .gb18030:
      let gb18030 = String.Encoding(rawValue: 0x8000_0632)
      guard let encoded = buffer.data(using: gb18030) else {
        throw EvidenceError.inputOutput(path: path, reason: "text has no form in GB18030")
      }
      data = encoded
    }
    buffer = ""
    do {
      if isCreated {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: data)
        try handle.close()
      } else {
        try data.write(to: URL(fileURLWithPath: path))
        isCreated = true
      }
    } catch {
      throw EvidenceError.inputOutput(path: path, reason: "\(error)")
    }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(EvidenceError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw EvidenceError.inputOutput(path: path, reason: "\(error)")
    }
  }

  /// A cell of a CSV file.
  static func cell(_ text: String) -> String {
    let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  static func row(_ cells: [String], end: String = "\n") -> String {
    cells.map(cell).joined(separator: ",") + end
  }
}
