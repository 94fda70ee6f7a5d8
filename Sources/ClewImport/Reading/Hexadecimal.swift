/// Hexadecimal digits in either case.
enum Hexadecimal {
  /// The value of a digit; `nil` for any other byte.
  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// The digest `md5:…` that a text states by its 32 digits; `nil` when it is none.
  static func md5(_ text: String) -> String? {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ digit($0) != nil }) else { return nil }
    return "md5:" + text.lowercased()
  }
}
