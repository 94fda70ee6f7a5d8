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
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39

  var isBlank: Bool {
    self == .space || self == .tab || self == .carriageReturn
  }
}

/// A field of a line: where its text lies, quotation marks round it left out.
struct EdgeListField: Sendable {
  let range: Range<Int>
  /// Whether two quotation marks within the text stand for one.
  var hasDoubledQuotes = false
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

  /// What parts the columns of the first line that is neither empty nor a comment; a space where there is
  /// none.
  func firstSeparator() -> UInt8 {
    var place = startsWithByteOrderMark ? 3 : 0
    while place < count {
      let range = line(from: place)
      let text = trimmed(range)
      if let first = text.first, self[first] != .hash, self[first] != .percent {
        return separator(of: text)
      }
      place = range.upperBound + 1
    }
    return .space
  }

  func hasComma(_ range: Range<Int>) -> Bool {
    range.contains { self[$0] == .comma }
  }

  /// Whether a stretch holds anything that parts columns in some list.
  func isParted(_ range: Range<Int>) -> Bool {
    range.contains { self[$0] == .comma || self[$0].isBlank }
  }

  /// Cuts a trimmed line into fields; spaces part in runs, commas and tabs each for itself.
  func split(
    _ line: Range<Int>,
    by separator: UInt8,
    into fields: inout [EdgeListField]
  ) throws(EdgeListProblem) {
    fields.removeAll(keepingCapacity: true)
    var place = line.lowerBound
    while place <= line.upperBound {
      if separator != .tab {
        while place < line.upperBound, self[place].isBlank { place += 1 }
        if separator == .space, place == line.upperBound { return }
      }
      if separator == .comma, place < line.upperBound, self[place] == .quote {
        let field = try quoted(in: place..<line.upperBound)
        fields.append(field)
        place = field.range.upperBound + 1
        while place < line.upperBound, self[place] != separator { place += 1 }
      } else {
        let start = place
        while place < line.upperBound, !parts(self[place], separator) { place += 1 }
        fields.append(EdgeListField(range: trimmed(start..<place)))
      }
      place += 1
    }
  }

  private func parts(_ byte: UInt8, _ separator: UInt8) -> Bool {
    separator == .space ? byte.isBlank : byte == separator
  }

  /// The field in quotation marks at the start of a stretch.
  private func quoted(in range: Range<Int>) throws(EdgeListProblem) -> EdgeListField {
    var place = range.lowerBound + 1
    var hasDoubledQuotes = false
    while place < range.upperBound {
      if self[place] == .quote {
        guard place + 1 < range.upperBound, self[place + 1] == .quote else {
          return EdgeListField(
            range: range.lowerBound + 1..<place,
            hasDoubledQuotes: hasDoubledQuotes
          )
        }
        hasDoubledQuotes = true
        place += 1
      }
      place += 1
    }
    throw .unclosedQuote
  }

  /// The text of a field, two quotation marks made one.
  func bytes(of field: EdgeListField) -> [UInt8] {
    var bytes: [UInt8] = []
    var isSecondQuote = false
    for place in field.range {
      isSecondQuote = field.hasDoubledQuotes && self[place] == .quote && !isSecondQuote
      if !isSecondQuote { bytes.append(self[place]) }
    }
    return bytes
  }

  /// The whole number of at least 1 that a stretch spells, or nil.
  func positiveNumber(in range: Range<Int>) -> Int64? {
    var number: Int64 = 0
    for place in range {
      guard self[place] >= .zero, self[place] <= .nine else { return nil }
      let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeNow) = tens.addingReportingOverflow(Int64(self[place] - .zero))
      guard !isTooLarge, !isTooLargeNow else { return nil }
      number = sum
    }
    return number >= 1 ? number : nil
  }
}
