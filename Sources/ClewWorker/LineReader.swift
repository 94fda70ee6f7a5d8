/// Reads standard input in blocks that end with a whole line.
struct LineReader {
  /// What stands after the last line's end, once everything is read.
  private(set) var rest: [UInt8] = []
  /// Whether reading failed; the rest is not to be used then.
  private(set) var hasFailed = false
  private var isAtEnd = false

  /// The next whole lines, or nil at the end.
  mutating func next() -> [UInt8]? {
    while !isAtEnd {
      guard let block = StandardStreams.read(1 << 20) else {
        hasFailed = true
        return nil
      }
      if block.isEmpty {
        isAtEnd = true
        return nil
      }
      let before = rest
      guard let end = block.lastIndex(of: UInt8(ascii: "\n")) else {
        rest += block
        continue
      }
      rest = Array(block[(end + 1)...])
      return before + block[...end]
    }
    return nil
  }
}
