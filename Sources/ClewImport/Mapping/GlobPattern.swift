/// A pattern for names: `*` stands for any text, `?` for one character.
struct GlobPattern {
  private let pattern: [Unicode.Scalar]

  init(_ text: String) { pattern = Array(text.unicodeScalars) }

  /// Whether the whole name fits; the time grows with the product of both lengths at most.
  func matches(_ name: String) -> Bool {
    let name = Array(name.unicodeScalars)
    var (at, place) = (0, 0)
    var retry: (at: Int, place: Int)?
    while place < name.count {
      if at < pattern.count, pattern[at] == "*" {
        retry = (at, place)
        at += 1
      } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[place] {
        at += 1
        place += 1
      } else if let back = retry {
        retry = (back.at, back.place + 1)
        (at, place) = (back.at + 1, back.place + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }
}
