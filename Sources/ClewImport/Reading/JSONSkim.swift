/// Finds where a JSON value ends, piece by piece, without understanding it.
///
/// It is lenient so that one damaged value does not take its neighbours along: a line feed inside a
/// string ends the string, and a bracket that closes what is not open ends the value. What it cuts
/// out is then parsed strictly.
struct JSONSkim {
  /// Which brackets are open, outermost first, up to ``trackedDepth``.
  private var open: [UInt8] = []
  /// How many more are open below.
  private var deeper = 0
  private var isInString = false
  private var isEscaped = false
  private var isScalar = false
  private var isFresh = true

  /// Damage below this depth is not tracked: no value that deep is taken.
  private static let trackedDepth = JSONParser.depthLimit + 1

  /// Whether the value is complete if the file ends here: a number or word is.
  var mayEnd: Bool { isScalar }

  /// Looks at the bytes from `start` on.
  ///
  /// - Returns: The index behind the value, or `nil` when all bytes belong to it so far.
  mutating func feed(_ bytes: [UInt8], from start: Int) -> Int? {
    let span = bytes.span
    var index = start
    while index < span.count {
      let byte = span[index]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") || byte == 0x0A {
          isInString = false
          if open.isEmpty { return byte == 0x0A ? index : index + 1 }
        }
      } else if isScalar {
        if Self.endsScalar(byte) { return index }
      } else if let end = take(byte, at: index) {
        return end
      }
      isFresh = false
      index += 1
    }
    return nil
  }

  /// Takes a byte outside of strings and bare words; the answer is the end of the value, if it is.
  private mutating func take(_ byte: UInt8, at index: Int) -> Int? {
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if open.count < Self.trackedDepth { open.append(byte) } else { deeper += 1 }
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if deeper > 0 {
        deeper -= 1
        return nil
      }
      let wanted = byte == UInt8(ascii: "}") ? UInt8(ascii: "{") : UInt8(ascii: "[")
      guard let place = open.lastIndex(of: wanted) else { return index }
      open.removeSubrange(place...)
      if open.isEmpty { return index + 1 }
    default:
      if isFresh { isScalar = true }
    }
    return nil
  }

  /// Whether a byte cannot belong to a number or word.
  static func endsScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\""),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }
}
