/// The encodings in which Clew reads text files.
enum TextEncoding: String, Sendable, Hashable {
  case utf8 = "UTF-8"
  case gb18030 = "GB18030"
  case big5 = "Big5"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"

  /// Whether the file is turned into UTF-8 before it is split into lines.
  var isWide: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

  /// Whether the second byte of a character may look like ASCII.
  var hasPairs: Bool { self == .gb18030 || self == .big5 }

  /// The encoding of a name as people write it, such as `gbk` or `utf-16le`.
  init?(named name: String) {
    switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
    case "utf8": self = .utf8
    case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
    case "big5", "cp950": self = .big5
    case "utf16le", "utf16": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    default: return nil
    }
  }

  /// The names for people.
  static let names = "UTF-8, GB18030, Big5, UTF-16LE, UTF-16BE"

  /// The text in this encoding, or `nil` where it cannot hold it.
  func bytes(of text: String) -> [UInt8]? {
    switch self {
    case .utf8: Array(text.utf8)
    case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .gb18030: GB18030.encode(text)
    case .big5: Big5.encode(text)
    }
  }
}

/// How a file as a whole is decoded, and why.
///
/// The decision rests on words that the format must contain: whatever encoding shows them is right,
/// because no text of one encoding shows Chinese words of another by chance. Where the words are
/// ASCII, strict UTF-8 is preferred and GB18030 taken when its characters are the frequent ones.
struct TextDecision: Sendable, Hashable {
  /// The encoding of the file; single rows may still differ (see ``TextDecoder``).
  let encoding: TextEncoding
  /// How many bytes the byte order mark takes.
  let markLength: Int

  /// The encoding that the user states for the files at hand; `nil` lets the content decide.
  @TaskLocal static var stated: TextEncoding?

  /// How the sheets of workbooks are written.
  static let sheet = TextDecision(encoding: .utf8, markLength: 0)

  /// The encodings that the first bytes allow, the most likely first.
  static func candidates(head: [UInt8]) -> [TextDecision] {
    if let stated { return [of(stated, head)] }
    if head.starts(with: [0xFF, 0xFE]) {
      return [.init(encoding: .utf16LittleEndian, markLength: 2)]
    }
    if head.starts(with: [0xFE, 0xFF]) { return [.init(encoding: .utf16BigEndian, markLength: 2)] }
    let mark = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let narrow = [TextEncoding.utf8, .gb18030, .big5].map {
      TextDecision(encoding: $0, markLength: mark)
    }
    // Text in UTF-16 has a zero byte for each ASCII character; no other text has any.
    let zeros = head.prefix(4096).indices.filter { head[$0] == 0 }
    guard mark == 0, !zeros.isEmpty else { return narrow }
    let odd = zeros.count { $0 % 2 == 1 }
    return odd * 2 >= zeros.count
      ? [.init(encoding: .utf16LittleEndian, markLength: 0)] + narrow
      : [.init(encoding: .utf16BigEndian, markLength: 0)] + narrow
  }

  /// A stated encoding; its own byte order mark is passed over.
  private static func of(_ encoding: TextEncoding, _ head: [UInt8]) -> TextDecision {
    let mark: [UInt8] =
      switch encoding {
      case .utf8: [0xEF, 0xBB, 0xBF]
      case .utf16LittleEndian: [0xFF, 0xFE]
      case .utf16BigEndian: [0xFE, 0xFF]
      case .gb18030, .big5: []
      }
    return TextDecision(
      encoding: encoding,
      markLength: !mark.isEmpty && head.starts(with: mark) ? mark.count : 0
    )
  }

  /// The first bytes of the file as the line splitter sees them: without mark, UTF-16 as UTF-8.
  func plainHead(_ head: [UInt8], isWhole: Bool) -> [UInt8] {
    let body = Array(head.dropFirst(markLength))
    guard encoding.isWide else { return body }
    var transcoder = WideTranscoder(encoding)
    var text: [UInt8] = []
    transcoder.feed(body, isLast: isWhole, into: &text)
    return text
  }

  /// Decides by words of which at least one must be in the first bytes.
  static func decide(head: [UInt8], words: [String]) -> TextDecision? {
    let text = HeadMemory.text(of: head)
    for candidate in HeadMemory.decisions(of: head) {
      for word in words {
        guard let bytes = candidate.encoding.bytes(of: word) else { continue }
        if text.contains(bytes) { return candidate }
      }
    }
    return nil
  }

  /// For text whose known words are ASCII: UTF-8 unless the rest reads better as GB18030.
  ///
  /// A short list of names may hold rare characters only; then it is taken when hardly a byte fits
  /// UTF-8 and every one fits GB2312.
  static func prefersGB18030(_ plainHead: [UInt8]) -> Bool {
    let cut = plainHead.lastIndex(of: 0x0A).map { Array(plainHead[...$0]) } ?? plainHead
    if TextScore.isUTF8(cut) { return false }
    let damage = TextScore.damage(ofUTF8: cut)
    if damage < 0.5 { return false }
    if TextScore.commonness(ofGB18030: cut) >= 0.6 { return true }
    return damage >= 0.9 && TextScore.isGB2312(cut)
  }

  /// For text whose known words are ASCII: the encoding of the rest.
  static func narrow(_ plainHead: [UInt8]) -> TextEncoding {
    let cut = plainHead.lastIndex(of: 0x0A).map { Array(plainHead[...$0]) } ?? plainHead
    if TextScore.isUTF8(cut) || TextScore.damage(ofUTF8: cut) < 0.5 { return .utf8 }
    // One broken character must not hide the encoding of all the others.
    if TextChoice.isBig5(cut) { return .big5 }
    return prefersGB18030(plainHead) ? .gb18030 : .utf8
  }

  /// Whether `bytes` holds `part`.
  static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, bytes.count >= part.count else { return false }
    var start = 0
    let last = bytes.count - part.count
    while start <= last, let found = bytes[start...last].firstIndex(of: first) {
      if bytes[found..<(found + part.count)].elementsEqual(part) { return true }
      start = found + 1
    }
    return false
  }
}
