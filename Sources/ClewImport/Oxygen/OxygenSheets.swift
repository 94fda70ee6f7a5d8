internal import ClewEvidence

/// Reads the sheet `Contacts` of an Oxygen Forensic Detective workbook.
///
/// A unit is a row. The layout is known from one public parser only, so that every column is found by
/// its name and anything else is rejected.
struct OxygenContacts: Importer {
  let format = "oxygen-contacts"
  let title = "Oxygen Forensic Detective workbook, contacts"
  let version = 1

  private static let signature = ForensicSheet.signature([
    ["contact"], ["phones&emails", "phonesandemails"], ["source", "type"],
  ])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 70, sign: "header Contact, Phones & Emails")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let sheet = try ForensicSheet(source, Self.signature, dates: [])
    return try sheet.run(source, into: sink) { row throws(RowFault) in
      let app = ForensicApp(row.text("source"))
      var name = ""
      var users: [Account] = []
      for line in Self.lines(row.exact("contact")) {
        guard let (label, value) = Self.labelled(line) else {
          if name.isEmpty { name = line }
          continue
        }
        if TabularCell.holds(label, "name"), name.isEmpty, !TabularCell.holds(label, "user") {
          name = value
        }
        if ["user", "uid", "id", "account"].contains(where: { TabularCell.holds(label, $0) }),
          !app.isPhone, app.isKnown, let user = app.account(value)
        {
          users.append(user)
        }
      }
      var accounts = users
      for line in Self.lines(row.exact("phones&emails", "phonesandemails")) {
        let value = Self.labelled(line)?.value ?? line
        for account in ForensicNumber.mail(value) + ForensicNumber.accounts(value)
        where !accounts.contains(account) && account.scheme != .service {
          accounts.append(account)
        }
      }
      if accounts.isEmpty, !name.isEmpty { accounts = [Account(.name, "\(name)#\(sheet.scope)")] }
      guard let first = accounts.first else {
        throw RowFault("the row holds neither a name nor an account")
      }
      return .accept(
        accounts.map { .contact(Contact(owner: nil, contact: $0, name: name)) }
          + accounts.dropFirst().map {
            .accountLink(AccountLink(first, $0, basis: .contactEntry))
          }
      )
    }
  }

  private static func lines(_ cell: String) -> [String] {
    cell.unicodeScalars.split { $0.value == 10 || $0.value == 13 }
      .map { TabularCell.trim(String($0)) }.filter { !$0.isEmpty }
  }

  private static func labelled(_ line: String) -> (label: String, value: String)? {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return (
      TabularCell.headerName(String(line[..<colon])),
      TabularCell.trim(String(line[line.utf8.index(after: colon)...]))
    )
  }
}

/// Reads the sheet `Messages` of an Oxygen Forensic Detective workbook.
///
/// A unit is a row. A side is written `number name`, the device's own with `(owner)` behind it.
struct OxygenMessages: Importer {
  let format = "oxygen-messages"
  let title = "Oxygen Forensic Detective workbook, messages"
  let version = 1

  fileprivate static let times = ["timestamp", "timestamp(utc)", "date", "datetime"]
  private static let signature = ForensicSheet.signature(
    [["source"], times, ["text"], ["from", "sender"], ["to", "receiver", "recipient"]],
    forbidden: ["duration", "body", "platform", "group", "kind"]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 70, sign: "header Source, Timestamp, Text, From, To")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let sheet = try ForensicSheet(source, Self.signature, dates: Self.times)
    let owner = ForensicOwner(source)
    return try sheet.run(source, into: sink) { row throws(RowFault) in
      let app = ForensicApp(row.text("source"))
      let at = try sheet.time(row, Self.times)
      guard
        let (from, to) = try OxygenEnds.ends(
          row.text("from", "sender"),
          row.text("to", "receiver", "recipient"),
          app,
          owner.account(on: app)
        )
      else { return .skip("number withheld") }
      return .accept([
        .message(
          Message(
            platform: app.isPhone ? "sms" : app.platform,
            from: from,
            to: to,
            sentAt: at,
            text: row.exact("text")
          )
        )
      ])
    }
  }
}

/// Reads the sheet `Calls` of an Oxygen Forensic Detective workbook.
struct OxygenCalls: Importer {
  let format = "oxygen-calls"
  let title = "Oxygen Forensic Detective workbook, calls"
  let version = 1

  private static let signature = ForensicSheet.signature(
    [
      ["direction"], OxygenMessages.times, ["duration"], ["caller", "from"],
      ["receiver", "callee", "to"],
    ]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 70, sign: "header Direction, Timestamp, Duration, Caller, Receiver")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let sheet = try ForensicSheet(source, Self.signature, dates: OxygenMessages.times)
    let owner = ForensicOwner(source)
    return try sheet.run(source, into: sink) { row throws(RowFault) in
      let app = ForensicApp(row.text("source"))
      guard let seconds = ForensicWords.seconds(row.text("duration")) else {
        throw .cell("Duration", expected: "duration")
      }
      let at = try sheet.time(row, OxygenMessages.times)
      guard
        let (from, to) = try OxygenEnds.ends(
          row.text("caller", "from"),
          row.text("receiver", "callee", "to"),
          app,
          owner.account(on: app)
        )
      else { return .skip("number withheld") }
      let isTaken = !ForensicWords.isUntaken(row.text("direction"))
      return .accept([
        .call(
          Call(
            from: from,
            to: to,
            at: at,
            seconds: isTaken ? seconds : 0,
            channel: app.platform
          )
        )
      ])
    }
  }
}

/// Both sides of a row.
private enum OxygenEnds {
  /// Sender and receiver, an empty side being the owner's; `nil` where a number is withheld.
  static func ends(
    _ sender: String,
    _ receiver: String,
    _ app: ForensicApp,
    _ owner: Account
  ) throws(RowFault) -> (Account, Account)? {
    func account(_ cell: String, _ column: String) throws(RowFault) -> Account? {
      if cell.isEmpty { return owner }
      let party = ForensicPartyText(cell, app)
      if let account = party.account { return account }
      if party.isOwner { return owner }
      if party.isWithheld { return nil }
      throw .cell(column, expected: "account")
    }
    guard !sender.isEmpty || !receiver.isEmpty else {
      throw RowFault("neither sender nor receiver is filled")
    }
    guard let from = try account(sender, "From"), let to = try account(receiver, "To") else {
      return nil
    }
    return (from, to)
  }
}
