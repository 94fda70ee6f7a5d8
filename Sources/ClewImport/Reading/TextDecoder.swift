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
    case big5
  }

  /// The encoding of the file.
  let encoding: TextEncoding
  /// How many units were decoded otherwise than the file.
  var foreignUnits: Int64 { foreign.values.reduce(0, +) }
  private var foreign: [UnitEncoding: Int64] = [:]
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
      if TextScore.damage(ofUTF8: bytes) >= 0.5 { return counted(TextChoice.foreign(bytes)) }
    case .gb18030:
      let fits = GB18030.isValid(bytes)
      if isUTF8, !fits || TextScore.commonness(ofGB18030: bytes) < TextChoice.threshold {
        return counted(.utf8)
      }
      if fits { return .gb18030 }
      return counted(TextChoice.foreign(bytes))
    case .big5:
      let fits = Big5.isValid(bytes)
      if isUTF8, !fits || TextScore.commonness(ofBig5: bytes) < TextChoice.threshold {
        return counted(.utf8)
      }
      if fits { return .big5 }
      return counted(TextChoice.foreign(bytes))
    case .utf16LittleEndian, .utf16BigEndian:
      if isUTF8 { return .utf8 }
    }
    return counted(nil)
  }

  /// Counts a unit that is not in the encoding of the file.
  private mutating func counted(_ found: TextEncoding?) -> UnitEncoding? {
    let unit: UnitEncoding? =
      switch found {
      case .utf8: .utf8
      case .gb18030: .gb18030
      case .big5: .big5
      case .utf16LittleEndian, .utf16BigEndian, nil: nil
      }
    if let unit {
      foreign[unit, default: 0] += 1
      return unit
    }
    undecodableUnits += 1
    return nil
  }

  /// What another decoder of the same file has counted.
  struct Counts: Sendable {
    fileprivate var foreign: [UnitEncoding: Int64] = [:]
    fileprivate var undecodable: Int64 = 0
  }

  /// Hands out what was counted so far, and begins anew.
  mutating func takeCounts() -> Counts {
    defer { (foreign, undecodableUnits) = ([:], 0) }
    return Counts(foreign: foreign, undecodable: undecodableUnits)
  }

  /// Adds what another decoder has counted.
  mutating func add(_ counts: Counts) {
    for (unit, count) in counts.foreign { foreign[unit, default: 0] += count }
    undecodableUnits += counts.undecodable
  }

  /// The text of bytes whose encoding ``unitEncoding(of:)`` has found.
  static func text(_ bytes: some Collection<UInt8>, _ encoding: UnitEncoding) -> String? {
    switch encoding {
    case .utf8: String(validating: bytes, as: UTF8.self)
    case .gb18030: GB18030.decode(bytes)
    case .big5: Big5.decode(bytes)
    }
  }

  /// What the log of decisions says of the encoding.
  var summary: String {
    var text = encoding.rawValue
    let kinds: [(UnitEncoding, TextEncoding)] = [
      (.utf8, .utf8), (.gb18030, .gb18030), (.big5, .big5),
    ]
    for (unit, encoding) in kinds {
      if let count = foreign[unit] { text += ", \(count) units in \(encoding.rawValue)" }
    }
    if undecodableUnits > 0 { text += ", \(undecodableUnits) units in none of the encodings" }
    return text
  }
}
