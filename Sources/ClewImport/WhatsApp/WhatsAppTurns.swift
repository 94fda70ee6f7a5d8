internal import ClewEvidence

/// What every form of WhatsApp's table of messages says.
struct WhatsAppRow {
  let chat: Account
  let groupName: String
  let sender: Account?
  let sentAt: Timestamp
  let isOwn: Bool
  let id: String
  let type: Int64
  let kind: Message.Kind
  let text: String
  let file: FileReference?
}

/// Turns rows into messages: who speaks to whom, and who is seen in a group for the first time.
struct WhatsAppTurns {
  /// A name for the owner, who is not stated.
  let owner: Account
  private var members: Set<[Account]> = []

  init(owner: Account) { self.owner = owner }

  mutating func take(_ row: WhatsAppRow) -> UnitOutcome {
    let group = row.chat.scheme.isGroup ? row.chat : nil
    var message = Message(
      platform: "whatsapp",
      from: nil,
      group: group,
      sentAt: row.sentAt,
      text: row.text,
      file: row.file
    )
    message.kind = row.kind
    if row.kind == .system {
      message.to = group == nil ? row.chat : nil
      return .items([.message(message)])
    }
    // Broadcasts and channels have a sender of their own; so have groups.
    let isPrivate = row.chat.scheme == .phone || row.chat.scheme == .name
    guard let sender = row.isOwn ? owner : isPrivate ? row.chat : row.sender else {
      return .reject("no address of a sender")
    }
    message.from = sender
    message.to = group != nil ? nil : row.isOwn ? row.chat : owner
    message.serverID = row.id.isEmpty ? nil : row.id
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
}
