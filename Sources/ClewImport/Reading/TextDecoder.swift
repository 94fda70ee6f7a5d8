/// Decodes the units of one file one by one, strictly.
///
/// A unit that does not fit the encoding of the file is tried in the other narrow encoding, because
/// returns are pasted together from several systems; it is taken only when its characters are the
/// frequent ones. What fits neither has no text: the caller rejects it with its bytes. Nothing is
/// ever repaired with U+FFFD.
struct TextDecoder {
  /// The encoding of one unit.
  enum UnitEncoding: Sendable {
    case utf8
    case gb18030
  }

  /// The encoding of the file.
  let encoding: TextEncoding
  /// How many units were decoded otherwise than the file.
  private(set) var foreignUnits: Int64 = 0
  /// How many units fit no encoding.
  private(set) var undecodableUnits: Int64 = 0

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// The encoding in which the unit is well formed, or `nil`.
  mutating func unitEncoding(of bytes: [UInt8]) -> UnitEncoding? {
    if TextScore.isASCII(bytes) { return .utf8 }
    let isUTF8 = TextScore.isUTF8(bytes)
    switch encoding {
    case .utf8:
      if isUTF8 { return .utf8 }
      // A unit of UTF-8 with a few broken bytes also reads as GB18030: as rare characters.
      if TextScore.damage(ofUTF8: bytes) >= 0.5, TextScore.commonness(ofGB18030: bytes) >= 0.6,
        GB18030.isValid(bytes)
      {
        foreignUnits += 1
        return .gb18030
      }
    case .gb18030:
      let fits = GB18030.isValid(bytes)
      if isUTF8, !fits || TextScore.commonness(ofGB18030: bytes) < 0.6 {
        foreignUnits += 1
        return .utf8
      }
      if fits { return .gb18030 }
    case .utf16LittleEndian, .utf16BigEndian:
      if isUTF8 { return .utf8 }
    }
    undecodableUnits += 1
    return nil
  }

  /// The text of bytes whose encoding ``unitEncoding(of:)`` has found.
  static func text(_ bytes: some Collection<UInt8>, _ encoding: UnitEncoding) -> String? {
    switch encoding {
    case .utf8: String(validating: bytes, as: UTF8.self)
    case .gb18030: GB18030.decode(bytes)
    }
  }

  /// What the log of decisions says of the encoding.
  var summary: String {
    var text = encoding.rawValue
    if foreignUnits > 0 {
      let other = encoding == .utf8 ? TextEncoding.gb18030 : .utf8
      text += ", \(foreignUnits) units in \(other.rawValue)"
    }
    if undecodableUnits > 0 { text += ", \(undecodableUnits) units in neither" }
    return text
  }
}
