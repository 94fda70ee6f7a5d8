internal import ClewEvidence

/// Reads `deliveries.csv`: files of personal data that another case has counted.
///
/// The fingerprints of their rows are in no table, so that such a file is known again by its digest or
/// its name and size, and shares rows with none.
struct CanonicalDeliveries: CanonicalImporter {
  let format = "canonical-deliveries"
  let title = "Clew table of files of personal data"
  let signature = header([["file_name"], ["rows_identified"], ["rows_by_kind"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(
      source,
      into: sink,
      known: [
        "file_name", "sheet", "file_bytes", "md5", "sha256", "rows", "columns", "rows_identified",
        "rows_repeated", "rows_invalid", "rows_by_kind", "record",
      ]
    ) { row throws(RowFault) in
      let identified = try row.count(.rowsIdentified) ?? 0
      return .accept([
        .delivery(
          Delivery(
            name: row.exact(.fileName),
            sheet: row.exact(.sheet),
            bytes: try row.count(.fileBytes),
            digests: try Self.digests(row),
            rows: try row.count(.rows) ?? identified,
            columns: try row.count(.columns) ?? 1,
            identified: identified,
            repeated: try row.count(.rowsRepeated) ?? 0,
            invalid: try row.count(.rowsInvalid) ?? 0,
            kinds: try Self.kinds(row)
          )
        )
      ])
    }
  }

  private static func digests(_ row: CanonicalRow) throws(RowFault) -> [String] {
    var digests: [String] = []
    for (column, length) in [(CanonicalColumn.md5, 32), (.sha256, 64)] {
      let text = row.text(column).lowercased()
      guard !text.isEmpty else { continue }
      let isHex = text.utf8.allSatisfy { byte in
        (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)
      }
      guard text.utf8.count == length, isHex else {
        throw .cell(column.name, expected: "digest of \(length) digits")
      }
      digests.append("\(column.name):\(text)")
    }
    return digests
  }

  /// Reads `id 30;phone 28`.
  private static func kinds(_ row: CanonicalRow) throws(RowFault) -> [PersonalDataKind: Int64] {
    var kinds: [PersonalDataKind: Int64] = [:]
    for part in row.text(.rowsByKind).split(separator: ";") {
      let words = part.split(separator: " ")
      guard words.count == 2, let kind = PersonalDataKind(rawValue: String(words[0])),
        let count = Int64(words[1]), count >= 0, kinds.updateValue(count, forKey: kind) == nil
      else { throw .cell("rows_by_kind", expected: "list of kinds with their counts") }
    }
    return kinds
  }
}
