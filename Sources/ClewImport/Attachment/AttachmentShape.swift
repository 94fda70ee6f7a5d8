internal import ClewEvidence

/// How a list of personal data is written, and whether a file is one.
///
/// Among the first 200 rows, those before the first identifier are headings. Of the others at least
/// three, and six in ten, must hold an identifier (identity number, phone, card, plate, vehicle
/// number). What people keep themselves looks alike, so these are refused:
/// - headings of dealings: a column of time or money with one of counterparty, call or message;
/// - headings of an address book, unless half of the rows hold more than phones;
/// - tables about one person: one identifier in half of the rows, as in bills and statements;
/// - calls without headings: a time of day with two numbers, or with numbers that come again.
struct AttachmentShape: Sendable {
  /// How the file is decoded.
  let decision: TextDecision
  /// Delimiter and quotes.
  let dialect: TabularDialect
  /// How many cells most rows have.
  let columns: Int
  /// How many rows after the headings were looked at.
  let rows: Int
  /// How many of them hold an identifier.
  let identified: Int
  /// The kinds of identifiers among them.
  let kinds: Set<PersonalDataKind>

  /// How many rows are looked at.
  private static let sampleRows = 200
  private static let leastRows = 3
  private static let mostHeadings = 10

  /// Whole lines: the delimiter is a control character that no text holds.
  private static let plain = TabularDialect(delimiter: 0x1F, hasQuotes: false)

  /// Whether the lines are not split into cells.
  var isPlain: Bool { dialect == Self.plain }

  /// The shape of a list of personal data; `nil` for any other file.
  static func detect(_ source: StagedSource) -> AttachmentShape? {
    guard source.tables == nil, FileSignature.isText(source.head) || hasWideZeros(source.head),
      let decision = decide(source.head)
    else { return nil }
    let isWhole = Int64(source.head.count) >= source.bytes
    var head = decision.plainHead(source.head, isWhole: isWhole)
    if !isWhole {
      guard let end = head.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
      head.removeSubrange((end + 1)...)
    }
    guard !isMarkup(head) else { return nil }
    let encoding = decision.encoding.isWide ? TextEncoding.utf8 : decision.encoding
    let (dialect, columns) = dialect(of: head, encoding)
    let reader = TabularReader(TextWindow(plain: head), encoding: encoding, dialect: dialect)
    reader.expectedCells = columns
    var sample = AttachmentSample()
    while sample.count < sampleRows, let row = try? reader.next() {
      if row.fault == nil, !row.isBlank { sample.add(row) }
    }
    guard sample.identified >= leastRows, sample.identified * 10 >= sample.rows * 6,
      sample.headings.count <= mostHeadings, !sample.isOwnRecords
    else { return nil }
    return AttachmentShape(
      decision: decision,
      dialect: dialect,
      columns: columns,
      rows: sample.rows,
      identified: sample.identified,
      kinds: sample.kinds
    )
  }

  private static func hasWideZeros(_ head: [UInt8]) -> Bool {
    TextDecision.candidates(head: head).first?.encoding.isWide == true
  }

  private static func decide(_ head: [UInt8]) -> TextDecision? {
    let candidates = TextDecision.candidates(head: head)
    guard let first = candidates.first, !first.encoding.isWide else { return candidates.first }
    let body = Array(head.dropFirst(first.markLength))
    guard TextDecision.prefersGB18030(body) else { return first }
    return candidates.first { $0.encoding == .gb18030 } ?? first
  }

  /// XML, HTML, JSON and cards have importers of their own, or none.
  private static func isMarkup(_ head: [UInt8]) -> Bool {
    let start = head.drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
    guard let first = start.first else { return true }
    return [UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first)
      || start.starts(with: "BEGIN:".utf8)
  }

  /// The delimiter by which most rows have the same number of cells, more than one.
  private static func dialect(of head: [UInt8], _ encoding: TextEncoding) -> (TabularDialect, Int) {
    var best = (dialect: plain, columns: 1, rows: 0)
    for dialect in TabularDialect.quoted where head.contains(dialect.delimiter) {
      let reader = TabularReader(TextWindow(plain: head), encoding: encoding, dialect: dialect)
      var counts: [Int: Int] = [:]
      var rows = 0
      while rows < sampleRows, let row = try? reader.next() {
        rows += 1
        if row.fault == nil { counts[row.count, default: 0] += 1 }
      }
      let most = counts.filter { $0.key > 1 }.max {
        $0.value != $1.value ? $0.value < $1.value : $0.key < $1.key
      }
      guard let most, most.value * 2 > rows, most.value > best.rows else { continue }
      best = (dialect, most.key, most.value)
    }
    return (best.dialect, best.columns)
  }
}
