internal import ClewEvidence

/// A map in the making: which column holds which field.
struct MapDraft {
  let record: TableMap.Record
  private var fields: [(field: String, columns: [String], meaning: ColumnWords.Meaning)] = []
  private var direction: String?
  private var state: String?
  private var unused: [String] = []
  private let words: ColumnWords

  init?(_ names: [String], _ words: ColumnWords) {
    self.words = words
    var found: [String: [(name: String, meaning: ColumnWords.Meaning)]] = [:]
    for name in names where !name.isEmpty {
      for meaning in words.meanings(of: TabularCell.headerName(name)) {
        found[meaning.field, default: []].append((name, meaning))
      }
    }
    func has(_ fields: String...) -> Bool { fields.allSatisfy { found[$0] != nil } }
    let direction = found["direction"] ?? found["call-direction"]
    if has("seconds"), has("from", "to") || (has("peer") && direction != nil) {
      record = .call
    } else if has("amount"), has("payer") || has("payee") || direction != nil {
      guard has("payer") || has("payee") || has("account") || has("peer") || has("peer-name") else {
        return nil
      }
      record = .transfer
    } else if has("text", "from") {
      record = .message
    } else if has("group", "member") {
      record = .membership
    } else if has("contact") {
      record = .contact
    } else {
      return nil
    }
    if record != .contact, record != .membership,
      found["from"] == nil || record == .transfer,
      !(record == .transfer && (has("payer") || has("payee")))
    {
      self.direction = direction?.first?.name
    }
    state = record == .transfer ? found["state"]?.first?.name : nil
    var used = Set([self.direction, state].compactMap { $0 })
    // A date and a clock of two columns are one time.
    if let date = found["date"]?.first, MapFields.allowed(record).contains("time") {
      let clock = found["time"]?.first
      let columns = [date.name] + (clock.map { [$0.name] } ?? [])
      found["time"] = clock == nil ? [date] : found["time"]
      let isPair =
        clock != nil && clock?.name.contains("日期") == false
        && clock?.name.utf8.count ?? 0 <= 12
      fields.append(
        ("time", isPair ? columns : [clock?.name ?? date.name], (clock ?? date).meaning)
      )
      used.formUnion(isPair ? columns : [clock?.name ?? date.name])
      found["time"] = nil
    }
    let hasSides = self.direction != nil
    for field in MapFields.allowed(record) {
      if hasSides, ["payer", "payee", "from", "to"].contains(field) { continue }
      if !hasSides, ["peer"].contains(field) { continue }
      guard let column = Self.choice(found[field] ?? [], field, record, used) else { continue }
      fields.append((field, [column.name], column.meaning))
      used.insert(column.name)
    }
    unused = names.filter { !$0.isEmpty && !used.contains($0) }
  }

  /// The column of a field: calls have telephone numbers, transfers accounts of banks.
  private static func choice(
    _ columns: [(name: String, meaning: ColumnWords.Meaning)],
    _ field: String,
    _ record: TableMap.Record,
    _ used: Set<String>
  ) -> (name: String, meaning: ColumnWords.Meaning)? {
    let free = columns.filter { !used.contains($0.name) }
    let wanted = record == .call ? "phone" : record == .transfer ? "bank" : nil
    return free.first { $0.meaning.scheme == wanted } ?? free.first
  }

  func yaml(name: String, header: MapProposal.Header) -> String {
    func quoted(_ text: String) -> String {
      "\""
        + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: " ") + "\""
    }
    func list(_ texts: [String]) -> String {
      "[" + texts.map(quoted).joined(separator: ", ") + "]"
    }
    let match = fields.flatMap(\.columns) + [direction].compactMap { $0 }
    var lines = [
      "# Proposed by the names of the columns: check every line before you use it.",
      "map: \(quoted(name))", "match:", "  columns: \(list(Array(match.prefix(6))))",
      "header: \(header.line)",
    ]
    if !header.isSheet {
      lines.append("encoding: \(header.encoding.rawValue)")
      lines.append("delimiter: \(header.dialect.name)")
    }
    lines += ["record: \(record.rawValue)", "fields:"]
    for (field, columns, meaning) in fields {
      var parts =
        columns.count > 1 ? ["columns: \(list(columns))"] : columns.map { "column: \(quoted($0))" }
      if MapFields.accounts.contains(field) { parts.append("scheme: \(meaning.scheme ?? "auto")") }
      if field == "amount" { parts.append("unit: \(meaning.unit ?? "yuan")") }
      let isPlain = parts.count == 1 && columns.count == 1
      lines.append(
        "  \(field): " + (isPlain ? quoted(columns[0]) : "{" + parts.joined(separator: ", ") + "}")
      )
    }
    if direction != nil, !fields.contains(where: { $0.field == "account" }) {
      lines.append(
        "  account: {value: \"?\"}  # whose table it is, such as \"card:6299990000000000053\""
      )
    }
    if let direction {
      lines += [
        "direction:", "  column: \(quoted(direction))", "  out: \(list(words.out))",
        "  in: \(list(words.into))",
      ]
    }
    if let state {
      lines += [
        "only:",
        "  - {column: \(quoted(state)), is: \(list(words.succeeded)), rule: \"did not take place\"}",
      ]
    }
    if !unused.isEmpty {
      lines.append(
        "# Columns that are kept in the original only: "
          + unused.map(quoted).joined(separator: ", ")
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
