internal import ClewEvidence

/// Reads the JSON that the export tools WeFlow and EchoTrace write: one WeChat chat
/// (`formats/wechat.md` §7).
///
/// The file is read twice, because the owner of the device is only known as who sends own messages.
/// The tools give no platform ids, so their messages are known by ends, second and text.
struct WeFlowImporter: Importer {
  let format = "weflow-json"
  let title = "WeFlow or EchoTrace JSON"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    // A picture inside `session` may be longer than what is seen here of the file.
    guard let outline = JSONOutline(source), outline.has("session.wxid"),
      WeFlowChat.types.contains(outline.text("session.type"))
    else { return nil }
    let isNamed = outline.has("weflow")
    return Recognition(
      confidence: isNamed ? 95 : 85,
      sign: isNamed ? "weflow and a session" : "a session of WeChat with its type"
    )
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let chat = try WeFlowChat(source)
    if let owner = chat.owner { sink.setOwner(owner) }
    var members: Set<Account> = []
    let reader = try JSONReader(source, paths: ["session", "messages[]"])
    var units: Int64 = 0
    while let unit = try reader.next() {
      units += 1
      let isSession = unit.path == 0
      let position = UnitPosition(
        part: isSession ? "session" : "messages",
        row: units,
        offset: unit.offset
      )
      guard let object = unit.value?.object else {
        let reason = unit.fault ?? "an entry that is no object"
        try sink.reject(at: position, bytes: unit.bytes, reason: reason)
        continue
      }
      let original =
        String(validating: unit.bytes, as: UTF8.self).map(Original.text) ?? .bytes(unit.bytes)
      let outcome = isSession ? chat.session(object) : chat.message(object, &members)
      try outcome.hand(to: sink, at: position, original: original)
    }
    sink.setDecision("chat", chat.isGroup ? "group" : "private")
    sink.setDecision("owner", chat.ground)
    if let note = reader.structureNote { sink.setDecision("structure", note) }
    return units
  }
}

/// The chat of such a file.
struct WeFlowChat {
  /// What `session.type` may say.
  static let types = ["群聊", "私聊"]

  /// Who sends the own messages, if that is one account.
  private(set) var owner: Account?
  /// How the owner is known.
  private(set) var ground = "no message of the device's own"
  private(set) var isGroup = false
  private var peer: Account?
  private var name = ""

  /// Reads the file once.
  init(_ source: StagedSource) throws {
    let reader = try JSONReader(source, paths: ["session", "messages[]"])
    var senders: Set<Account> = []
    while let unit = try reader.next() {
      guard let object = unit.value?.object else { continue }
      if unit.path == 0 {
        peer = Self.account(object, "wxid")
        isGroup = object.text("type") == "群聊" || peer?.scheme == .wechatGroup
        name = ["nickname", "displayName"].map(object.text).first { !$0.isEmpty } ?? ""
      } else if object["isSend"]?.integer == 1, senders.count < 2,
        let sender = Self.account(object, "senderUsername")
      {
        senders.insert(sender)
      }
    }
    senders.remove(peer ?? Account(.name, ""))
    owner = senders.count == 1 ? senders.first : nil
    if owner != nil { ground = "sender of the device's own messages" }
    if senders.count > 1 { ground = "own messages come from several accounts" }
  }

  /// What the chat is called.
  func session(_ session: JSONObject) -> UnitOutcome {
    guard let peer else { return .reject("wxid is no WeChat name") }
    guard !isGroup, peer.scheme == .wechat else { return .skip("group, read with its messages") }
    return .items([
      .contact(
        Contact(owner: owner, contact: peer, name: name, remark: session.text("remark"))
      )
    ])
  }

  /// One message.
  func message(_ entry: JSONObject, _ members: inout Set<Account>) -> UnitOutcome {
    guard let seconds = entry["createTime"]?.integer, (1..<4_102_444_800).contains(seconds) else {
      return .reject("createTime holds no seconds since 1970")
    }
    let kind = Self.kind(entry.text("type"))
    var message = Message(
      platform: "wechat",
      from: nil,
      group: isGroup ? peer : nil,
      sentAt: Timestamp(milliseconds: seconds * 1000),
      kind: kind,
      text: entry.text("content")
    )
    if kind == .system { return .items([.message(message)]) }
    let isOwn = entry["isSend"]?.integer == 1
    guard let sender = Self.account(entry, "senderUsername") ?? (isOwn ? owner : nil) else {
      return .reject("senderUsername is no WeChat name")
    }
    message.from = sender
    if !isGroup { message.to = isOwn || sender == owner ? peer : owner }
    var items: [EvidenceItem] = [.message(message)]
    if isGroup, let peer, members.insert(sender).inserted {
      items.append(
        .membership(
          Membership(
            group: peer,
            groupName: name,
            member: sender,
            memberName: entry.text("senderDisplayName")
          )
        )
      )
    }
    return .items(items)
  }

  private static func account(_ object: JSONObject, _ key: String) -> Account? {
    let text = object.text(key)
    return text.isEmpty ? nil : AccountNormalizer.wechat(text)
  }

  /// The tools' Chinese names; they change between versions, so only their nouns count.
  private static func kind(_ type: String) -> Message.Kind {
    let nouns: [(String, Message.Kind)] = [
      ("文本", .text), ("系统", .system), ("引用", .quote), ("转账", .transfer), ("红包", .redPacket),
      ("图片", .image), ("语音", .voice), ("视频", .video), ("文件", .file), ("名片", .card),
      ("表情", .sticker), ("位置", .location), ("链接", .link), ("聊天记录", .forward),
      ("通话", .call),
    ]
    return nouns.first { TabularCell.holds(type, $0.0) }?.1 ?? .other
  }
}
