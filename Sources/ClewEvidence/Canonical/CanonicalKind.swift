/// The canonical tables of which each row says one record by itself.
///
/// Accounts are not among them: which account of a holder is the first follows from the order of the rows.
package enum CanonicalKind: String, CaseIterable, Sendable {
  // In this order a table is asked for, where its columns fit several.
  case trades, calls, transfers, members, messages, contacts

  /// The columns by which a table is known: one at least of each list.
  package var required: [[String]] {
    switch self {
    case .calls: [["from"], ["to"], ["duration_s"]]
    case .contacts: [["contact"], ["owner", "name"]]
    case .members: [["group"], ["member"]]
    case .messages:
      [["from"], ["time", "to", "group"], ["text", "kind", "file_name", "file_sha256"]]
    case .trades: [["supplier"], ["buyer"]]
    case .transfers: [["from"], ["to"], ["amount"]]
    }
  }

  /// The columns that it must not have.
  package var forbidden: [String] {
    switch self {
    case .calls, .contacts, .members: []
    case .messages: ["amount", "duration_s"]
    // `links.csv` of `clew export` has the same columns, but a finding is no evidence.
    case .trades: ["link", "grade"]
    case .transfers: ["duration_s", "supplier", "buyer"]
    }
  }

  /// The columns that are read.
  package var columns: [CanonicalColumn] {
    switch self {
    case .calls: Call.canonicalColumns
    case .contacts: Contact.canonicalColumns
    case .members: Membership.canonicalColumns
    case .messages: Message.canonicalColumns
    case .trades: Trade.canonicalColumns
    case .transfers: Transfer.canonicalColumns
    }
  }

  /// What a table with these columns is taken for; nil when it is none of them.
  package init?(columns: Set<String>) {
    let kind = Self.allCases.first { kind in
      columns.isDisjoint(with: kind.forbidden)
        && kind.required.allSatisfy { !columns.isDisjoint(with: $0) }
    }
    guard let kind else { return nil }
    self = kind
  }

  /// What a row says.
  package func item(_ row: some CanonicalCells) throws(RowFault) -> EvidenceItem {
    switch self {
    case .calls: .call(try Call(row))
    case .contacts: .contact(try Contact(row))
    case .members: .membership(try Membership(row))
    case .messages: .message(try Message(row))
    case .trades: .trade(try Trade(row))
    case .transfers: .transfer(try Transfer(row))
    }
  }
}
