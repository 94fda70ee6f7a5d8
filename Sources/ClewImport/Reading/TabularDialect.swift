/// How the rows of a table are written.
struct TabularDialect: Sendable, Hashable {
  /// The byte between cells.
  let delimiter: UInt8
  /// Whether a `"` at the start of a cell quotes it; in Tenpay's tables it is data.
  let hasQuotes: Bool

  /// For the log of decisions.
  var name: String {
    switch delimiter {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: "\t"): hasQuotes ? "tab" : "tab, no quotes"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "|"): "bar"
    default: "byte \(delimiter)"
    }
  }

  /// Comma, tab, semicolon and bar, with quotes.
  static let quoted = [",", "\t", ";", "|"].map {
    TabularDialect(delimiter: Array($0.utf8)[0], hasQuotes: true)
  }

  /// How the sheets of workbooks are written.
  static let sheet = TabularDialect(delimiter: UInt8(ascii: ","), hasQuotes: true)

  /// Tab without quotes.
  static let plainTab = TabularDialect(delimiter: UInt8(ascii: "\t"), hasQuotes: false)
}

/// The limits that protect the machine; a row beyond them is rejected and reading goes on.
enum TabularLimit {
  /// Bytes of one cell.
  static let field = 1 << 20
  /// Cells of one row.
  static let columns = 4096
  /// Bytes of one row.
  static let row = 16 << 20
  /// Bytes that are kept of a row which is longer than ``row``.
  static let kept = 1 << 20
}

/// Why a row cannot be split into cells.
enum TabularFault: Sendable, Hashable {
  /// A quote opens and its end is not found; the row is the one physical line.
  case unclosedQuote
  /// A cell is longer than ``TabularLimit/field``.
  case longField
  /// More cells than ``TabularLimit/columns``.
  case manyColumns
  /// Longer than ``TabularLimit/row``; the full length in bytes.
  case longRow(bytes: Int64)
  /// The bytes fit no encoding.
  case undecodable

  /// The reason as a reject gives it.
  var reason: String {
    switch self {
    case .unclosedQuote: "a quote opens and does not close"
    case .longField: "a cell exceeds \(TabularLimit.field) bytes"
    case .manyColumns: "more than \(TabularLimit.columns) cells"
    case .longRow(let bytes):
      "the row of \(bytes) bytes exceeds \(TabularLimit.row); its first \(TabularLimit.kept) are kept"
    case .undecodable: "the bytes are neither UTF-8 nor GB18030"
    }
  }
}
