internal import ClewEvidence

/// Cuts a file into cards, one at a time, and unfolds their lines before anything is decoded.
struct VCardReader {
  /// A card, or a stretch of the file that is none.
  struct Unit {
    /// The bytes as the file holds them, embedded photos left out.
    var bytes: [UInt8]
    var offset: Int64
    var properties: [VCardProperty]
    /// Why this is no card that can be read.
    var fault: String?
  }

  /// A card may be this long, photos not counted.
  static let cardLimit = 1 << 20
  /// A card may have this many properties.
  static let propertyLimit = 4096

  private var lines: VCardLines
  private var pending: VCardLines.Line?
  private var isAtStart = true

  /// Opens a private copy.
  init(_ source: StagedSource) throws(ImportError) { lines = try VCardLines(source) }

  /// The next card or stray stretch, or `nil` at the end of the file.
  mutating func next() throws -> Unit? {
    var unit: Unit?
    while let line = try nextLine() {
      if Self.isMark("BEGIN:VCARD", line.bytes) {
        if let stray = unit {
          pending = line
          return stray
        }
        return try card(from: line)
      }
      if unit == nil {
        if line.bytes.allSatisfy(Self.isBlank) { continue }
        unit = Unit(
          bytes: [],
          offset: line.offset,
          properties: [],
          fault: "text outside of any card"
        )
      }
      unit?.append(line)
    }
    return unit
  }

  private mutating func card(from first: VCardLines.Line) throws -> Unit {
    var card = Unit(bytes: [], offset: first.offset, properties: [], fault: nil)
    card.append(first)
    while let line = try nextLine() {
      if Self.isMark("BEGIN:VCARD", line.bytes) {
        pending = line
        card.fault = "the card does not end before the next begins"
        return card
      }
      if Self.isMark("END:VCARD", line.bytes) {
        card.append(line)
        return card
      }
      if line.bytes.allSatisfy(Self.isBlank) {
        card.append(line)
        continue
      }
      try addProperty(line, to: &card)
    }
    card.fault = "the card does not end; the file breaks off"
    return card
  }

  /// Unfolds the property that begins in `line` and adds it.
  private mutating func addProperty(_ line: VCardLines.Line, to card: inout Unit) throws {
    var logical = line.bytes
    let property = VCardProperty(logical)
    if let property, property.isBase64 {
      var header = line
      header.bytes.removeLast(property.value.count)
      card.append(header)
      try skipBase64()
      return
    }
    card.append(line)
    if line.isCut { card.fault = card.fault ?? "a line is longer than \(VCardLines.limit) bytes" }
    while let next = try nextLine() {
      let isSoftBreak = property?.isQuotedPrintable == true && logical.last == UInt8(ascii: "=")
      if isSoftBreak, !Self.isMark("END:VCARD", next.bytes), !Self.isMark("BEGIN:VCARD", next.bytes)
      {
        logical.removeLast()
        logical += next.bytes
      } else if let first = next.bytes.first, first == 0x20 || first == 0x09 {
        logical += next.bytes.dropFirst()
      } else {
        pending = next
        break
      }
      card.append(next)
      if logical.count > VCardLines.limit {
        card.fault = card.fault ?? "a property is longer than \(VCardLines.limit) bytes"
        logical.removeLast(logical.count - VCardLines.limit)
      }
    }
    guard let unfolded = VCardProperty(logical) else {
      card.fault = card.fault ?? "a line of the card has no property name"
      return
    }
    guard card.properties.count < Self.propertyLimit else {
      card.fault = "the card has more than \(Self.propertyLimit) properties"
      return
    }
    card.properties.append(unfolded)
  }

  /// Passes over the rest of a photo: folded lines, or lines without a colon up to an empty one.
  private mutating func skipBase64() throws {
    while let next = try nextLine() {
      let isFolded = next.bytes.first == 0x20 || next.bytes.first == 0x09
      if next.bytes.isEmpty { return }
      if !isFolded, next.bytes.contains(UInt8(ascii: ":")) {
        pending = next
        return
      }
    }
  }

  private mutating func nextLine() throws -> VCardLines.Line? {
    if let line = pending {
      pending = nil
      return line
    }
    guard var line = try lines.next() else { return nil }
    if isAtStart, line.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      line.bytes.removeFirst(3)
      line.offset += 3
    }
    isAtStart = false
    return line
  }

  /// Whether the line is a mark, in any case and with blanks behind it.
  private static func isMark(_ mark: String, _ line: [UInt8]) -> Bool {
    let wanted = Array(mark.utf8)
    guard line.count >= wanted.count, line.count < wanted.count + 64 else { return false }
    for (index, byte) in wanted.enumerated() {
      let upper = (0x61...0x7A).contains(line[index]) ? line[index] - 0x20 : line[index]
      if upper != byte { return false }
    }
    return line[wanted.count...].allSatisfy(isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0 }
}

extension VCardReader.Unit {
  /// Keeps a line as the file holds it, up to the limit of a card.
  fileprivate mutating func append(_ line: VCardLines.Line) {
    guard bytes.count + line.bytes.count <= VCardReader.cardLimit else {
      fault = fault ?? "the card is longer than \(VCardReader.cardLimit) bytes"
      return
    }
    bytes += line.bytes
    bytes += line.terminator
  }
}
