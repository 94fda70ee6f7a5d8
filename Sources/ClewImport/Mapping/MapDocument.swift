internal import ClewEvidence
internal import Yams

/// One document of a map file, read node by node so that each complaint names its line.
struct MapDocument {
  private let root: Node
  private let path: String

  init(_ root: Node, path: String) {
    self.root = root
    self.path = path
  }

  func map(of file: String) throws(ImportError) -> TableMap {
    let top = try mapping(
      root,
      "the map",
      [
        "map", "match", "header", "encoding", "delimiter",
        "record", "zone", "fields", "direction", "only", "skip", "basis",
      ]
    )
    guard let nameNode = top["map"] else { throw fault(root, "\"map\" with a name is missing") }
    let name = try text(nameNode, "map")
    guard let match = top["match"] else {
      throw fault(
        root,
        "\"match\" with \"columns\" is missing: by which columns is the table known?"
      )
    }
    let matchKeys = try mapping(match, "match", ["columns", "file"])
    guard let columnsNode = matchKeys["columns"] else {
      throw fault(match, "\"columns\" is missing: names of columns that the header must have")
    }
    guard let recordNode = top["record"] else {
      throw fault(root, "\"record\" is missing: \(kinds)")
    }
    guard let record = TableMap.Record(rawValue: try self.text(recordNode, "record")) else {
      throw fault(recordNode, "\"record\" is none of \(kinds)")
    }
    guard let fieldsNode = top["fields"] else { throw fault(root, "\"fields\" is missing") }
    let fields = try self.fields(fieldsNode, record)
    let direction: MapDirection? =
      if let node = top["direction"] { try self.direction(node) } else { nil }
    try check(record, fields, direction, fieldsNode)
    return TableMap(
      name: name,
      text: file,
      sha256: FileHash.sha256(ofText: file),
      record: record,
      columns: try texts(columnsNode, "columns"),
      filePattern: try optionalText(matchKeys["file"], "file"),
      headerRow: try headerRow(top["header"]),
      encoding: try encoding(top["encoding"]),
      dialect: try dialect(top["delimiter"]),
      zoneMinutes: try zone(top["zone"]),
      fields: fields,
      direction: direction,
      filters: try filters(top["only"], keeps: true) + filters(top["skip"], keeps: false),
      basis: try basis(top["basis"])
    )
  }

  private var kinds: String { TableMap.Record.allCases.map(\.rawValue).joined(separator: ", ") }

  // MARK: - Fields

  private func fields(
    _ node: Node,
    _ record: TableMap.Record
  ) throws(ImportError) -> [String: MapField] {
    let allowed = MapFields.allowed(record)
    var fields: [String: MapField] = [:]
    for (key, value) in try mapping(node, "fields", allowed) {
      fields[key] = try field(value, key)
    }
    return fields
  }

  private func field(_ node: Node, _ key: String) throws(ImportError) -> MapField {
    if node.scalar != nil {
      return MapField(columns: [MapColumn(name: try text(node, key))])
    }
    var field = MapField()
    let isAccount = MapFields.accounts.contains(key)
    var allowed = ["column", "columns", "value", "occurrence"]
    if isAccount { allowed.append("scheme") }
    if key == "amount" { allowed.append("unit") }
    if key == "time" { allowed.append("unit") }
    let parts = try mapping(node, key, allowed)
    let sources = ["column", "columns", "value"].filter { parts[$0] != nil }
    guard sources.count == 1 else {
      throw fault(node, "\"\(key)\" needs one of \"column\", \"columns\" and \"value\"")
    }
    if let column = parts["column"] {
      field.columns = [MapColumn(name: try text(column, "column"))]
      if let occurrence = parts["occurrence"] {
        field.columns[0].occurrence = try number(occurrence, "occurrence")
      }
    }
    if let columns = parts["columns"] {
      field.columns = try texts(columns, "columns").map { MapColumn(name: $0) }
    }
    field.constant = try optionalText(parts["value"], "value")
    if field.constant == "?", let value = parts["value"] {
      throw fault(value, "write the \(key) in place of \"?\", such as \"qq:9990000001\"")
    }
    if let scheme = parts["scheme"] {
      guard let known = MapScheme(try text(scheme, "scheme")) else {
        throw fault(scheme, "\"scheme\" is none of \(MapScheme.names.joined(separator: ", "))")
      }
      field.scheme = known
    }
    if let unit = parts["unit"] {
      let word = try text(unit, "unit")
      if key == "amount" {
        guard ["yuan", "fen"].contains(word) else {
          throw fault(unit, "\"unit\" of an amount is yuan or fen")
        }
        field.isFen = word == "fen"
      } else {
        guard let time = MapTime(rawValue: word) else {
          throw fault(unit, "\"unit\" of a time is auto, seconds or milliseconds")
        }
        field.time = time
      }
    }
    return field
  }

  private func check(
    _ record: TableMap.Record,
    _ fields: [String: MapField],
    _ direction: MapDirection?,
    _ node: Node
  ) throws(ImportError) {
    let names = Set(fields.keys).union(direction == nil ? [] : ["direction"])
    let required = MapFields.required(record)
    guard required.contains(where: { names.isSuperset(of: $0) }) else {
      let sets = required.map { $0.joined(separator: " + ") }.joined(separator: ", or ")
      throw fault(node, "a \(record.rawValue) needs \(sets)")
    }
    if direction != nil, fields["account"] == nil {
      throw fault(node, "\"direction\" needs the field \"account\", the row's own side")
    }
  }

  private func direction(_ node: Node) throws(ImportError) -> MapDirection {
    let parts = try mapping(node, "direction", ["column", "occurrence", "out", "in", "sign"])
    if let sign = parts["sign"] {
      guard try text(sign, "sign") == "amount", parts.count == 1 else {
        throw fault(sign, "\"sign\" is amount, alone: a negative amount goes out")
      }
      return MapDirection()
    }
    guard let column = parts["column"], let out = parts["out"], let into = parts["in"] else {
      throw fault(node, "\"direction\" needs \"column\", \"out\" and \"in\", or \"sign: amount\"")
    }
    var place = MapColumn(name: try text(column, "column"))
    if let occurrence = parts["occurrence"] {
      place.occurrence = try number(occurrence, "occurrence")
    }
    let direction = MapDirection(
      column: place,
      out: try texts(out, "out"),
      into: try texts(into, "in")
    )
    guard Set(direction.out).isDisjoint(with: direction.into) else {
      throw fault(node, "a word stands under \"out\" and under \"in\"")
    }
    return direction
  }

  private func filters(_ node: Node?, keeps: Bool) throws(ImportError) -> [MapFilter] {
    guard let node else { return [] }
    let key = keeps ? "only" : "skip"
    guard let list = node.sequence else { throw fault(node, "\"\(key)\" is a list of rules") }
    var filters: [MapFilter] = []
    for item in list {
      let parts = try mapping(item, key, ["column", "is", "rule"])
      guard let column = parts["column"], let words = parts["is"] else {
        throw fault(item, "a rule of \"\(key)\" needs \"column\" and \"is\"")
      }
      let name = try text(column, "column")
      let rule = try optionalText(parts["rule"], "rule")
      filters.append(
        MapFilter(
          column: MapColumn(name: name),
          words: try texts(words, "is"),
          keeps: keeps,
          rule: rule ?? "map: by column \(name)"
        )
      )
    }
    return filters
  }

  // MARK: - Choices

  private func headerRow(_ node: Node?) throws(ImportError) -> Int64? {
    guard let node else { return nil }
    return Int64(try number(node, "header"))
  }

  private func encoding(_ node: Node?) throws(ImportError) -> TextEncoding? {
    guard let node else { return nil }
    guard let encoding = TextEncoding(named: try text(node, "encoding")) else {
      throw fault(node, "\"encoding\" is none of \(TextEncoding.names)")
    }
    return encoding
  }

  private func dialect(_ node: Node?) throws(ImportError) -> TabularDialect? {
    guard let node else { return nil }
    return switch try text(node, "delimiter") {
    case "comma", ",": TabularDialect.quoted[0]
    case "tab", "\t": TabularDialect.quoted[1]
    case "semicolon", ";": TabularDialect.quoted[2]
    case "bar", "|": TabularDialect.quoted[3]
    case "tab-without-quotes": TabularDialect.plainTab
    default:
      throw fault(node, "\"delimiter\" is comma, tab, semicolon, bar or tab-without-quotes")
    }
  }

  private func zone(_ node: Node?) throws(ImportError) -> Int? {
    guard let node else { return nil }
    let bytes = Array(try text(node, "zone").utf8)
    let expected = "\"zone\" is an offset such as \"+08:00\", in quotes"
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      let hours = Int(AsciiText.string(bytes[1...2])),
      let minutes = Int(AsciiText.string(bytes[4...5])), hours <= 14, minutes < 60
    else { throw fault(node, expected) }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 60 + minutes
    case UInt8(ascii: "-"): return -(hours * 60 + minutes)
    default: throw fault(node, expected)
    }
  }

  private func basis(_ node: Node?) throws(ImportError) -> AccountLink.Basis {
    guard let node else { return .statedHolder }
    guard let basis = AccountLink.Basis(rawValue: try text(node, "basis")),
      [.registration, .bound, .alias, .statedHolder, .contactEntry].contains(basis)
    else {
      throw fault(node, "\"basis\" is registration, bound, alias, statedHolder or contactEntry")
    }
    return basis
  }

  // MARK: - Nodes

  private func mapping(
    _ node: Node,
    _ what: String,
    _ allowed: [String]
  ) throws(ImportError) -> [String: Node] {
    guard let mapping = node.mapping else {
      throw fault(node, "\"\(what)\" needs keys: \(allowed.joined(separator: ", "))")
    }
    var found: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, allowed.contains(name) else {
        throw fault(
          key,
          "unknown key under \"\(what)\"; known are \(allowed.joined(separator: ", "))"
        )
      }
      guard found.updateValue(value, forKey: name) == nil else {
        throw fault(key, "\"\(name)\" stands twice")
      }
    }
    return found
  }

  private func text(_ node: Node, _ key: String) throws(ImportError) -> String {
    guard let text = node.scalar?.string, !TabularCell.trim(text).isEmpty else {
      throw fault(node, "\"\(key)\" needs a text")
    }
    return text
  }

  private func optionalText(_ node: Node?, _ key: String) throws(ImportError) -> String? {
    guard let node else { return nil }
    return try text(node, key)
  }

  private func texts(_ node: Node, _ key: String) throws(ImportError) -> [String] {
    if node.scalar != nil { return [try text(node, key)] }
    guard let list = node.sequence, !list.isEmpty else {
      throw fault(node, "\"\(key)\" needs a text or a list such as [a, b]")
    }
    var texts: [String] = []
    for item in list {
      // An empty text is a word too: a cell that is empty.
      guard let text = item.scalar?.string else { throw fault(item, "\"\(key)\" needs texts") }
      texts.append(text)
    }
    return texts
  }

  private func number(_ node: Node, _ key: String) throws(ImportError) -> Int {
    guard let number = Int(try text(node, key)), (1...1_048_576).contains(number) else {
      throw fault(node, "\"\(key)\" needs a whole number from 1 on")
    }
    return number
  }

  private func fault(_ node: Node, _ reason: String) -> ImportError {
    .malformed(path: path, line: node.mark.map { Int64($0.line) }, reason: reason)
  }
}
