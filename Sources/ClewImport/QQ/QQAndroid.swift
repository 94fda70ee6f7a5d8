internal import ClewEvidence

/// Reads the legacy databases of QQ on Android, `<number>.db` and `slowtable_<number>.db`.
///
/// Each chat has a table named by the MD5 of its number; a row counts only when the number in it gives
/// that name. The ids of messages are not the same on every phone, so that none is taken: a message
/// is known again by its ends, second and text.
struct QQAndroid: Importer {
  let format = "qq-android"
  let title = "QQ, Android (legacy <number>.db)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    let hasChat = tables.contains { name, columns in
      QQChatTable(name) != nil && ["msgData", "senderuin", "time"].allSatisfy(columns.contains)
    }
    if hasChat {
      return Recognition(confidence: 95, sign: "tables mr_friend_…_New or mr_troop_…_New")
    }
    let hasFriends = ["uin", "name", "remark"].allSatisfy((tables["Friends"] ?? []).contains)
    let hasGroups = ["troopuin", "memberuin"].allSatisfy(
      (tables["TroopMemberInfo"] ?? []).contains
    )
    return hasFriends && hasGroups
      ? Recognition(confidence: 80, sign: "tables Friends and TroopMemberInfo") : nil
  }

  func wants(companion: StagedSource) -> Bool {
    companion.tables == nil && companion.name == "kc" && companion.bytes <= StagingArea.keyLimit
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    let chats = tables.database.tables.keys.compactMap(QQChatTable.init)
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    guard let key = try Self.key(source, tables.database, chats) else {
      throw ImportError.unreadableDatabase(
        path: source.displayPath,
        reason: "its values are disguised by an unknown key; lay the folder files with kc beside "
          + "the folder of the database, and keep the database's own name"
      )
    }
    sink.setDecision("key", key.origin.rawValue + (key.length > 0 ? ", \(key.length) letters" : ""))
    let profile = try QQAndroidProfile(tables.database, chats, key)
    if let owner = profile.owner { sink.setOwner(owner) }
    let contacts = QQAndroidContacts(profile: profile, key: key)
    try tables.read("Friends", QQAndroidContacts.friendColumns) { try contacts.friend($0) }
    try tables.read("TroopInfoV2", QQAndroidContacts.groupColumns) { try contacts.group($0) }
    try tables.read("TroopMemberInfo", QQAndroidContacts.memberColumns) { try contacts.member($0) }
    let owner = profile.owner ?? UnknownOwner.account(of: source)
    for chat in chats {
      let messages = QQAndroidMessages(chat: chat, owner: owner, key: key)
      try tables.read(chat.name, QQAndroidMessages.columns) { try messages.message($0) }
    }
    tables.reportUnread()
    return tables.count
  }

  /// The key that turns the numbers of the first chats into the names of their tables.
  private static func key(
    _ source: StagedSource,
    _ database: SeizedDatabase,
    _ chats: [QQChatTable]
  ) throws -> QQKey? {
    var samples: [(own: String, peer: String, chat: QQChatTable)] = []
    for chat in chats where samples.count < 8 {
      var isFirst = true
      try database.forEachRow(of: chat.name, columns: ["selfuin", "frienduin"]) { row in
        guard isFirst, let own = (try? row.text(0)) ?? nil, let peer = (try? row.text(1)) ?? nil
        else { return }
        isFirst = false
        samples.append((own, peer, chat))
      }
    }
    var candidates = [QQKey([], origin: .none)]
    for file in source.companions {
      if let key = QQKey(file: file.head) { candidates.append(key) }
    }
    let digits = source.name.utf8.split { !(0x30...0x39).contains($0) }.first.flatMap { String($0) }
    if let digits, let own = samples.first?.own, let key = QQKey(number: digits, disguised: own) {
      candidates.append(key)
    }
    if samples.isEmpty {
      // Without chats the numbers of friends must become numbers.
      var numbers: [String] = []
      try database.forEachRow(of: "Friends", columns: ["uin"]) { row in
        if numbers.count < 8, let text = (try? row.text(0)) ?? nil { numbers.append(text) }
      }
      return candidates.first { key in
        !numbers.isEmpty && numbers.allSatisfy { key.text($0).flatMap(AccountNormalizer.qq) != nil }
      }
    }
    return candidates.first { key in
      samples.contains { sample in
        guard let peer = key.text(sample.peer) else { return false }
        return sample.chat.isNamed(for: peer)
          || (!sample.chat.isHashed && AccountNormalizer.qq(peer) != nil)
      }
    }
  }
}

/// A table of one chat.
struct QQChatTable {
  enum Kind { case friend, group, discussion }

  let name: String
  let kind: Kind
  private let hash: String

  /// Reads the name of a table; `nil` when it is of no chat.
  init?(_ name: String) {
    let kinds: [(String, Kind)] = [
      ("mr_friend_", .friend), ("mr_troop_", .group), ("mr_discusssion_", .discussion),
      ("mr_discussion_", .discussion),
    ]
    guard let (prefix, kind) = kinds.first(where: { name.utf8.starts(with: $0.0.utf8) }),
      name.hasSuffix("_New"), name.utf8.count == prefix.utf8.count + 36
    else { return nil }
    self.name = name
    self.kind = kind
    hash = String(name.dropFirst(prefix.count).dropLast(4)).lowercased()
  }

  /// How the numbers of discussions give their names is not known.
  var isHashed: Bool { kind != .discussion }

  /// Whether the table is named for a number.
  func isNamed(for number: String) -> Bool { NameHash.md5(number).utf8.elementsEqual(hash.utf8) }
}
