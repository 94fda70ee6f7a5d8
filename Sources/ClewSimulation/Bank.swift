/// A bank of phrases, one a line; `{x}` marks what the story fills in.
struct Bank {
  let lines: [String]

  init(_ text: String) { lines = text.split(separator: "\n").map(String.init) }

  func pick(_ dice: inout Dice) -> String { dice.pick(lines) }
}

/// Puts values into the marks of a phrase.
func fill(_ phrase: String, _ values: [(String, String)]) -> String {
  guard phrase.utf8.contains(UInt8(ascii: "{")) else { return phrase }
  var result = ""
  var rest = Substring(phrase)
  while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
    result += rest[..<open]
    let name = rest[rest.index(after: open)..<close]
    if let value = values.first(where: { $0.0 == name }) { result += value.1 }
    rest = rest[rest.index(after: close)...]
  }
  return result + rest
}
