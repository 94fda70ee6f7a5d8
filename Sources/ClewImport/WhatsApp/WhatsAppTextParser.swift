internal import ClewEvidence

/// One message of a WhatsApp text export as the file holds it.
struct WhatsAppDraft: TextDraft {
  let header: WhatsAppHeader
  let sentAt: Timestamp
  /// The name before the text; `nil` for a system note.
  let name: String?
  let line: Int64
  let offset: Int64
  /// The lines of the text.
  var body: [String]
  /// The message as the file holds it.
  var source: [UInt8]
  /// The header line.
  let headerText: String
  /// Why the message cannot be taken.
  var fault: String?
}

/// Splits a WhatsApp text export into messages; it is fed line by line.
///
/// Nothing but the line's form parts a message from the text of the one before, and a suspect can
/// type such a line. A line in another style than the file's, with a date that does not exist, or
/// behind a bare LF in a file whose messages end in CRLF is text and noted. A line that goes back in
/// time, or bears a third name in a chat of two, is taken and noted: to call it text would take the
/// message away from its sender if it is true.
struct WhatsAppTextParser {
  /// What the parser finds.
  enum Event {
    case message(WhatsAppDraft)
    /// A line before the first message.
    case stray(TextLine)
  }

  let layout: WhatsAppLayout
  /// The lines at which a message may be forged.
  private(set) var doubtful = DoubtfulLines()

  private var draft: WhatsAppDraft?
  private var lastTime: Timestamp?
  private var endsInCRLF = true

  /// Makes a parser for a file of this layout.
  init(layout: WhatsAppLayout) { self.layout = layout }

  /// Takes the next line; the answer is the message that it ends, or the line if it is stray.
  mutating func feed(_ line: TextLine) -> Event? {
    let isAfterBreak = endsInCRLF || !layout.endsInCRLF
    endsInCRLF = line.source.suffix(2).elementsEqual([0x0D, 0x0A])
    // The beginning of a line whose bytes are of no encoding may still be a header.
    let text =
      line.text ?? String(validating: line.source.prefix { $0 < 0x80 }, as: UTF8.self) ?? ""
    if let header = WhatsAppHeader(text) {
      let spoken = header.spoken
      if header.style == layout.style, isAfterBreak || draft == nil,
        let time = header.time(monthFirst: layout.isMonthFirst)
      {
        let isBack = lastTime.map { time.milliseconds < $0.milliseconds } ?? false
        if isBack || layout.isDoubtful(spoken?.name) { doubtful.note(line) }
        lastTime = time
        let done = draft
        draft = WhatsAppDraft(
          header: header,
          sentAt: time,
          name: spoken?.name,
          line: line.number,
          offset: line.offset,
          body: [spoken?.text ?? header.note],
          source: line.source,
          headerText: text,
          fault: line.text == nil ? "line \(line.number) is neither UTF-8 nor GB18030" : nil
        )
        return done.map(Event.message)
      }
      doubtful.note(line)
    }
    return addToBody(line)
  }

  /// Ends the file.
  mutating func finish() -> Event? {
    defer { draft = nil }
    return draft.map(Event.message)
  }

  private mutating func addToBody(_ line: TextLine) -> Event? {
    guard draft != nil else { return line.isBlank ? nil : .stray(line) }
    draft?.add(line)
    return nil
  }
}
