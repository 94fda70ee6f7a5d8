/// A record as one line of text, for whoever passes records through tools that know lines only.
///
/// The columns of a `RecordRow` in their order, parted by U+001F. A line holds no tab, no end of a line and no
/// NUL, whatever the record says: those characters, the separator and the backslash are written with a
/// backslash in front, and `\-` is a column without a value.
package enum RecordLine {
  private static let separator: UInt8 = 0x1F
  private static let backslash = UInt8(ascii: "\\")
  /// What stands for a byte behind the backslash.
  private static let letters: [(byte: UInt8, letter: UInt8)] = [
    (0x5C, UInt8(ascii: "\\")), (0x09, UInt8(ascii: "t")), (0x0A, UInt8(ascii: "n")),
    (0x0D, UInt8(ascii: "r")), (0x00, UInt8(ascii: "0")), (0x1F, UInt8(ascii: "u")),
  ]
  private static let columns = 13

  /// The line of an item.
  package static func text(of item: EvidenceItem) -> String {
    let row = RecordRow(item)
    let at = row.at.map { "\($0.milliseconds):\($0.zone.rawValue)" }
    let columns: [String?] = [
      "\(row.kind.rawValue)", row.a?.description, row.b?.description, row.g?.description, at,
      row.sort, row.fen.map(String.init), row.currency, row.n.map(String.init), row.text,
      row.second, row.third, row.reference,
    ]
    var bytes: [UInt8] = []
    for (place, column) in columns.enumerated() {
      if place > 0 { bytes.append(separator) }
      append(column, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The item of a line; `nil` for a line that ``text(of:)`` did not write.
  package static func item(of line: some Collection<UInt8>) -> EvidenceItem? {
    item(of: Array(line)[...])
  }

  /// The item of a line; `nil` for a line that ``text(of:)`` did not write.
  package static func item(of line: ArraySlice<UInt8>) -> EvidenceItem? {
    var values: [String?] = []
    values.reserveCapacity(columns)
    var rest = line
    while true {
      let end = rest.firstIndex(of: separator) ?? rest.endIndex
      guard values.count < columns, let value = value(of: rest[..<end]) else { return nil }
      values.append(value)
      guard end < rest.endIndex else { break }
      rest = rest[(end + 1)...]
    }
    guard values.count == columns else { return nil }
    guard let number = values[0].flatMap({ Int64($0) }), let kind = RecordRow.Kind(rawValue: number)
    else { return nil }
    var row = RecordRow(kind: kind)
    guard let a = account(values[1]), let b = account(values[2]), let g = account(values[3]),
      let at = time(values[4]), let sort = values[5], let fen = whole(values[6]),
      let n = whole(values[8]), let text = values[9]
    else { return nil }
    (row.a, row.b, row.g, row.at, row.sort, row.fen, row.n, row.text) =
      (a, b, g, at, sort, fen, n, text)
    (row.currency, row.second, row.third, row.reference) =
      (values[7], values[10], values[11], values[12])
    return row.item
  }

  /// A text without the characters that end a column or a line.
  package static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text that ``escaped(_:)`` wrote; `nil` for what it did not write.
  package static func unescaped(_ bytes: some Collection<UInt8>) -> String? {
    unescaped(Array(bytes)[...])
  }

  /// The text that ``escaped(_:)`` wrote; `nil` for what it did not write.
  package static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
    value(of: bytes).flatMap(\.self)
  }

  /// The account that its own description names.
  package static func account(of text: String) -> Account? {
    account(text).flatMap(\.self)
  }

  private static func append(_ column: String?, to bytes: inout [UInt8]) {
    guard let column else {
      bytes += [backslash, UInt8(ascii: "-")]
      return
    }
    for byte in column.utf8 {
      // Nearly every byte stands for itself, and is told from the others by two comparisons.
      if byte > 0x1F, byte != backslash {
        bytes.append(byte)
      } else if let escaped = letters.first(where: { $0.byte == byte }) {
        bytes.append(backslash)
        bytes.append(escaped.letter)
      } else {
        bytes.append(byte)
      }
    }
  }

  /// The text of a column, `.some(nil)` for one without a value, `nil` for what is none.
  private static func value(of part: ArraySlice<UInt8>) -> String?? {
    guard part.contains(backslash) else {
      guard let text = String(validating: part, as: UTF8.self) else { return nil }
      return .some(text)
    }
    var bytes: [UInt8] = []
    var isEscaped = false
    var isAbsent = false
    for byte in part {
      guard !isAbsent else { return nil }
      if isEscaped {
        isEscaped = false
        if byte == UInt8(ascii: "-"), bytes.isEmpty {
          isAbsent = true
        } else if let found = letters.first(where: { $0.letter == byte }) {
          bytes.append(found.byte)
        } else {
          return nil
        }
      } else if byte == backslash {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    guard !isEscaped else { return nil }
    if isAbsent { return .some(nil) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return .some(text)
  }

  private static func account(_ text: String?) -> Account?? {
    guard let text else { return .some(nil) }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let scheme = AccountScheme(rawValue: String(text[..<colon]))
    else { return nil }
    return .some(Account(scheme, String(text[text.utf8.index(after: colon)...])))
  }

  private static func whole(_ text: String?) -> Int64?? {
    guard let text else { return .some(nil) }
    guard let number = Int64(text) else { return nil }
    return .some(number)
  }

  private static func time(_ text: String?) -> Timestamp?? {
    guard let text else { return .some(nil) }
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let milliseconds = Int64(Substring(parts[0])),
      let number = Timestamp.Zone.RawValue(Substring(parts[1])),
      let zone = Timestamp.Zone(rawValue: number)
    else { return nil }
    return .some(Timestamp(milliseconds: milliseconds, zone: zone))
  }
}
