/// Turns GB18030 into UTF-8 piece by piece; a byte that is none of it becomes 0xFF.
struct XMLNarrowTranscoder {
  private var waiting: [UInt8] = []

  /// Appends the text of the next bytes; the last call sets `isLast`.
  mutating func feed(_ bytes: [UInt8], isLast: Bool, into text: inout [UInt8]) {
    let all = waiting + bytes
    let end = isLast ? all.count : Self.lastBoundary(all)
    waiting = Array(all[end...])
    let piece = all[..<end]
    if let decoded = GB18030.decode(piece) {
      text += Array(decoded.utf8)
    } else {
      Self.decodeEach(piece, into: &text)
    }
  }

  /// The bytes of GB18030 that the text stood for.
  static func source(of text: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in text.split(separator: 0xFF, omittingEmptySubsequences: false) {
      if let string = String(validating: part, as: UTF8.self) {
        bytes += GB18030.encode(string) ?? []
      }
      bytes.append(0xFF)
    }
    return bytes.dropLast()
  }

  /// Where the last character that is certainly complete ends.
  private static func lastBoundary(_ bytes: [UInt8]) -> Int {
    var index = 0
    var end = 0
    while index < bytes.count {
      index += length(bytes, index) ?? bytes.count
      if index <= bytes.count { end = index }
    }
    return end
  }

  /// How long the character at `index` is; `nil` when the bytes end inside it.
  private static func length(_ bytes: some RandomAccessCollection<UInt8>, _ index: Int) -> Int? {
    let rest = bytes.dropFirst(index)
    guard let lead = rest.first, lead >= 0x81, lead != 0xFF else { return 1 }
    guard let second = rest.dropFirst().first else { return nil }
    if (0x30...0x39).contains(second) { return rest.count >= 4 ? 4 : nil }
    return second >= 0x40 && second != 0x7F ? 2 : 1
  }

  private static func decodeEach(_ bytes: ArraySlice<UInt8>, into text: inout [UInt8]) {
    let bytes = Array(bytes)
    var index = 0
    while index < bytes.count {
      let length = length(bytes, index) ?? 1
      let character = bytes[index..<min(index + length, bytes.count)]
      if let decoded = GB18030.decode(character) {
        text += Array(decoded.utf8)
        index += length
      } else {
        text.append(0xFF)
        index += 1
      }
    }
  }
}
