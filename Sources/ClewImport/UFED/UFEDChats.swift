internal import ClewEvidence

/// Reads chats and their messages from a UFED report.
///
/// A message is recorded as the app's own database would give it: WeChat's server ids, user names and
/// rooms are the same, so that one message on two phones is one record. Quoted messages, which the
/// report writes twice inside the quoting one, are no messages of their own.
struct UFEDChats {
  /// The fields of a chat that its messages need.
  static let headerFields: Set<String> = [
    "Source", "Id", "Name", "Account", "ChatType", "Participants",
  ]

  /// The mark of the file to which names without account are bound.
  let scope: String
  let clock: ForensicTime
  let app: ForensicApp
  /// The group; `nil` for a private chat.
  let group: Account?
  let title: String
  /// The device's owner in this chat.
  let owner: Account
  /// The participants that are somebody, each once.
  let participants: [UFEDParty]

  init(_ header: UFEDModel, _ overview: UFEDOverview, scope: String) {
    self.scope = scope
    clock = overview.clock
    let source = header.text("Source")
    app = ForensicApp(source.isEmpty ? header.text("SourceApplication") : source)
    var seen: Set<Account> = []
    var parties: [UFEDParty] = []
    for model in header.models("Participants") {
      let party = UFEDParty(model, app)
      guard let account = party.account, seen.insert(account).inserted else { continue }
      parties.append(party)
    }
    participants = parties
    title = header.text("Name")
    owner =
      parties.first(where: \.isOwner)?.account ?? app.account(header.text("Account"))
      ?? overview.owner.account(on: app)
    let id = header.text("Id")
    let kind = header.text("ChatType").lowercased()
    let named = app.group(id)
    let isGroup =
      ["group", "broadcast", "channel"].contains(kind) || named?.scheme == .wechatGroup
      || id.hasSuffix("@g.us") || (kind != "oneonone" && parties.count > 2)
    let model = header.element.attribute("id") ?? ""
    group = isGroup ? named ?? Account(.group, "\(model)#\(scope)") : nil
  }

  /// What the chat itself says: who is in it, and under which names.
  func header() -> RowOutcome {
    var items: [EvidenceItem] = []
    for party in participants {
      guard let account = party.account else { continue }
      if let group {
        items.append(
          .membership(
            Membership(
              group: group,
              groupName: title,
              member: account,
              memberName: party.name,
              role: party.isAdmin ? "admin" : ""
            )
          )
        )
      } else if !party.name.isEmpty {
        let nature: Contact.Nature = account == owner ? .own : .stranger
        items.append(
          .contact(
            Contact(
              owner: owner.scheme == .name ? nil : owner,
              contact: account,
              name: party.name,
              nature: nature
            )
          )
        )
      }
    }
    return items.isEmpty ? .skip("chat without named participants") : .accept(items)
  }

  /// One message of the chat.
  func message(_ model: UFEDModel) throws(RowFault) -> RowOutcome {
    let sender = model.models("From").first.map { UFEDParty($0, app) }
    let content = UFEDContent(model)
    var message = Message(
      platform: app.isPhone ? "sms" : app.platform,
      serverID: app.serverID(model.text("Identifier")),
      from: nil,
      group: group,
      sentAt: try model.time("TimeStamp", clock),
      kind: content.kind,
      text: content.text,
      file: content.file,
      quotes: content.quoted.flatMap(app.serverID)
    )
    let others = participants.compactMap(\.account).filter { $0 != owner }
    if sender?.isSystem == true || model.text("Type").lowercased() == "system" {
      message.kind = .system
      message.to = group == nil && others.count == 1 ? others.first : nil
      return .accept([.message(message)])
    }
    let (from, isAssumed) = try account(of: sender, folder: model.text("Folder"), others)
    message.from = from
    message.senderIsAssumed = isAssumed
    if group == nil {
      let named = model.models("To").compactMap { UFEDParty($0, app).account }
      // In received messages the report leaves the receivers out.
      let receivers = (named.isEmpty ? participants.compactMap(\.account) : named)
        .filter { $0 != from }
      message.to = receivers.first ?? (from == owner ? nil : owner)
    }
    return .accept([.message(message)])
  }

  /// The sender, and whether it is known by a name only.
  private func account(
    of sender: UFEDParty?,
    folder: String,
    _ others: [Account]
  ) throws(RowFault) -> (Account, Bool) {
    if let account = sender?.account { return (account, false) }
    if sender?.isOwner == true { return (owner, false) }
    if let name = sender?.name, !name.isEmpty {
      let named = participants.filter { $0.name.utf8.elementsEqual(name.utf8) }
      let account = named.count == 1 ? named.first?.account : nil
      return (account ?? Account(.name, "\(name)#\(scope)"), true)
    }
    switch ForensicWords.isOutgoing(folder) {
    case true?: return (owner, false)
    case false? where group == nil && others.count == 1: return (others[0], false)
    default: throw RowFault("field \"From\" is empty and nothing else names the sender")
    }
  }
}

/// What a message of a UFED report carries.
struct UFEDContent {
  let kind: Message.Kind
  let text: String
  let file: FileReference?
  /// The id of the quoted message as the report writes it.
  let quoted: String?

  init(_ model: UFEDModel) {
    let body = model.exact("Body")
    let attachments = model.models("Attachments")
    let embedded = model.models("EmbeddedInstantMessage")
    file = attachments.first.map { Self.file($0) }
    quoted = embedded.first.map { $0.text("Identifier") }
    text = body.isEmpty ? model.exact("Subject") : body
    if let first = attachments.first {
      kind = Self.kind(first.text("ContentType").lowercased())
    } else if !model.models("SharedContacts").isEmpty {
      kind = .card
    } else if !embedded.isEmpty {
      kind = body.isEmpty ? .forward : .quote
    } else {
      kind = text.isEmpty ? .other : .text
    }
  }

  private static func kind(_ contentType: String) -> Message.Kind {
    for (start, kind) in [
      ("image", Message.Kind.image), ("audio", .voice), ("video", .video),
    ] where contentType.hasPrefix(start) {
      return kind
    }
    return .file
  }

  private static func file(_ attachment: UFEDModel) -> FileReference {
    let path = attachment.text("Filename")
    let parts = path.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    return FileReference(
      name: parts.last.flatMap { String($0) } ?? path,
      bytes: Int64(attachment.text("Size")).flatMap { $0 >= 0 ? $0 : nil },
      digest: Hexadecimal.md5(attachment.text("MD5"))
    )
  }
}
