internal import ClewEvidence

/// The named values of one record of a report: the columns of a row, the fragments of a hit.
struct ForensicRow {
  /// Names as ``TabularCell/headerName(_:)`` compares them, in the order of the report.
  let values: [(name: String, value: String)]

  /// Takes names as the report writes them.
  init(_ values: [(String, String)]) {
    self.values = values.map { (TabularCell.headerName($0.0), $0.1) }
  }

  /// Takes the cells of a row whose columns are known.
  init(_ row: TabularRow, _ columns: TabularColumns) {
    values = columns.names.enumerated().map { place, name in
      (name, ForensicRow.unescaped(row.exact(place)))
    }
  }

  /// The first value that is not empty under one of these names, the earlier name first.
  func text(_ names: String...) -> String {
    for name in names {
      for entry in values where entry.name == name {
        let value = TabularCell.trim(entry.value)
        if !value.isEmpty { return value }
      }
    }
    return ""
  }

  /// The first value that is not empty under a name which holds one of these words.
  func holding(_ words: String..., except: [String] = []) -> (name: String, value: String)? {
    for word in words {
      for entry in values where TabularCell.holds(entry.name, word) {
        if except.contains(where: { TabularCell.holds(entry.name, $0) }) { continue }
        if !TabularCell.trim(entry.value).isEmpty { return entry }
      }
    }
    return nil
  }

  /// The same, exactly as it stands: what somebody wrote is not trimmed.
  func exact(_ names: String...) -> String {
    for name in names {
      for entry in values where entry.name == name && !entry.value.isEmpty { return entry.value }
    }
    return ""
  }

  /// Spreadsheets write a carriage return inside a cell as `_x000D_`.
  private static func unescaped(_ text: String) -> String {
    guard TabularCell.holds(text, "_x000D_") else { return text }
    return text.replacing("_x000D_\n", with: "\n").replacing("_x000D_", with: "\n")
  }
}

/// What the rows of calls and messages in reports have in common.
enum ForensicEnds {
  /// The call or message between the owner and the other sides.
  static func ends(
    _ others: [Account],
    owner: Account,
    isOut: Bool
  ) -> [(from: Account, to: Account)] {
    others.map { isOut ? (owner, $0) : ($0, owner) }
  }

  /// The other sides in a cell; `nil` where the number is withheld.
  static func others(
    _ text: String,
    _ app: ForensicApp,
    column: String
  ) throws(RowFault) -> [Account]? {
    if app.isPhone {
      let found = ForensicNumber.accounts(text)
      if !found.isEmpty { return found }
      if ForensicNumber.isWithheld(text) { return nil }
      throw RowFault.cell(column, expected: "telephone number")
    }
    guard let account = app.account(text) else { return nil }
    return [account]
  }
}
