internal import ClewEvidence

/// Turns the entries of Telegram chats into evidence.
struct TelegramMessages {
  let chats: TelegramChats
  /// The owner, or a name that never merges.
  let owner: Account
  /// Memberships and chats that were told already.
  private var told: Set<[Account]> = []

  /// Makes a reader of entries.
  init(chats: TelegramChats, owner: Account) {
    self.chats = chats
    self.owner = owner
  }

  /// One element of a chat's `messages`.
  mutating func entry(_ entry: JSONObject, in key: TelegramChats.Key) -> UnitOutcome {
    guard let chat = chats.chats[key], !chat.isFaulty else {
      return .reject("its chat states name, type or id twice or not as text and number")
    }
    guard let kind = chat.kind else { return .reject("type of its chat is none that is known") }
    guard chat.group != nil || kind == .savedMessages || chat.partner(owner: owner) != nil else {
      return .reject("id of its chat is no number")
    }
    guard let time = Self.time(entry) else {
      return .reject("neither date_unixtime nor date holds a time")
    }
    switch entry.text("type") {
    case "message", "unsupported": return message(entry, chat, time)
    case "service": return service(entry, chat, time)
    default: return .reject("type is neither message, service nor unsupported")
    }
  }

  private mutating func message(
    _ entry: JSONObject,
    _ chat: TelegramChat,
    _ time: Timestamp
  ) -> UnitOutcome {
    let name = entry.text("from")
    let known = sender(entry["from_id"], chat)
    guard let from = known ?? named(name, in: chat) else {
      return .reject("neither from_id nor from names a sender")
    }
    let content = TelegramContent(entry)
    let hasSharedIDs = chat.kind?.hasSharedIDs ?? false
    let message = Message(
      platform: "telegram",
      serverID: hasSharedIDs ? entry["id"]?.identifier : nil,
      from: from,
      to: receiver(of: from, chat),
      group: chat.group,
      sentAt: time,
      kind: content.kind,
      text: content.text,
      file: content.file,
      quotes: hasSharedIDs ? entry["reply_to_message_id"]?.identifier : nil,
      senderIsAssumed: known == nil
    )
    var items: [EvidenceItem] = [.message(message)]
    if let phone = content.contactPhone, let user = content.contactUser {
      // Anybody can type a contact, so that this is a hint only.
      items.append(.accountLink(AccountLink(user, phone, basis: .mention)))
    }
    if known != nil { tell(member: from, name: name, in: chat, into: &items) }
    tell(chat, into: &items)
    return .items(items)
  }

  private mutating func service(
    _ entry: JSONObject,
    _ chat: TelegramChat,
    _ time: Timestamp
  ) -> UnitOutcome {
    let action = entry.text("action")
    let actor = sender(entry["actor_id"], chat)
    var items: [EvidenceItem] = []
    if action == "phone_call", let actor, let other = receiver(of: actor, chat) {
      let seconds = max(0, entry["duration_seconds"]?.integer ?? 0)
      items.append(
        .call(Call(from: actor, to: other, at: time, seconds: seconds, channel: "telegram"))
      )
    } else {
      let names = (entry["members"]?.array ?? []).map { $0.string ?? "(deleted account)" }
      let details = [entry.text("title"), entry.text("inviter")] + names
      let said = details.filter { !$0.isEmpty }.joined(separator: ", ")
      items.append(
        .message(
          Message(
            platform: "telegram",
            serverID: chat.kind?.hasSharedIDs == true ? entry["id"]?.identifier : nil,
            from: nil,
            to: chat.partner(owner: owner),
            group: chat.group,
            sentAt: time,
            kind: .system,
            text: said.isEmpty ? action : "\(action): \(said)"
          )
        )
      )
    }
    if let actor {
      let isFounder = ["create_group", "create_channel"].contains(action)
      let role = isFounder ? "owner" : ""
      tell(member: actor, name: entry.text("actor"), role: role, in: chat, into: &items)
      if action == "invite_members" { tellInvited(entry, by: actor, in: chat, into: &items) }
    }
    tell(chat, into: &items)
    return .items(items)
  }

  /// The account behind `from_id` or `actor_id`.
  private func sender(_ id: JSONValue?, _ chat: TelegramChat) -> Account? {
    guard let text = id?.identifier else {
      return chat.kind?.isChannel == true ? chat.group : nil
    }
    for prefix in ["channel", "chat"] where text.utf8.starts(with: prefix.utf8) {
      return text.utf8.dropFirst(prefix.utf8.count).allSatisfy { (0x30...0x39).contains($0) }
        ? Account(.group, "telegram:\(text)") : nil
    }
    guard let user = AccountNormalizer.telegram(text) else { return nil }
    return chats.bots.contains(user.value) ? Account(.service, "telegram:\(user.value)") : user
  }

  /// A sender of whom only the name is known.
  private func named(_ name: String, in chat: TelegramChat) -> Account? {
    guard !name.isEmpty else { return nil }
    return chats.account(named: name) ?? Account(.name, "\(name)#telegram:\(chat.id ?? "")")
  }

  /// Who receives a private message.
  private func receiver(of sender: Account, _ chat: TelegramChat) -> Account? {
    guard let partner = chat.partner(owner: owner) else { return nil }
    return sender == partner ? owner : partner
  }

  /// Tells the name of a chat once, and that the owner is in it.
  private mutating func tell(_ chat: TelegramChat, into items: inout [EvidenceItem]) {
    if let partner = chat.partner(owner: owner), partner != owner, !chat.name.isEmpty,
      told.insert([partner]).inserted
    {
      let nature = Contact.Nature.stranger
      items.append(
        .contact(
          Contact(owner: chats.owner, contact: partner, name: chat.name, nature: nature)
        )
      )
    }
    if let own = chats.owner { tell(member: own, name: chats.ownName, in: chat, into: &items) }
  }

  /// Tells a membership once.
  private mutating func tell(
    member: Account,
    name: String,
    role: String = "",
    invitedBy: Account? = nil,
    in chat: TelegramChat,
    into items: inout [EvidenceItem]
  ) {
    guard let group = chat.group, member.scheme == .telegram,
      told.insert([group, member]).inserted
    else { return }
    items.append(
      .membership(
        Membership(
          group: group,
          groupName: chat.name,
          member: member,
          memberName: name,
          role: role,
          invitedBy: invitedBy
        )
      )
    )
  }

  /// Tells who invited the owner; other guests are known by their names only and stay in the text.
  private mutating func tellInvited(
    _ entry: JSONObject,
    by actor: Account,
    in chat: TelegramChat,
    into items: inout [EvidenceItem]
  ) {
    guard let own = chats.owner, !chats.ownName.isEmpty, actor != own,
      chats.account(named: chats.ownName) == own
    else { return }
    let guests = (entry["members"]?.array ?? []).compactMap(\.string)
    guard guests.contains(where: { $0.utf8.elementsEqual(chats.ownName.utf8) }) else { return }
    tell(member: own, name: chats.ownName, invitedBy: actor, in: chat, into: &items)
  }

  /// Seconds since 1970, or the wall clock of the exporting computer.
  private static func time(_ entry: JSONObject) -> Timestamp? {
    if let seconds = entry["date_unixtime"]?.integer, (0..<4_102_444_800).contains(seconds) {
      return Timestamp(milliseconds: seconds * 1000)
    }
    return Timestamp(parsing: entry.text("date"))
  }
}
