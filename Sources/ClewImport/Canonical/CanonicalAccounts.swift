internal import ClewEvidence

/// Reads `accounts.csv`: accounts with their names; one holder's accounts bear the same holder text.
///
/// Each account is linked to the first account of its holder. A bare name links nothing.
struct CanonicalAccounts: CanonicalImporter {
  let format = "canonical-accounts"
  let title = "Clew table of accounts"
  let signature = header([["account"], ["holder", "name"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var firstOfHolder: [Account: Account] = [:]
    return try readInOrder(source, into: sink, known: ["account", "holder", "name", "remark"]) {
      row throws(RowFault) in
      let account = try row.requiredAccount(.account)
      var items: [EvidenceItem] = [
        .contact(
          Contact(
            owner: account,
            contact: account,
            name: row.text(.name),
            remark: row.text(.remark),
            nature: .own
          )
        )
      ]
      let holder = row.text(.holder)
      if !holder.isEmpty, account.scheme.isPersonal, account.scheme != .name {
        let key = Account(.name, holder)
        if let first = firstOfHolder[key], first != account {
          items.append(
            .accountLink(AccountLink(first, account, basis: .statedHolder, holder: holder))
          )
        } else {
          firstOfHolder[key] = account
        }
      }
      return .accept(items)
    }
  }
}
