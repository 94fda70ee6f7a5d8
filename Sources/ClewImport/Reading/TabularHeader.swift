internal import ClewEvidence

/// The names of a table's columns; a name that occurs twice keeps both places.
struct TabularColumns: Sendable {
  /// The names as ``TabularCell/headerName(_:)`` compares them.
  let names: [String]
  /// Where each name stands.
  private let places: [String: [Int]]

  init(_ header: TabularRow) {
    names = (0..<header.count).map { TabularCell.headerName(header.exact($0)) }
    places = Dictionary(grouping: names.indices, by: { [names] in names[$0] })
  }

  /// The first column that bears one of the names, the earlier name first.
  func index(_ aliases: String..., occurrence: Int = 0) -> Int? {
    index(anyOf: aliases, occurrence: occurrence)
  }

  /// The same for a list.
  func index(anyOf aliases: [String], occurrence: Int = 0) -> Int? {
    for alias in aliases {
      if let found = places[alias], occurrence < found.count { return found[occurrence] }
    }
    return nil
  }
}

/// By which columns a kind of table is known; names stand as ``TabularCell/headerName(_:)`` has them.
struct TabularSignature: Sendable {
  /// Columns that must be there, each with its other names.
  let required: [[String]]
  /// Columns that other kinds of table have and this one has not.
  var forbidden: [String] = []
  /// How the rows may be written, the likeliest first.
  var dialects = TabularDialect.quoted
  /// Among how many rows the header is looked for.
  var headerRows = usualHeaderRows
  /// The only line on which the header may stand, where that is known.
  var headerLine: Int64?
  /// What else must hold of the columns, where their names are not fixed.
  var also: (@Sendable (TabularColumns) -> Bool)?

  /// Among how many rows a header is looked for where nothing else is known.
  static let usualHeaderRows = 40

  /// Whether the row is the header.
  func matches(_ columns: TabularColumns) -> Bool {
    required.allSatisfy { columns.index(anyOf: $0) != nil }
      && forbidden.allSatisfy { columns.index($0) == nil } && also?(columns) != false
  }

  /// The sign for a dry run.
  var sign: String {
    "header \(required.prefix(4).compactMap(\.first).joined(separator: ", "))"
  }
}

/// How one file writes its table.
struct TabularLayout: Sendable {
  /// The encoding.
  let decision: TextDecision
  /// Delimiter and quotes.
  let dialect: TabularDialect
  /// The physical line of the header.
  let headerLine: Int64
  /// The columns.
  let columns: TabularColumns

  /// Looks for the header in the first bytes, in every encoding and dialect that may be.
  static func detect(_ source: StagedSource, _ signature: TabularSignature) -> TabularLayout? {
    guard source.tables == nil, !source.head.isEmpty else { return nil }
    let isWhole = Int64(source.head.count) >= source.bytes
    let isSheet = source.container != nil
    let decisions = isSheet ? [.sheet] : HeadMemory.decisions(of: source.head)
    // Whatever a format's own files look like, the table of a sheet is written here.
    let dialects = isSheet ? [TabularDialect.sheet] : signature.dialects
    for decision in decisions {
      let text = HeadMemory.text(of: source.head, decision, isWhole: isWhole)
      let head = text.bytes
      guard mayHold(text, signature, decision) else { continue }
      for dialect in dialects where text.contains(dialect.delimiter) {
        let key = HeadMemory.Key(
          decision: decision,
          dialect: dialect,
          isWhole: isWhole,
          isSheet: isSheet
        )
        let usual = TabularSignature.usualHeaderRows
        let rows =
          signature.headerRows > usual
          ? Self.rows(of: head, key, signature.headerRows)
          : HeadMemory.rows(of: source.head, key) { Self.rows(of: head, key, usual) }
        guard let found = header(among: rows, signature) else { continue }
        let isOpen = !isSheet && TextDecision.stated == nil && decision.encoding == .utf8
        let encoding =
          isOpen && isASCII(found.1) ? TextDecision.narrow(head) : decision.encoding
        return TabularLayout(
          decision: TextDecision(encoding: encoding, markLength: decision.markLength),
          dialect: dialect,
          headerLine: found.0,
          columns: found.1
        )
      }
    }
    return nil
  }

  private static func isASCII(_ columns: TabularColumns) -> Bool {
    columns.names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
  }

  /// A quick look before rows are split: the first required column must be there in this encoding.
  private static func mayHold(
    _ head: HeadMemory.Text,
    _ signature: TabularSignature,
    _ decision: TextDecision
  ) -> Bool {
    let encoding = decision.encoding.isWide ? TextEncoding.utf8 : decision.encoding
    guard let first = signature.required.first else { return true }
    return first.contains { name in
      // Brackets, signs and capitals are normalised in names, so look for the plain part.
      let plain = name.unicodeScalars.prefix { $0.value >= 0x80 }
      let word = plain.isEmpty ? "" : String(plain)
      guard !word.isEmpty, let bytes = encoding.bytes(of: word) else { return true }
      return head.contains(bytes)
    }
  }

  /// The rows among which the header can be.
  private static func rows(
    of head: [UInt8],
    _ key: HeadMemory.Key,
    _ count: Int
  ) -> [HeadMemory.Row] {
    let encoding = key.decision.encoding.isWide ? TextEncoding.utf8 : key.decision.encoding
    let reader = TabularReader(
      TextWindow(plain: head),
      encoding: encoding,
      dialect: key.dialect,
      countsRecords: key.isSheet
    )
    var rows: [HeadMemory.Row] = []
    while rows.count < count, let row = try? reader.next() {
      rows.append(HeadMemory.Row(line: row.line, columns: TabularColumns(row)))
    }
    return rows
  }

  private static func header(
    among rows: [HeadMemory.Row],
    _ signature: TabularSignature
  ) -> (Int64, TabularColumns)? {
    for row in rows.prefix(signature.headerRows) {
      if let only = signature.headerLine {
        if row.line < only { continue }
        guard row.line == only else { return nil }
      }
      if signature.matches(row.columns) { return (row.line, row.columns) }
    }
    return nil
  }
}
