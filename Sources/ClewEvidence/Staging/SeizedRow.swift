/// One row of a seized table, valid while ``SeizedDatabase/forEachRow(of:columns:_:)`` shows it.
///
/// SQLite columns have no fixed type: an app may store a number as text or text as a blob. Cells are
/// therefore asked for by what the importer needs.
public struct SeizedRow: ~Copyable {
  /// A cell that is neither strict UTF-8 nor a number where text was asked for.
  public struct InvalidText: Error, Equatable, CustomStringConvertible {
    /// The column.
    public let column: String
    /// One line, without the content.
    public var description: String { "column \(column) holds bytes that are not UTF-8" }
  }

  private let statement: SeizedStatement
  private let slots: [Int32]
  private let columns: [String]
  private let ordinal: Int64

  init(statement: SeizedStatement, slots: [Int32], columns: [String], ordinal: Int64) {
    self.statement = statement
    self.slots = slots
    self.columns = columns
    self.ordinal = ordinal
  }

  /// The row's own key, or its place counted from 1 where the table has none.
  public var key: Int64 {
    if case .integer(let key) = statement.value(0) { return key }
    return ordinal
  }

  /// The cell as text; `nil` when it is null or the column is absent.
  ///
  /// - Throws: ``InvalidText`` when the bytes are not strict UTF-8; nothing is ever repaired.
  public func text(_ index: Int) throws(InvalidText) -> String? {
    let slot = slots[index]
    guard slot >= 0 else { return nil }
    if statement.isTextual(slot) {
      guard let text = statement.validText(slot) else { throw InvalidText(column: columns[index]) }
      return text
    }
    switch statement.value(slot) {
    case .integer(let number): return String(number)
    case .real(let number): return String(number)
    default: return nil
    }
  }

  /// The bytes of a text or blob cell; `nil` for anything else.
  public func bytes(_ index: Int) -> [UInt8]? {
    let slot = slots[index]
    guard slot >= 0 else { return nil }
    switch statement.value(slot) {
    case .text(let bytes), .blob(let bytes): return bytes
    default: return nil
    }
  }

  /// The cell as a whole number, also when it is stored as decimal text or as a number without a
  /// fraction; `nil` for anything else.
  public func integer(_ index: Int) -> Int64? {
    let slot = slots[index]
    guard slot >= 0 else { return nil }
    switch statement.value(slot) {
    case .integer(let number): return number
    case .real(let number): return Int64(exactly: number)
    case .text(let bytes):
      return String(validating: bytes, as: UTF8.self).flatMap { Int64($0) }
    default: return nil
    }
  }

  /// The cells that are not null as one line of JSON, in the order they were asked for.
  ///
  /// Bytes that are no UTF-8 text stand as `{"hex":"…"}`, so that nothing is lost or repaired.
  public func rendered() -> String {
    var out: [UInt8] = [UInt8(ascii: "{")]
    for (index, slot) in slots.enumerated() where slot >= 0 {
      let value = statement.value(slot)
      if case .null = value { continue }
      if out.count > 1 { out.append(UInt8(ascii: ",")) }
      RenderedJSON.append(quoted: columns[index].utf8, to: &out)
      out.append(UInt8(ascii: ":"))
      RenderedJSON.append(value, to: &out)
    }
    out.append(UInt8(ascii: "}"))
    return String(validating: out, as: UTF8.self) ?? ""
  }
}

/// Writes cells as JSON.
private enum RenderedJSON {
  private static let digits = Array("0123456789abcdef".utf8)

  static func append(_ value: SeizedStatement.Value, to out: inout [UInt8]) {
    switch value {
    case .null: out.append(contentsOf: "null".utf8)
    case .integer(let number): out.append(contentsOf: String(number).utf8)
    case .real(let number):
      // Infinity is no JSON number.
      if number.isFinite {
        out.append(contentsOf: String(number).utf8)
      } else {
        append(quoted: String(number).utf8, to: &out)
      }
    case .text(let bytes):
      if String(validating: bytes, as: UTF8.self) != nil {
        append(quoted: bytes, to: &out)
      } else {
        append(hex: bytes, to: &out)
      }
    case .blob(let bytes): append(hex: bytes, to: &out)
    }
  }

  static func append(quoted bytes: some Sequence<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
      case 0..<0x20:
        out.append(contentsOf: "\\u00".utf8)
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func append(hex bytes: [UInt8], to out: inout [UInt8]) {
    out.append(contentsOf: "{\"hex\":\"".utf8)
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    out.append(contentsOf: "\"}".utf8)
  }
}
