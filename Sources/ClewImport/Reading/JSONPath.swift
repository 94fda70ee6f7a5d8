/// Which values of a JSON file an importer asks for: `chats.list[].messages[]`.
///
/// A step is a key, or `[]` for every element of a list. The empty path is a whole document; a file
/// may hold several, one after another (JSON lines).
struct JSONPath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// One step down.
  enum Step: Sendable, Hashable {
    case key([UInt8])
    case each
  }

  /// The steps from the document down.
  let steps: [Step]
  /// The path as text.
  let description: String

  /// Reads a path; keys are parted by `.`, and `[]` stands behind the key of a list.
  init(_ text: String) {
    description = text
    var steps: [Step] = []
    for part in text.utf8.split(separator: UInt8(ascii: ".")) {
      var key = part
      var lists = 0
      while key.suffix(2).elementsEqual("[]".utf8) {
        key = key.dropLast(2)
        lists += 1
      }
      if !key.isEmpty { steps.append(.key(Array(key))) }
      steps += Array(repeating: .each, count: lists)
    }
    self.steps = steps
  }

  /// A path as a literal.
  init(stringLiteral text: String) { self.init(text) }
}
