// Cutting the bytes of an edge list into lines and fields.

extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let hash: UInt8 = 0x23
  static let percent: UInt8 = 0x25
  static let comma: UInt8 = 0x2C

  fileprivate var isBlank: Bool {
    self == .space || self == .tab || self == .carriageReturn
  }
}

extension Span<UInt8> {
  var startsWithByteOrderMark: Bool {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF
  }

  /// The bytes of the line that begins at a place, without its end mark.
  func line(from start: Int) -> Range<Int> {
    var end = start
    while end < count, self[end] != .lineFeed { end += 1 }
    return start..<end
  }

  /// A stretch without blanks before its first byte and after its last, but for a kept byte.
  func trimmed(_ range: Range<Int>, keeping kept: UInt8? = nil) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank, self[start] != kept { start += 1 }
    while end > start, self[end - 1].isBlank, self[end - 1] != kept { end -= 1 }
    return start..<end
  }

  /// The byte that parts the columns of a line: a comma or tab where it has one, else a space.
  func separator(of line: Range<Int>) -> UInt8 {
    for candidate in [UInt8.comma, .tab] {
      for place in line where self[place] == candidate { return candidate }
    }
    return .space
  }

  /// Cuts a trimmed line into fields; spaces part in runs, commas and tabs each for itself.
  func split(
    _ line: Range<Int>,
    by separator: UInt8,
    into fields: inout [String]
  ) throws(EdgeListProblem) {
    fields.removeAll(keepingCapacity: true)
    var place = line.lowerBound
    while place <= line.upperBound {
      if separator == .space {
        while place < line.upperBound, self[place].isBlank { place += 1 }
        if place == line.upperBound { return }
      }
      let start = place
      if separator == .comma, place < line.upperBound, self[place] == .quote {
        fields.append(try quoted(from: &place, to: line.upperBound))
        while place < line.upperBound, self[place] != separator { place += 1 }
      } else {
        while place < line.upperBound, !parts(self[place], separator) { place += 1 }
        fields.append(try text(of: trimmed(start..<place)))
      }
      place += 1
    }
  }

  private func parts(_ byte: UInt8, _ separator: UInt8) -> Bool {
    separator == .space ? byte.isBlank : byte == separator
  }

  /// A field in quotation marks; afterwards `place` is behind the closing one.
  private func quoted(from place: inout Int, to end: Int) throws(EdgeListProblem) -> String {
    var bytes: [UInt8] = []
    place += 1
    while place < end {
      if self[place] != .quote {
        bytes.append(self[place])
      } else if place + 1 < end, self[place + 1] == .quote {
        bytes.append(.quote)
        place += 1
      } else {
        place += 1
        return try string(of: bytes)
      }
      place += 1
    }
    throw .unclosedQuote
  }

  private func text(of range: Range<Int>) throws(EdgeListProblem) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for place in range { bytes.append(self[place]) }
    return try string(of: bytes)
  }

  private func string(of bytes: [UInt8]) throws(EdgeListProblem) -> String {
    guard let string = String(validating: bytes, as: UTF8.self) else { throw .invalidText }
    return string
  }
}
