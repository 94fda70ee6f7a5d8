/// The header lines of a MIME message or of one of its parts.
///
/// Exporters write them loosely: folded with a tab, without a space behind the colon, parameters
/// without a semicolon between them. Names and parameters are therefore looked for, not parsed.
struct MIMEHeaders {
  private var fields: [(name: [UInt8], value: [UInt8])] = []

  /// More header lines than this are not kept.
  private static let fieldLimit = 256

  /// Reads the lines before the empty one.
  init(_ bytes: [UInt8] = []) {
    for line in bytes.split(separator: 0x0A) {
      let text = line.last == 0x0D ? line.dropLast() : line
      guard let first = text.first else { continue }
      if first == 0x20 || first == 0x09 {
        if let last = fields.indices.last { fields[last].value += [0x20] + Self.trimmed(text) }
        continue
      }
      guard fields.count < Self.fieldLimit, let colon = text.firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      let name = text[..<colon].map(Self.lowercased)
      fields.append((name, Self.trimmed(text[(colon + 1)...])))
    }
  }

  /// The value of a field; the name is given in lower case.
  func value(_ name: String) -> String? {
    fields.first { $0.name.elementsEqual(name.utf8) }
      .flatMap { String(validating: $0.value, as: UTF8.self) }
  }

  /// The value of a field up to its first semicolon, in lower case.
  func word(_ name: String) -> String {
    guard let value = value(name) else { return "" }
    let word = value.utf8.prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }.map(Self.lowercased)
    return String(validating: word, as: UTF8.self) ?? ""
  }

  /// A parameter of a field, quoted or not.
  func parameter(_ name: String, of field: String) -> String? {
    guard let value = fields.first(where: { $0.name.elementsEqual(field.utf8) })?.value else {
      return nil
    }
    let wanted = Array((name + "=").utf8)
    let lower = value.map(Self.lowercased)
    guard lower.count >= wanted.count else { return nil }
    for start in 0...(lower.count - wanted.count)
    where lower[start..<(start + wanted.count)].elementsEqual(wanted) {
      let rest = value[(start + wanted.count)...]
      let text =
        rest.first == UInt8(ascii: "\"")
        ? rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
        : rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") }
      return String(validating: text, as: UTF8.self)
    }
    return nil
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var slice = bytes
    while let first = slice.first, first <= 0x20 { slice.removeFirst() }
    while let last = slice.last, last <= 0x20 { slice.removeLast() }
    return Array(slice)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }
}
