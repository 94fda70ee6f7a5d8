/// A place such as `AB12`, checked.
struct CellReference: Equatable {
  /// Counted from 0.
  let column: Int
  /// Counted from 1.
  let row: Int64

  /// Reads one to three capital letters and a row number.
  init?(_ text: String) {
    let bytes = text.utf8.filter { $0 != UInt8(ascii: "$") }
    let letters = bytes.prefix { (0x41...0x5A).contains($0) }
    let digits = bytes.dropFirst(letters.count)
    guard (1...3).contains(letters.count), (1...7).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != 0x30
    else { return nil }
    column = letters.reduce(0) { $0 * 26 + Int($1 - 0x40) } - 1
    row = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  /// The place as people write it.
  static func name(_ row: Int64, _ column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.insert(UInt8(0x41 + (rest - 1) % 26), at: 0)
      rest = (rest - 1) / 26
    }
    return AsciiText.string(letters) + String(row)
  }
}

/// How many cells, and which was the first.
struct CellCount {
  private(set) var count = 0
  private(set) var first = ""

  mutating func note(_ row: Int64, _ column: Int) {
    if count == 0 { first = CellReference.name(row, column) }
    count += 1
  }
}
