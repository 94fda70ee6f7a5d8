internal import ClewEvidence

/// Writes a map for a table that nobody knows, from the names of its columns.
///
/// It is a proposal: the user looks at it, corrects it and gives it back with `--map`.
struct MapProposal {
  /// The map as YAML.
  let yaml: String
  /// What one row would be.
  let record: TableMap.Record

  /// Looks at the first rows of a text file; `nil` when no row looks like a known header.
  init?(_ source: StagedSource, words: ColumnWords? = .standard) {
    guard let words, source.tables == nil, let header = Self.header(of: source, words) else {
      return nil
    }
    guard let draft = MapDraft(header.names, words) else { return nil }
    record = draft.record
    yaml = draft.yaml(name: source.name, header: header)
  }

  /// A row that may be the header.
  struct Header {
    let line: Int64
    let names: [String]
    let encoding: TextEncoding
    let dialect: TabularDialect
    let isSheet: Bool
  }

  /// The row with the most known names among the first forty; at least two must be known.
  private static func header(of source: StagedSource, _ words: ColumnWords) -> Header? {
    let isSheet = source.container != nil
    let isWhole = Int64(source.head.count) >= source.bytes
    let choice = TextChoice(head: source.head, isWhole: isWhole)
    let decisions = TextDecision.candidates(head: source.head)
    guard let encoding = isSheet ? .utf8 : choice.scores.first?.encoding,
      let decision = isSheet ? .sheet : decisions.first(where: { $0.encoding == encoding })
    else { return nil }
    let head = decision.plainHead(source.head, isWhole: isWhole)
    var best: (known: Int, header: Header)?
    for dialect in isSheet ? [TabularDialect.sheet] : TabularDialect.quoted
    where head.contains(dialect.delimiter) {
      let reader = TabularReader(
        TextWindow(plain: head),
        encoding: encoding.isWide ? .utf8 : encoding,
        dialect: dialect,
        countsRecords: isSheet
      )
      for _ in 0..<40 {
        guard let row = try? reader.next() else { break }
        let names = (0..<row.count).map { TabularCell.trim(row.exact($0)) }
        let known = names.count { !words.meanings(of: TabularCell.headerName($0)).isEmpty }
        guard known >= 2, known > best?.known ?? 1 else { continue }
        best = (
          known,
          Header(
            line: row.line,
            names: names,
            encoding: encoding,
            dialect: dialect,
            isSheet: isSheet
          )
        )
      }
    }
    return best?.header
  }
}
