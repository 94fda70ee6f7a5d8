internal import ClewEvidence

/// Reads the JSON of the tool QQChatExporter: one chat of QQ NT.
///
/// The number in `rawMessage` goes before the one in `sender`. The file is read twice: `chatInfo` may
/// stand behind the messages, and the other side of a private chat is who else speaks in it.
struct QQChatExporter: Importer {
  let format = "qq-chat-exporter"
  let title = "QQChatExporter JSON"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let outline = JSONOutline(source), outline.has("metadata", "chatInfo") else { return nil }
    let isNamed = outline.text("metadata.name").utf8.starts(with: "QQChatExporter".utf8)
    let hasMessages = outline.has("messages[].messageId", "messages[].sender.uid")
    guard isNamed || hasMessages else { return nil }
    return Recognition(
      confidence: isNamed ? 95 : 85,
      sign: isNamed ? "metadata.name QQChatExporter" : "metadata, chatInfo and messages of QQ"
    )
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let chat = try QQExportedChat(source)
    if let owner = chat.owner { sink.setOwner(owner) }
    var members: Set<Account> = []
    let reader = try JSONReader(source, paths: ["messages[]"])
    var units: Int64 = 0
    while let unit = try reader.next() {
      units += 1
      let position = UnitPosition(row: units, offset: unit.offset)
      guard let object = unit.value?.object else {
        let reason = unit.fault ?? "an entry that is no object"
        try sink.reject(at: position, bytes: unit.bytes, reason: reason)
        continue
      }
      let original =
        String(validating: unit.bytes, as: UTF8.self).map(Original.text) ?? .bytes(unit.bytes)
      try chat.message(object, &members).hand(to: sink, at: position, original: original)
    }
    sink.setDecision("chat", chat.isGroup ? "group" : "private")
    if let note = reader.structureNote { sink.setDecision("structure", note) }
    return units
  }
}

/// The chat of a QQChatExporter file.
struct QQExportedChat {
  /// Whose account exported it, where the file tells.
  private(set) var owner: Account?
  private(set) var isGroup = false
  private var name = ""
  private var number: String?
  private var speakers: [Account] = []
  private var mark = ""
  private var isFaulty = false

  /// Reads the file once.
  init(_ source: StagedSource) throws {
    let reader = try JSONReader(source, paths: ["chatInfo", "messages[]"])
    while let unit = try reader.next() {
      guard let path = unit.path else { continue }
      if path == 0 {
        guard let info = unit.value?.object else {
          isFaulty = true
          continue
        }
        learn(info)
      } else if let message = unit.value?.object {
        if mark.isEmpty {
          let time = Self.time(message)?.seconds ?? 0
          mark = QQChats.mark("\(time)\n\(message["content"]?.object?.text("text") ?? "")")
        }
        guard speakers.count < 3, let sender = Self.sender(message), sender.scheme == .qq,
          !speakers.contains(sender)
        else { continue }
        speakers.append(sender)
      }
    }
  }

  private mutating func learn(_ info: JSONObject) {
    name = info.text("name")
    let type = info["type"]?.identifier ?? ""
    isGroup = type == "group" || type == "2"
    owner = info["selfUin"]?.identifier.flatMap(AccountNormalizer.qq)
    for key in ["groupCode", "groupUin", "peerUin", "uin", "id", "peerUid"] where number == nil {
      guard let text = info[key]?.identifier, QQAndroidProfile.group(text) != nil else { continue }
      number = text
    }
  }

  /// One message.
  func message(_ entry: JSONObject, _ members: inout Set<Account>) -> UnitOutcome {
    guard !isFaulty else { return .reject("chatInfo stands twice or is no object") }
    guard let time = Self.time(entry) else {
      return .reject("timestamp holds neither milliseconds, seconds nor a date")
    }
    let content = entry["content"]?.object
    var message = Message(
      platform: "qq",
      from: nil,
      group: group,
      sentAt: time,
      kind: .system,
      text: content?.text("text") ?? ""
    )
    if entry["isSystemMessage"]?.bool == true { return .items([.message(message)]) }
    guard let sender = Self.sender(entry) else {
      return .reject("neither senderUin nor uid names a sender")
    }
    message.from = sender
    message.to = isGroup ? nil : receiver(of: sender)
    message.kind = QQReading.kind(message.text)
    if let resource = content?["resources"]?.array?.first?.object {
      message.file = Self.file(resource)
      let kind = Self.kind(resource.text("type"))
      if message.kind == .text, message.text.isEmpty || kind == .file { message.kind = kind }
      if message.text.isEmpty, kind == .file { message.text = message.file?.name ?? "" }
    }
    if content?["reply"]?.object != nil, message.kind == .text { message.kind = .quote }
    var items: [EvidenceItem] = [.message(message)]
    if let group, sender.scheme == .qq, members.insert(sender).inserted {
      let raw = entry["rawMessage"]?.object
      let names = [
        raw?.text("sendMemberName"), raw?.text("sendNickName"),
        entry["sender"]?.object?.text("name"),
      ].compactMap(\.self)
      items.append(
        .membership(
          Membership(
            group: group,
            groupName: name,
            member: sender,
            memberName: names.first { !$0.isEmpty } ?? ""
          )
        )
      )
    }
    return .items(items)
  }

  private var group: Account? {
    guard isGroup else { return nil }
    return number.flatMap(QQAndroidProfile.group) ?? Account(.qqGroup, "\(name)#\(mark)")
  }

  /// The other side of a private chat.
  private func receiver(of sender: Account) -> Account? {
    let peer = number.flatMap(AccountNormalizer.qq)
    if let peer, sender != peer { return peer }
    if let owner, sender != owner { return owner }
    return speakers.count == 2 ? speakers.first { $0 != sender } : nil
  }

  private static func sender(_ entry: JSONObject) -> Account? {
    let raw = entry["rawMessage"]?.object
    let stated = entry["sender"]?.object
    for value in [raw?["senderUin"], stated?["uin"]] {
      if let account = value?.identifier.flatMap(AccountNormalizer.qq) { return account }
    }
    for value in [raw?["senderUid"], stated?["uid"]] {
      if let uid = value?.string, uid.utf8.starts(with: "u_".utf8) { return Account(.name, uid) }
    }
    return nil
  }

  /// Milliseconds or seconds since 1970, by their size, or a date.
  private static func time(_ entry: JSONObject) -> Timestamp? {
    guard let value = entry["timestamp"] ?? entry["time"] else { return nil }
    guard let number = value.integer else { return value.string.flatMap(Timestamp.init(parsing:)) }
    if (1..<4_102_444_800).contains(number) { return Timestamp(milliseconds: number * 1000) }
    return (100_000_000_000..<4_102_444_800_000).contains(number)
      ? Timestamp(milliseconds: number) : nil
  }

  private static func file(_ resource: JSONObject) -> FileReference? {
    let names = ["filename", "fileName", "name"].map { resource.text($0) }
    let digest = Hexadecimal.md5(resource.text("md5"))
    let name = names.first { !$0.isEmpty } ?? ""
    guard !name.isEmpty || digest != nil else { return nil }
    let bytes = (resource["size"] ?? resource["fileSize"])?.integer
    return FileReference(name: name, bytes: bytes, digest: digest)
  }

  private static func kind(_ type: String) -> Message.Kind {
    switch type {
    case "image": .image
    case "video": .video
    case "audio", "voice": .voice
    case "file": .file
    default: .other
    }
  }
}
