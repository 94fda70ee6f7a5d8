internal import ClewEvidence

/// The key with which QQ on Android disguises text and bytes: one exclusive-or per character of a
/// text, per byte of a blob, the key repeated over the value.
///
/// The app keeps it in `files/kc`; it was the number of the device. Where that file is missing, the
/// owner's number, by which the database is named, gives the key's first characters: the column
/// `selfuin` holds the same number in disguise.
struct QQKey {
  /// How the key is known.
  enum Origin: String {
    case none = "none: the values are plain"
    case file = "from the file kc"
    case ownNumber = "its beginning only, from the owner's number"
  }

  let origin: Origin
  /// The key, or its beginning.
  private let letters: [UInt8]

  /// Makes a key.
  init(_ letters: [UInt8], origin: Origin) {
    self.letters = letters
    self.origin = origin
  }

  /// Reads the content of `kc`; `nil` when it is no key.
  init?(file: [UInt8]) {
    let letters = file.filter { $0 > 0x20 }
    guard (4...64).contains(letters.count), letters.allSatisfy({ $0 < 0x7F }) else { return nil }
    self.init(letters, origin: .file)
  }

  /// Finds the beginning of the key by the owner's number and the same number in disguise.
  init?(number: String, disguised: String) {
    let scalars = Array(disguised.unicodeScalars)
    let digits = Array(number.utf8)
    guard digits.count >= 5, scalars.count == digits.count else { return nil }
    var letters: [UInt8] = []
    for (scalar, digit) in zip(scalars, digits) {
      guard let byte = UInt8(exactly: scalar.value), (0x20..<0x7F).contains(byte ^ digit) else {
        return nil
      }
      letters.append(byte ^ digit)
    }
    self.init(letters, origin: .ownNumber)
  }

  /// How many characters are known.
  var length: Int { letters.count }

  /// A text without its disguise; `nil` where it reaches beyond what is known of the key, or is none.
  func text(_ text: String) -> String? {
    guard origin != .none else { return text }
    var plain = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      guard let letter = letter(index), let shown = Unicode.Scalar(scalar.value ^ UInt32(letter))
      else { return nil }
      plain.append(shown)
    }
    return String(plain)
  }

  /// Bytes without their disguise; `nil` where they reach beyond what is known of the key.
  func bytes(_ bytes: [UInt8]) -> [UInt8]? {
    guard origin != .none else { return bytes }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      guard let letter = letter(index) else { return nil }
      plain.append(byte ^ letter)
    }
    return plain
  }

  private func letter(_ index: Int) -> UInt8? {
    if index < letters.count { return letters[index] }
    return origin == .file ? letters[index % letters.count] : nil
  }
}
