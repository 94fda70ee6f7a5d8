internal import ClewEvidence

/// Reads the text messages that ALEAPP and iLEAPP export as TSV.
///
/// A unit is a row. The direction is a word (`Received`, `Incoming`) or the number that Android gives
/// it.
struct LEAPPMessages: Importer {
  let format = "leapp-messages"
  let title = "ALEAPP/iLEAPP text messages (TSV)"
  let version = 1

  private static let bodies = ["body", "message", "messagebody", "text"]
  private static let numbers = LEAPPTable.numbers + ["chatcontactid", "contactid", "sender"]
  private static let times = LEAPPTable.times + ["datesent"]
  private static let signature = LEAPPTable.signature(
    [
      bodies, times, numbers, LEAPPTable.kinds,
      // Columns that no other tool's table of messages has.
      [
        "msgid", "threadid", "servicecenter", "errorcode", "messageservice", "messagerowid",
        "chatcontactid", "readtimestamp",
      ],
    ],
    forbidden: LEAPPTable.durations
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 62, sign: "tabs, header Date, Address, Type, Body")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let owner = ForensicOwner(source)
    LEAPPTable.report(owner, to: sink)
    let me = owner.account(on: ForensicApp(""))
    return try table.run(into: sink) { tabular throws(RowFault) in
      let row = ForensicRow(tabular, columns)
      let kind = LEAPPTable.text(row, LEAPPTable.kinds)
      let isOut: Bool
      switch kind.lowercased() {
      case "1": isOut = false
      case "2": isOut = true
      case "3", "draft": return .skip("draft")
      case "4", "5", "6", "outbox", "failed", "queued": return .skip("message that was not sent")
      default:
        guard let direction = ForensicWords.isOutgoing(kind) else {
          throw .cell("Type", expected: "direction")
        }
        isOut = direction
      }
      let number = LEAPPTable.text(row, Self.numbers)
      guard let others = try ForensicEnds.others(number, ForensicApp(""), column: "Address") else {
        return .skip("number withheld")
      }
      let at = try LEAPPTable.time(row, Self.times)
      let text = row.exact("body", "message", "messagebody", "text")
      return .accept(
        ForensicEnds.ends(others, owner: me, isOut: isOut).map { end in
          .message(
            Message(platform: "sms", from: end.from, to: end.to, sentAt: at, text: text)
          )
        }
      )
    }
  }
}

/// Reads the address books that ALEAPP and iLEAPP export as TSV.
///
/// A unit is a row: a person with some of its numbers.
struct LEAPPContacts: Importer {
  let format = "leapp-contacts"
  let title = "ALEAPP/iLEAPP contacts (TSV)"
  let version = 1

  private static let names = ["displayname", "name", "contactname", "firstname", "fullname"]
  private static let numbers = [
    "phonenumber", "phonenumbers", "contactnumber", "number", "phone", "data1",
  ]
  private static let signature = LEAPPTable.signature(
    [
      numbers, names, ["emailaddress", "email", "emails", "mimetype", "storageplace", "contactid"],
    ],
    forbidden: LEAPPTable.durations + ["body", "message"]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 62, sign: "tabs, header Display Name, Phone Number, Email")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let scope = String(source.sha256.prefix(12))
    return try table.run(into: sink) { tabular throws(RowFault) in
      let row = ForensicRow(tabular, columns)
      let parts = [row.text("lastname"), row.text("middlename"), row.text("firstname")]
      let whole = row.text("displayname", "name", "contactname", "fullname")
      let name = whole.isEmpty ? parts.joined() : whole
      var accounts: [Account] = []
      for column in Self.numbers {
        for account in ForensicNumber.accounts(row.text(column)) where !accounts.contains(account) {
          accounts.append(account)
        }
      }
      for account in ["emailaddress", "email", "emails"].flatMap({
        ForensicNumber.mail(row.text($0))
      })
      where !accounts.contains(account) {
        accounts.append(account)
      }
      if accounts.isEmpty, !name.isEmpty { accounts = [Account(.name, "\(name)#\(scope)")] }
      guard let first = accounts.first else {
        throw RowFault("the row holds neither a name nor a number")
      }
      let isDeleted = ["1", "yes", "true"].contains(row.text("deleted").lowercased())
      return .accept(
        accounts.map {
          .contact(
            Contact(
              owner: nil,
              contact: $0,
              name: name,
              nature: isDeleted ? .deleted : .friend
            )
          )
        }
          + accounts.dropFirst().map {
            .accountLink(AccountLink(first, $0, basis: .contactEntry))
          }
      )
    }
  }
}
