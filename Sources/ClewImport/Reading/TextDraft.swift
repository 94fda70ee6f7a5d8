/// One message of a text export while its lines are put together.
protocol TextDraft {
  /// The lines of the text.
  var body: [String] { get set }
  /// The message as the file holds it.
  var source: [UInt8] { get set }
  /// Why the message cannot be taken.
  var fault: String? { get set }
}

extension TextDraft {
  /// How many bytes a message may have; of a longer one the beginning is kept.
  private static var bodyLimit: Int { 16 << 20 }

  /// The text without empty lines at its end.
  var text: String {
    var lines = body[...]
    while let last = lines.last, TextLine.isBlank(last) { lines = lines.dropLast() }
    return lines.joined(separator: "\n")
  }

  /// Takes the next line of the message.
  mutating func add(_ line: TextLine) {
    guard source.count + line.source.count <= Self.bodyLimit else {
      fault = "the message exceeds \(Self.bodyLimit) bytes; its beginning is kept"
      return
    }
    source += line.source
    if let text = line.text {
      body.append(text)
    } else {
      fault = "line \(line.number) is neither UTF-8 nor GB18030"
    }
  }
}

extension TextLine {
  /// Whether a text is spaces and tabs only.
  static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Whether the line is spaces and tabs only; one whose bytes fit no encoding is not.
  var isBlank: Bool { text.map(Self.isBlank) ?? false }
}

/// The lines of a text export at which a message may be forged: a suspect can type a header.
struct DoubtfulLines {
  private static let kept = 100

  /// How many there are.
  private(set) var count = 0
  private var first: [Int64] = []

  /// Notes a line.
  mutating func note(_ line: TextLine) {
    count += 1
    if first.count < Self.kept { first.append(line.number) }
  }

  /// How many there are, and the numbers of the first hundred; `nil` when there are none.
  var summary: String? {
    count == 0 ? nil : "\(count): lines \(first.map(String.init).joined(separator: ", "))"
  }
}
