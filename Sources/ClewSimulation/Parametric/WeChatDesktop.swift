import ClewEvidence

/// Writes the WeChat 4 databases of one account from a seized computer: chats, contacts, groups.
///
/// A computer knows neither labels nor the phone book, and keeps each chat in a table of its own that
/// is named by the digest of whom it is with.
struct WeChatDesktop {
  let owner: CastHandle
  private let folder: String
  private let entries: [BookEntry]
  private var rows: [(talker: String, cells: [ExportDatabase.Value])] = []
  private var senders: [String: Int64] = [:]
  private var names: [String] = []
  private var files: Set<String> = []
  private var fileNames: Set<String> = []

  /// How many messages it holds.
  var count: Int { rows.count }

  init(folder: String, owner: CastHandle, entries: [BookEntry]) throws(EvidenceError) {
    self.folder = folder
    self.owner = owner
    self.entries = entries
    try ExportText.makeFolder(folder)
  }

  mutating func write(_ event: ChatEvent, cast: Cast) throws(EvidenceError) {
    let sender = cast.id(event.from)
    let talker: String
    var prefix = ""
    switch event.place {
    case .pair(let first, let second): talker = cast.id(first == owner ? second : first)
    case .group(let number):
      talker = cast.groups[number].id
      if event.from != owner { prefix = sender + ":\n" }
    }
    let (_, content) = WeChatPhone.encode(event.body, from: event.from, cast: cast)
    let time = event.time / 1000
    rows.append(
      (
        talker,
        [
          .integer(900_000_000_000_000_000 + Int64(event.serial)), .integer(Self.type(event.body)),
          .integer(time * 1000), .integer(number(of: sender)), .integer(time),
          .integer(event.from == owner ? 2 : 3), .text(prefix + content),
        ]
      )
    )
    if case .file(let file) = event.body { try keep(file) }
  }

  private mutating func number(of name: String) -> Int64 {
    if let known = senders[name] { return known }
    names.append(name)
    let number = Int64(names.count)
    senders[name] = number
    return number
  }

  /// The types of WeChat 4: what is inside an app message stands in the upper half.
  private static func type(_ body: ChatBody) -> Int64 {
    switch body {
    case .text: 1
    case .image: 3
    case .voice: 34
    case .card: 42
    case .video: 43
    case .sticker: 47
    case .location: 48
    case .call: 50
    case .system: 10_000
    case .file: 6 << 32 | 49
    case .transfer: 2000 << 32 | 49
    case .redPacket: 2001 << 32 | 49
    }
  }

  private mutating func keep(_ file: FileItem) throws(EvidenceError) {
    guard let content = file.content, files.insert(file.md5 + file.name).inserted else { return }
    let isFirst = fileNames.insert(file.name).inserted
    let folder = folder + "/msg/file" + (isFirst ? "" : "/" + file.md5.prefix(6))
    try ExportText.makeFolder(folder)
    var text = ExportText(path: folder + "/" + file.name)
    try text.write(String(decoding: content, as: UTF8.self))
    try text.flush()
  }

  // MARK: The databases

  func finish(cast: Cast) throws(EvidenceError) {
    try writeContacts(cast)
    var tables: [String] = []
    var places: [String: Int] = [:]
    for row in rows where places[row.talker] == nil {
      places[row.talker] = tables.count
      tables.append(row.talker)
    }
    let names = tables.map { "Msg_" + Self.digest($0) }
    let database = try ExportDatabase(
      path: folder + "/message_0.db",
      schema: [
        "CREATE TABLE Name2Id(user_name TEXT PRIMARY KEY, is_session INTEGER DEFAULT 0)"
      ] + names.map { Self.messageTable.replacing("{}", with: $0) },
      batch: 2048
    )
    let sender = database.prepare("INSERT INTO Name2Id VALUES(?,?)")
    let inserts = names.map { name in
      database.prepare(
        "INSERT INTO \(name)(server_id,local_type,sort_seq,real_sender_id,create_time,status,"
          + "message_content,WCDB_CT_message_content) VALUES(?,?,?,?,?,?,?,0)"
      )
    }
    for name in self.names { try database.insert(sender, [.text(name), .integer(0)]) }
    for row in rows {
      if let place = places[row.talker] { try database.insert(inserts[place], row.cells) }
    }
    try database.finish()
  }

  private func writeContacts(_ cast: Cast) throws(EvidenceError) {
    let database = try ExportDatabase(path: folder + "/contact.db", schema: Self.contactTables)
    let contact = database.prepare(
      "INSERT INTO contact(username,local_type,alias,remark,nick_name) VALUES(?,?,?,?,?)"
    )
    let room = database.prepare("INSERT INTO chat_room(username,owner,ext_buffer) VALUES(?,?,?)")
    func add(_ handle: CastHandle, _ type: Int64, _ remark: String) throws(EvidenceError) {
      let person = cast.people[handle.person]
      let account = person.wechat[handle.slot]
      try database.insert(
        contact,
        [
          .text(account.username), .integer(type), .text(account.alias), .text(remark),
          .text(person.nick),
        ]
      )
    }
    try add(owner, 1, "")
    for entry in entries { try add(entry.contact, entry.isFriend ? 1 : 3, entry.remark) }
    for group in cast.groups where !group.isQQ && group.members.contains(owner) {
      let members = zip(group.members, group.cards).map { member, card in
        (
          username: cast.id(member), card: card, flag: UInt64(member == group.owner ? 2049 : 1),
          inviter: ""
        )
      }
      try database.insert(
        room,
        [
          .text(group.id), .text(cast.id(group.owner)),
          .blob(WeChatXML.roomData(members: members)),
        ]
      )
      try database.insert(
        contact,
        [.text(group.id), .integer(2), .text(""), .text(""), .text(group.name)]
      )
    }
    try database.finish()
  }

  private static func digest(_ text: String) -> String {
    var digest = AttachmentDigest()
    digest.add(Array(text.utf8))
    return String(digest.text.dropFirst("md5:".count))
  }

  private static let messageTable =
    "CREATE TABLE {}(local_id INTEGER PRIMARY KEY AUTOINCREMENT,server_id INTEGER,local_type INTEGER,"
    + "sort_seq INTEGER,real_sender_id INTEGER,create_time INTEGER,status INTEGER,"
    + "upload_status INTEGER,download_status INTEGER,server_seq INTEGER,origin_source INTEGER,"
    + "source TEXT,message_content TEXT,compress_content TEXT,packed_info_data BLOB,"
    + "WCDB_CT_message_content INTEGER DEFAULT NULL,WCDB_CT_source INTEGER DEFAULT NULL)"
  private static let contactTables = [
    "CREATE TABLE contact(id INTEGER PRIMARY KEY,username TEXT,local_type INTEGER,alias TEXT,"
      + "encrypt_username TEXT,flag INTEGER,delete_flag INTEGER,verify_flag INTEGER,remark TEXT,"
      + "remark_quan_pin TEXT,remark_pin_yin_initial TEXT,nick_name TEXT,pin_yin_initial TEXT,"
      + "quan_pin TEXT,big_head_url TEXT,small_head_url TEXT,head_img_md5 TEXT,"
      + "chat_room_notify INTEGER,is_in_chat_room INTEGER,description TEXT,extra_buffer BLOB,"
      + "chat_room_type INTEGER)",
    "CREATE TABLE chat_room(id INTEGER PRIMARY KEY,username TEXT,owner TEXT,ext_buffer BLOB)",
  ]
}
