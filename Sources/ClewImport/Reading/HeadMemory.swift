internal import Synchronization

/// The first bytes of one file, decoded and split into rows once for all importers that look for their header there.
///
/// Some sixty importers are asked about each file; most of them look at the same rows in the same encodings.
final class HeadMemory: Sendable {
  /// How the first bytes are read.
  struct Key: Hashable {
    let decision: TextDecision
    let dialect: TabularDialect
    let isWhole: Bool
    let isSheet: Bool
  }

  /// A row that may be the header.
  struct Row: Sendable {
    /// Its physical line, or its number among the rows of a sheet.
    let line: Int64
    let columns: TabularColumns
  }

  /// The first bytes as they are searched.
  struct Text: Sendable {
    /// Without mark, UTF-16 as UTF-8.
    let bytes: [UInt8]
    /// Which bytes occur, and which behind each other: a bit for each pair.
    private var isThere = [Bool](repeating: false, count: 256)
    private var pairs = [UInt64](repeating: 0, count: 1024)

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      var before = 0
      for (place, byte) in bytes.enumerated() {
        isThere[Int(byte)] = true
        let pair = before << 8 | Int(byte)
        if place > 0 { pairs[pair >> 6] |= 1 << UInt64(pair & 63) }
        before = Int(byte)
      }
    }

    /// Whether a byte occurs.
    func contains(_ byte: UInt8) -> Bool { isThere[Int(byte)] }

    /// Whether some bytes occur behind each other.
    ///
    /// A word in an encoding that is not the file's nearly always has two bytes that never meet there.
    func contains(_ word: [UInt8]) -> Bool {
      for place in word.indices.dropFirst() {
        let pair = Int(word[place - 1]) << 8 | Int(word[place])
        if pairs[pair >> 6] & 1 << UInt64(pair & 63) == 0 { return false }
      }
      return TextDecision.contains(bytes, word)
    }
  }

  /// That of the file about which importers are asked.
  @TaskLocal static var current: HeadMemory?

  private let head: [UInt8]
  private let rows = Mutex<[Key: [Row]]>([:])
  private let texts = Mutex<[TextDecision?: Text]>([:])
  private let decisions = Mutex<[TextDecision]?>(nil)

  /// A memory for a file with these first bytes.
  init(_ head: [UInt8]) { self.head = head }

  /// The rows for a key, read by `read` where nobody asked for them before.
  static func rows(of head: [UInt8], _ key: Key, _ read: () -> [Row]) -> [Row] {
    guard let memory = of(head) else { return read() }
    if let known = memory.rows.withLock({ $0[key] }) { return known }
    let rows = read()
    memory.rows.withLock { $0[key] = rows }
    return rows
  }

  /// The first bytes, decoded where a decision is named.
  static func text(
    of head: [UInt8],
    _ decision: TextDecision? = nil,
    isWhole: Bool = false
  ) -> Text {
    let memory = of(head)
    // Encodings that are split as they stand have the same bytes.
    let key = decision.map {
      TextDecision(encoding: $0.encoding.isWide ? $0.encoding : .utf8, markLength: $0.markLength)
    }
    if let known = memory?.texts.withLock({ $0[key] }) { return known }
    let text = Text(decision?.plainHead(head, isWhole: isWhole) ?? head)
    memory?.texts.withLock { $0[key] = text }
    return text
  }

  /// The encodings that the first bytes allow, the most likely first.
  static func decisions(of head: [UInt8]) -> [TextDecision] {
    // What a user states for one importer is not what the bytes say.
    if TextDecision.stated != nil { return TextDecision.candidates(head: head) }
    let memory = of(head)
    if let known = memory?.decisions.withLock({ $0 }) { return known }
    let decisions = TextDecision.candidates(head: head)
    memory?.decisions.withLock { $0 = decisions }
    return decisions
  }

  /// The memory at hand, where it is that of these bytes.
  ///
  /// An importer may look at another file of the export beside the one that it is asked about.
  private static func of(_ head: [UInt8]) -> HeadMemory? {
    guard let memory = current, memory.head == head else { return nil }
    return memory
  }
}
