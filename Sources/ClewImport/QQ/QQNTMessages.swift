internal import ClewEvidence

/// Reads messages of QQ NT.
struct QQNTMessages {
  let known: QQNTAccounts
  /// The owner, or a name that never merges.
  let owner: Account
  private var told: Set<[Account]> = []

  /// Makes a reader.
  init(known: QQNTAccounts, owner: Account) {
    self.known = known
    self.owner = owner
  }

  static let columns = [
    "40001", "40002", "40003", "40010", "40011", "40012", "40013", "40020", "40021", "40030",
    "40033",
    "40050", "40090", "40093", "40800",
  ]

  /// A row of `c2c_msg_table` or `group_msg_table`.
  mutating func message(_ row: borrowing SeizedRow, isGroup: Bool) throws -> UnitOutcome {
    guard let seconds = row.integer(11), (1..<4_102_444_800).contains(seconds) else {
      return .reject("column 40050 holds no seconds since 1970")
    }
    guard let type = row.integer(4) else { return .reject("column 40011 is no number") }
    let peerID = try row.text(8)
    let group =
      isGroup
      ? QQNTAccounts.group(row.integer(9)) ?? QQNTAccounts.group(peerID.flatMap { Int64($0) }) : nil
    let peer = isGroup ? nil : known.account(row.integer(9), peerID)
    guard group != nil || peer != nil else {
      return .reject("column 40030 is no number of a peer or group")
    }
    guard let content = QQNTContent(row.bytes(14) ?? [], type: type) else {
      return .reject("column 40800 holds no protobuf message")
    }
    var message = Message(
      platform: "qq",
      from: nil,
      to: peer,
      group: group,
      sentAt: Timestamp(milliseconds: seconds * 1000),
      kind: content.kind,
      text: content.text,
      file: content.file
    )
    if content.kind == .system { return .items([.message(message)]) }
    let card = QQHeader.parts(of: try row.text(12) ?? "")
    let uid = try row.text(7) ?? ""
    let isOwn = [1, 2].contains(row.integer(6))
    // Very old rows hold the number behind the name only.
    let stated =
      known.account(row.integer(10), uid) ?? AccountNormalizer.qq(card.id)
      ?? AccountNormalizer.email(card.id) ?? (isOwn ? owner : peer)
    guard let sender = stated ?? (uid.isEmpty ? nil : Account(.name, uid)) else {
      return .reject("neither 40033 nor 40020 names a sender")
    }
    message.from = sender
    if let peer { message.to = sender == peer ? owner : peer }
    var items: [EvidenceItem] = [.message(message)]
    let nickname = try row.text(13) ?? ""
    if let group, sender.scheme == .qq, told.insert([group, sender]).inserted {
      items.append(
        .membership(
          Membership(
            group: group,
            groupName: known.groups[group]?.name ?? "",
            member: sender,
            memberName: card.name.isEmpty ? nickname : card.name
          )
        )
      )
    } else if !isGroup, !nickname.isEmpty, sender.scheme == .qq, told.insert([sender]).inserted {
      let nature: Contact.Nature = sender == owner ? .own : .stranger
      items.append(
        .contact(Contact(owner: known.owner, contact: sender, name: nickname, nature: nature))
      )
    }
    return .items(items)
  }
}

/// What column 40800 of QQ NT holds: a protobuf message of elements (field 48000).
struct QQNTContent {
  private(set) var kind: Message.Kind
  private(set) var text = ""
  private(set) var file: FileReference?

  /// Reads the elements; `nil` when the bytes are no protobuf message.
  init?(_ bytes: [UInt8], type: Int64) {
    kind = Self.kind(type)
    guard let fields = ProtobufReader.fields(of: bytes[...]) else { return nil }
    for field in fields where field.number == 48000 {
      guard let bytes = field.bytes, let element = ProtobufReader.fields(of: bytes) else {
        return nil
      }
      guard take(element) else { return nil }
    }
    if kind == .text { kind = QQReading.kind(text) }
    if kind == .file, text.isEmpty { text = file?.name ?? "" }
    if kind == .other { text = text.isEmpty ? "type \(type)" : "type \(type)\n\(text)" }
  }

  private mutating func take(_ element: [ProtobufReader.Field]) -> Bool {
    func first(_ number: Int) -> ProtobufReader.Field? {
      for field in element where field.number == number { return field }
      return nil
    }
    func bytes(_ number: Int) -> ArraySlice<UInt8>? { first(number)?.bytes }
    func integer(_ number: Int) -> UInt64? {
      guard let field = first(number) else { return nil }
      return field.varint
    }
    func string(_ number: Int) -> String? {
      bytes(number).flatMap { String(validating: $0, as: UTF8.self) }
    }
    let kinds: [UInt64: String] = [
      2: "[图片]", 4: "[语音]", 5: "[视频]", 6: "[表情]", 9: "[红包或转账]", 21: "[通话]",
    ]
    switch integer(45002) {
    case 1:
      for field in element where field.number == 45101 {
        guard let part = field.text else { return false }
        text += part
      }
    case 3:
      file = FileReference(
        name: string(45402) ?? "",
        bytes: integer(45405).flatMap { Int64(exactly: $0) }
      )
    case 7: break  // The quoted message; its own row holds it.
    case 10: text += string(47901).map(Self.cardText) ?? ""
    case 8, 14, 16:
      // Grey notes, markdown and XML: the text where there is one.
      text += string(45101) ?? ""
    case let other?: text += kinds[other] ?? ""
    case nil: break
    }
    return true
  }

  /// The line that a card shows in the list of chats.
  private static func cardText(_ json: String) -> String {
    let card = (try? JSONParser.parse(Array(json.utf8)))?.object
    return card?["prompt"]?.string ?? json
  }

  private static func kind(_ type: Int64) -> Message.Kind {
    switch type {
    case 2: .text
    case 3: .file
    case 5: .system
    case 6: .voice
    case 7: .video
    case 8: .forward
    case 9: .quote
    case 10: .redPacket
    case 11: .link
    case 17: .sticker
    default: .other
    }
  }
}
