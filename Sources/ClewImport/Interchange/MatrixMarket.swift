internal import ClewEvidence

/// Reads a matrix in the Matrix Market exchange format, coordinates or dense.
///
/// What rows and columns are is a convention of whoever wrote the file. Where a comment says so
/// (`row = payee, column = payer`) the entries are payments or supplies; else they are lines between
/// bare numbers. A symmetric matrix has no direction, so its entries never are.
struct MatrixMarket: Importer {
  let format = "matrix-market"
  let title = "Matrix Market file"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let first = InterchangeLines.head(source, lines: 1).first, Banner(first) != nil else {
      return nil
    }
    return Recognition(confidence: 95, sign: "first line %%MatrixMarket matrix")
  }

  /// The first line.
  private struct Banner {
    let isDense: Bool
    let values: Int
    let isSymmetric: Bool

    init?(_ line: String) {
      let words = line.lowercased().split(separator: " ").map(String.init)
      guard words.count == 5, words[0] == "%%matrixmarket", words[1] == "matrix",
        words[2] == "coordinate" || words[2] == "array"
      else { return nil }
      isDense = words[2] == "array"
      switch words[3] {
      case "pattern" where !isDense: values = 0
      case "real", "double", "integer": values = 1
      case "complex": values = 2
      default: return nil
      }
      guard ["general", "symmetric", "skew-symmetric", "hermitian"].contains(words[4]) else {
        return nil
      }
      isSymmetric = words[4] != "general"
    }
  }

  /// What a comment says of rows and columns.
  private struct Meaning {
    var kind = ""
    /// Whether the row is the one that pays or supplies.
    var rowActs = true
    private static let active = ["payer": "pay", "supplier": "supply", "seller": "supply"]
    private static let passive = ["payee": "pay", "buyer": "supply"]

    mutating func read(_ comment: String) {
      var sides: [String: String] = [:]
      let words = comment.lowercased().unicodeScalars
        .split { !(("a"..."z").contains($0) || $0 == "=") }.map { String($0) }
      for index in words.indices.dropFirst() where index + 1 < words.endIndex {
        if words[index] == "=" { sides[words[index - 1]] = words[index + 1] }
      }
      let column = sides["column"] ?? sides["col"]
      guard let row = sides["row"], let column else { return }
      if let act = Self.active[row], Self.passive[column] == act { (kind, rowActs) = (act, true) }
      if let act = Self.active[column], Self.passive[row] == act { (kind, rowActs) = (act, false) }
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let lines = try InterchangeLines(source)
    guard let first = InterchangeLines.head(source, lines: 1).first, let banner = Banner(first)
    else {
      throw ImportError.malformed(
        path: source.displayPath,
        line: 1,
        reason: "the first line is no Matrix Market banner"
      )
    }
    let book = NodeBook(source)
    let place = "\(source.sha256.prefix(8))/"
    var meaning = Meaning()
    var size: [Int64]?
    var entries: Int64 = 0
    let count = try lines.run(into: sink) { line throws(RowFault) in
      if line.text.utf8.first == UInt8(ascii: "%") {
        if line.number > 1 { meaning.read(line.text) }
        return .skip(line.number == 1 ? "banner" : "comment")
      }
      let words = (InterchangeLines.words(line.text) ?? []).map(\.text)
      guard let known = size else {
        let numbers = words.compactMap(Int64.init)
        guard numbers.count == words.count, numbers.count == (banner.isDense ? 2 : 3),
          numbers.allSatisfy({ $0 >= 0 }), line.isComplete
        else { throw RowFault("the line of sizes is no list of whole numbers") }
        size = numbers
        return .skip("line of sizes")
      }
      guard line.isComplete || words.count == (banner.isDense ? 0 : 2) + banner.values else {
        throw RowFault("the file ends inside this line")
      }
      entries += 1
      let cell = try Self.cell(words, banner, known, entry: entries)
      if cell.isZero { return .skip("entry of zero") }
      let ends = [cell.row, cell.column].map { book.account(of: String($0)) }
      let link = InterchangeLink(
        source: meaning.rowActs ? ends[0] : ends[1],
        target: meaning.rowActs ? ends[1] : ends[0],
        kind: meaning.kind,
        weight: banner.values == 1 ? cell.value : "",
        isDirected: !banner.isSymmetric,
        place: place + String(line.number)
      )
      return .accept(try link.items())
    }
    if let size, size.count == 3, size[2] != entries {
      sink.setDecision("entries", "the file declares \(size[2]) and holds \(entries)")
    }
    sink.setDecision(
      "meaning",
      meaning.kind.isEmpty
        ? "no comment says what an entry means"
        : "\(meaning.kind), \(meaning.rowActs ? "row to column" : "column to row")"
    )
    return count
  }

  private struct Cell {
    let row: Int64
    let column: Int64
    let value: String
    var isZero: Bool { InterchangeAmount.plain(Array(value.utf8)) == "0" }
  }

  private static func cell(
    _ words: [String],
    _ banner: Banner,
    _ size: [Int64],
    entry: Int64
  ) throws(RowFault) -> Cell {
    let places = banner.isDense ? 0 : 2
    guard words.count == places + banner.values else {
      throw RowFault("the line holds \(words.count) values; expected \(places + banner.values)")
    }
    let values = words.dropFirst(places)
    guard values.allSatisfy({ Double($0) != nil }) else { throw RowFault("a value is no number") }
    let value = values.count == 1 ? values.first ?? "" : ""
    let (row, column): (Int64, Int64)
    if banner.isDense {
      (row, column) = try densePlace(entry, size, banner)
    } else {
      guard let first = Int64(words[0]), let second = Int64(words[1]) else {
        throw RowFault("row or column is no whole number")
      }
      (row, column) = (first, second)
    }
    guard row >= 1, row <= size[0], column >= 1, column <= size[1] else {
      throw RowFault("row or column lies outside of the matrix")
    }
    return Cell(row: row, column: column, value: value)
  }

  /// Where a value of a dense matrix stands: columns one after the other.
  private static func densePlace(
    _ entry: Int64,
    _ size: [Int64],
    _ banner: Banner
  ) throws(RowFault) -> (Int64, Int64) {
    guard !banner.isSymmetric else {
      throw RowFault("dense symmetric matrices are not read")
    }
    guard size[0] > 0 else { throw RowFault("row or column lies outside of the matrix") }
    return ((entry - 1) % size[0] + 1, (entry - 1) / size[0] + 1)
  }
}
