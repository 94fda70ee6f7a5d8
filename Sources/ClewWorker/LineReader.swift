/// Reads standard input line by line.
struct LineReader {
  /// What stands after the last line's end, once everything is read.
  private var rest: [UInt8] = []
  private var isAtEnd = false

  /// Hands every line to `body`, with its number from 1; the last one may lack its end.
  ///
  /// - Throws: ``LineFault`` when standard input cannot be read, and what `body` throws.
  static func forEachLine(_ body: (Int, ArraySlice<UInt8>) throws -> Void) throws {
    var reader = LineReader()
    var number = 0
    while let block = try reader.next() {
      var start = block.startIndex
      while let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        try body(number, block[start..<end])
        start = end + 1
      }
    }
    if !reader.rest.isEmpty { try body(number + 1, reader.rest[...]) }
  }

  /// The next whole lines, or nil at the end.
  private mutating func next() throws -> [UInt8]? {
    while !isAtEnd {
      guard let block = StandardStreams.read(1 << 20) else { throw LineFault() }
      if block.isEmpty {
        isAtEnd = true
        return nil
      }
      guard let end = block.lastIndex(of: UInt8(ascii: "\n")) else {
        rest += block
        continue
      }
      let before = rest
      rest = Array(block[(end + 1)...])
      return before + block[...end]
    }
    return nil
  }
}

/// What is wrong with standard input; a line's place is told, its content is not.
struct LineFault: Error, CustomStringConvertible {
  let description: String

  /// A line is not what was expected.
  init(_ number: Int, _ expectation: String) { description = "line \(number): \(expectation)" }

  /// Reading failed.
  init() { description = "standard input cannot be read" }
}

/// Writes lines to standard output, many at once.
struct LineWriter {
  private var bytes: [UInt8] = []

  /// Writes a line of columns, parted by tabs.
  mutating func write(_ columns: any Collection<UInt8>...) throws {
    for (place, column) in columns.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: "\t")) }
      bytes.append(contentsOf: column)
    }
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= 1 << 20 { try finish() }
  }

  /// Writes a line.
  mutating func write(_ line: String) throws { try write(line.utf8) }

  /// Writes what has been kept back.
  mutating func finish() throws {
    guard StandardStreams.write(bytes, to: 1) else { throw Unwritable() }
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Standard output cannot be written.
struct Unwritable: Error {}
