internal import ClewEvidence

/// Reads the sheet `Contacts` of a Cellebrite workbook.
///
/// A unit is a row. The cell `Entries` holds one account on each line, as `Phone-Mobile: +86…` or
/// `User ID-WeChat ID: …`.
struct UFEDContactSheet: Importer {
  let format = "ufed-sheet-contacts"
  let title = "Cellebrite UFED workbook, contacts"
  let version = 1

  private static let signature = ForensicSheet.signature([["#"], ["entries"], ["name"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 80, sign: "header #, Name, Entries")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let sheet = try ForensicSheet(source, Self.signature, dates: [])
    let contacts = UFEDContacts(owner: ForensicOwner(source), scope: sheet.scope)
    return try sheet.run(source, into: sink) { row throws(RowFault) in
      let app = ForensicApp(row.text("source"))
      let deleted = row.text("deleted", "deletedstate").lowercased()
      return try contacts.contact(
        UFEDContacts.Person(
          app: app,
          name: row.text("name"),
          account: row.text("account"),
          kind: row.text("type"),
          remark: row.text("notes", "remark"),
          isDeleted: ["deleted", "yes", "true", "1"].contains(deleted),
          entries: UFEDContacts.Entries(Self.entries(row.exact("entries")), app)
        )
      )
    }
  }

  /// The lines of the cell: kind, category and value.
  private static func entries(_ cell: String) -> [UFEDContacts.Entries.Entry] {
    cell.unicodeScalars.split { $0.value == 10 || $0.value == 13 }.compactMap { scalars in
      let line = String(scalars)
      let bytes = Array(line.utf8)
      guard
        let colon = bytes.indices.first(where: { bytes[$0...].starts(with: ": ".utf8) }),
        let label = String(validating: bytes[..<colon], as: UTF8.self),
        let value = String(validating: bytes[(colon + 2)...], as: UTF8.self)
      else { return nil }
      let parts = label.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      return UFEDContacts.Entries.Entry(
        type: parts.first.map(String.init) ?? "",
        category: parts.count > 1 ? String(parts[1]) : "",
        value: value
      )
    }
  }
}

/// Reads the sheet of calls of a Cellebrite workbook.
///
/// A unit is a row. The cell `Parties` holds the other side with its role, as `From:  +86… Name`.
struct UFEDCallSheet: Importer {
  let format = "ufed-sheet-calls"
  let title = "Cellebrite UFED workbook, calls"
  let version = 1

  private static let times = ["timestamp:time", "timestamp", "time", "date", "timestamp:date"]
  private static let signature = ForensicSheet.signature([
    ["#"], ["parties"], ["duration"], times,
  ])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 80, sign: "header #, Parties, Duration")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let sheet = try ForensicSheet(source, Self.signature, dates: Self.times)
    let owner = ForensicOwner(source)
    var names = NamesSeen()
    return try sheet.run(source, into: sink) { row throws(RowFault) in
      let app = ForensicApp(row.text("source"))
      let words = [row.text("direction"), row.text("calltype", "type"), row.text("status")]
      guard let seconds = ForensicWords.seconds(row.text("duration")) else {
        throw .cell("Duration", expected: "duration")
      }
      let at = try sheet.time(row, Self.times)
      let parties = ForensicPartyText.parties(row.exact("parties"), app)
      let me = app.account(row.text("account")) ?? owner.account(on: app)
      guard let ends = try ForensicPartyText.ends(parties, owner: me, words: words) else {
        return .skip("number withheld")
      }
      let isTaken = !words.contains(where: ForensicWords.isUntaken)
      var items = ends.map { end in
        EvidenceItem.call(
          Call(
            from: end.from,
            to: end.to,
            at: at,
            seconds: isTaken ? seconds : 0,
            channel: app.platform
          )
        )
      }
      for party in parties where !party.isOwner {
        items += names.contact(party.account, party.name, .friend)
      }
      return .accept(items)
    }
  }
}

/// Reads the sheet of chats of a Cellebrite workbook.
///
/// A unit is a row, a message. What the row leaves out of its chat stands in a row above it.
struct UFEDChatSheet: Importer {
  let format = "ufed-sheet-chats"
  let title = "Cellebrite UFED workbook, chats"
  let version = 1

  private static let times = ["timestamp:time", "timestamp", "timestamp:date", "time"]
  private static let signature = ForensicSheet.signature([
    ["participants"], ["from"], ["body"], times,
  ])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 80, sign: "header Participants, From, Body")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let sheet = try ForensicSheet(source, Self.signature, dates: Self.times)
    let owner = ForensicOwner(source)
    var chat = Chat(number: "", source: "", participants: "", account: "", id: "")
    return try sheet.run(source, into: sink) { row throws(RowFault) in
      chat = chat.next(row)
      return try Self.message(row, chat, sheet, owner)
    }
  }

  /// What a row says of its chat.
  private struct Chat {
    let number: String
    let source: String
    let participants: String
    let account: String
    let id: String

    /// The chat of the next row: what it leaves out is taken from this one while the number is the
    /// same.
    func next(_ row: ForensicRow) -> Chat {
      let number = row.text("chat#", "chatid")
      let isSame = number.isEmpty || number == self.number
      func kept(_ value: String, _ old: String) -> String { value.isEmpty && isSame ? old : value }
      return Chat(
        number: kept(number, self.number),
        source: kept(row.text("source", "sourceapplication"), source),
        participants: kept(row.exact("participants"), participants),
        account: kept(row.text("account"), account),
        id: kept(row.text("identifier", "id", "chatidentifier"), id)
      )
    }
  }

  private static func message(
    _ row: ForensicRow,
    _ chat: Chat,
    _ sheet: ForensicSheet,
    _ owners: ForensicOwner
  ) throws(RowFault) -> RowOutcome {
    let app = ForensicApp(chat.source)
    let parties = ForensicPartyText.parties(chat.participants, app)
    let people = parties.compactMap(\.account)
    let me =
      parties.first(where: \.isOwner)?.account ?? app.account(chat.account)
      ?? owners.account(on: app)
    let named = app.group(chat.id)
    let isGroup = named?.scheme == .wechatGroup || people.count > 2
    guard !isGroup || named != nil || !chat.number.isEmpty else {
      throw RowFault("the chat has several participants and neither id nor number")
    }
    let group = isGroup ? named ?? Account(.group, "chat \(chat.number)#\(sheet.scope)") : nil
    let at = try sheet.time(row, times)
    let senders = ForensicPartyText.parties(row.text("from"), app)
    var message = Message(
      platform: app.isPhone ? "sms" : app.platform,
      serverID: app.serverID(row.text("messageid", "instantmessageidentifier")),
      from: senders.first?.account,
      group: group,
      sentAt: at,
      text: row.exact("body")
    )
    let others = people.filter { $0 != me }
    if senders.first?.isSystem == true {
      message.kind = .system
      message.to = group == nil && others.count == 1 ? others.first : nil
      return .accept([.message(message)])
    }
    if message.from == nil,
      let direction = ForensicWords.isOutgoing(row.text("folder", "direction"))
    {
      message.from = direction ? me : others.count == 1 ? others.first : nil
    }
    guard let from = message.from else { throw .cell("From", expected: "account") }
    if group == nil {
      let receivers = ForensicPartyText.parties(row.exact("to"), app).compactMap(\.account)
      message.to =
        (receivers.isEmpty ? people : receivers).first { $0 != from } ?? (from == me ? nil : me)
    }
    return .accept([.message(message)])
  }
}
