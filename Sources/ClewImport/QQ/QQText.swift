internal import ClewEvidence

/// Reads the text export of the QQ client (`消息记录`): many chats in one file.
///
/// The file is read twice: first to learn who speaks where and which names have one number only,
/// then message by message. Names without a number become name accounts of their chat, or the one
/// number that the name has elsewhere in the file; either way the sender is assumed. The file tells its
/// owner only where one number speaks in private chats under a name such as 我 (``OwnerAlias``).
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
    if parser.doubtfulCount > 0 {
      let lines = parser.doubtfulLines.map(String.init).joined(separator: ", ")
      sink.setDecision("ambiguous boundaries", "\(parser.doubtfulCount): lines \(lines)")
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

/// Turns drafts into evidence.
private struct QQReading {
  let chats: QQChats
  private var members: Set<[Account]> = []
  /// The numbers that speak under a name for the owner of the device; two are enough to tell.
  private var owners: Set<Account> = []

  /// The owner, if one number only speaks under such a name.
  var owner: Account? { owners.count == 1 ? owners.first : nil }

  init(chats: QQChats) { self.chats = chats }

  mutating func hand(_ draft: QQDraft, to sink: any UnitSink) throws {
    let position = UnitPosition(row: draft.line, offset: draft.offset)
    if let fault = draft.fault {
      return try sink.reject(at: position, bytes: draft.source, reason: fault)
    }
    guard chats.chats.indices.contains(draft.chat) else {
      return try sink.reject(at: position, bytes: draft.source, reason: "message of no chat")
    }
    let chat = chats.chats[draft.chat]
    let header = draft.header
    guard header.isSystem || !header.name.isEmpty || header.account != nil else {
      return try sink.reject(
        at: position,
        bytes: draft.source,
        reason: "the header names no sender"
      )
    }
    let sender =
      header.isSystem
      ? nil : header.account ?? chats.account(named: header.name, in: chat)
    // In a group anybody may bear such a name.
    if chat.isPrivate, owners.count < 2, let account = header.account,
      OwnerAlias.isOwner(header.name)
    {
      owners.insert(account)
    }
    let text = draft.text
    let group = chat.isPrivate ? nil : chat.group
    let message = Message(
      platform: "qq",
      from: sender,
      to: chat.isPrivate && !header.isSystem ? chats.partner(of: draft, in: chat) : nil,
      group: group,
      sentAt: header.sentAt,
      kind: header.isSystem ? .system : Self.kind(text),
      text: text,
      senderIsAssumed: sender != nil && header.account == nil
    )
    var items: [EvidenceItem] = [.message(message)]
    if let group, let member = header.account, !header.isSystem,
      members.insert([group, member]).inserted
    {
      items.append(
        .membership(
          Membership(
            group: group,
            groupName: chat.title,
            member: member,
            memberName: header.name,
            role: Self.role(header.role)
          )
        )
      )
    }
    let original = text.isEmpty ? draft.headerText : draft.headerText + "\n" + text
    try sink.accept(items, at: position, original: .text(original))
  }

  private static func role(_ tag: String) -> String {
    switch tag {
    case "群主": "owner"
    case "管理员": "admin"
    default: ""
    }
  }

  /// The placeholders of the client; a text that only contains one is text.
  private static func kind(_ text: String) -> Message.Kind {
    switch text {
    case "[图片]": .image
    case "[表情]": .sticker
    case "[语音]": .voice
    case "[视频]": .video
    case "[QQ红包]": .redPacket
    case "[转账]": .transfer
    default: text.hasPrefix("[文件]") ? .file : .text
    }
  }
}
