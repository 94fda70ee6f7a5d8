/// The forms under which two names are compared.
struct NameKey: Hashable {
  /// The folded text.
  let text: String
  /// Whether it is the whole name, not a part of it.
  let isWhole: Bool

  /// Names longer than this are notes, not names.
  private static let byteLimit = 48
  private static let partLimit = 6

  /// The whole name, and its parts between spaces and marks: 灯笼(下家) gives 灯笼(下家), 灯笼 and 下家.
  ///
  /// Parts of one Chinese character or of one or two other letters are no names, nor are digits
  /// alone, masks and the words that call the owner.
  static func keys(of name: String) -> [NameKey] {
    guard name.utf8.count <= byteLimit, !OwnerAlias.isOwner(name) else { return [] }
    let folded = AccountText.string(AccountText.lowercased(AccountText.fold(name)))
    var keys: [NameKey] = []
    if isName(folded) { keys.append(NameKey(text: folded, isWhole: true)) }
    let parts = folded.unicodeScalars.split(whereSeparator: isMark).prefix(partLimit)
    guard parts.count > 1 || parts.first.map({ $0.count < folded.unicodeScalars.count }) == true
    else { return keys }
    for part in parts {
      let text = String(part)
      if isName(text), !keys.contains(where: { $0.text == text }) {
        keys.append(NameKey(text: text, isWhole: false))
      }
    }
    return keys
  }

  private static func isName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard !OwnerAlias.isOwner(text), !AccountNormalizer.isMasked(text),
      !scalars.allSatisfy({ ("0"..."9").contains($0) || isMark($0) })
    else { return false }
    let isWide = scalars.contains { $0.value >= 0x2E80 }
    return scalars.count >= (isWide ? 2 : 3)
  }

  /// Punctuation, spaces, symbols and emoji part names.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      false
    default: true
    }
  }

  /// The runs of digits and of digits with masks in a text: `138******04`, `13800000001`.
  static func numbers(in text: String) -> [String] {
    guard text.utf8.count <= 1024 else { return [] }
    let bytes = AccountText.fold(text)
    return bytes.split { !($0.isDigit || $0 == UInt8(ascii: "*")) }
      .filter { (5...19).contains($0.count) }.prefix(8).map(AccountText.string)
  }
}
