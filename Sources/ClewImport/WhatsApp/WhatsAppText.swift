internal import ClewEvidence

/// Reads the text that WhatsApp exports of one chat, from Android phones and iPhones.
///
/// The file is read twice: first to learn how dates are written and who speaks, then message by
/// message. Speakers are names; each becomes a name account of this chat, and the sender is assumed,
/// unless a telephone number stands in place of a name. The file does not tell its owner. Times are
/// the wall clock of the exporting phone, on Android without seconds.
struct WhatsAppText: Importer {
  let format = "whatsapp-text"
  let title = "WhatsApp chat export (.txt)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil, FileSignature.isText(source.head) else { return nil }
    let decision = Self.decision(source)
    let isWhole = Int64(source.head.count) >= source.bytes
    let head = decision.plainHead(source.head, isWhole: isWhole)
    let encoding = decision.encoding.isWide ? TextEncoding.utf8 : decision.encoding
    let lines = TextLines(TextWindow(plain: head), encoding: encoding)
    var isFirst = true
    var speakers = 0
    while let line = try? lines.next() {
      guard let text = line.text, !text.isEmpty else { continue }
      let header = WhatsAppHeader(text)
      if isFirst, header == nil { return nil }
      isFirst = false
      if header?.spoken != nil { speakers += 1 }
    }
    guard speakers > 0 else { return nil }
    let known = ["WhatsApp", "端到端", "end-to-end", "Media omitted", "省略多媒体文件"]
    let isSure = known.contains { TextDecision.contains(head, Array($0.utf8)) }
    return Recognition(
      confidence: isSure ? 88 : 55,
      sign: "lines of date, time, name and text" + (isSure ? ", words of WhatsApp" : "")
    )
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    var layout = WhatsAppLayout(title: WhatsAppLayout.title(source))
    _ = try Self.pass(source) { layout.learn($0) }
    layout.decide()
    var parser = WhatsAppTextParser(layout: layout)
    var units: Int64 = 0
    let encoding = try Self.pass(source) { line in
      guard let event = parser.feed(line) else { return }
      units += 1
      try Self.hand(event, layout, to: sink)
    }
    if let event = parser.finish() {
      units += 1
      try Self.hand(event, layout, to: sink)
    }
    sink.setDecision("encoding", encoding)
    sink.setDecision("chat", layout.pair == nil ? "group" : "private")
    if let style = layout.style {
      sink.setDecision("date order", layout.orderNote)
      sink.setDecision("clock", style.hasSeconds ? "to the second" : "minutes only")
    }
    if let doubtful = parser.doubtful.summary {
      sink.setDecision("ambiguous boundaries", doubtful)
    }
    return units
  }

  /// Reads all lines; the answer is what is said of the encoding.
  private static func pass(
    _ source: StagedSource,
    _ body: (TextLine) throws -> Void
  ) throws -> String {
    let decision = decision(source)
    let lines = TextLines(try TextWindow(source, decision), encoding: decision.encoding)
    while let line = try lines.next() { try body(line) }
    return lines.encodingSummary
  }

  private static func decision(_ source: StagedSource) -> TextDecision {
    TextDecision.candidates(head: source.head).first
      ?? TextDecision(encoding: .utf8, markLength: 0)
  }

  private static func hand(
    _ event: WhatsAppTextParser.Event,
    _ layout: WhatsAppLayout,
    to sink: any UnitSink
  ) throws {
    switch event {
    case .stray(let line):
      try sink.reject(
        at: UnitPosition(row: line.number, offset: line.offset),
        bytes: line.source,
        reason: line.isCut
          ? "the line exceeds \(TabularLimit.row) bytes" : "text outside of any message"
      )
    case .message(let draft):
      let position = UnitPosition(row: draft.line, offset: draft.offset)
      if let fault = draft.fault {
        return try sink.reject(at: position, bytes: draft.source, reason: fault)
      }
      let rest = draft.body.count > 1 ? "\n" + draft.body.dropFirst().joined(separator: "\n") : ""
      try sink.accept(
        [.message(message(draft, layout))],
        at: position,
        original: .text(draft.headerText + rest)
      )
    }
  }

  private static func message(_ draft: WhatsAppDraft, _ layout: WhatsAppLayout) -> Message {
    var message = Message(
      platform: "whatsapp",
      from: nil,
      group: layout.group,
      sentAt: draft.sentAt,
      kind: .system,
      text: draft.text
    )
    guard let name = draft.name, !WhatsAppContent.isNote(draft.text, draft.header.style) else {
      return message
    }
    let sender = layout.account(name)
    let content = WhatsAppContent(draft.text)
    message.from = sender
    message.to = layout.group == nil ? layout.partner(of: name).map(layout.account) : nil
    message.kind = content.kind
    message.text = content.text
    message.file = content.file
    message.senderIsAssumed = sender.scheme == .name
    return message
  }
}
