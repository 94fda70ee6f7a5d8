internal import ClewEvidence

/// Cuts a MIME file (RFC 2045 to 2046) into its parts and hands out their bodies piece by piece.
///
/// Memory does not grow with the file. Parts inside of parts are not looked for.
///
/// ```swift
/// let reader = try MIMEReader(source)
/// while let part = try reader.nextPart() {
///   while let piece = try reader.nextPiece() { … }
/// }
/// ```
final class MIMEReader {
  /// One part of the file.
  struct Part {
    let headers: MIMEHeaders
    /// Where its header begins.
    let offset: Int64
    /// Where its body begins.
    let bodyOffset: Int64
  }

  /// The headers of the whole.
  private(set) var headers = MIMEHeaders()
  /// What stands before the first part, if it is more than blanks: the first bytes and their place.
  private(set) var preamble: (bytes: [UInt8], offset: Int64)?
  /// Whether the closing boundary was seen.
  private(set) var isComplete = false

  private let window: TextWindow
  private let path: String
  private var boundary: [UInt8] = []
  private var decoder = MIMEDecoder.plain
  private var isInPart = false
  private var isAtLineStart = true
  private static let headerLimit = 64 << 10

  /// Opens the staged copy and reads its headers.
  ///
  /// - Throws: ``ImportError`` when there is no boundary between parts.
  init(_ source: StagedSource) throws {
    path = source.displayPath
    let hasMark = source.head.starts(with: [0xEF, 0xBB, 0xBF])
    window = try TextWindow(
      source,
      TextDecision(encoding: .utf8, markLength: hasMark ? 3 : 0)
    )
    headers = MIMEHeaders(try takeHeader())
    guard let text = headers.parameter("boundary", of: "content-type"), !text.isEmpty,
      text.utf8.count <= 200
    else { throw ImportError.malformed(path: path, line: nil, reason: "no boundary of parts") }
    boundary = Array("--\(text)".utf8)
    try skipPreamble()
  }

  /// The next part, or `nil` when there is none; the rest of the present one is passed over.
  func nextPart() throws -> Part? {
    while isInPart { _ = try nextPiece() }
    guard !isComplete, try byte(0) != nil else { return nil }
    let offset = window.offset
    let headers = MIMEHeaders(try takeHeader())
    decoder = MIMEDecoder(headers.word("content-transfer-encoding"))
    isInPart = true
    isBehindBoundary = false
    isAtLineStart = true
    return Part(headers: headers, offset: offset, bodyOffset: window.offset)
  }

  /// The next bytes of the body, decoded; `nil` at its end.
  func nextPiece() throws -> [UInt8]? {
    while isInPart {
      guard let raw = try nextRaw() else {
        isInPart = false
        return nil
      }
      let piece = decoder.feed(raw)
      if !piece.isEmpty { return piece }
    }
    return nil
  }

  /// Whether the body at hand stands in the file as it is, so that places in it are places there.
  var isPlain: Bool { if case .plain = decoder { true } else { false } }

  /// Whether the last body ended at a boundary and not at the end of the file.
  private(set) var isBehindBoundary = false

  /// Whether the last body held bytes that its encoding does not know.
  var hasStrayBytes: Bool {
    if case .base64(let decoder) = decoder { decoder.strayBytes > 0 } else { false }
  }

  /// The bytes up to the next boundary, or as many as are sure to stand before it.
  private func nextRaw() throws -> [UInt8]? {
    while true {
      if isAtLineStart, try isBoundary(at: 0) {
        try takeBoundary()
        return nil
      }
      // Not before: looking for the boundary may have moved the window.
      let bytes = window.bytes
      var index = window.start
      while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      if index < bytes.count {
        // A line ends; is there a boundary behind it? Its line end belongs to the boundary.
        let next = index + 1 - window.start
        guard let isEnd = try knownBoundary(at: next) else { continue }
        let hasReturn = index > window.start && bytes[index - 1] == 0x0D
        let body = isEnd ? index - (hasReturn ? 1 : 0) : index + 1
        let piece = Array(bytes[window.start..<body])
        window.consume(next)
        isAtLineStart = true
        if isEnd {
          if piece.isEmpty { continue }
          return piece
        }
        return piece
      }
      isAtLineStart = false
      // A lone CR may belong to the boundary.
      let sure = bytes.last == 0x0D ? bytes.count - 1 : bytes.count
      if sure > window.start {
        let piece = Array(bytes[window.start..<sure])
        window.consume(sure - window.start)
        return piece
      }
      if window.isAtEnd {
        let rest = Array(bytes[window.start...])
        window.consume(rest.count)
        return rest.isEmpty ? nil : rest
      }
      try window.fill()
    }
  }

  /// As ``isBoundary(at:)``; `nil` when the window was filled and the search must begin again.
  private func knownBoundary(at offset: Int) throws -> Bool? {
    if window.bytes.count - window.start < offset + boundary.count + 2, !window.isAtEnd {
      try window.fill()
      return nil
    }
    return try isBoundary(at: offset)
  }

  private func isBoundary(at offset: Int) throws -> Bool {
    while window.bytes.count - window.start < offset + boundary.count, !window.isAtEnd {
      try window.fill()
    }
    let start = window.start + offset
    guard window.bytes.count >= start + boundary.count else { return false }
    return window.bytes[start..<(start + boundary.count)].elementsEqual(boundary)
  }

  /// Takes the boundary and the rest of its line.
  private func takeBoundary() throws {
    window.consume(boundary.count)
    isBehindBoundary = true
    if try byte(0) == UInt8(ascii: "-"), try byte(1) == UInt8(ascii: "-") { isComplete = true }
    while let next = try byte(0) {
      window.consume(1)
      if next == 0x0A { break }
    }
  }

  private func skipPreamble() throws {
    decoder = .plain
    isInPart = true
    isAtLineStart = true
    let offset = window.offset
    var kept: [UInt8] = []
    while let piece = try nextPiece() {
      if kept.count < Self.headerLimit { kept += piece }
    }
    if kept.contains(where: { $0 > 0x20 }) { preamble = (kept, offset) }
  }

  /// Takes lines up to an empty one.
  private func takeHeader() throws -> [UInt8] {
    var header: [UInt8] = []
    var lineLength = 0
    while header.count < Self.headerLimit, let next = try byte(0) {
      window.consume(1)
      header.append(next)
      if next == 0x0A {
        if lineLength == 0 { break }
        lineLength = 0
      } else if next != 0x0D {
        lineLength += 1
      }
    }
    return header
  }

  private func byte(_ index: Int) throws -> UInt8? {
    while window.start + index >= window.bytes.count {
      if window.isAtEnd { return nil }
      try window.fill()
    }
    return window.bytes[window.start + index]
  }
}

/// Undoes the transfer encoding of a body, piece by piece.
enum MIMEDecoder {
  case plain
  case base64(Base64)
  case quotedPrintable(QuotedPrintable)

  /// Makes a decoder by the name of the encoding; an unknown one is left as it is.
  init(_ name: String) {
    switch name {
    case "base64": self = .base64(Base64())
    case "quoted-printable": self = .quotedPrintable(QuotedPrintable())
    default: self = .plain
    }
  }

  /// What the next bytes stand for.
  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    switch self {
    case .plain: return bytes
    case .base64(var decoder):
      decoder.feed(bytes, into: &out)
      self = .base64(decoder)
    case .quotedPrintable(var decoder):
      decoder.feed(bytes, into: &out)
      self = .quotedPrintable(decoder)
    }
    return out
  }
}

/// Quoted-printable (RFC 2045, section 6.7), decoded piece by piece and leniently.
struct QuotedPrintable {
  /// What stands behind an `=` so far.
  private var pending: [UInt8]?

  /// Appends what the next bytes stand for; what is no code stays as it is.
  mutating func feed(_ bytes: [UInt8], into out: inout [UInt8]) {
    for byte in bytes {
      guard var code = pending else {
        if byte == UInt8(ascii: "=") { pending = [] } else { out.append(byte) }
        continue
      }
      code.append(byte)
      if byte == 0x0A {
        // A line end behind `=` is none.
        pending = nil
      } else if code.count == 1, byte == 0x0D || Hexadecimal.digit(byte) != nil {
        pending = code
      } else if code.count == 2, let high = Hexadecimal.digit(code[0]),
        let low = Hexadecimal.digit(byte)
      {
        out.append(high << 4 | low)
        pending = nil
      } else {
        out.append(UInt8(ascii: "="))
        out += code
        pending = nil
      }
    }
  }
}
