internal import ClewEvidence

/// The bytes of a JSON file, taken value by value from a moving window.
final class JSONInput {
  /// The bytes of one value.
  struct Taken {
    var bytes: [UInt8]
    /// Whether the value exceeds the limit and only its beginning is kept.
    var isCut = false
    /// Whether the file ends inside of it.
    var isBrokenOff = false
  }

  private let window: TextWindow

  /// Opens the staged copy; a byte order mark tells UTF-16, anything else is UTF-8.
  init(_ source: StagedSource) throws {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    window = try TextWindow(source, Self.decision(source.head))
  }

  /// Reads bytes in memory, without mark.
  init(plain bytes: [UInt8]) { window = TextWindow(plain: bytes) }

  /// How the file is decoded.
  ///
  /// JSON is UTF-8 by its standard; some Windows tools write UTF-16.
  static func decision(_ head: [UInt8]) -> TextDecision {
    TextDecision.candidates(head: head).first ?? TextDecision(encoding: .utf8, markLength: 0)
  }

  /// How many bytes of the file are in memory.
  var bufferedBytes: Int { window.bytes.count }

  /// Where in the file the next byte stands.
  var offset: Int64 { window.offset }

  /// The bytes as the file holds them.
  func sourceBytes(of text: [UInt8]) -> [UInt8] { window.sourceBytes(of: text) }

  /// Passes over white space; the answer is the next byte, which is not taken.
  func nextByte() throws -> UInt8? {
    while true {
      var index = window.start
      while index < window.bytes.count, Self.isSpace(window.bytes[index]) { index += 1 }
      window.consume(index - window.start)
      if index < window.bytes.count { return window.bytes[index] }
      if window.isAtEnd { return nil }
      try window.fill()
    }
  }

  /// Takes bytes that were seen.
  func consume(_ count: Int) { window.consume(count) }

  /// Takes the value that begins here; of a longer one than `limit` the beginning is kept.
  func takeValue(limit: Int) throws -> Taken {
    var skim = JSONSkim()
    var taken = Taken(bytes: [])
    var scanned = 0
    while true {
      let end = skim.feed(window.bytes, from: window.start + scanned)
      let stop = end ?? window.bytes.count
      if !taken.isCut, stop - window.start > limit {
        taken.isCut = true
        taken.bytes = Array(window.bytes[window.start...].prefix(TabularLimit.kept))
      }
      if end != nil || window.isAtEnd {
        if !taken.isCut { taken.bytes = Array(window.bytes[window.start..<stop]) }
        window.consume(stop - window.start)
        taken.isBrokenOff = end == nil && !skim.mayEnd
        return taken
      }
      scanned = stop - window.start
      if taken.isCut {
        window.consume(scanned)
        scanned = 0
      }
      try window.fill()
    }
  }

  /// Passes over the value that begins here.
  func skipValue() throws {
    var skim = JSONSkim()
    while true {
      if let end = skim.feed(window.bytes, from: window.start) {
        return window.consume(end - window.start)
      }
      window.consume(window.bytes.count - window.start)
      if window.isAtEnd { return }
      try window.fill()
    }
  }

  /// Takes the next byte and the marks and white space behind it that belong to no value.
  func takeMarks(brackets: Bool) throws -> [UInt8] {
    var taken: [UInt8] = []
    while taken.count < TabularLimit.kept {
      if window.start == window.bytes.count {
        if window.isAtEnd { break }
        try window.fill()
        continue
      }
      let byte = window.bytes[window.start]
      let isMark =
        Self.isSpace(byte) || byte == UInt8(ascii: ":")
        || (brackets
          && (byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: ",")))
      guard taken.isEmpty || isMark else { break }
      taken.append(byte)
      window.consume(1)
    }
    return taken
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
