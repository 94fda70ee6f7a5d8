internal import ClewEvidence

/// One physical line of a text file.
struct TextLine: Sendable {
  /// The byte offset in the file.
  let offset: Int64
  /// Counted from 1.
  let number: Int64
  /// The bytes with the end of the line, as the file holds them.
  let source: [UInt8]
  /// The text without the end of the line; `nil` where the bytes fit no encoding.
  let text: String?
  /// Whether the line exceeds ``TabularLimit/row`` and only its beginning is kept.
  let isCut: Bool
}

/// Reads a text file line by line; LF, CRLF and CR end a line.
final class TextLines {
  private let window: TextWindow
  private var decoder: TextDecoder
  private var number: Int64 = 0

  init(_ window: TextWindow, encoding: TextEncoding) {
    self.window = window
    decoder = TextDecoder(encoding)
  }

  /// What the log of decisions says of the encoding.
  var encodingSummary: String { decoder.summary }

  /// The next line, empty ones included, or `nil` at the end.
  func next() throws -> TextLine? {
    while true {
      if window.start == window.bytes.count {
        if window.isAtEnd { return nil }
        try window.fill()
        continue
      }
      let (end, next) = Self.lineEnd(window.bytes, from: window.start, isAtEnd: window.isAtEnd)
      if let next { return take(end: end, next: next) }
      if end - window.start > TabularLimit.row { return cut(at: end) }
      try window.fill()
    }
  }

  /// Where the line ends and the next begins; the latter is `nil` when more bytes are needed.
  private static func lineEnd(
    _ bytes: [UInt8],
    from start: Int,
    isAtEnd: Bool
  ) -> (end: Int, next: Int?) {
    let span = bytes.span
    var end = start
    while end < span.count, span[end] != 0x0A, span[end] != 0x0D { end += 1 }
    if end == span.count, !isAtEnd { return (end, nil) }
    return (end, TabularScanner.pastLineEnd(span, end, isAtEnd: isAtEnd))
  }

  private func take(end: Int, next: Int) -> TextLine {
    let body = Array(window.bytes[window.start..<end])
    let source = window.sourceBytes(of: Array(window.bytes[window.start..<next]))
    let text = decoder.unitEncoding(of: body).flatMap { TextDecoder.text(body, $0) }
    number += 1
    let line = TextLine(
      offset: window.offset,
      number: number,
      source: source,
      text: text,
      isCut: false
    )
    window.consume(next - window.start)
    return line
  }

  /// Takes a piece of an endless line; the next piece is a line of its own.
  private func cut(at end: Int) -> TextLine {
    let source = Array(window.bytes[window.start..<end])
    number += 1
    let line = TextLine(
      offset: window.offset,
      number: number,
      source: source,
      text: nil,
      isCut: true
    )
    window.consume(end - window.start)
    return line
  }
}
