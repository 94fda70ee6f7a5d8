/// One cell of a Parquet file, as text.
enum ParquetCell: Sendable, Hashable {
  case null
  case text(String)
  /// Bytes that are no text, or a number beyond what is read.
  case unreadable
}

/// Reads the pages of one column for one row group.
struct ParquetPages {
  let column: ParquetFooter.Column
  let codec: Int64
  /// The bytes of the chunk.
  let bytes: [UInt8]
  /// How many rows the group has.
  let rows: Int

  /// The most bytes of one unpacked page.
  private static let pageLimit: Int64 = 256 << 20

  /// The cells in the order of the rows.
  func cells() throws(ParquetFault) -> [ParquetCell] {
    var cells: [ParquetCell] = []
    var dictionary: [ParquetCell]?
    var index = 0
    while cells.count < rows {
      guard index < bytes.count else { throw ParquetFault("a column has too few pages") }
      var thrift = ThriftCompact(bytes, from: index)
      let header = try thrift.record()
      guard let packed = header[3]?.int, let size = header[2]?.int, packed >= 0, size >= 0,
        packed <= bytes.count - thrift.index, size <= Self.pageLimit
      else { throw ParquetFault("a page reaches beyond its column") }
      let body = Array(bytes[thrift.index..<(thrift.index + Int(packed))])
      index = thrift.index + Int(packed)
      switch header[1]?.int {
      case 0:
        let page = try ParquetCodec.unpacked(body, codec: codec, size: Int(size))
        cells += try dataPage(page, header, dictionary, room: rows - cells.count)
      case 2:
        let page = try ParquetCodec.unpacked(body, codec: codec, size: Int(size))
        dictionary = try dictionaryPage(page, header)
      case 3: cells += try secondDataPage(body, header, dictionary, room: rows - cells.count)
      default: continue
      }
    }
    return cells
  }

  private func dictionaryPage(
    _ page: [UInt8],
    _ header: ThriftValue
  ) throws(ParquetFault) -> [ParquetCell] {
    guard let count = header[7]?[1]?.int, count >= 0, count <= page.count * 8 else {
      throw ParquetFault("a dictionary without size")
    }
    guard [0, 2].contains(header[7]?[2]?.int) else {
      throw ParquetFault("a dictionary in an encoding that is not read")
    }
    var values = ParquetPlain(page, from: 0, column: column)
    return try values.take(Int(count))
  }

  private func count(_ stated: Int64?, room: Int) throws(ParquetFault) -> Int {
    guard let stated, stated >= 0, stated <= room else {
      throw ParquetFault("a page holds more values than there are rows")
    }
    return Int(stated)
  }

  private func dataPage(
    _ page: [UInt8],
    _ header: ThriftValue,
    _ dictionary: [ParquetCell]?,
    room: Int
  ) throws(ParquetFault) -> [ParquetCell] {
    let count = try count(header[5]?[1]?.int, room: room)
    var start = 0
    var isThere: [Bool]?
    if column.isOptional {
      guard header[5]?[3]?.int == 3 else {
        throw ParquetFault("levels in an encoding that is not read")
      }
      guard page.count >= 4 else { throw ParquetFault("a page breaks off") }
      let length = (0..<4).reduce(0) { $0 | Int(page[$1]) << (8 * $1) }
      guard length <= page.count - 4 else { throw ParquetFault("a page breaks off") }
      var levels = ParquetHybrid(page, from: 4, to: 4 + length, width: 1)
      isThere = try levels.take(count).map { $0 == 1 }
      start = 4 + length
    }
    return try values(page, start, count, isThere, header[5]?[2]?.int, dictionary)
  }

  private func secondDataPage(
    _ body: [UInt8],
    _ header: ThriftValue,
    _ dictionary: [ParquetCell]?,
    room: Int
  ) throws(ParquetFault) -> [ParquetCell] {
    guard let size = header[2]?.int, let definition = header[8]?[5]?.int,
      let repetition = header[8]?[6]?.int, definition >= 0, repetition >= 0,
      definition <= body.count, repetition <= body.count - Int(definition)
    else { throw ParquetFault("a page breaks off") }
    let count = try count(header[8]?[1]?.int, room: room)
    let levelsEnd = Int(repetition + definition)
    var isThere: [Bool]?
    if column.isOptional {
      var levels = ParquetHybrid(body, from: Int(repetition), to: levelsEnd, width: 1)
      isThere = try levels.take(count).map { $0 == 1 }
    }
    var isPacked = true
    if case .bool(false) = header[8]?[7] { isPacked = false }
    let rest = Array(body[levelsEnd...])
    guard size >= levelsEnd else { throw ParquetFault("a page breaks off") }
    let page = try ParquetCodec.unpacked(
      rest,
      codec: isPacked ? codec : 0,
      size: Int(size) - levelsEnd
    )
    return try values(page, 0, count, isThere, header[8]?[4]?.int, dictionary)
  }

  /// The cells of a page: its values where there are some, and nothing elsewhere.
  private func values(
    _ page: [UInt8],
    _ start: Int,
    _ count: Int,
    _ isThere: [Bool]?,
    _ encoding: Int64?,
    _ dictionary: [ParquetCell]?
  ) throws(ParquetFault) -> [ParquetCell] {
    let present = isThere.map { $0.count { $0 } } ?? count
    let values: [ParquetCell]
    switch encoding {
    case 0:
      var plain = ParquetPlain(page, from: start, column: column)
      values = try plain.take(present)
    case 2, 8:
      values = try indexed(page, start, present, dictionary)
    case 3 where column.physical == .boolean:
      guard page.count - start >= 4 else { throw ParquetFault("a page breaks off") }
      var bits = ParquetHybrid(page, from: start + 4, to: page.count, width: 1)
      values = try bits.take(present).map { .text($0 == 1 ? "true" : "false") }
    default: throw ParquetFault("values in an encoding that is not read (delta or split)")
    }
    guard let isThere else { return values }
    var next = values.makeIterator()
    return isThere.map { $0 ? next.next() ?? .null : .null }
  }

  private func indexed(
    _ page: [UInt8],
    _ start: Int,
    _ count: Int,
    _ dictionary: [ParquetCell]?
  ) throws(ParquetFault) -> [ParquetCell] {
    if count == 0 { return [] }
    guard let dictionary else { throw ParquetFault("a page refers to no dictionary") }
    guard start < page.count, page[start] <= 32 else { throw ParquetFault("a page breaks off") }
    var hybrid = ParquetHybrid(page, from: start + 1, to: page.count, width: Int(page[start]))
    var values: [ParquetCell] = []
    for index in try hybrid.take(count) {
      guard index < UInt64(dictionary.count) else {
        throw ParquetFault("a page refers beyond its dictionary")
      }
      values.append(dictionary[Int(index)])
    }
    return values
  }
}

/// The hybrid of run lengths and packed bits in which levels and indices are written.
struct ParquetHybrid {
  private let bytes: [UInt8]
  private let end: Int
  private let width: Int
  private var thrift: ThriftCompact

  init(_ bytes: [UInt8], from start: Int, to end: Int, width: Int) {
    self.bytes = bytes
    self.end = min(end, bytes.count)
    self.width = width
    thrift = ThriftCompact(bytes, from: start, to: end)
  }

  /// The next values; what stands behind them is not read.
  mutating func take(_ count: Int) throws(ParquetFault) -> [UInt64] {
    var values: [UInt64] = []
    values.reserveCapacity(count)
    while values.count < count {
      let head = try thrift.varint()
      var index = thrift.index
      let room = count - values.count
      if head & 1 == 0 {
        let run = head >> 1
        guard run > 0 else { throw ParquetFault("a run of no values") }
        let length = (width + 7) / 8
        guard length <= end - index else { throw ParquetFault("a page breaks off") }
        let value = (0..<length).reduce(UInt64(0)) { $0 | UInt64(bytes[index + $1]) << (8 * $1) }
        values += repeatElement(value, count: Int(min(run, UInt64(room))))
        index += length
      } else {
        let groups = head >> 1
        guard groups > 0 else { throw ParquetFault("a run of no values") }
        // The last group may be cut where its values are not needed.
        let wanted = Int(min(groups, UInt64((room + 7) / 8)))
        let length = wanted * width
        guard length <= end - index else { throw ParquetFault("a page breaks off") }
        for place in 0..<min(wanted * 8, room) {
          values.append(bits(at: index, place * width))
        }
        index += length
        guard wanted == groups || values.count == count else {
          throw ParquetFault("a page breaks off")
        }
      }
      thrift = ThriftCompact(bytes, from: index, to: end)
    }
    return values
  }

  /// A value of ``width`` bits, the lowest bit first.
  private func bits(at start: Int, _ offset: Int) -> UInt64 {
    var value: UInt64 = 0
    for bit in 0..<width {
      let place = offset + bit
      let byte = bytes[start + place / 8]
      value |= UInt64(byte >> (place % 8) & 1) << bit
    }
    return value
  }
}
