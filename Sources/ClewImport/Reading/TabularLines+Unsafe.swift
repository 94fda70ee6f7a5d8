internal import Glibc

/// The lines of a chunk and the cells of those that are plain; its memory serves one chunk after the other.
///
/// It belongs to one thread. `bounds` has room for two numbers a byte of the longest chunk and one row more:
/// a plain row of *c* cells takes *c* + 1 numbers and at least *c* bytes.
@safe final class TabularLines {
  /// One line.
  struct Line {
    /// Where it begins and where it ends, before CR and LF.
    let start: Int32
    let end: Int32
    /// Where the next line begins.
    let next: Int32
    /// Where its cells stand in `bounds`; -1 where the line is not plain.
    let cells: Int32
    /// Whether all bytes are ASCII; not sure for a line whose neighbour's are not.
    let isASCII: Bool
  }

  /// The lines in their order.
  private(set) var lines: [Line] = []
  /// How many cells a plain line has.
  let columns: Int
  private let delimiter: UInt8
  private let bounds: UnsafeMutablePointer<Int32>

  /// Makes a splitter.
  ///
  /// - Parameters:
  ///   - dialect: How the cells are parted.
  ///   - columns: How many cells a row must have to be plain; 0 lets no row be.
  init(_ dialect: TabularDialect, columns: Int) {
    delimiter = dialect.delimiter
    self.columns = columns
    unsafe bounds = .allocate(capacity: 2 * TabularChunk.limit + columns + 2)
  }

  deinit { unsafe bounds.deallocate() }

  /// Where a cell of a plain line lies.
  @inline(__always)
  func cell(_ line: Line, _ column: Int) -> (start: Int32, end: Int32) {
    precondition(line.cells >= 0 && column < columns, "only a plain line has cells")
    let place = Int(line.cells) + column
    return unsafe (bounds[place], bounds[place + 1] - 1)
  }

  /// Splits a chunk, eight bytes at a time.
  func split(_ chunk: TabularChunk) {
    precondition(chunk.bytes.count <= TabularChunk.limit, "a chunk is longer than its table")
    var found = lines
    lines = []
    found.removeAll(keepingCapacity: true)
    unsafe chunk.bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return }
      unsafe split(base, raw.count, chunk.hasReturns, into: &found)
    }
    lines = found
  }

  private func split(
    _ base: UnsafeRawPointer,
    _ count: Int,
    _ hasReturns: Bool,
    into lines: inout [Line]
  ) {
    let columns = columns
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let (delimiters, ends) = (UInt64(delimiter) &* ones, 0x0A &* ones)
    let bounds = unsafe bounds
    var (start, committed, cells, mix) = (0, 0, 1, UInt64(0))
    unsafe bounds[0] = 0
    /// Notes what a byte at `place` parts.
    @inline(__always)
    func mark(_ place: Int, _ byte: UInt8) {
      if byte != 0x0A {
        if cells < columns {
          unsafe bounds[committed &+ cells] = Int32(truncatingIfNeeded: place &+ 1)
        }
        cells &+= 1
        return
      }
      var end = place
      var isPlain = cells == columns
      if hasReturns {
        if end > start, unsafe base.load(fromByteOffset: end &- 1, as: UInt8.self) == 0x0D {
          end &-= 1
        }
        if unsafe memchr(base + start, 0x0D, end &- start) != nil { isPlain = false }
      }
      if isPlain { unsafe bounds[committed &+ columns] = Int32(truncatingIfNeeded: end &+ 1) }
      lines.append(
        Line(
          start: Int32(truncatingIfNeeded: start),
          end: Int32(truncatingIfNeeded: end),
          next: Int32(truncatingIfNeeded: place &+ 1),
          cells: isPlain ? Int32(truncatingIfNeeded: committed) : -1,
          isASCII: mix & ~low7 == 0
        )
      )
      if isPlain { committed &+= columns &+ 1 }
      start = place &+ 1
      cells = 1
      unsafe bounds[committed] = Int32(truncatingIfNeeded: start)
    }
    var place = 0
    while place &+ 8 <= count {
      let word = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
      mix |= word
      // The high bit of each byte that is 0 after the exclusive or, and of no other.
      let (one, other) = (word ^ delimiters, word ^ ends)
      var hits = ~(((one & low7) &+ low7) | one | low7) | ~(((other & low7) &+ low7) | other | low7)
      let lineBefore = start
      while hits != 0 {
        let at = place &+ hits.trailingZeroBitCount &>> 3
        unsafe mark(at, base.load(fromByteOffset: at, as: UInt8.self))
        hits &= hits &- 1
      }
      if start != lineBefore { mix = word }
      place &+= 8
    }
    while place < count {
      let byte = unsafe base.load(fromByteOffset: place, as: UInt8.self)
      mix |= UInt64(byte)
      if byte == delimiter || byte == 0x0A { mark(place, byte) }
      if start == place + 1 { mix = 0 }
      place &+= 1
    }
  }
}

extension TabularChunk {
  /// How many lines end in these bytes.
  static func lineEnds(_ bytes: [UInt8], hasReturns: Bool) -> Int {
    unsafe bytes.withUnsafeBufferPointer { raw in
      var count = 0
      var place = 0
      guard hasReturns else {
        // Sums of bytes, of no more than 255 at a time, which the compiler turns into wide ones.
        while place < raw.count {
          let end = min(place &+ 255, raw.count)
          var sum: UInt8 = 0
          while place < end {
            sum &+= unsafe raw[place] == 0x0A ? 1 : 0
            place &+= 1
          }
          count &+= Int(sum)
        }
        return count
      }
      while place < raw.count {
        let byte = unsafe raw[place]
        let isPair = unsafe byte == 0x0D && place + 1 < raw.count && raw[place + 1] == 0x0A
        if byte == 0x0A || (byte == 0x0D && !isPair) { count += 1 }
        place += 1
      }
      return count
    }
  }

  /// Where the last whole line ends before the first quote, among the bytes from `start` on.
  ///
  /// - Parameters:
  ///   - bytes: The bytes; `start` lies in them.
  ///   - start: Where a row begins.
  ///   - hasQuotes: Whether a quote means anything.
  /// - Returns: The end of the lines, and whether there is a CR in them; `nil` when there is no such line.
  static func end(
    _ bytes: [UInt8],
    from start: Int,
    hasQuotes: Bool
  ) -> (end: Int, hasReturns: Bool)? {
    unsafe bytes.withUnsafeBytes { raw -> (end: Int, hasReturns: Bool)? in
      guard let first = raw.baseAddress, start < raw.count else { return nil }
      let base = unsafe first + start
      var length = min(limit, raw.count - start)
      if hasQuotes, let quote = unsafe memchr(base, 0x22, length) {
        length = unsafe UnsafeRawPointer(quote) - base
      }
      while length > 0, unsafe base.load(fromByteOffset: length - 1, as: UInt8.self) != 0x0A {
        length -= 1
      }
      guard length > 0 else { return nil }
      return (start + length, unsafe memchr(base, 0x0D, length) != nil)
    }
  }
}
