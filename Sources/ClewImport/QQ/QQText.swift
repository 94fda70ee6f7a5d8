internal import ClewEvidence

/// Reads the text export of the QQ client (`消息记录`): many chats in one file.
///
/// The file is read twice: first to learn who speaks where and which names have one number only,
/// then message by message. Names without a number become name accounts of their chat, or the one
/// number that the name has elsewhere in the file; either way the sender is assumed. The file tells its
/// owner only where one number speaks in private chats under a name such as 我 (`OwnerAlias`).
struct QQText: Importer {
  let format = "qq-text"
  let title = "QQ text export"
  let version = 2

  private static let words = ["消息记录", "消息对象:", "消息分组:"]

  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil, let decision = Self.decide(source) else { return nil }
    let lines = Self.headLines(source, decision)
    let isTitled = lines.first { !$0.isEmpty }?.hasPrefix("消息记录") ?? false
    var hasTitle = false
    for (rule, line) in zip(lines, lines.dropFirst()) where QQTextParser.isRule(rule) {
      hasTitle = hasTitle || QQTextParser.title(line, "消息对象") != nil
    }
    guard hasTitle || (isTitled && lines.contains { QQHeader($0) != nil }) else { return nil }
    return Recognition(confidence: 85, sign: "消息对象 between rules of =")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let decision = Self.decide(source) else {
      throw ImportError.undecodable(
        path: source.displayPath,
        reason: "no known encoding shows 消息记录 or 消息对象"
      )
    }
    let needsEmptyLine = Self.hasEmptyLines(Self.headLines(source, decision))
    var chats = QQChats()
    try Self.pass(source, decision, needsEmptyLine) { event, _ in chats.learn(event) }
    var units: Int64 = 0
    var reading = QQReading(chats: chats)
    let (parser, encoding) = try Self.pass(source, decision, needsEmptyLine) { event, lines in
      switch event {
      case .chat: break
      case .stray(let line):
        units += 1
        try sink.reject(
          at: UnitPosition(row: line.number, offset: line.offset),
          bytes: line.source,
          reason: line.isCut
            ? "the line exceeds \(TabularLimit.row) bytes" : "text outside of any message"
        )
      case .message(let draft):
        units += 1
        try reading.hand(draft, to: sink)
      }
    }
    if let owner = reading.owner { sink.setOwner(owner) }
    sink.setDecision("encoding", encoding)
    if !needsEmptyLine { sink.setDecision("headers", "not preceded by empty lines") }
    if let doubtful = parser.doubtful.summary {
      sink.setDecision("ambiguous boundaries", doubtful)
    }
    return units
  }

  @discardableResult
  private static func pass(
    _ source: StagedSource,
    _ decision: TextDecision,
    _ needsEmptyLine: Bool,
    _ body: (QQEvent, TextLines) throws -> Void
  ) throws -> (QQTextParser, String) {
    let lines = TextLines(try TextWindow(source, decision), encoding: decision.encoding)
    var parser = QQTextParser(needsEmptyLine: needsEmptyLine)
    while let line = try lines.next() {
      for event in parser.feed(line) { try body(event, lines) }
    }
    for event in parser.finishFile() { try body(event, lines) }
    return (parser, lines.encodingSummary)
  }

  private static func decide(_ source: StagedSource) -> TextDecision? {
    TextDecision.decide(head: source.head, words: words)
  }

  private static func headLines(_ source: StagedSource, _ decision: TextDecision) -> [String] {
    let isWhole = Int64(source.head.count) >= source.bytes
    let head = decision.plainHead(source.head, isWhole: isWhole)
    let encoding = decision.encoding.isWide ? TextEncoding.utf8 : decision.encoding
    let lines = TextLines(TextWindow(plain: head), encoding: encoding)
    var texts: [String] = []
    while let line = try? lines.next() { texts.append(line.text ?? "?") }
    return texts
  }

  /// Whether headers follow empty lines, as the client writes them.
  private static func hasEmptyLines(_ lines: [String]) -> Bool {
    var after = 0
    var all = 0
    for (before, line) in zip([""] + lines, lines) where QQHeader(line) != nil {
      all += 1
      if before.utf8.allSatisfy({ $0 == 0x20 }) || QQTextParser.isRule(before) { after += 1 }
    }
    return after * 2 >= all
  }
}
