import ClewEvidence

/// Writes the WeChat database of one account on one seized phone.
struct WeChatPhone {
  let owner: CastHandle
  private let database: ExportDatabase
  private var nextRow: Int64 = 1
  private var transferRows: [Int: Int64] = [:]
  private(set) var rows = 0
  /// Of whom the phone book knows number and account in one row.
  private(set) var uploaded: [Int] = []
  private var talkerNumbers: [String: Int64] = [:]
  /// Where the files of this account lie, and which of them are written.
  let folder: String
  var files: Set<String> = []
  var fileNames: Set<String> = []

  /// Statement numbers, in the order they are prepared.
  private enum Row: Int { case message, contact, room, userInfo, remittance, upload, label }

  init(
    folder: String,
    owner: CastHandle,
    cast: Cast,
    entries: [BookEntry],
    start: Int64,
    dice: inout Dice
  ) throws(EvidenceError) {
    self.owner = owner
    self.folder = folder
    database = try ExportDatabase(
      path: folder + "/EnMicroMsg.db",
      schema: WeChatSchema.statements,
      batch: 512
    )
    for statement in [
      WeChatSchema.message, WeChatSchema.contact, WeChatSchema.room, WeChatSchema.userInfo,
      WeChatSchema.remittance, WeChatSchema.upload, WeChatSchema.label,
    ] { _ = database.prepare(statement) }
    try writeOwner(cast)
    try writeContacts(cast, entries, start: start, dice: &dice)
    try writeRooms(cast, start: start, dice: &dice)
  }

  // MARK: Head of the file

  private func writeOwner(_ cast: Cast) throws(EvidenceError) {
    let person = cast.people[owner.person]
    let account = person.wechat[owner.slot]
    try insert(.userInfo, [.integer(2), .integer(3), .text(account.username)])
    try insert(.userInfo, [.integer(4), .integer(3), .text(person.nick)])
    if owner.slot == 0 {
      try insert(.userInfo, [.integer(6), .integer(3), .text("+86" + person.phone)])
    }
    try insert(.userInfo, [.integer(42), .integer(3), .text(account.alias)])
    try contact(account.username, account.alias, "", person.nick, 1)
    try contact("filehelper", "", "", "文件传输助手", 33)
    try contact("weixin", "", "", "微信团队", 33)
  }

  private mutating func writeContacts(
    _ cast: Cast,
    _ entries: [BookEntry],
    start: Int64,
    dice: inout Dice
  ) throws(EvidenceError) {
    var labels: [String] = []
    var uploads: Int64 = 0
    for entry in entries {
      let person = cast.people[entry.contact.person]
      let account = person.wechat[entry.contact.slot]
      var numbers: [String] = []
      for tag in entry.tags {
        if !labels.contains(tag) {
          labels.append(tag)
          try insert(
            .label,
            [.text("\(labels.count)"), .text(tag), .text(""), .text(""), .integer(0), .integer(0)]
          )
        }
        numbers.append("\((labels.firstIndex(of: tag) ?? 0) + 1)")
      }
      try contact(
        account.username,
        account.alias,
        entry.remark,
        person.nick,
        entry.isFriend ? 3 : 4,
        labels: numbers.joined(separator: ",")
      )
      if entry.isFriend && entry.contact.slot == 0 && dice.chance(30) {
        uploads += 1
        uploaded.append(entry.contact.person)
        let written =
          switch dice.below(3) {
          case 0: "+86 " + person.phone
          case 1: "+86" + person.phone
          default: person.phone
          }
        let name = entry.remark.isEmpty ? person.nick : entry.remark
        try insert(
          .upload,
          [
            .integer(uploads), .text(dice.hex(32)), .text("\(uploads)"),
            .integer(start), .text(name), .text(account.username), .text(person.nick), .integer(0),
            .text(written), .text(""), .integer(65536),
          ]
        )
      }
    }
  }

  private func writeRooms(_ cast: Cast, start: Int64, dice: inout Dice) throws(EvidenceError) {
    for group in cast.groups where !group.isQQ && group.members.contains(owner) {
      let names = group.members.map { cast.id($0) }
      let shown = zip(group.members, group.cards).map { member, card in
        card.isEmpty ? cast.people[member.person].nick : card
      }
      var members: [(username: String, card: String, flag: UInt64, inviter: String)] = []
      for (place, name) in names.enumerated() {
        let isOwner = group.members[place] == group.owner
        let inviter = isOwner ? "" : dice.chance(60) ? cast.id(group.owner) : dice.pick(names)
        members.append(
          (name, group.cards[place], isOwner ? 2049 : 1, inviter == name ? "" : inviter)
        )
      }
      let own = group.members.firstIndex(of: owner).map { group.cards[$0] } ?? ""
      try insert(
        .room,
        [
          .text(group.id), .integer(0), .text(names.joined(separator: ";")),
          .text(shown.joined(separator: "、")), .text(""), .text(cast.id(group.owner)),
          .blob(WeChatXML.roomData(members: members)), .integer(0), .text(own), .integer(start),
          .integer(Int64(names.count)),
        ]
      )
      try contact(group.id, "", "", group.name, 3, isRoom: true)
    }
  }

  private func contact(
    _ username: String,
    _ alias: String,
    _ remark: String,
    _ nick: String,
    _ type: Int64,
    labels: String = "",
    isRoom: Bool = false
  ) throws(EvidenceError) {
    try insert(
      .contact,
      [
        .text(username), .text(alias), .text(remark), .text(nick), .integer(type), .integer(0),
        .integer(isRoom ? 1 : 0), .integer(0), .text(labels),
      ]
    )
  }

  private func insert(
    _ row: Row,
    _ values: [ExportDatabase.Value]
  ) throws(EvidenceError) {
    try database.insert(row.rawValue, values)
  }

  // MARK: Messages

  mutating func write(_ event: ChatEvent, cast: Cast) throws(EvidenceError) {
    var isMine = event.from == owner
    if case .system = event.body { isMine = false }
    let talker: String
    var prefix = ""
    switch event.place {
    case .pair(let first, let second): talker = cast.id(first == owner ? second : first)
    case .group(let number):
      talker = cast.groups[number].id
      if !isMine { prefix = cast.id(event.from) + ":\n" }
    }
    let (type, content) = Self.encode(event.body, from: event.from, cast: cast)
    let row = nextRow
    nextRow += 1
    rows += 1
    let known = talkerNumbers[talker]
    let number = known ?? Int64(talkerNumbers.count + 1)
    if known == nil { talkerNumbers[talker] = number }
    try insert(
      .message,
      [
        .integer(row), .integer(900_000_000_000_000_000 + Int64(event.serial)), .integer(type),
        .integer(isMine ? 2 : 3), .integer(isMine ? 1 : 0), .integer(1), .integer(event.time),
        .text(talker), .text(prefix + content), .integer(number),
      ]
    )
    if case .file(let file) = event.body { try keep(file) }
    try note(event.body, row: row, isMine: isMine, talker: talker)
  }

  private mutating func note(
    _ body: ChatBody,
    row: Int64,
    isMine: Bool,
    talker: String
  ) throws(EvidenceError) {
    guard case .transfer(let payment, let state) = body else { return }
    if state == 1 {
      transferRows[payment.serial] = row
    } else if let first = transferRows.removeValue(forKey: payment.serial) {
      let received = payment.receivedAt.map { $0 / 1000 } ?? 0
      try insert(
        .remittance,
        [
          .text(payment.transferID), .integer(first), .integer(state == 3 ? 1 : 2),
          .integer(payment.payer == owner ? 1 : 0), .text(talker),
          .integer(payment.time / 1000 + 86_400), .text(""), .integer(1), .integer(received),
        ]
      )
    }
  }

  /// A message's type and content, as Android keeps them.
  static func encode(_ body: ChatBody, from: CastHandle, cast: Cast) -> (Int64, String) {
    switch body {
    case .text(let text): (1, text)
    case .image(let md5): (3, WeChatXML.image(md5))
    case .voice(let seconds): (34, WeChatXML.voice(seconds, from: cast.id(from)))
    case .video: (43, "<msg><videomsg length=\"1\" /></msg>")
    case .file(let file): (1_090_519_089, WeChatXML.file(file))
    case .transfer(let payment, let state):
      (
        419_430_449,
        WeChatXML.transfer(
          payment,
          state,
          payer: cast.id(payment.payer),
          payee: cast.id(payment.payee)
        )
      )
    case .redPacket(let payment, let wish):
      (436_207_665, WeChatXML.redPacket(payment, wish: wish, sender: cast.id(payment.payer)))
    case .card(let shown):
      (
        42,
        WeChatXML.card(
          username: cast.id(shown),
          nick: cast.people[shown.person].nick,
          alias: cast.people[shown.person].wechat[0].alias
        )
      )
    case .sticker: (47, "<msg><emoji fromusername=\"\" type=\"2\" /></msg>")
    case .location(let label): (48, WeChatXML.location(label))
    case .call: (50, "voip_content_voice")
    case .system(let text): (10_000, text)
    }
  }

  func finish() throws(EvidenceError) { try database.finish() }
}

/// One entry of a phone's contact list.
struct BookEntry {
  let contact: CastHandle
  let remark: String
  let tags: [String]
  let isFriend: Bool
}
