internal import ClewImport
internal import ClewReport
internal import Foundation

/// Writes what an import would do.
enum PreviewText {
  /// A file as lines for people: what it is, by which sign, who else would read it.
  static func text(_ entry: IntakePreview.Entry) -> String {
    let path = safe(entry.path)
    var lines: [String] = []
    if let reader = entry.reader {
      lines.append("\(path): \(reader.format), \(safe(reader.title)), \(reader.confidence) of 100")
      lines.append("  sign      \(safe(reader.sign))")
    } else {
      lines.append("\(path): \(entry.isFault ? "refused" : "not read"): \(safe(entry.reason))")
    }
    if let second = entry.second {
      lines.append(
        "  next      \(second.format), \(second.confidence) of 100: \(safe(second.sign))"
      )
    }
    if !entry.encoding.isEmpty { lines.append("  encoding  \(safe(entry.encoding))") }
    for (name, value) in entry.decisions.sorted(by: { $0.key < $1.key }) {
      lines.append("  note      \(safe(name)): \(safe(value))")
    }
    if let map = entry.proposedMap {
      lines.append("  map       proposed; save it, check it, and give it with --map:")
      lines += map.split(separator: "\n").map { "    " + PlainText.safe(String($0), limit: 2000) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A file as one JSON object on one line.
  static func json(_ entry: IntakePreview.Entry) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Line(entry)), as: UTF8.self) + "\n"
  }

  /// All formats, one on a line.
  static func formats() -> String {
    let rows = ImporterRegistry.all.sorted { $0.format < $1.format }.map {
      [$0.format, "version \($0.version)", $0.title]
    }
    return PlainText.table(rows)
  }

  private static func safe(_ text: String) -> String { PlainText.safe(text, limit: 400) }

  /// The keys of `--json`; they are documented in docs/mapping.md.
  private struct Line: Encodable {
    struct Answer: Encodable {
      let format, title, sign: String
      let confidence: Int

      init?(_ answer: IntakePreview.Answer?) {
        guard let answer else { return nil }
        (format, title, sign) = (answer.format, answer.title, answer.sign)
        confidence = answer.confidence
      }
    }
    let schema = "clew-preview-1"
    let path: String
    let bytes: Int64?
    let sha256: String?
    let reader, second: Answer?
    let encoding: String
    let decisions: [String: String]
    let reason: String
    let fault: Bool
    let map: String?

    init(_ entry: IntakePreview.Entry) {
      (path, bytes, sha256) = (entry.path, entry.bytes, entry.sha256)
      (reader, second) = (Answer(entry.reader), Answer(entry.second))
      (encoding, decisions, reason) = (entry.encoding, entry.decisions, entry.reason)
      (fault, map) = (entry.isFault, entry.proposedMap)
    }
  }
}
