internal import ClewEvidence

/// A row of a canonical table, its cells by the name of their column.
struct CanonicalRow {
  let row: TabularRow
  let columns: TabularColumns

  /// The text of a cell; empty where the column is missing.
  func text(_ column: String) -> String {
    guard let index = columns.index(column) else { return "" }
    return unescaped(row.trimmed(index))
  }

  /// The text of a cell with the white space around it: what somebody wrote is not trimmed.
  func exact(_ column: String) -> String {
    guard let index = columns.index(column) else { return "" }
    return unescaped(row.exact(index))
  }

  /// Takes off the apostrophe that `clew export` puts before what a spreadsheet might compute.
  private func unescaped(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "'"), let index = columns.index("escaped"),
      row.trimmed(index) == "1"
    else { return text }
    return String(text.unicodeScalars.dropFirst())
  }

  /// The account in a cell; `nil` where the cell is empty.
  func account(_ column: String) throws(RowFault) -> Account? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let account = AccountNormalizer.canonical(text) else {
      throw .cell(column, expected: "account of its scheme")
    }
    return account
  }

  /// The account in a cell that must not be empty.
  func requiredAccount(_ column: String) throws(RowFault) -> Account {
    guard let account = try account(column) else { throw .cell(column, expected: "account") }
    return account
  }

  /// The group in a cell; `nil` where the cell is empty.
  func group(_ column: String) throws(RowFault) -> Account? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let group = AccountNormalizer.canonicalGroup(text) else {
      throw .cell(column, expected: "group")
    }
    return group
  }

  /// The time in a cell; `nil` where the cell is empty.
  func time(_ column: String = "time") throws(RowFault) -> Timestamp? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let time = Timestamp(parsing: text) else { throw .cell(column, expected: "time") }
    return time
  }

  /// The amount in yuan in a cell; `nil` where the cell is empty.
  func amount(_ currency: String = "CNY") throws(RowFault) -> Money? {
    let text = text("amount")
    guard !text.isEmpty else { return nil }
    guard let money = Money(parsing: text, currency: currency), money.fen >= 0 else {
      throw .cell("amount", expected: "amount in yuan with at most two decimals")
    }
    return money
  }

  /// A whole number from 0 on; `nil` where the cell is empty.
  func count(_ column: String) throws(RowFault) -> Int64? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let count = Int64(text), count >= 0 else { throw .cell(column, expected: "whole number") }
    return count
  }

  /// The platform that an account belongs to.
  static func platform(_ account: Account?) -> String {
    switch account?.scheme {
    case .wechat, .wechatGroup: "wechat"
    case .qq, .qqGroup: "qq"
    case .phone: "phone"
    case .alipay: "alipay"
    case .telegram: "telegram"
    case .email: "email"
    default: ""
    }
  }
}

/// What the importers of the canonical tables share: the header is the first row, UTF-8 is meant.
protocol CanonicalImporter: Importer {
  /// By which columns the table is known.
  var signature: TabularSignature { get }
}

extension CanonicalImporter {
  var version: Int { 2 }

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, signature).map { _ in
      Recognition(confidence: 60, sign: signature.sign)
    }
  }

  /// Reads the rows; columns beyond `known` are named in the decisions and stay in the originals.
  func readTable(
    _ source: StagedSource,
    into sink: any UnitSink,
    known: [String],
    _ body: (CanonicalRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    let table = try TabularImport(source, signature)
    let columns = table.layout.columns
    let known = known + ["escaped"]
    let unknown = columns.names.filter { !known.contains($0) && !$0.isEmpty }
    if !unknown.isEmpty {
      sink.setDecision("columns kept in the original only", unknown.joined(separator: ", "))
    }
    return try table.run(into: sink) { row throws(RowFault) in
      try body(CanonicalRow(row: row, columns: columns))
    }
  }

  /// A signature whose header is the first row.
  static func header(_ required: [[String]], forbidden: [String] = []) -> TabularSignature {
    TabularSignature(required: required, forbidden: forbidden, headerRows: 1)
  }
}
