internal import ClewEvidence

/// Reads the decrypted databases of WhatsApp on Android: `msgstore.db` in its new and old form, and
/// `wa.db` with the contacts.
///
/// The database does not say whose phone it is from: own messages stand under a name that never
/// merges. The id of a message is made by its sender and is the same on every phone.
struct WhatsAppDatabase: Importer {
  let format = "whatsapp-android"
  let title = "WhatsApp, Android (msgstore.db, wa.db, decrypted)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    func has(_ table: String, _ columns: String...) -> Bool {
      guard let present = source.tables?[table] else { return false }
      return columns.allSatisfy(present.contains)
    }
    if has("message", "chat_row_id", "from_me", "timestamp"), has("chat", "jid_row_id"),
      has("jid", "_id")
    {
      return Recognition(confidence: 95, sign: "tables message, chat and jid")
    }
    if has("messages", "key_remote_jid", "key_from_me", "timestamp") {
      return Recognition(confidence: 95, sign: "table messages with key_remote_jid")
    }
    if has("wa_contacts", "jid") { return Recognition(confidence: 90, sign: "table wa_contacts") }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    sink.setDecision("owner", "not stated: own messages stand under a name that never merges")
    let owner = UnknownOwner.account(of: source)
    let addresses = try WhatsAppAddresses(tables.database)
    var messages = try WhatsAppMessages(tables.database, addresses: addresses, owner: owner)
    let contacts = WhatsAppContacts(addresses: addresses)
    try tables.read("jid", ["_id", "raw_string"]) { _ in .skip("address, read where it is used") }
    try tables.read("jid_map", ["lid_row_id", "jid_row_id"]) { _ in
      .skip("address, read where it is used")
    }
    try tables.read("wa_contacts", WhatsAppContacts.columns) { try contacts.contact($0) }
    try tables.read("chat", WhatsAppContacts.chatColumns) { try contacts.chat($0) }
    try tables.read("group_participant_user", WhatsAppContacts.memberColumns) {
      contacts.member($0)
    }
    try tables.read("group_participants", WhatsAppContacts.oldMemberColumns) {
      try contacts.oldMember($0)
    }
    try tables.read("message_media", WhatsAppMessages.mediaColumns) { _ in
      .skip("file, read with its message")
    }
    try tables.read("message", WhatsAppMessages.columns) { try messages.message($0) }
    try tables.read("messages", WhatsAppMessages.oldColumns) { try messages.oldMessage($0) }
    try tables.read("call_log", WhatsAppMessages.callColumns) { try messages.call($0) }
    tables.reportUnread()
    return tables.count
  }
}
