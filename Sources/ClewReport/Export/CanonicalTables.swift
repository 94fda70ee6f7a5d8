public import ClewEvidence

/// Writes the records of a case as the canonical tables of DESIGN §8.
///
/// Rows are sorted by record number, so that the same case gives the same bytes whatever the order
/// of import was.
public enum CanonicalTables {
  /// Writes the tables into a folder that exists.
  public static func write(_ file: CaseFile, to folder: String) throws {
    var records: [StoredRecord] = []
    try file.forEachRecord { records.append($0) }
    records.sort { $0.id < $1.id }
    var resolver = PartyResolver()
    for record in records { note(record, in: &resolver) }
    let seized = Set(try file.sources().compactMap(\.owner))
    for account in seized { resolver.add(account) }
    for (name, text) in tables(records, parties: resolver.resolve(), seized: seized) {
      try OutputFile.write(text, to: "\(folder)/\(name).csv")
    }
  }

  private static func note(_ record: StoredRecord, in resolver: inout PartyResolver) {
    let row = RecordRow(record.item)
    for account in [row.a, row.b, row.g] { resolver.add(account) }
    if case .accountLink(let link) = record.item { resolver.add(link, record: record.id) }
  }

  private static func tables(
    _ records: [StoredRecord],
    parties: PartyTable,
    seized: Set<Account>
  ) -> [(String, String)] {
    var accounts = CSVText(header: ["account", "holder", "name", "remark", "seized"])
    for party in parties.parties {
      for account in party.accounts where party.accounts.count > 1 || seized.contains(account) {
        let mark = seized.contains(account) ? "1" : ""
        accounts.add([account.description, party.id, "", "", mark])
      }
    }
    var contacts = CSVText(header: ["owner", "contact", "name", "remark", "tag", "nature"])
    var messages = CSVText(
      header: [
        "time", "from", "to", "group", "kind", "text", "file_name", "file_sha256", "file_bytes",
        "platform", "server_id", "quotes", "sender_assumed", "record",
      ])
    var transfers = CSVText(
      header: ["time", "from", "to", "amount", "currency", "channel", "memo", "id", "state"])
    var calls = CSVText(header: ["time", "from", "to", "duration_s", "channel"])
    var members = CSVText(
      header: ["group", "group_name", "member", "member_name", "role", "invited_by"])
    var trades = CSVText(header: ["time", "supplier", "buyer", "category", "items", "amount"])
    var deliveries = CSVText(
      header: [
        "file_name", "sheet", "file_bytes", "md5", "sha256", "rows", "columns", "rows_identified",
        "rows_repeated", "rows_invalid", "rows_by_kind", "record",
      ])
    for record in records {
      switch record.item {
      case .contact(let contact):
        contacts.add([
          key(contact.owner), key(contact.contact), contact.name, contact.remark,
          contact.tags.joined(separator: ";"), contact.nature.rawValue,
        ])
      case .message(let message):
        messages.add([
          time(message.sentAt), key(message.from), key(message.to), key(message.group),
          message.kind.rawValue, message.text, message.file?.name ?? "",
          message.file?.digest ?? "", message.file?.bytes.map(String.init) ?? "",
          message.platform, message.serverID ?? "", message.quotes ?? "",
          message.senderIsAssumed ? "1" : "", record.id.description,
        ])
      case .transfer(let transfer):
        transfers.add([
          time(transfer.at), key(transfer.payer), key(transfer.payee), yuan(transfer.amount),
          transfer.amount?.currency ?? "", transfer.channel, transfer.memo,
          transfer.ids.joined(separator: ";"), transfer.state.rawValue,
        ])
      case .call(let call):
        calls.add([time(call.at), key(call.from), key(call.to), "\(call.seconds)", call.channel])
      case .membership(let membership):
        members.add([
          key(membership.group), membership.groupName, key(membership.member),
          membership.memberName, membership.role, key(membership.invitedBy),
        ])
      case .accountLink: break
      case .trade(let trade):
        trades.add([
          time(trade.at), key(trade.supplier), key(trade.buyer), trade.category,
          trade.items.map(String.init) ?? "", yuan(trade.amount),
        ])
      case .delivery(let delivery):
        deliveries.add([
          delivery.name, delivery.sheet, delivery.bytes.map(String.init) ?? "",
          digest("md5:", of: delivery), digest("sha256:", of: delivery), "\(delivery.rows)",
          "\(delivery.columns)", "\(delivery.identified)",
          "\(delivery.repeated)", "\(delivery.invalid)",
          delivery.kinds.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
            .joined(separator: ";"),
          record.id.description,
        ])
      }
    }
    return [
      ("accounts", accounts.text), ("contacts", contacts.text), ("messages", messages.text),
      ("transfers", transfers.text), ("calls", calls.text), ("members", members.text),
      ("trades", trades.text), ("deliveries", deliveries.text),
    ]
  }

  private static func digest(_ kind: String, of delivery: Delivery) -> String {
    delivery.digests.first { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) } ?? ""
  }

  private static func key(_ account: Account?) -> String { account?.description ?? "" }

  private static func time(_ timestamp: Timestamp?) -> String { timestamp?.iso ?? "" }

  private static func yuan(_ money: Money?) -> String {
    money.map { JSONWriter.decimal($0.fen, unit: 100) } ?? ""
  }
}
