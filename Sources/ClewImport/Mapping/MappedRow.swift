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
          platform: platform.isEmpty ? CanonicalRow.platform(from) : platform,
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

  // MARK: - Sides

  /// Both sides: the fields themselves, or the row's own account and its peer by the direction.
  private func ends(
    _ row: TabularRow,
    _ fields: (String, String),
    sign: Money? = nil
  ) throws(RowFault) -> (Account?, Account?) {
    guard let direction = map.direction else {
      return (try account(fields.0, row), try account(fields.1, row))
    }
    let own = try required("account", row)
    let peer = try account("peer", row, own: own) ?? namedPeer(row, of: own)
    return try isOut(row, direction, sign) ? (own, peer) : (peer, own)
  }

  /// A counterparty of which the row gives the name only: bound to the row's own account.
  private func namedPeer(_ row: TabularRow, of own: Account) -> Account? {
    let name = text("peer-name", row)
    return name.isEmpty ? nil : Account(.name, "\(name)#\(own.value)")
  }

  private func isOut(
    _ row: TabularRow,
    _ direction: MapDirection,
    _ sign: Money?
  ) throws(RowFault) -> Bool {
    guard let place = columns.direction, let column = direction.column else {
      guard let sign else { throw RowFault("only the sign of an amount can tell the direction") }
      return sign.fen < 0
    }
    let word = row.trimmed(place)
    if direction.out.contains(word) { return true }
    if direction.into.contains(word) { return false }
    throw .cell(column.name, expected: "word of the map's directions")
  }

  private static func channel(_ account: Account?) -> String {
    switch account?.scheme {
    case .card, .bankAccount: "bank"
    default: CanonicalRow.platform(account)
    }
  }

  // MARK: - Cells

  private func columnName(_ field: String) -> String {
    map.fields[field]?.columns.first?.name ?? field
  }

  /// The value of a field as tables mean it; empty where there is none.
  private func text(_ field: String, _ row: TabularRow) -> String {
    if let constant = map.fields[field]?.constant { return constant }
    return columns.places(of: field).map { row.clean($0) }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// The same with the white space that somebody wrote.
  private func exact(_ field: String, _ row: TabularRow) -> String {
    let places = columns.places(of: field)
    guard places.count == 1, map.fields[field]?.constant == nil else { return text(field, row) }
    return row.clean(places[0]).isEmpty ? "" : row.exact(places[0])
  }

  private func account(
    _ field: String,
    _ row: TabularRow,
    own: Account? = nil
  ) throws(RowFault) -> Account? {
    guard let source = map.fields[field] else { return nil }
    let text = text(field, row)
    guard !text.isEmpty else { return nil }
    guard let account = source.scheme.account(text) else {
      throw .cell(columnName(field), expected: "account of its scheme")
    }
    // A bare name says who only inside its own statement or file.
    guard account.scheme == .name, source.constant == nil else { return account }
    return Account(.name, "\(account.value)#\(own?.value ?? scope)")
  }

  private func required(_ field: String, _ row: TabularRow) throws(RowFault) -> Account {
    guard let account = try account(field, row) else {
      throw .cell(columnName(field), expected: "account")
    }
    return account
  }

  private func amount(_ row: TabularRow, currency: String) throws(RowFault) -> Money {
    let isFen = map.fields["amount"]?.isFen ?? false
    let text = text("amount", row)
    let money =
      isFen ? Money(fenText: text, currency: currency) : Money(parsing: text, currency: currency)
    guard let money else {
      throw .cell(columnName("amount"), expected: isFen ? "amount in fen" : "amount in yuan")
    }
    return money
  }

  private func time(_ row: TabularRow) throws(RowFault) -> Timestamp? {
    guard let source = map.fields["time"] else { return nil }
    let text = text("time", row)
    guard !text.isEmpty else { return nil }
    let fault = RowFault.cell(columnName("time"), expected: "time")
    switch source.time {
    case .seconds, .milliseconds:
      guard let count = Int64(text) else { throw fault }
      let (value, isOverflow) = count.multipliedReportingOverflow(
        by: source.time == .seconds ? 1000 : 1
      )
      guard !isOverflow, (0..<4_102_444_800_000).contains(value) else { throw fault }
      return Timestamp(milliseconds: value)
    case .auto:
      guard let time = Timestamp(parsing: text) ?? Self.joined(text) else { throw fault }
      guard let zone = map.zoneMinutes, time.zone == .assumedShanghai else { return time }
      return Timestamp(
        milliseconds: time.milliseconds + Int64(480 - zone) * 60_000,
        zone: .stated
      )
    }
  }

  /// A date of eight digits and a clock of six, which banks keep in two columns.
  private static func joined(_ text: String) -> Timestamp? {
    let parts = text.utf8.split(separator: 0x20)
    guard parts.count == 2, let day = parts.first, let clock = parts.last else { return nil }
    func isDigits(_ bytes: Substring.UTF8View) -> Bool {
      bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
    if day.count == 8, isDigits(day), clock.count == 6, isDigits(clock) {
      return Timestamp(parsing: AsciiText.string(day) + AsciiText.string(clock))
    }
    func spaced(_ bytes: Substring.UTF8View, _ widths: [Int], _ mark: String) -> String {
      guard isDigits(bytes), bytes.count == widths.reduce(0, +) else {
        return AsciiText.string(bytes)
      }
      var rest = bytes[...]
      return widths.map { width in
        defer { rest = rest.dropFirst(width) }
        return AsciiText.string(rest.prefix(width))
      }.joined(separator: mark)
    }
    return Timestamp(parsing: spaced(day, [4, 2, 2], "-") + " " + spaced(clock, [2, 2, 2], ":"))
  }

  /// Seconds, or `hh:mm:ss`, or 1小时2分3秒.
  private func seconds(_ row: TabularRow) throws(RowFault) -> Int64 {
    let text = text("seconds", row)
    if text.isEmpty { return 0 }
    guard let seconds = CallLength.seconds(text) else {
      throw .cell(columnName("seconds"), expected: "length in seconds or hh:mm:ss")
    }
    return seconds
  }
}

/// How long a call took, in the spellings of telephone companies.
enum CallLength {
  /// Reads `65`, `01:05`, `00:01:05`, `1小时2分3秒`, `65秒`.
  static func seconds(_ text: String) -> Int64? {
    var plain = text
    for (mark, colon) in [("小时", "h"), ("时", "h"), ("分钟", "m"), ("分", "m"), ("秒", "s")] {
      plain = plain.replacing(mark, with: colon)
    }
    if let count = Int64(plain) { return count >= 0 ? count : nil }
    var bytes = Array(plain.utf8)[...]
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if parts.count == 2 || parts.count == 3 {
      var total: Int64 = 0
      for part in parts {
        guard (1...4).contains(part.count), let count = Int64(AsciiText.string(part)), count >= 0
        else { return nil }
        total = total * 60 + count
      }
      return total
    }
    var total: Int64 = 0
    var least = Int64.max
    while !bytes.isEmpty {
      let digits = bytes.prefix { (0x30...0x39).contains($0) }
      guard (1...6).contains(digits.count), let count = Int64(AsciiText.string(digits)) else {
        return nil
      }
      bytes = bytes.dropFirst(digits.count)
      let unit: Int64? =
        switch bytes.popFirst() {
        case UInt8(ascii: "h"): 3600
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "s"): 1
        default: nil
        }
      guard let unit, unit < least else { return nil }
      least = unit
      total += count * unit
    }
    return total
  }
}
