internal import ClewEvidence

/// Turns the drafts of QQ's text and MHT exports into evidence.
struct QQReading {
  let chats: QQChats
  private var members: Set<[Account]> = []
  /// The numbers that speak under a name for the owner of the device; two are enough to tell.
  private var owners: Set<Account> = []

  /// The owner, if one number only speaks under such a name.
  var owner: Account? { owners.count == 1 ? owners.first : nil }

  /// Makes a reading of chats that a first pass has learnt.
  init(chats: QQChats) { self.chats = chats }

  /// Hands one message to the sink.
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
      file: draft.file,
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
    let plain = text.isEmpty ? draft.headerText : draft.headerText + "\n" + text
    try sink.accept(items, at: position, original: .text(draft.original ?? plain))
  }

  private static func role(_ tag: String) -> String {
    switch tag {
    case "群主": "owner"
    case "管理员": "admin"
    default: ""
    }
  }

  /// The placeholders of the client; a text that only contains one is text.
  static func kind(_ text: String) -> Message.Kind {
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
