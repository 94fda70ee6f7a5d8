/// One page of a source: some hundred units in the order of the file, each with all that it says.
///
/// A page is written once and never changed. An entry is one item of one unit:
///
/// | field | bytes |
/// |---|---|
/// | length of what follows | 4, little-endian |
/// | flags (``PageFlags``) | 1 |
/// | kind (``RecordRow/Kind``) | 1 |
/// | which columns are there (``PageColumn``) | 2, little-endian |
/// | record key | 16 |
/// | row, then part and byte offset where there are any | varints, text |
/// | the columns that are there, in the order of ``PageColumn`` | varints, text |
/// | the original, with the first entry of a unit only | text or bytes |
///
/// Whole numbers are zigzag varints; texts have their length in front, as a varint.
struct PageEncoder {
  /// The bytes so far.
  private(set) var body: [UInt8] = []
  /// The number of entries.
  private(set) var count = 0
  /// The kinds of the entries.
  private(set) var kinds: RecordKinds = []

  /// A page is closed before the unit that would follow this many bytes.
  static let softLimit = 192 * 1024

  /// The bytes of the shortest entry: all that has a fixed length, and the row.
  static let leastBytes = 25

  var isFull: Bool { body.count >= Self.softLimit }

  init() { body.reserveCapacity(Self.softLimit + 8192) }

  mutating func removeAll() {
    body.removeAll(keepingCapacity: true)
    count = 0
    kinds = []
  }

  /// Adds one item of a unit.
  ///
  /// The original is the unit as the file holds it; it comes with the unit's first item only.
  ///
  /// - Returns: The digest of the columns, accounts by what they are called.
  mutating func add(
    _ row: RecordRow,
    accounts: RowAccounts,
    key: RecordID,
    at position: UnitPosition,
    original: Original?
  ) -> UInt64 {
    let start = body.count
    var flags: PageFlags = []
    if original != nil { flags.insert(.firstOfUnit) }
    var content: Original?
    switch original {
    case .text(let text):
      // The record's own text stands for the original where the two are the same.
      if row.text.utf8.elementsEqual(text.utf8) {
        flags.insert(.originalIsText)
      } else {
        content = original
      }
    case .bytes:
      flags.insert(.originalIsBytes)
      content = original
    case nil: break
    }
    if !position.part.isEmpty { flags.insert(.hasPart) }
    if position.offset != nil { flags.insert(.hasOffset) }
    let columns = PageColumn.present(in: row, accounts)
    // The length comes when the entry is whole.
    add(
      word: UInt64(flags.rawValue) << 32 | UInt64(UInt8(truncatingIfNeeded: row.kind.rawValue))
        << 40
        | UInt64(columns.rawValue) << 48
    )
    add(word: key.high)
    add(word: key.low)
    add(position.row)
    if flags.contains(.hasPart) { add(position.part) }
    if let offset = position.offset { add(offset) }
    for account in [accounts.a, accounts.b, accounts.g] {
      if let account { add(account.number) }
    }
    let columnsStart = body.count
    add(row)
    let digest = PageContent.digest(
      row.kind,
      columns,
      accounts.a?.digest,
      accounts.b?.digest,
      accounts.g?.digest,
      body,
      columnsStart..<body.count
    )
    switch content {
    case .text(let text): add(text)
    case .bytes(let bytes): add(bytes: bytes)
    case nil: break
    }
    patchLength(at: start)
    kinds.insert(RecordKinds(row.kind))
    count += 1
    return digest
  }

  private mutating func add(_ row: RecordRow) {
    if let at = row.at {
      add(at.milliseconds)
      body.append(at.zone.rawValue)
    }
    if !row.sort.isEmpty { add(row.sort) }
    if let fen = row.fen { add(fen) }
    if let currency = row.currency { add(currency) }
    if let n = row.n { add(n) }
    if !row.text.isEmpty { add(row.text) }
    if let second = row.second { add(second) }
    if let third = row.third { add(third) }
    if let reference = row.reference { add(reference) }
  }

  private mutating func patchLength(at start: Int) {
    var length = UInt32(truncatingIfNeeded: body.count - start - 4)
    for index in start..<start + 4 {
      body[index] = UInt8(truncatingIfNeeded: length)
      length >>= 8
    }
  }

  private mutating func add(word: UInt64) {
    unsafe withUnsafeBytes(of: word.littleEndian) { bytes in
      unsafe body.append(contentsOf: bytes)
    }
  }

  private mutating func add(_ number: Int64) {
    add(varint: UInt64(bitPattern: number << 1) ^ UInt64(bitPattern: number >> 63))
  }

  private mutating func add(varint: UInt64) {
    var rest = varint
    while rest >= 0x80 {
      body.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    body.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      add(varint: UInt64(bytes.count))
      unsafe body.append(contentsOf: bytes)
    }
  }

  private mutating func add(bytes: [UInt8]) {
    add(varint: UInt64(bytes.count))
    body.append(contentsOf: bytes)
  }
}

/// An account as pages name it.
struct StoredAccount: Hashable {
  /// Its place in the list of the page.
  let number: Int64
  /// A digest of scheme and value, the same in every case file.
  let digest: UInt64

  static func digest(of account: Account) -> UInt64 {
    var hash = ContentHash()
    hash.add(account.scheme.rawValue)
    hash.add(account.value)
    return hash.value
  }
}

/// The accounts of a row as pages name them.
struct RowAccounts: Hashable {
  var a: StoredAccount?
  var b: StoredAccount?
  var g: StoredAccount?
}

/// Digests what an entry says, wherever it stands: not its place, not its original.
enum PageContent {
  static func digest(
    _ kind: RecordRow.Kind,
    _ columns: PageColumn,
    _ a: UInt64?,
    _ b: UInt64?,
    _ g: UInt64?,
    _ bytes: [UInt8],
    _ range: Range<Int>
  ) -> UInt64 {
    var hash = ContentHash(seed: UInt64(bitPattern: kind.rawValue))
    hash.add(UInt64(columns.rawValue))
    if let a { hash.add(a) }
    if let b { hash.add(b) }
    if let g { hash.add(g) }
    hash.add(bytes, range)
    return hash.value
  }
}

/// A set of kinds of records, one bit each.
struct RecordKinds: OptionSet {
  let rawValue: Int64

  init(rawValue: Int64) { self.rawValue = rawValue }
  init(_ kind: RecordRow.Kind) { rawValue = 1 << kind.rawValue }
}

/// What an entry of a page says of itself.
struct PageFlags: OptionSet {
  let rawValue: UInt8
  /// The unit begins with this entry, which carries its original.
  static let firstOfUnit = PageFlags(rawValue: 1)
  /// The original is the record's text.
  static let originalIsText = PageFlags(rawValue: 2)
  /// The original is no text.
  static let originalIsBytes = PageFlags(rawValue: 4)
  /// The position names a part.
  static let hasPart = PageFlags(rawValue: 8)
  /// The position has a byte offset.
  static let hasOffset = PageFlags(rawValue: 16)
}

/// The columns of a row that an entry holds, in their order.
struct PageColumn: OptionSet {
  let rawValue: UInt16
  static let a = PageColumn(rawValue: 1 << 0)
  static let b = PageColumn(rawValue: 1 << 1)
  static let g = PageColumn(rawValue: 1 << 2)
  static let at = PageColumn(rawValue: 1 << 3)
  static let sort = PageColumn(rawValue: 1 << 4)
  static let fen = PageColumn(rawValue: 1 << 5)
  static let currency = PageColumn(rawValue: 1 << 6)
  static let n = PageColumn(rawValue: 1 << 7)
  static let text = PageColumn(rawValue: 1 << 8)
  static let second = PageColumn(rawValue: 1 << 9)
  static let third = PageColumn(rawValue: 1 << 10)
  static let reference = PageColumn(rawValue: 1 << 11)

  static func present(in row: RecordRow, _ accounts: RowAccounts) -> PageColumn {
    var columns: PageColumn = []
    if accounts.a != nil { columns.insert(.a) }
    if accounts.b != nil { columns.insert(.b) }
    if accounts.g != nil { columns.insert(.g) }
    if row.at != nil { columns.insert(.at) }
    if !row.sort.isEmpty { columns.insert(.sort) }
    if row.fen != nil { columns.insert(.fen) }
    if row.currency != nil { columns.insert(.currency) }
    if row.n != nil { columns.insert(.n) }
    if !row.text.isEmpty { columns.insert(.text) }
    if row.second != nil { columns.insert(.second) }
    if row.third != nil { columns.insert(.third) }
    if row.reference != nil { columns.insert(.reference) }
    return columns
  }
}
