/// Reads the entries of a page one after the other.
///
/// Nothing is trusted: whatever does not fit is a `StoredFault`.
struct PageDecoder {
  /// One entry with its columns still packed.
  struct Entry {
    let flags: PageFlags
    let kind: RecordRow.Kind
    let columns: PageColumn
    let key: RecordID
    /// Where the position begins.
    fileprivate let start: Int
    /// Where the entry ends.
    fileprivate let end: Int
  }

  private let body: [UInt8]
  private let numbers: [Int64]
  private var cursor = 0

  /// Begins with the first entry.
  ///
  /// - Parameters:
  ///   - body: The entries.
  ///   - accounts: The list of accounts that the entries name by their places.
  /// - Throws: `StoredFault` for a damaged list.
  init(_ body: [UInt8], accounts: [UInt8]) throws {
    self.body = body
    numbers = try PageAccounts.decode(accounts)
  }

  /// The next entry; `nil` at the end of the page.
  mutating func next() throws -> Entry? {
    guard cursor < body.count else { return nil }
    guard body.count - cursor >= PageEncoder.leastBytes else { throw StoredFault() }
    let length = (0..<4).reduce(0) { $0 | Int(body[cursor + $1]) << (8 * $1) }
    let start = cursor + 4
    guard length >= PageEncoder.leastBytes - 4, length <= body.count - start else {
      throw StoredFault()
    }
    guard let kind = RecordRow.Kind(rawValue: Int64(body[start + 1])) else { throw StoredFault() }
    cursor = start + length
    return Entry(
      flags: PageFlags(rawValue: body[start]),
      kind: kind,
      columns: PageColumn(rawValue: UInt16(body[start + 2]) | UInt16(body[start + 3]) << 8),
      key: RecordID(high: word(at: start + 4), low: word(at: start + 12)),
      start: start + 20,
      end: cursor
    )
  }

  /// Where the unit of the entry stands.
  func position(of entry: Entry) throws -> UnitPosition {
    var reader = Reader(body, numbers, entry.start, entry.end)
    return try reader.position(entry.flags)
  }

  /// The columns of the entry.
  func row(of entry: Entry, accounts: AccountNames) throws -> RecordRow {
    var reader = Reader(body, numbers, entry.start, entry.end)
    _ = try reader.position(entry.flags)
    return try reader.row(entry, accounts)
  }

  /// The numbers of the accounts of the entry.
  func accounts(of entry: Entry) throws -> [Int64] {
    var reader = Reader(body, numbers, entry.start, entry.end)
    _ = try reader.position(entry.flags)
    let numbers = try reader.accounts(entry.columns)
    return [numbers.a, numbers.b, numbers.g].compactMap(\.self)
  }

  /// The digest of what the entry says (``PageContent``).
  func content(of entry: Entry, row: RecordRow) throws -> UInt64 {
    var reader = Reader(body, numbers, entry.start, entry.end)
    _ = try reader.position(entry.flags)
    _ = try reader.accounts(entry.columns)
    let start = reader.index
    try reader.skipColumns(entry.columns)
    return PageContent.digest(
      entry.kind,
      entry.columns,
      row.a.map(StoredAccount.digest),
      row.b.map(StoredAccount.digest),
      row.g.map(StoredAccount.digest),
      body,
      start..<reader.index
    )
  }

  /// The original of the unit that begins with the entry.
  func original(of entry: Entry, accounts: AccountNames) throws -> Original {
    var reader = Reader(body, numbers, entry.start, entry.end)
    _ = try reader.position(entry.flags)
    let row = try reader.row(entry, accounts)
    if entry.flags.contains(.originalIsText) { return .text(row.text) }
    if entry.flags.contains(.originalIsBytes) { return .bytes(try reader.bytes()) }
    return .text(try reader.text())
  }

  /// Whether the entry holds what it should and nothing else.
  func isWhole(_ entry: Entry, accounts: AccountNames) throws -> Bool {
    var reader = Reader(body, numbers, entry.start, entry.end)
    _ = try reader.position(entry.flags)
    _ = try reader.row(entry, accounts)
    if entry.flags.contains(.firstOfUnit), !entry.flags.contains(.originalIsText) {
      if entry.flags.contains(.originalIsBytes) {
        _ = try reader.bytes()
      } else {
        _ = try reader.text()
      }
    }
    return reader.isAtEnd
  }

  private func word(at start: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(body[start + $1]) << UInt64(8 * $1) }
  }
}

extension PageDecoder {
  /// Reads the fields of one entry, never beyond its end.
  private struct Reader {
    private let body: [UInt8]
    private let numbers: [Int64]
    private(set) var index: Int
    private let end: Int

    init(_ body: [UInt8], _ numbers: [Int64], _ start: Int, _ end: Int) {
      self.body = body
      self.numbers = numbers
      index = start
      self.end = end
    }

    var isAtEnd: Bool { index == end }

    mutating func position(_ flags: PageFlags) throws -> UnitPosition {
      let row = try number()
      let part = flags.contains(.hasPart) ? try text() : ""
      return UnitPosition(
        part: part,
        row: row,
        offset: flags.contains(.hasOffset) ? try number() : nil
      )
    }

    mutating func accounts(
      _ columns: PageColumn
    ) throws -> (a: Int64?, b: Int64?, g: Int64?) {
      (
        columns.contains(.a) ? try account() : nil,
        columns.contains(.b) ? try account() : nil,
        columns.contains(.g) ? try account() : nil
      )
    }

    private mutating func account() throws -> Int64 {
      guard let place = Int(exactly: try number()), numbers.indices.contains(place) else {
        throw StoredFault()
      }
      return numbers[place]
    }

    mutating func skipColumns(_ columns: PageColumn) throws {
      if columns.contains(.at) {
        _ = try number()
        _ = try byte()
      }
      if columns.contains(.sort) { _ = try slice() }
      if columns.contains(.fen) { _ = try number() }
      if columns.contains(.currency) { _ = try slice() }
      if columns.contains(.n) { _ = try number() }
      for column in [PageColumn.text, .second, .third, .reference] where columns.contains(column) {
        _ = try slice()
      }
    }

    mutating func row(_ entry: Entry, _ names: AccountNames) throws -> RecordRow {
      let columns = entry.columns
      var row = RecordRow(kind: entry.kind)
      let accounts = try accounts(columns)
      row.a = try names.account(accounts.a)
      row.b = try names.account(accounts.b)
      row.g = try names.account(accounts.g)
      if columns.contains(.at) {
        let milliseconds = try number()
        guard let zone = Timestamp.Zone(rawValue: try byte()) else { throw StoredFault() }
        row.at = Timestamp(milliseconds: milliseconds, zone: zone)
      }
      if columns.contains(.sort) { row.sort = try text() }
      if columns.contains(.fen) { row.fen = try number() }
      if columns.contains(.currency) { row.currency = try text() }
      if columns.contains(.n) { row.n = try number() }
      if columns.contains(.text) { row.text = try text() }
      if columns.contains(.second) { row.second = try text() }
      if columns.contains(.third) { row.third = try text() }
      if columns.contains(.reference) { row.reference = try text() }
      return row
    }

    private mutating func byte() throws -> UInt8 {
      guard index < end else { throw StoredFault() }
      defer { index += 1 }
      return body[index]
    }

    mutating func number() throws -> Int64 {
      let raw = try varint()
      return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    private mutating func varint() throws -> UInt64 {
      var value: UInt64 = 0
      for place in 0..<10 {
        let next = try byte()
        if place == 9, next > 1 { throw StoredFault() }
        value |= UInt64(next & 0x7F) << UInt64(7 * place)
        if next < 0x80 { return value }
      }
      throw StoredFault()
    }

    mutating func bytes() throws -> [UInt8] { Array(try slice()) }

    mutating func text() throws -> String {
      guard let text = String(validating: try slice(), as: UTF8.self) else { throw StoredFault() }
      return text
    }

    private mutating func slice() throws -> ArraySlice<UInt8> {
      guard let count = Int(exactly: try varint()), count <= end - index else {
        throw StoredFault()
      }
      defer { index += count }
      return body[index..<index + count]
    }
  }
}

/// The numbers of the accounts of a page, eight bytes each, little-endian; how many there are comes first.
enum PageAccounts {
  static func encode(_ numbers: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity((numbers.count + 1) * 8)
    for number in [Int64(numbers.count)] + numbers {
      for place in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: number >> Int64(8 * place)))
      }
    }
    return bytes
  }

  static func decode(_ bytes: [UInt8]) throws -> [Int64] {
    let words = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      (0..<8).reduce(Int64(0)) { $0 | Int64(bytes[start + $1]) << Int64(8 * $1) }
    }
    guard bytes.count % 8 == 0, let count = words.first, count == words.count - 1 else {
      throw StoredFault()
    }
    return Array(words.dropFirst())
  }
}

/// The accounts of a case by their numbers.
struct AccountNames {
  private var accounts: [Account?]

  /// Makes the table of numbered accounts.
  init(_ numbered: [(Int64, Account)]) {
    let highest = numbered.map(\.0).max() ?? 0
    // The numbers are given one after the other; a table with wild ones is damaged.
    accounts = Array(
      repeating: nil,
      count: highest <= numbered.count * 2 + 64 ? Int(highest) + 1 : 0
    )
    for (number, account) in numbered where accounts.indices.contains(Int(number)) {
      accounts[Int(number)] = account
    }
  }

  /// The account of a number that an entry names.
  func account(_ number: Int64?) throws -> Account? {
    guard let number else { return nil }
    guard let index = Int(exactly: number), accounts.indices.contains(index),
      let account = accounts[index]
    else { throw StoredFault() }
    return account
  }
}
