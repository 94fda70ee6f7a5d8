internal import ClewEvidence

/// One message of a QQ text export as the file holds it.
struct QQDraft: TextDraft, Sendable {
  let header: QQHeader
  /// Which chat of the file it belongs to, from 0.
  let chat: Int
  let line: Int64
  let offset: Int64?
  /// The lines of the body.
  var body: [String] = []
  /// Header and body as the file holds them.
  var source: [UInt8]
  /// The header line.
  let headerText: String
  /// Why the message cannot be taken.
  var fault: String?
  /// The file that the message shows.
  var file: FileReference?
  /// The addresses of the images that it shows, in order.
  var images: [String] = []
  /// The message as the file holds it, where that is more than header and body.
  var original: String?
}

/// What the parser finds.
enum QQEvent {
  /// A new chat: the title of its section and its own.
  case chat(section: String, title: String)
  /// A whole message.
  case message(QQDraft)
  /// A line that belongs to no message.
  case stray(TextLine)
}

/// Splits a QQ text export into chats and messages; it is fed line by line.
///
/// A header begins a message only after an empty line or a chat's title, as the client writes it. A
/// line inside a body that looks like a header is text and noted in ``doubtful``: the suspect
/// can type one. A header that follows an empty line but goes back in time is taken and noted as
/// well. Where the file has no empty lines before its headers at all, every header counts.
struct QQTextParser {
  /// Whether a header must follow an empty line.
  let needsEmptyLine: Bool
  /// The lines at which a message may be forged.
  private(set) var doubtful = DoubtfulLines()

  private var draft: QQDraft?
  private var chat = -1
  private var section = ""
  private var rules: [TextLine] = []
  private var isAfterTitle = false
  private var isTitleRule = false
  private var isAfterEmpty = true
  private var isFirst = true
  private var lastTime: Timestamp?

  init(needsEmptyLine: Bool) { self.needsEmptyLine = needsEmptyLine }

  /// Takes the next line.
  mutating func feed(_ line: TextLine) -> [QQEvent] {
    var events: [QQEvent] = []
    let text = line.text ?? ""
    if line.text != nil, Self.isRule(text) {
      // The rule below a title may be the rule above the next one.
      isTitleRule = isAfterTitle
      if !isAfterTitle { rules.append(line) }
      isAfterTitle = false
      return events
    }
    defer { isTitleRule = false }
    isAfterTitle = false
    if !rules.isEmpty || isTitleRule {
      if let title = Self.title(text, "消息分组") {
        events += finish()
        section = title
        return startTitle(events)
      }
      if let title = Self.title(text, "消息对象") {
        events += finish()
        chat += 1
        lastTime = nil
        events.append(.chat(section: section, title: title))
        return startTitle(events)
      }
      if !rules.isEmpty { isAfterEmpty = false }
      for rule in rules { events += addToBody(rule) }
      rules = []
    }
    defer { isFirst = false }
    if isFirst, text.contains("消息记录") { return events }
    if let header = line.text.flatMap({ QQHeader($0) }) {
      if isAfterEmpty || !needsEmptyLine {
        if let last = lastTime, header.sentAt.milliseconds < last.milliseconds {
          doubtful.note(line)
        }
        return events + begin(header, line)
      }
      doubtful.note(line)
    }
    isAfterEmpty = line.isBlank
    return events + addToBody(line)
  }

  /// Ends the message that is open, and at the end of the file the rules that wait.
  mutating func finish() -> [QQEvent] {
    guard let done = draft else { return [] }
    draft = nil
    return [.message(done)]
  }

  /// Ends the file.
  mutating func finishFile() -> [QQEvent] {
    var events: [QQEvent] = []
    for rule in rules { events += addToBody(rule) }
    rules = []
    return events + finish()
  }

  private mutating func startTitle(_ events: [QQEvent]) -> [QQEvent] {
    rules = []
    isAfterTitle = true
    isAfterEmpty = true
    isFirst = false
    return events
  }

  private mutating func begin(_ header: QQHeader, _ line: TextLine) -> [QQEvent] {
    var events = finish()
    if chat < 0 {
      chat = 0
      events.append(.chat(section: "", title: ""))
    }
    lastTime = header.sentAt
    isAfterEmpty = false
    draft = QQDraft(
      header: header,
      chat: chat,
      line: line.number,
      offset: line.offset,
      source: line.source,
      headerText: line.text ?? ""
    )
    return events
  }

  private mutating func addToBody(_ line: TextLine) -> [QQEvent] {
    guard draft != nil else { return line.isBlank ? [] : [.stray(line)] }
    draft?.add(line)
    return []
  }

  /// Sixteen or more `=` and nothing else.
  static func isRule(_ text: String) -> Bool {
    text.utf8.count >= 16 && text.utf8.allSatisfy { $0 == UInt8(ascii: "=") }
  }

  /// The text after `word:`.
  static func title(_ text: String, _ word: String) -> String? {
    for colon in [":", "："] where text.utf8.starts(with: (word + colon).utf8) {
      return String(text.unicodeScalars.dropFirst(word.unicodeScalars.count + 1))
    }
    return nil
  }
}
