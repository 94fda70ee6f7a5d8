internal import ClewEvidence

/// Reads the decrypted databases of QQ NT (desktop 9.x, new phones): `nt_msg.db`, `group_info.db` and
/// `profile_info.db`, whose columns are named by numbers.
///
/// Which account a `u_…` id stands for is learnt from the tables that hold both, also those of
/// databases beside this one when they do not contradict it. The ids of messages are not known to
/// be the same on every device, so that none is taken: a message is known again by its ends, second
/// and text.
struct QQNT: Importer {
  let format = "qq-nt"
  let title = "QQ NT (nt_msg.db, group_info.db, profile_info.db, decrypted)"
  let version = 1

  /// The tables that are read, each with columns that it must have.
  private static let signature: [String: [String]] = [
    "c2c_msg_table": ["40030", "40050", "40800"], "group_msg_table": ["40030", "40050", "40800"],
    "group_member3": ["60001", "1000", "1002"], "group_detail_info_ver1": ["60001", "60007"],
    "profile_info_v6": ["1000", "1002"], "buddy_list": ["1000", "1002"],
  ]

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    let found = Self.signature.filter { name, columns in
      columns.allSatisfy((tables[name] ?? []).contains)
    }
    guard !found.isEmpty else { return nil }
    let names = found.keys.sorted().joined(separator: ", ")
    return Recognition(confidence: 95, sign: "tables \(names) with numbered columns")
  }

  func wants(companion: StagedSource) -> Bool { recognise(companion) != nil }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    var known = QQNTAccounts()
    try known.learn(tables.database)
    if let owner = known.owner { sink.setOwner(owner) }
    var fitting: [String] = []
    for companion in source.companions {
      // A neighbour that cannot be read is listed by itself.
      guard let database = try? SeizedDatabase(companion) else { continue }
      var other = QQNTAccounts()
      guard (try? other.learn(database)) != nil, known.add(other) else { continue }
      fitting.append(companion.name)
    }
    if !fitting.isEmpty { sink.setDecision("companions", fitting.joined(separator: ", ")) }
    let owner = known.owner ?? UnknownOwner.account(of: source)
    let contacts = QQNTContacts(known: known)
    var messages = QQNTMessages(known: known, owner: owner)
    try tables.read("nt_uid_mapping_table", ["48901", "48902", "1002"]) { _ in
      .skip("number of an account, read where it is used")
    }
    try tables.read("profile_info_v6", QQNTContacts.profileColumns) { try contacts.profile($0) }
    try tables.read("buddy_list", QQNTContacts.buddyColumns) { try contacts.buddy($0) }
    try tables.read("group_detail_info_ver1", QQNTContacts.groupColumns) { try contacts.group($0) }
    try tables.read("group_member3", QQNTContacts.memberColumns) { try contacts.member($0) }
    for table in ["c2c_msg_table", "group_msg_table"] {
      let isGroup = table == "group_msg_table"
      try tables.read(table, QQNTMessages.columns) { try messages.message($0, isGroup: isGroup) }
    }
    tables.reportUnread()
    return tables.count
  }
}

/// What is known of the accounts and groups of a QQ NT export.
struct QQNTAccounts {
  /// The account of each `u_…` id; `nil` where two numbers claim it.
  private(set) var numbers: [String: Account?] = [:]
  /// Name and founder's id of each group.
  private(set) var groups: [Account: (name: String, founder: String)] = [:]
  /// Who sent what this device sent, if all rows agree.
  private(set) var owner: Account?

  init() {}

  /// Learns from every table that holds ids and numbers side by side.
  mutating func learn(_ database: SeizedDatabase) throws {
    for (table, uid, uin) in [
      ("nt_uid_mapping_table", "48902", "1002"), ("group_member3", "1000", "1002"),
      ("profile_info_v6", "1000", "1002"), ("buddy_list", "1000", "1002"),
    ] {
      try database.forEachRow(of: table, columns: [uid, uin]) { row in
        learn((try? row.text(0)) ?? nil, row.integer(1))
      }
    }
    try database.forEachRow(of: "group_detail_info_ver1", columns: QQNTContacts.groupColumns) {
      row in
      guard let group = Self.group(row.integer(0)) else { return }
      groups[group] = (
        (((try? row.text(1)) ?? nil) ?? ""), (((try? row.text(2)) ?? nil) ?? "")
      )
    }
    var owners: Set<Account> = []
    for table in ["c2c_msg_table", "group_msg_table"] {
      try database.forEachRow(of: table, columns: ["40013", "40020", "40033"]) { row in
        learn((try? row.text(1)) ?? nil, row.integer(2))
        guard owners.count < 2, [1, 2].contains(row.integer(0)),
          let own = Self.number(row.integer(2))
        else { return }
        owners.insert(own)
      }
    }
    if owners.count == 1 { owner = owners.first }
  }

  private mutating func learn(_ uid: String?, _ uin: Int64?) {
    guard let uid, uid.utf8.starts(with: "u_".utf8), let account = Self.number(uin) else { return }
    if let present = numbers[uid] {
      if present != account { numbers[uid] = .some(nil) }
    } else {
      numbers[uid] = account
    }
  }

  /// Takes over what a neighbour knows, if both know an id and none contradicts.
  ///
  /// - Returns: Whether it fits.
  mutating func add(_ other: QQNTAccounts) -> Bool {
    let shared = other.numbers.filter { numbers[$0.key] != nil }
    guard !shared.isEmpty, shared.allSatisfy({ numbers[$0.key] == $0.value }) else { return false }
    numbers.merge(other.numbers) { own, _ in own }
    groups.merge(other.groups) { own, _ in own }
    if owner == nil { owner = other.owner }
    return true
  }

  /// The account behind a number, or behind the id where there is none.
  func account(_ uin: Int64?, _ uid: String?) -> Account? {
    if let account = Self.number(uin) { return account }
    guard let uid, let known = numbers[uid] else { return nil }
    return known
  }

  /// A QQ number; the system's own are services.
  static func number(_ uin: Int64?) -> Account? {
    guard let uin, uin > 0 else { return nil }
    return AccountNormalizer.qq(String(uin))
  }

  /// A group's number.
  static func group(_ number: Int64?) -> Account? {
    guard let number, number > 0 else { return nil }
    return QQAndroidProfile.group(String(number))
  }
}
