internal import ClewEvidence

extension MappedRow {
  // MARK: - Sides

  /// Both sides: the fields themselves, or the row's own account and its peer by the direction.
  func ends(
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

  static func channel(_ account: Account?) -> String {
    switch account?.scheme {
    case .card, .bankAccount: "bank"
    default: CanonicalPlatform.name(account).description
    }
  }

  // MARK: - Cells

  func columnName(_ field: String) -> String {
    map.fields[field]?.columns.first?.name ?? field
  }

  /// The value of a field as tables mean it; empty where there is none.
  func text(_ field: String, _ row: TabularRow) -> String {
    if let constant = map.fields[field]?.constant { return constant }
    return columns.places(of: field).map { row.clean($0) }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// The same with the white space that somebody wrote.
  func exact(_ field: String, _ row: TabularRow) -> String {
    let places = columns.places(of: field)
    guard places.count == 1, map.fields[field]?.constant == nil else { return text(field, row) }
    return row.clean(places[0]).isEmpty ? "" : row.exact(places[0])
  }

  func account(
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

  func required(_ field: String, _ row: TabularRow) throws(RowFault) -> Account {
    guard let account = try account(field, row) else {
      throw .cell(columnName(field), expected: "account")
    }
    return account
  }

  func amount(_ row: TabularRow, currency: String) throws(RowFault) -> Money {
    let isFen = map.fields["amount"]?.isFen ?? false
    let text = text("amount", row)
    let money =
      isFen ? Money(fenText: text, currency: currency) : Money(parsing: text, currency: currency)
    guard let money else {
      throw .cell(columnName("amount"), expected: isFen ? "amount in fen" : "amount in yuan")
    }
    return money
  }

  func time(_ row: TabularRow) throws(RowFault) -> Timestamp? {
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
  func seconds(_ row: TabularRow) throws(RowFault) -> Int64 {
    let text = text("seconds", row)
    if text.isEmpty { return 0 }
    guard let seconds = CallLength.seconds(text) else {
      throw .cell(columnName("seconds"), expected: "length in seconds or hh:mm:ss")
    }
    return seconds
  }
}
