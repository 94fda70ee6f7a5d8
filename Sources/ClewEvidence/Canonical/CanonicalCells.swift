/// The cells of a row of a canonical table, by the name of their column.
package protocol CanonicalCells {
  /// The text of a cell as it stands; `nil` where the table has no such column.
  func cell(_ column: CanonicalColumn) -> String?
  /// The account in a cell; `nil` where the cell is empty.
  func account(_ column: CanonicalColumn) throws(RowFault) -> Account?
  /// The time in a cell; `nil` where the cell is empty.
  func time(_ column: CanonicalColumn) throws(RowFault) -> Timestamp?
  /// The amount in yuan in a cell; `nil` where the cell is empty.
  func amount(_ currency: String) throws(RowFault) -> Money?
}

extension CanonicalCells {
  /// The text of a cell without white space at its ends; empty where the column is missing.
  package func text(_ column: CanonicalColumn) -> String {
    unescaped(TabularCell.trim(cell(column) ?? ""))
  }

  /// The text of a cell with the white space around it: what somebody wrote is not trimmed.
  package func exact(_ column: CanonicalColumn) -> String { unescaped(cell(column) ?? "") }

  /// Takes off the apostrophe that `clew export` puts before what a spreadsheet might compute.
  private func unescaped(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "'"), let mark = cell(.escaped),
      TabularCell.trim(mark) == "1"
    else { return text }
    return String(text.unicodeScalars.dropFirst())
  }

  package func account(_ column: CanonicalColumn) throws(RowFault) -> Account? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let account = AccountNormalizer.canonical(text) else {
      throw .cell(column.name, expected: "account of its scheme")
    }
    return account
  }

  /// The account in a cell that must not be empty.
  package func requiredAccount(_ column: CanonicalColumn) throws(RowFault) -> Account {
    guard let account = try account(column) else {
      throw .cell(column.name, expected: "account")
    }
    return account
  }

  /// The group in a cell; `nil` where the cell is empty.
  package func group(_ column: CanonicalColumn) throws(RowFault) -> Account? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let group = AccountNormalizer.canonicalGroup(text) else {
      throw .cell(column.name, expected: "group")
    }
    return group
  }

  package func time(_ column: CanonicalColumn) throws(RowFault) -> Timestamp? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let time = Timestamp(parsing: text) else { throw .cell(column.name, expected: "time") }
    return time
  }

  package func amount(_ currency: String) throws(RowFault) -> Money? {
    let text = text(.amount)
    guard !text.isEmpty else { return nil }
    guard let money = Money(parsing: text, currency: currency), money.fen >= 0 else {
      throw .cell("amount", expected: "amount in yuan with at most two decimals")
    }
    return money
  }

  /// A whole number from 0 on; `nil` where the cell is empty.
  package func count(_ column: CanonicalColumn) throws(RowFault) -> Int64? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let count = Int64(text), count >= 0 else {
      throw .cell(column.name, expected: "whole number")
    }
    return count
  }
}

/// The platform that an account belongs to.
package enum CanonicalPlatform {
  /// Its name; empty where the scheme tells none.
  package static func name(_ account: Account?) -> StaticString {
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
