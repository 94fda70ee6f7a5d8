internal import ClewEvidence

/// Reads `result.json` of Telegram Desktop: a full export, or the export of a single chat.
///
/// The file is read twice: first to learn the chats, who speaks in them and whose export it is, then
/// entry by entry. A unit is a message, a service entry, a contact, a session, or the owner's profile.
/// A single chat does not name its owner; in a private one it is the other speaker. Ids of messages
/// are the same on every phone in supergroups and channels only, so that they count nowhere else.
struct TelegramImporter: Importer {
  let format = "telegram-json"
  let title = "Telegram Desktop export (result.json)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let outline = JSONOutline(source) else { return nil }
    for list in ["chats", "left_chats"]
    where outline.has("\(list).list[].messages", "\(list).list[].type") {
      return Recognition(confidence: 95, sign: "\(list).list with messages")
    }
    if outline.has("personal_information.user_id", "personal_information.phone_number")
      || outline.has("contacts.list[].user_id", "contacts.list[].phone_number")
    {
      return Recognition(confidence: 85, sign: "personal_information and contacts of Telegram")
    }
    let type = outline.text("type")
    guard TelegramChat.Kind(rawValue: type) != nil,
      outline.has("name", "type", "id", "messages")
        || (type == TelegramChat.Kind.savedMessages.rawValue && outline.has("id", "messages"))
    else { return nil }
    return Recognition(confidence: 90, sign: "a chat with name, type, id and messages")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let chats = try TelegramChats(source)
    if let owner = chats.owner { sink.setOwner(owner) }
    if let note = chats.ownerNote { sink.setDecision("owner", note) }
    var messages = TelegramMessages(
      chats: chats,
      owner: chats.owner ?? UnknownOwner.account(of: source)
    )
    let contacts = TelegramContacts(owner: chats.owner)
    let reader = try JSONReader(source, paths: Area.allCases.map(\.path))
    var units: Int64 = 0
    while let unit = try reader.next() {
      units += 1
      let area = unit.path.map { Area.allCases[$0] }
      let position = UnitPosition(part: area?.rawValue ?? "", row: units, offset: unit.offset)
      guard let area, let object = unit.value?.object else {
        let reason = unit.fault ?? "an entry that is no object"
        try sink.reject(at: position, bytes: unit.bytes, reason: reason)
        continue
      }
      let outcome: UnitOutcome
      switch area {
      case .profile: outcome = contacts.profile(object)
      case .contacts: outcome = contacts.contact(object)
      case .frequent: outcome = contacts.frequent(object)
      case .sessions: outcome = .skip("session of the device")
      case .chats, .leftChats, .chat:
        let key = TelegramChats.Key(unit.document, area, unit.indices)
        outcome = messages.entry(object, in: key)
      }
      try outcome.hand(to: sink, at: position, original: Self.original(unit))
    }
    if let note = reader.structureNote { sink.setDecision("structure", note) }
    if !reader.passedOver.isEmpty {
      let names = reader.passedOver.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      sink.setDecision("parts not read", names.joined(separator: ", "))
    }
    return units
  }

  /// The parts of an export that hold units.
  enum Area: String, CaseIterable {
    case profile, contacts, frequent, sessions, chats, leftChats = "left chats", chat

    var path: JSONPath {
      switch self {
      case .profile: "personal_information"
      case .contacts: "contacts.list[]"
      case .frequent: "frequent_contacts.list[]"
      case .sessions: "sessions.list[]"
      case .chats: "chats.list[].messages[]"
      case .leftChats: "left_chats.list[].messages[]"
      case .chat: "messages[]"
      }
    }

    /// What stands before the keys of a chat.
    var chatPath: String? {
      switch self {
      case .chats: "chats.list[]."
      case .leftChats: "left_chats.list[]."
      case .chat: ""
      default: nil
      }
    }
  }

  private static func original(_ unit: JSONReader.Unit) -> Original {
    String(validating: unit.bytes, as: UTF8.self).map(Original.text) ?? .bytes(unit.bytes)
  }
}
