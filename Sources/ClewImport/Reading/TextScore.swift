/// How well bytes fit an encoding.
enum TextScore {
  /// Whether the bytes are ASCII only.
  static func isASCII(_ bytes: [UInt8]) -> Bool {
    let span = bytes.span
    var mix: UInt8 = 0
    for index in span.indices { mix |= span[index] }
    return mix < 0x80
  }

  /// Whether the bytes are strict UTF-8.
  static func isUTF8(_ bytes: some Sequence<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// Goes from code to code above ASCII.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - take: Takes the place of a code's first byte and says how many bytes the code has, at least 1;
  ///     `nil` ends the walk.
  @inline(__always)
  private static func forEachCode(_ bytes: [UInt8], _ take: (Int) -> Int?) {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let length = take(index) else { return }
      index += length
    }
  }

  /// Which share of the bytes above ASCII belongs to no well-formed UTF-8 sequence, from 0 to 1.
  static func damage(ofUTF8 bytes: [UInt8]) -> Double {
    var good = 0
    var bad = 0
    forEachCode(bytes) { place in
      let length = lengthOfCode(bytes, at: place)
      if length > 0 { good += length } else { bad += 1 }
      return max(1, length)
    }
    return good + bad == 0 ? 0 : Double(bad) / Double(good + bad)
  }

  /// How many bytes the well-formed UTF-8 sequence has that begins with a byte above ASCII; 0 where none does.
  ///
  /// > Source: The Unicode Standard, table 3-7.
  private static func lengthOfCode(_ bytes: [UInt8], at place: Int) -> Int {
    let lead = bytes[place]
    guard (0xC2...0xF4).contains(lead) else { return 0 }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard place + length <= bytes.count else { return 0 }
    let second: ClosedRange<UInt8> =
      switch lead {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    guard second.contains(bytes[place + 1]) else { return 0 }
    for next in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[place + next]) { return 0 }
    return length
  }

  /// Which share of the codes above ASCII, read as Big5, is a symbol or a frequent character (level 1
  /// of the standard, A440 to C67E), from 0 to 1.
  static func commonness(ofBig5 bytes: [UInt8]) -> Double {
    let (common, all) = big5Codes(bytes)
    return all == 0 ? 1 : Double(common) / Double(all)
  }

  /// How many codes above ASCII there are, read as Big5, and how many of them are frequent.
  static func big5Codes(_ bytes: [UInt8]) -> (common: Int, all: Int) {
    var common = 0
    var all = 0
    forEachCode(bytes) { place in
      all += 1
      guard place + 1 < bytes.count else { return nil }
      let (lead, second) = (bytes[place], bytes[place + 1])
      let isTrail = (0x40...0x7E).contains(second) || (0xA1...0xFE).contains(second)
      if isTrail, (0xA1...0xC5).contains(lead) || (lead == 0xC6 && second <= 0x7E) { common += 1 }
      return isTrail ? 2 : 1
    }
    return (common, all)
  }

  /// Which share of the codes above ASCII, read as GB18030, is a symbol or a frequent character of
  /// GB2312, from 0 to 1.
  ///
  /// Text in UTF-8 that is read as GB18030 yields mostly rare characters.
  static func commonness(ofGB18030 bytes: [UInt8]) -> Double {
    var common = 0
    var all = 0
    forEachCode(bytes) { place in
      all += 1
      guard place + 1 < bytes.count else { return nil }
      let (lead, second) = (bytes[place], bytes[place + 1])
      let isCommon = (0xA1...0xA9).contains(lead) || (0xB0...0xD7).contains(lead)
      if isCommon, (0xA1...0xFE).contains(second) { common += 1 }
      return second < 0x40 ? 1 : 2
    }
    return all == 0 ? 1 : Double(common) / Double(all)
  }

  /// Whether every byte above ASCII belongs to a symbol or character of GB2312.
  static func isGB2312(_ bytes: [UInt8]) -> Bool {
    var isWhole = true
    forEachCode(bytes) { place in
      let lead = bytes[place]
      let isKnown = (0xA1...0xA9).contains(lead) || (0xB0...0xF7).contains(lead)
      isWhole =
        isKnown && place + 1 < bytes.count && (0xA1...0xFE).contains(bytes[place + 1])
      return isWhole ? 2 : nil
    }
    return isWhole
  }
}
