internal import ClewEvidence

/// Reads the rows of one table by a map.
struct MappedRow {
  let map: TableMap
  let columns: MappedColumns
  /// What keeps equal names of different files apart, where a row has no account of its own.
  let scope: String
  private var names = NamesSeen()

  init(map: TableMap, columns: MappedColumns, scope: String) {
    self.map = map
    self.columns = columns
    self.scope = scope
  }

  mutating func outcome(_ row: TabularRow) throws(RowFault) -> RowOutcome {
    for (filter, place) in zip(map.filters, columns.filters) {
      let isNamed = filter.words.contains(row.trimmed(place))
      if isNamed != filter.keeps { return .skip(filter.rule) }
    }
    return .accept(try items(row))
  }

  private mutating func items(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    switch map.record {
    case .contact: try contact(row)
    case .message: try message(row)
    case .transfer: try transfer(row)
    case .call: try call(row)
    case .membership: try membership(row)
    case .accountLink: try accountLink(row)
    case .trade: try trade(row)
    }
  }

  // MARK: - Kinds

  private func contact(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let tags = text("tags", row).split { [",", ";", "，", "；", "、"].contains($0) }
    return [
      .contact(
        Contact(
          owner: try account("owner", row),
          contact: try required("contact", row),
          name: text("name", row),
          remark: text("remark", row),
          tags: tags.map { TabularCell.trim(String($0)) }.filter { !$0.isEmpty }
        )
      )
    ]
  }

  private func message(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let ends = try ends(row, ("from", "to"))
    guard let from = ends.0 else { throw .cell(columnName("from"), expected: "account") }
    let group = try account("group", row)
    let id = text("id", row)
    let platform = text("platform", row)
    return [
      .message(
        Message(
          platform: platform.isEmpty ? CanonicalPlatform.name(from).description : platform,
          serverID: id.isEmpty ? nil : id,
          from: from,
          to: group == nil ? ends.1 : nil,
          group: group,
          sentAt: try time(row),
          text: exact("text", row)
        )
      )
    ]
  }

  private mutating func transfer(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let currency = text("currency", row)
    let signed = try amount(row, currency: currency.isEmpty ? "CNY" : currency)
    let ends = try ends(row, ("payer", "payee"), sign: signed)
    guard ends.0 != nil || ends.1 != nil else {
      throw RowFault("no column holds the account of either side")
    }
    let (size, isOverflow) =
      signed.fen < 0
      ? (0 as Int64).subtractingReportingOverflow(signed.fen)
      : (signed.fen, false)
    guard !isOverflow, signed.fen >= 0 || map.direction != nil else {
      throw .cell(columnName("amount"), expected: "amount without a sign")
    }
    let own = try account("account", row)
    let id = text("id", row)
    let channel = text("channel", row)
    let transfer = Transfer(
      payer: ends.0,
      payee: ends.1,
      amount: Money(fen: size, currency: signed.currency),
      at: try time(row),
      channel: channel.isEmpty ? Self.channel(ends.0 ?? ends.1) : channel,
      memo: exact("memo", row),
      // A serial number is unique in its bank only.
      ids: id.isEmpty ? [] : [own.map { "\($0.value)/\(id)" } ?? id]
    )
    let isOut = map.direction == nil || ends.0 == own
    var items: [EvidenceItem] = [.transfer(transfer)]
    items += names.contact(own, text("account-name", row), .registration)
    items += names.contact(isOut ? ends.1 : ends.0, text("peer-name", row), .counterparty)
    items += names.contact(ends.0, text("payer-name", row), .counterparty)
    items += names.contact(ends.1, text("payee-name", row), .counterparty)
    return items
  }

  private func call(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let ends = try ends(row, ("from", "to"))
    guard let from = ends.0, let to = ends.1 else {
      throw RowFault("a side of the call is empty")
    }
    let channel = text("channel", row)
    return [
      .call(
        Call(
          from: from,
          to: to,
          at: try time(row),
          seconds: try seconds(row),
          channel: channel.isEmpty ? "phone" : channel
        )
      )
    ]
  }

  private func membership(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let group = try required("group", row)
    guard group.scheme.isGroup || group.scheme == .name else {
      throw .cell(columnName("group"), expected: "group")
    }
    return [
      .membership(
        Membership(
          group: group.scheme == .name ? Account(.group, group.value) : group,
          groupName: text("group-name", row),
          member: try required("member", row),
          memberName: text("name", row),
          role: text("role", row),
          invitedBy: try account("invited-by", row)
        )
      )
    ]
  }

  private func accountLink(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let (first, second) = (try required("account", row), try required("other", row))
    guard first != second else { throw RowFault("both accounts of the link are the same") }
    guard first.scheme != .name, second.scheme != .name else {
      throw RowFault("a name is no account that can be linked")
    }
    return [
      .accountLink(AccountLink(first, second, basis: map.basis, holder: text("name", row)))
    ]
  }

  private func trade(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let count = text("items", row)
    let items = Int64(count)
    guard count.isEmpty || (items ?? -1) >= 0 else {
      throw .cell(columnName("items"), expected: "whole number")
    }
    let currency = text("currency", row)
    let hasAmount = !text("amount", row).isEmpty
    return [
      .trade(
        Trade(
          supplier: try required("supplier", row),
          buyer: try required("buyer", row),
          category: text("category", row),
          items: items,
          amount: hasAmount ? try amount(row, currency: currency.isEmpty ? "CNY" : currency) : nil,
          at: try time(row)
        )
      )
    ]
  }
}
