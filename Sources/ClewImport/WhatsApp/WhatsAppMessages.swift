internal import ClewEvidence

/// Reads messages and calls of WhatsApp's databases.
struct WhatsAppMessages {
  let addresses: WhatsAppAddresses
  /// The owner, who is not stated, and the members seen so far.
  private var turns: WhatsAppTurns
  /// The account of each chat, and the name of a group, by row of `chat`.
  private var chats: [Int64: (account: Account?, name: String)] = [:]
  /// The files of messages, by row of `message`.
  private var files: [Int64: FileReference] = [:]

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
    turns = WhatsAppTurns(owner: owner)
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
    return turns.take(
      WhatsAppRow(
        chat: account,
        groupName: chat.name,
        sender: addresses.account(row.integer(4)),
        sentAt: try Self.time(row.integer(5)),
        isOwn: try Self.isOwn(row.integer(2)),
        id: try row.text(3) ?? "",
        type: type,
        kind: type == 7 ? .system : Self.kind(type),
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
    return turns.take(
      WhatsAppRow(
        chat: account,
        groupName: "",
        sender: WhatsAppAddresses.account(try row.text(3) ?? ""),
        sentAt: try Self.time(row.integer(4)),
        isOwn: try Self.isOwn(row.integer(1)),
        id: try row.text(2) ?? "",
        type: type,
        kind: row.integer(6) == 6 ? .system : Self.kind(type),
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

  static let callColumns = ["jid_row_id", "from_me", "timestamp", "duration", "call_result"]

  /// A row of `call_log`.
  func call(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let other = addresses.account(row.integer(0)) else {
      return .reject("jid_row_id leads to no address of WhatsApp")
    }
    let at = try Self.time(row.integer(2))
    let isOwn = try Self.isOwn(row.integer(1))
    let owner = turns.owner
    if other.scheme.isGroup {
      let from = isOwn ? owner : nil
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
          from: isOwn ? owner : other,
          to: isOwn ? other : owner,
          at: at,
          seconds: max(0, row.integer(3) ?? 0),
          channel: "whatsapp"
        )
      )
    ])
  }

  private static func time(_ milliseconds: Int64?) throws -> Timestamp {
    guard let milliseconds, (1..<4_102_444_800_000).contains(milliseconds) else {
      throw RowRefusal(reason: "timestamp holds no milliseconds since 1970")
    }
    return Timestamp(milliseconds: milliseconds)
  }

  private static func isOwn(_ fromMe: Int64?) throws -> Bool {
    guard fromMe == 0 || fromMe == 1 else { throw RowRefusal(reason: "from_me is neither 0 nor 1") }
    return fromMe == 1
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
  static func file(
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
