extension Transfer {
  /// The columns of `transfers.csv`.
  package static let canonicalColumns: [CanonicalColumn] = [
    .time, .from, .to, .amount, .currency, .channel, .memo, .id, .state,
  ]

  /// What a row of `transfers.csv` says: a payment, its amount in decimal yuan.
  ///
  /// Several ids are separated by `;`. A column `state`, where there is one, holds the state of the
  /// transfer in the words of ``Transfer/State``; otherwise the transfer is completed.
  package init(_ row: some CanonicalCells) throws(RowFault) {
    let payer = try row.account(.from)
    let payee = try row.account(.to)
    guard payer != nil || payee != nil else {
      throw RowFault("neither \"from\" nor \"to\" holds an account")
    }
    let state = row.text(.state)
    guard let known = state.isEmpty ? .completed : Transfer.State(rawValue: state) else {
      throw .cell("state", expected: "state of a transfer")
    }
    let channel = row.text(.channel)
    self.init(
      payer: payer,
      payee: payee,
      amount: try row.amount(try Self.currency(row)),
      at: try row.time(.time),
      channel: channel.isEmpty ? CanonicalPlatform.name(payer ?? payee).description : channel,
      memo: row.exact(.memo),
      ids: Self.ids(row.text(.id)),
      state: known
    )
  }

  private static func ids(_ text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: ";")) else { return text.isEmpty ? [] : [text] }
    return text.utf8.split(separator: UInt8(ascii: ";"))
      .map { TabularCell.trim(String($0) ?? "") }.filter { !$0.isEmpty }
  }

  private static func currency(_ row: some CanonicalCells) throws(RowFault) -> String {
    let text = row.text(.currency)
    if text.isEmpty { return "CNY" }
    guard text.utf8.count == 3, text.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else {
      throw .cell("currency", expected: "ISO 4217 code")
    }
    return text
  }
}
