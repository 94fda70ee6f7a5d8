internal import ClewEvidence

/// What a chat of a Telegram export says of itself.
struct TelegramChat {
  /// The kinds of chat, as the export names them.
  enum Kind: String, CaseIterable {
    case personal = "personal_chat"
    case bot = "bot_chat"
    case savedMessages = "saved_messages"
    case replies
    case verificationCodes = "verification_codes"
    case privateGroup = "private_group"
    case privateSupergroup = "private_supergroup"
    case publicSupergroup = "public_supergroup"
    case privateChannel = "private_channel"
    case publicChannel = "public_channel"

    /// Whether two talk, or one with himself.
    var isPrivate: Bool {
      switch self {
      case .personal, .bot, .savedMessages, .replies, .verificationCodes: true
      default: false
      }
    }

    /// Whether the ids of messages are the same for every member.
    var hasSharedIDs: Bool { !isPrivate && self != .privateGroup }

    /// Whether only the channel itself speaks.
    var isChannel: Bool { self == .privateChannel || self == .publicChannel }
  }

  var name = ""
  var kind: Kind?
  var id: String?
  /// Whether one of the above stands twice or cannot be read.
  var isFaulty = false
  /// The first speakers with an id.
  var speakers: [Account] = []

  /// The group; groups and supergroups number their ids apart.
  var group: Account? {
    guard let kind, !kind.isPrivate, let id else { return nil }
    return Account(.group, "telegram:\(kind == .privateGroup ? "chat" : "channel")\(id)")
  }

  /// The other side of a private chat.
  func partner(owner: Account) -> Account? {
    switch kind {
    case .savedMessages: owner
    case .personal: id.flatMap(AccountNormalizer.telegram)
    case .bot, .replies, .verificationCodes: id.map { Account(.service, "telegram:\($0)") }
    default: nil
    }
  }
}

/// What a first pass over a Telegram export learns.
struct TelegramChats {
  /// Which chat of the file.
  struct Key: Hashable {
    let document: Int
    let area: TelegramImporter.Area
    let index: Int

    init(_ document: Int, _ area: TelegramImporter.Area, _ indices: [Int]) {
      self.document = document
      self.area = area
      index = area == .chat ? 0 : indices.first ?? 0
    }
  }

  private(set) var chats: [Key: TelegramChat] = [:]
  /// Whose export it is.
  private(set) var owner: Account?
  /// The name that the owner's profile shows.
  private(set) var ownName = ""
  /// How the owner is known, where the export does not state it.
  private(set) var ownerNote: String?
  /// The numbers of bots, which are nobody.
  private(set) var bots: Set<String> = []
  /// The account of each name that bears exactly one; `nil` for names with several.
  private var accounts: [Account: Account?] = [:]

  /// Reads the file once.
  init(_ source: StagedSource) throws {
    var paths: [JSONPath] = ["personal_information"]
    var meanings: [(area: TelegramImporter.Area, key: String)] = [(.profile, "")]
    for area in TelegramImporter.Area.allCases {
      guard let prefix = area.chatPath else { continue }
      for key in ["name", "type", "id", "messages[]"] {
        paths.append(JSONPath(prefix + key))
        meanings.append((area, key))
      }
    }
    let reader = try JSONReader(source, paths: paths)
    while let unit = try reader.next() {
      guard let path = unit.path else { continue }
      let (area, key) = meanings[path]
      if area == .profile {
        learnProfile(unit.value?.object)
      } else {
        learn(unit, key, of: Key(unit.document, area, unit.indices))
      }
    }
    inferOwner()
  }

  private mutating func learnProfile(_ profile: JSONObject?) {
    guard owner == nil, let profile else { return }
    owner = profile["user_id"]?.identifier.flatMap(TelegramContacts.user)
    ownName = TelegramContacts.name(profile)
    if let owner { learn(ownName, owner) }
  }

  private mutating func learn(_ unit: JSONReader.Unit, _ key: String, of chat: Key) {
    if key == "messages[]" {
      guard let message = unit.value?.object,
        let sender = (message["from_id"] ?? message["actor_id"])?.identifier
          .flatMap(AccountNormalizer.telegram)
      else { return }
      learn(message.text(message["from_id"] == nil ? "actor" : "from"), sender)
      if let speakers = chats[chat]?.speakers, speakers.count < 3, !speakers.contains(sender) {
        chats[chat]?.speakers.append(sender)
      } else if chats[chat] == nil {
        chats[chat] = TelegramChat(speakers: [sender])
      }
      return
    }
    var known = chats[chat] ?? TelegramChat()
    if unit.fault != nil { known.isFaulty = true }
    switch key {
    case "name": known.name = unit.value?.string ?? ""
    case "type": known.kind = unit.value?.string.flatMap(TelegramChat.Kind.init(rawValue:))
    default: known.id = unit.value?.identifier
    }
    if known.kind == .bot, let id = known.id { bots.insert(id) }
    chats[chat] = known
  }

  private mutating func learn(_ name: String, _ account: Account) {
    guard !name.isEmpty else { return }
    let key = Account(.name, name)
    if let known = accounts[key] {
      if known != account { accounts[key] = .some(nil) }
    } else {
      accounts[key] = account
    }
  }

  /// In a private chat that names its partner, the other speaker is the owner.
  private mutating func inferOwner() {
    guard owner == nil else { return }
    var found: Set<Account> = []
    for chat in chats.values where chat.kind == .personal && !chat.isFaulty {
      guard let id = chat.id else { continue }
      found.formUnion(chat.speakers.filter { $0.value != id })
    }
    if found.count == 1, let only = found.first {
      owner = only
      ownerNote = "not stated: the other speaker of the private chats"
    } else {
      ownerNote = "not stated: own messages stand under a name that never merges"
    }
  }

  /// The one account that bears a name in this file.
  func account(named name: String) -> Account? {
    accounts[Account(.name, name)].flatMap(\.self)
  }
}
