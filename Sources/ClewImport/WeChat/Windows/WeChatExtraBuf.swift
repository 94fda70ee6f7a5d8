/// The properties that WeChat for Windows packs into `Contact.ExtraBuf`.
///
/// Each is a key of four bytes, a type of one byte, and a value whose length follows from the type.
struct WeChatExtraBuf {
  /// A property's key, as its bytes are stored.
  private static let phoneKey: [UInt8] = [0x75, 0x93, 0x78, 0xAD]

  /// The telephone number that is noted for the contact, as text; empty where there is none.
  private(set) var phone = ""
  /// Whether all bytes were understood.
  private(set) var isWhole = false

  /// Reads as far as the types are known.
  init(_ bytes: [UInt8]) { isWhole = read(bytes[...]) }

  /// Reads property after property; answers whether all were understood.
  private mutating func read(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      guard rest.count >= 5 else { return false }
      let key = rest.prefix(4)
      let type = rest[rest.startIndex + 4]
      rest.removeFirst(5)
      guard let value = Self.value(&rest, type: type) else { return false }
      guard key.elementsEqual(Self.phoneKey) else { continue }
      let text =
        switch type {
        case 0x17: String(validating: Self.withoutEnd(value), as: UTF8.self)
        case 0x18: Self.wideText(value)
        default: nil as String?
        }
      guard let text else { return false }
      phone = text
    }
    return true
  }

  private static func value(_ rest: inout ArraySlice<UInt8>, type: UInt8) -> ArraySlice<UInt8>? {
    let count: Int
    switch type {
    case 0x04: count = 4
    case 0x05: count = 8
    case 0x17, 0x18:
      guard rest.count >= 4 else { return nil }
      let length = rest.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard let exact = Int(exactly: length) else { return nil }
      count = exact
      rest.removeFirst(4)
    default: return nil
    }
    guard count <= rest.count else { return nil }
    let value = rest.prefix(count)
    rest.removeFirst(count)
    return value
  }

  /// UTF-16, little-endian; `nil` when it is none.
  private static func wideText(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    let all = Array(bytes)
    var units = stride(from: 0, to: all.count, by: 2).map {
      UInt16(all[$0]) | UInt16(all[$0 + 1]) << 8
    }
    while units.last == 0 { units.removeLast() }
    return String(validating: units, as: UTF16.self)
  }

  private static func withoutEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while slice.last == 0 { slice.removeLast() }
    return slice
  }
}
