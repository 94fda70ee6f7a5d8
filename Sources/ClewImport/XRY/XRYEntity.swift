internal import ClewEvidence

/// One entity of a text report of MSAB XRY: a call, a message, a contact.
struct XRYEntity {
  /// A key with its value, and the heading (`From`, `To`, `Participant`) under which it stands.
  struct Field {
    let section: String
    let key: String
    var value: String
  }

  /// What stands before `#` in the first line, such as `Calls`; empty for the preamble.
  let kind: String
  /// The number behind `#`.
  let number: Int64
  private(set) var fields: [Field] = []
  /// Whether a line stands before any key, so that it belongs to nothing.
  private(set) var hasStrayLine = false
  /// The heading under which the next keys stand.
  private var section = ""
  private var emptyLines = 0

  /// Begins an entity with a line such as `Calls #<TAB>1`, or `nil` for any other line.
  init?(firstLine line: String) {
    guard let mark = line.utf8.firstIndex(of: UInt8(ascii: "#")) else { return nil }
    let digits = TabularCell.trim(String(line[line.utf8.index(after: mark)...]))
    let kind = TabularCell.trim(String(line[..<mark]))
    guard !kind.isEmpty, kind.utf8.count <= 64, let number = Int64(digits), number > 0,
      line[..<mark].hasSuffix(" ")
    else { return nil }
    self.kind = kind
    self.number = number
  }

  /// Adds a line of the entity.
  mutating func add(_ line: String) {
    let plain = TabularCell.trim(line)
    if plain.isEmpty {
      emptyLines += 1
      return
    }
    defer { emptyLines = 0 }
    if ["From", "To", "Participant"].contains(plain), emptyLines == 0 {
      section = plain
      return
    }
    if let tab = line.utf8.firstIndex(of: UInt8(ascii: "\t")),
      line[..<tab].hasSuffix(":"), emptyLines == 0
    {
      fields.append(
        Field(
          section: section,
          key: String(line[..<tab].dropLast()),
          value: String(line[line.utf8.index(after: tab)...])
        )
      )
      return
    }
    guard !fields.isEmpty else {
      hasStrayLine = true
      return
    }
    // A text may run over several lines, empty ones among them.
    fields[fields.count - 1].value += String(repeating: "\n", count: emptyLines + 1) + line
  }

  /// The first value of a key that begins so, outside of any heading.
  func text(_ keys: String...) -> String {
    for key in keys {
      for field in fields where field.key.hasPrefix(key) && field.section.isEmpty {
        return field.value
      }
    }
    return ""
  }

  /// The numbers and names under a heading; outside of any heading for the empty word.
  func parties(_ section: String) -> (numbers: [String], name: String) {
    let fields = fields.filter { $0.section == section }
    return (
      fields.filter { $0.key.hasPrefix("Tel") || $0.key.hasPrefix("Number") }.map(\.value),
      fields.first { $0.key.hasPrefix("Name") && !$0.value.isEmpty }?.value ?? ""
    )
  }
}
