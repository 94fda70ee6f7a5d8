internal import ClewEvidence

/// Reads messages and calls of WhatsApp's databases.
struct WhatsAppMessages {
  let addresses: WhatsAppAddresses
  /// A name for the owner, who is not stated.
  let owner: Account
  /// The account of each chat, and the name of a group, by row of `chat`.
  private var chats: [Int64: (account: Account?, name: String)] = [:]
  /// The files of messages, by row of `message`.
  private var files: [Int64: FileReference] = [:]
  private var members: Set<[Account]> = []

  /// Files beyond this number are not remembered.
  private static let fileLimit = 1 << 20

  static let mediaColumns = ["message_row_id", "media_name", "file_path", "file_size", "file_hash"]

  /// Reads the tables that messages point to.
  init(
    _ database: SeizedDatabase,
    addresses: WhatsAppAddresses,
    owner: Account
  ) throws {
    self.addresses = addresses
    self.owner = owner
    try database.forEachRow(of: "chat", columns: WhatsAppContacts.chatColumns) { row in
      guard let id = row.integer(0) else { return }
      let name = ((try? row.text(2)) ?? nil) ?? ""
      chats[id] = (addresses.account(row.integer(1)), name)
    }
    try database.forEachRow(of: "message_media", columns: Self.mediaColumns) { row in
      guard files.count < Self.fileLimit, let id = row.integer(0) else { return }
      let file = Self.file(
        name: (try? row.text(1)) ?? nil,
        path: (try? row.text(2)) ?? nil,
        bytes: row.integer(3),
        hash: (try? row.text(4)) ?? nil
      )
      if let file { files[id] = file }
    }
  }

  static let columns = [
    "_id", "chat_row_id", "from_me", "key_id", "sender_jid_row_id", "timestamp", "message_type",
    "text_data",
  ]

  /// A row of `message`.
  mutating func message(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let chat = row.integer(1).flatMap({ chats[$0] }), let account = chat.account else {
      return .reject("chat_row_id leads to no chat with an address")
    }
    let type = row.integer(6) ?? 0
    return take(
      WhatsAppRow(
        chat: account,
        groupName: chat.name,
        sender: addresses.account(row.integer(4)),
        fromMe: row.integer(2),
        id: try row.text(3) ?? "",
        milliseconds: row.integer(5),
        type: type,
        isSystem: type == 7,
        text: try row.text(7) ?? "",
        file: row.integer(0).flatMap { files[$0] }
      )
    )
  }

  static let oldColumns = [
    "key_remote_jid", "key_from_me", "key_id", "remote_resource", "timestamp", "media_wa_type",
    "status", "data", "media_caption", "media_name", "media_size", "media_hash",
  ]

  /// A row of `messages`, the old form.
  mutating func oldMessage(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let address = try row.text(0) ?? ""
    if address.utf8.elementsEqual("-1".utf8) { return .skip("first row without content") }
    guard let account = WhatsAppAddresses.account(address) else {
      return .reject("key_remote_jid is no address of WhatsApp")
    }
    let type = row.integer(5) ?? 0
    let data = try row.text(7) ?? ""
    return take(
      WhatsAppRow(
        chat: account,
        groupName: "",
        sender: WhatsAppAddresses.account(try row.text(3) ?? ""),
        fromMe: row.integer(1),
        id: try row.text(2) ?? "",
        milliseconds: row.integer(4),
        type: type,
        isSystem: row.integer(6) == 6,
        text: data.isEmpty ? try row.text(8) ?? "" : data,
        file: type == 0
          ? nil
          : Self.file(
            name: try row.text(9),
            path: nil,
            bytes: row.integer(10),
            hash: try row.text(11)
          )
      )
    )
  }

  private mutating func take(_ row: WhatsAppRow) -> UnitOutcome {
    guard let time = row.milliseconds, (1..<4_102_444_800_000).contains(time) else {
      return .reject("timestamp holds no milliseconds since 1970")
    }
    guard row.fromMe == 0 || row.fromMe == 1 else { return .reject("from_me is neither 0 nor 1") }
    let group = row.chat.scheme.isGroup ? row.chat : nil
    var message = Message(
      platform: "whatsapp",
      from: nil,
      group: group,
      sentAt: Timestamp(milliseconds: time),
      text: row.text,
      file: row.file
    )
    if row.isSystem {
      message.kind = .system
      message.to = group == nil ? row.chat : nil
      return .items([.message(message)])
    }
    // Broadcasts and channels have a sender of their own; so have groups.
    let isPrivate = row.chat.scheme == .phone || row.chat.scheme == .name
    guard let sender = row.fromMe == 1 ? owner : isPrivate ? row.chat : row.sender else {
      return .reject("no address of a sender")
    }
    message.from = sender
    message.to = group != nil ? nil : row.fromMe == 1 ? row.chat : owner
    message.serverID = row.id.isEmpty ? nil : row.id
    message.kind = Self.kind(row.type)
    if message.kind == .other, message.text.isEmpty { message.text = "type \(row.type)" }
    if message.kind == .file, message.text.isEmpty { message.text = row.file?.name ?? "" }
    var items: [EvidenceItem] = [.message(message)]
    if let group, sender != owner, members.insert([group, sender]).inserted {
      items.append(
        .membership(Membership(group: group, groupName: row.groupName, member: sender))
      )
    }
    return .items(items)
  }

  static let callColumns = ["jid_row_id", "from_me", "timestamp", "duration", "call_result"]

  /// A row of `call_log`.
  func call(_ row: borrowing SeizedRow) -> UnitOutcome {
    guard let other = addresses.account(row.integer(0)) else {
      return .reject("jid_row_id leads to no address of WhatsApp")
    }
    guard let time = row.integer(2), (1..<4_102_444_800_000).contains(time) else {
      return .reject("timestamp holds no milliseconds since 1970")
    }
    guard let fromMe = row.integer(1), fromMe == 0 || fromMe == 1 else {
      return .reject("from_me is neither 0 nor 1")
    }
    let at = Timestamp(milliseconds: time)
    if other.scheme.isGroup {
      let from = fromMe == 1 ? owner : nil
      return .items([
        .message(
          Message(
            platform: "whatsapp",
            from: from,
            group: other,
            sentAt: at,
            kind: from == nil ? .system : .call,
            text: "call of the group"
          )
        )
      ])
    }
    return .items([
      .call(
        Call(
          from: fromMe == 1 ? owner : other,
          to: fromMe == 1 ? other : owner,
          at: at,
          seconds: max(0, row.integer(3) ?? 0),
          channel: "whatsapp"
        )
      )
    ])
  }

  private static func kind(_ type: Int64) -> Message.Kind {
    switch type {
    case 0: .text
    case 1, 42: .image
    case 2: .voice
    case 3, 43: .video
    case 4, 14: .card
    case 5, 16: .location
    case 9: .file
    case 10: .call
    case 13, 20: .sticker
    default: .other
    }
  }

  /// A file by its own name, else by the name under which it lies on the phone.
  private static func file(
    name: String?,
    path: String?,
    bytes: Int64?,
    hash: String?
  ) -> FileReference? {
    var known = name ?? ""
    if known.isEmpty, let last = path?.utf8.split(separator: UInt8(ascii: "/")).last {
      known = String(last) ?? ""
    }
    let digest = hash.flatMap(Base64.decode).flatMap { $0.count == 32 ? hexText($0) : nil }
    guard !known.isEmpty || digest != nil else { return nil }
    return FileReference(name: known, bytes: bytes, digest: digest.map { "sha256:" + $0 })
  }
}

/// What both forms of the table of messages say.
struct WhatsAppRow {
  let chat: Account
  let groupName: String
  let sender: Account?
  let fromMe: Int64?
  let id: String
  let milliseconds: Int64?
  let type: Int64
  let isSystem: Bool
  let text: String
  let file: FileReference?
}
