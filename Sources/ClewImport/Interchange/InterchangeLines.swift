internal import ClewEvidence

/// Reads the formats whose units are lines: Pajek, Matrix Market, SNAP.
///
/// Every line that is not empty is a unit. A last line that the file breaks off may lack digits, so
/// it is handed over as such.
struct InterchangeLines {
  /// One line that is not empty.
  struct Line {
    let text: String
    let number: Int64
    /// Whether a line end follows.
    let isComplete: Bool
  }

  /// What becomes of a line.
  enum Outcome {
    case accept([EvidenceItem])
    case skip(String)
  }

  private let lines: TextLines

  init(_ source: StagedSource) throws {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    let decision = Self.decision(source)
    lines = TextLines(try TextWindow(source, decision), encoding: decision.encoding)
  }

  /// How the file is encoded: UTF-16 by its zeros, else UTF-8 unless it reads better as GB18030.
  static func decision(_ source: StagedSource) -> TextDecision {
    let candidates = TextDecision.candidates(head: source.head)
    let first = candidates.first ?? TextDecision(encoding: .utf8, markLength: 0)
    guard !first.encoding.isWide else { return first }
    let head = first.plainHead(source.head, isWhole: Int64(source.head.count) >= source.bytes)
    return TextDecision.prefersGB18030(head)
      ? TextDecision(encoding: .gb18030, markLength: first.markLength) : first
  }

  /// The first lines of a file as text, for recognition; lines that cannot be decoded are left out.
  static func head(_ source: StagedSource, lines count: Int) -> [String] {
    guard source.tables == nil, !source.head.isEmpty else { return [] }
    let decision = decision(source)
    let isWhole = Int64(source.head.count) >= source.bytes
    let window = TextWindow(plain: decision.plainHead(source.head, isWhole: isWhole))
    let encoding = decision.encoding.isWide ? TextEncoding.utf8 : decision.encoding
    let lines = TextLines(window, encoding: encoding)
    var found: [String] = []
    while found.count < count, let line = try? lines.next() {
      if let text = line.text, !text.isEmpty { found.append(text) }
    }
    return found
  }

  /// Hands every line that is not empty to the sink.
  ///
  /// - Returns: How many there were.
  func run(
    into sink: any UnitSink,
    _ body: (Line) throws(RowFault) -> Outcome
  ) throws -> Int64 {
    var count: Int64 = 0
    while let line = try lines.next() {
      let isComplete =
        line.source.last == 0x0A || line.source.last == 0x0D
        || line.source.dropLast().last == 0x0A
      if let text = line.text, TabularCell.trim(text).isEmpty { continue }
      count += 1
      let position = UnitPosition(row: line.number, offset: line.offset)
      guard let text = line.text else {
        let reason =
          line.isCut
          ? "the line exceeds \(TabularLimit.row) bytes" : TabularFault.undecodable.reason
        try sink.reject(at: position, bytes: line.source, reason: reason)
        continue
      }
      let outcome: Outcome
      do {
        outcome = try body(Line(text: text, number: line.number, isComplete: isComplete))
      } catch {
        try sink.reject(at: position, bytes: line.source, reason: error.reason)
        continue
      }
      switch outcome {
      case .accept(let items): try sink.accept(items, at: position, original: .text(text))
      case .skip(let rule): try sink.skip(at: position, rule: rule)
      }
    }
    sink.setDecision("encoding", lines.encodingSummary)
    return count
  }

  /// The words of a line; quotes hold a word together, `\"` and `""` inside them are a quote.
  ///
  /// - Returns: `nil` when a quote does not close.
  static func words(_ text: String) -> [(text: String, isQuoted: Bool)]? {
    var words: [(String, Bool)] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || byte == 0x09 {
        index += 1
        continue
      }
      var word: [UInt8] = []
      guard byte == UInt8(ascii: "\"") else {
        while index < bytes.count, bytes[index] != 0x20, bytes[index] != 0x09 {
          word.append(bytes[index])
          index += 1
        }
        words.append((String(validating: word, as: UTF8.self) ?? "", false))
        continue
      }
      index += 1
      var isClosed = false
      while index < bytes.count, !isClosed {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if bytes[index] == UInt8(ascii: "\"") {
          if next == UInt8(ascii: "\"") {
            word.append(next)
            index += 2
          } else {
            isClosed = true
            index += 1
          }
        } else if bytes[index] == UInt8(ascii: "\\"), next == UInt8(ascii: "\"") {
          word.append(next)
          index += 2
        } else {
          word.append(bytes[index])
          index += 1
        }
      }
      guard isClosed else { return nil }
      words.append((String(validating: word, as: UTF8.self) ?? "", true))
    }
    return words
  }
}
