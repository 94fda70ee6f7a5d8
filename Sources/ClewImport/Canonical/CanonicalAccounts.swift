internal import ClewEvidence

/// Reads `accounts.csv`: accounts with their names; one holder's accounts bear the same holder text.
///
/// Each account is linked to the first account of its holder. A bare name links nothing. A column `seized`,
/// where there is one, marks with 1 the accounts whose own device or return is in the case.
struct CanonicalAccounts: CanonicalImporter {
  let format = "canonical-accounts"
  let title = "Clew table of accounts"
  let signature = header([["account"], ["holder", "name"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var firstOfHolder: [Account: Account] = [:]
    return try readInOrder(
      source,
      into: sink,
      known: ["account", "holder", "name", "remark", "seized"]
    ) { row throws(RowFault) in
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
      switch row.text(.seized) {
      case "", "0": break
      case "1":
        items.append(.contact(Contact(owner: account, contact: account, nature: .device)))
      default: throw .cell("seized", expected: "0 or 1")
      }
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
