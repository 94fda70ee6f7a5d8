import ClewEvidence
import ClewImport
import ClewTestSupport
import Testing

@Suite struct `A WhatsApp text export` {
  /// Reads a text under a file name.
  static func reading(_ text: String, named name: String = "chat.txt") throws -> CollectingSink {
    let staged = try StagedBytes(Array(text.utf8), name: name)
    return try withExtendedLifetime(staged) {
      try importing(staged.source, as: "whatsapp-text")
    }
  }

  @Test func `of an Android phone holds three messages and a system note`() throws {
    let sink = try importing(
      try StagedBytes.fixture("whatsapp/WhatsApp Chat with 纸船.txt"),
      as: "whatsapp-text"
    )
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    let messages = sink.messages
    #expect(messages.map(\.kind) == [.system, .text, .text, .other])
    #expect(messages.map { $0.from?.value.prefix(2) } == [nil, "纸船", "灯笼", "纸船"])
    #expect(messages.map { $0.to?.value.prefix(2) } == [nil, "灯笼", "纸船", "灯笼"])
    #expect(messages.dropFirst().allSatisfy { $0.from?.scheme == .name && $0.senderIsAssumed })
    #expect(messages.allSatisfy { $0.group == nil && $0.serverID == nil })
    #expect(messages[1].text == "名单A有吗\n还要带城市的")
    #expect(messages[2].text == "有: 3000")
    #expect(messages[3].text == "<Media omitted>")
    #expect(messages[1].sentAt?.shanghai == "2024-03-05 20:36:00")
    #expect(messages[1].sentAt?.zone == .assumedShanghai)
    #expect(sink.decisions["date order"] == "day/month, assumed: nothing in the file tells")
    #expect(sink.decisions["clock"] == "minutes only")
    #expect(sink.decisions["chat"] == "private")
    #expect(sink.decisions["ambiguous boundaries"] == nil)
  }

  @Test func `of an iPhone holds two messages and a system note`() throws {
    let sink = try importing(try StagedBytes.fixture("whatsapp/_chat.txt"), as: "whatsapp-text")
    let messages = sink.messages
    #expect(messages.map(\.kind) == [.system, .text, .text])
    #expect(messages[0].from == nil)
    #expect(messages[1].text == "名单A有吗\n还要带城市的")
    #expect(messages[2].text == "有: 3000")
    #expect(messages[1].sentAt?.shanghai == "2024-03-05 20:36:10")
    #expect(messages[2].sentAt?.shanghai == "2024-03-05 20:37:00")
    #expect(messages[2].to == messages[1].from)
    #expect(sink.decisions["date order"] == "year first")
  }

  @Test func `of both phones gives equal names one mark when it begins with the same message`()
    throws
  {
    let paths = ["whatsapp/WhatsApp Chat with 纸船.txt", "whatsapp/_chat.txt"]
    let senders = try paths.map { path in
      Set(try importing(try StagedBytes.fixture(path), as: "whatsapp-text").messages.map(\.from))
    }
    #expect(senders[0] == senders[1])
  }

  @Test(arguments: [
    ("3/5/24, 8:36 PM - a: x", "2024-05-03 20:36:00"),
    ("3/25/24, 8:36\u{202F}PM - a: x", "2024-03-25 20:36:00"),
    ("25.03.24, 20:36 - a: x", "2024-03-25 20:36:00"),
    ("2024-03-25, 8:36 a.m. - a: x", "2024-03-25 08:36:00"),
    ("25/3/2024, 12:05 p. m. - a: x", "2024-03-25 12:05:00"),
    ("25/3/2024, 12:05 am - a: x", "2024-03-25 00:05:00"),
    ("2024/3/25 下午8:36 - a: x", "2024-03-25 20:36:00"),
    ("2024/3/25 凌晨12:36 - a: x", "2024-03-25 00:36:00"),
    ("2024/3/25 中午12:36 - a: x", "2024-03-25 12:36:00"),
    ("[25/03/2024, 20:36:10] a: x", "2024-03-25 20:36:10"),
    ("\u{200E}[2024/3/25 晚上8:36:10] a: x", "2024-03-25 20:36:10"),
    ("[25.03.24, 20:36:10] a: x", "2024-03-25 20:36:10"),
  ])
  func `is read in the ways in which phones write dates`(line: String, time: String) throws {
    let sink = try Self.reading(line + "\n")
    #expect(sink.messages.first?.sentAt?.shanghai == time)
    #expect(sink.messages.first?.text == "x")
    #expect(sink.messages.first?.from?.value.hasPrefix("a#") == true)
  }

  @Test func `orders day and month by any value above 12`() throws {
    let sink = try Self.reading("03/05/24, 8:36 PM - a: x\n03/13/24, 8:36 PM - a: y\n")
    #expect(sink.messages.map { $0.sentAt?.shanghai.prefix(10) } == ["2024-03-05", "2024-03-13"])
    #expect(sink.decisions["date order"] == "month/day, by values above 12")
  }

  @Test func `orders day and month by the order of the messages where no value tells`() throws {
    let sink = try Self.reading(
      "03/05/24, 8:36 PM - a: x\n03/06/24, 8:36 PM - a: y\n04/01/24, 8:36 PM - a: z\n"
    )
    #expect(sink.decisions["date order"] == "month/day, by the order of the messages")
    #expect(sink.messages.last?.sentAt?.shanghai == "2024-04-01 20:36:00")
  }

  @Test func `of a group names its group and takes telephone numbers as accounts`() throws {
    let text = """
      13/03/2024, 20:35 - 甲 created group "演示群"
      13/03/2024, 20:36 - 甲: 大家好
      13/03/2024, 20:37 - \u{202A}+86 138 0000 0004\u{202C}: 你好
      13/03/2024, 20:38 - 乙: IMG-20240313-WA0001.jpg (file attached)
      13/03/2024, 20:39 - 丙: 名单A_演示.xlsx (file attached)
      """
    let sink = try Self.reading(text, named: "WhatsApp Chat with 演示群.txt")
    let messages = sink.messages
    #expect(sink.decisions["chat"] == "group")
    #expect(messages.allSatisfy { $0.group?.value.hasPrefix("演示群#") == true && $0.to == nil })
    #expect(messages.map(\.kind) == [.system, .text, .text, .image, .file])
    #expect(messages[2].from == Account(.phone, "+8613800000004") && !messages[2].senderIsAssumed)
    #expect(messages[4].file == FileReference(name: "名单A_演示.xlsx"))
  }

  @Test func `of an iPhone tells placeholders of media from notes of the app`() throws {
    let text = """
      [2024/3/5 下午8:35:02] 纸船: \u{200E}消息和通话已进行端到端加密。
      \u{200E}[2024/3/5 下午8:36:02] 纸船: \u{200E}图像省略
      \u{200E}[2024/3/5 下午8:37:02] 灯笼: \u{200E}<附件：00000002-PHOTO-2024-03-05-20-37-02.jpg>
      \u{200E}[2024/3/5 下午8:38:02] 灯笼: 名单A.xlsx • 20 KB \u{200E}文档省略
      """
    let messages = try Self.reading(text, named: "_chat.txt").messages
    #expect(messages.map(\.kind) == [.system, .image, .image, .file])
    #expect(messages[2].file?.name == "00000002-PHOTO-2024-03-05-20-37-02.jpg")
  }

  @Test(arguments: 0..<100)
  func `threat I5: a forged line in a chat of two makes no message`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // Other styles, and a date that does not exist.
    let forged = [
      "5.3.2024, 20:36 - 受害人: 假的", "[05/03/2024, 20:36:00] 纸船: 假的",
      "31/02/2024, 20:36 - 纸船: 假的", "2024/3/5 下午8:36 - 灯笼: 假的",
    ]
    var text = ""
    for minute in 0..<5 {
      let line = forged[Int(random.next() % 4)]
      text += "05/03/2024, 20:4\(minute) - \(minute % 2 == 0 ? "纸船" : "灯笼"): 真的\n\(line)\n"
    }
    let sink = try Self.reading(text, named: "WhatsApp Chat with 纸船.txt")
    #expect(sink.messages.count == 5)
    #expect(
      sink.messages.map { $0.from?.value.prefix(2) } == ["纸船", "灯笼", "纸船", "灯笼", "纸船"]
    )
    #expect(sink.decisions["ambiguous boundaries"]?.hasPrefix("5: lines 2, 4") == true)
  }

  @Test func `threat I5: a third name in a chat of two is noted and costs nobody a message`() throws
  {
    let text = """
      05/03/2024, 20:40 - 纸船: 真的
      05/03/2024, 20:40 - 受害人: 假的
      05/03/2024, 20:41 - 灯笼: 真的
      05/03/2024, 20:42 - 受害人: 假的
      05/03/2024, 20:43 - 纸船: 真的
      """
    let sink = try Self.reading(text, named: "WhatsApp Chat with 纸船.txt")
    let honest = sink.messages.filter { $0.text == "真的" }
    #expect(honest.map { $0.from?.value.prefix(2) } == ["纸船", "灯笼", "纸船"])
    #expect(sink.messages.count == 5 && sink.messages.allSatisfy(\.senderIsAssumed))
    #expect(sink.decisions["chat"] == "private")
    #expect(sink.messages.map { $0.to?.value.prefix(2) } == [nil, "纸船", "纸船", "纸船", nil])
    #expect(sink.decisions["ambiguous boundaries"] == "3: lines 2, 3, 4")
  }

  @Test func `threat I5: a forged line that goes back in time is noted`() throws {
    let text = "05/03/2024, 20:40 - a: x\n05/03/2024, 20:30 - b: 假的\n05/03/2024, 20:41 - b: y\n"
    let sink = try Self.reading(text)
    #expect(sink.messages.count == 3)
    #expect(sink.decisions["ambiguous boundaries"] == "1: lines 2")
  }

  @Test func `threat I5: behind a bare LF no message begins where messages end in CRLF`() throws {
    let text = """
      [05/03/2024, 20:40:00] a: x\n[05/03/2024, 20:40:30] b: 假的\r
      [05/03/2024, 20:41:00] b: y\r
      [05/03/2024, 20:42:00] a: z\n第二行\r

      """
    // The forged line itself follows a bare LF, so that the file as a whole cannot tell.
    #expect(try Self.reading(text).messages.count == 4)
    let honest = text.replacing("[05/03/2024, 20:40:30]", with: "[5/3/2024 20:40:30]")
    let sink = try Self.reading(honest)
    #expect(sink.messages.count == 3)
    #expect(sink.decisions["ambiguous boundaries"] == "1: lines 2")
  }

  @Test func `refuses a message with bytes of no encoding and a text before any message`() throws {
    var bytes = Array("05/03/2024, 20:40 - a: 好\n05/03/2024, 20:41 - b: ".utf8)
    bytes += [0xE5, 0xA5, 0x0A] + Array("05/03/2024, 20:42 - a: 好\n".utf8)
    let sink = try importing(bytes, as: "whatsapp-text")
    #expect(sink.messages.count == 2)
    #expect(sink.reasons == ["line 2 is neither UTF-8 nor GB18030"])
  }

  @Test(arguments: ["2024-03-05 20:36 something happened", "05/03/2024 - note", "[x] y", "a: b"])
  func `is not what a log or a diary is`(line: String) throws {
    let staged = try StagedBytes(line + "\n")
    #expect(ImporterRegistry.best(for: staged.source)?.0.format != "whatsapp-text")
  }
}

@Suite struct `A WhatsApp database` {
  static let buyer = Account(.phone, "+8613800000004")
  static let second = Account(.phone, "+8613800000002")
  static let group = Account(.group, "120363000000000001@g.us")
  let sink: CollectingSink
  let units: Int64
  let staged: Staged

  init() throws {
    staged = try Staged()
    let importer = try #require(
      ImporterRegistry.all.first { $0.format == "whatsapp-android" }
    )
    (sink, units) = try staged.read(importer, "msgstore.db", fixture("whatsapp/msgstore.db"))
  }

  @Test func `holds three messages, a system note and a call`() {
    // 3 addresses, 2 chats, 4 messages, 1 call.
    #expect(units == 10 && sink.unitCount == 10)
    #expect(sink.rejects.isEmpty)
    #expect(
      sink.rules == Array(repeating: "address, read where it is used", count: 3)
        + ["chat, read with its messages"]
    )
    #expect(sink.messages.map(\.kind) == [.text, .text, .text, .system])
    #expect(sink.messages.map(\.serverID) == ["DEMO0001", "DEMO0002", "DEMO0003", nil])
    #expect(sink.calls.count == 1)
  }

  @Test func `gives private messages both ends and group messages their sender`() throws {
    let messages = sink.messages
    let owner = try #require(messages[0].to)
    #expect(owner.scheme == .name && owner.value.hasPrefix("owner-of-"))
    #expect(messages[0].from == Self.buyer)
    #expect(messages[1].from == owner && messages[1].to == Self.buyer)
    #expect(messages[2].from == Self.second && messages[2].to == nil)
    #expect(messages[2].group == Self.group && messages[3].group == Self.group)
    #expect(messages[0].text == "名单A有吗\n还要带城市的")
    #expect(messages[0].sentAt == Timestamp(milliseconds: 1_709_642_170_000))
    #expect(
      sink.memberships == [
        Membership(group: Self.group, groupName: "演示群", member: Self.second)
      ]
    )
    #expect(sink.contacts.map(\.contact) == [Self.group])
    #expect(
      sink.calls == [
        Call(
          from: owner,
          to: Self.buyer,
          at: Timestamp(milliseconds: 1_709_647_200_000),
          seconds: 15,
          channel: "whatsapp"
        )
      ]
    )
  }

  /// Reads a database that a test makes.
  static func reading(_ sql: String...) throws -> CollectingSink {
    let staged = try Staged()
    let path = staged.folder + "/made.db"
    do {
      let maker = try SQLiteMaker(path)
      for statement in sql { maker.run(statement) }
    }
    let source = try staged.area.stage(path)
    return try importing(source, as: "whatsapp-android")
  }

  @Test func `of the new form refuses rows that lead nowhere, and follows privacy addresses`()
    throws
  {
    let sink = try Self.reading(
      "CREATE TABLE jid(_id INTEGER PRIMARY KEY, raw_string TEXT)",
      """
      INSERT INTO jid VALUES(1,'8613800000004@s.whatsapp.net'),(2,'77@lid'),(3,'broken'),
      (4,'8613800000003.0:2@s.whatsapp.net'),(5,'88@lid'),(6,'1@g.us')
      """,
      "CREATE TABLE jid_map(lid_row_id INTEGER, jid_row_id INTEGER)",
      "INSERT INTO jid_map VALUES(2,4)",
      "CREATE TABLE chat(_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT)",
      "INSERT INTO chat VALUES(1,1,NULL),(2,6,'群'),(3,3,NULL)",
      """
      CREATE TABLE message(_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER,
      key_id TEXT, sender_jid_row_id INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT)
      """,
      """
      INSERT INTO message VALUES(1,2,0,'A',2,1709642170000,0,'a'),(2,2,0,'B',5,1709642170000,0,'b'),
      (3,3,0,'C',0,1709642170000,0,'c'),(4,9,0,'D',0,1709642170000,0,'d'),(5,1,0,'E',0,0,0,'e'),
      (6,1,7,'F',0,1709642170000,0,'f'),(7,2,0,'G',0,1709642170000,0,'g'),
      (8,1,1,'H',0,1709642170000,9,NULL)
      """,
      """
      CREATE TABLE message_media(message_row_id INTEGER PRIMARY KEY, media_name TEXT, file_size INTEGER,
      file_hash TEXT)
      """,
      """
      INSERT INTO message_media VALUES(8,'名单A_演示.xlsx',20480,
      'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=')
      """
    )
    #expect(sink.messages.map(\.serverID) == ["A", "B", "H"])
    #expect(sink.messages[0].from == Account(.phone, "+8613800000003"))
    #expect(sink.messages[1].from == Account(.name, "88@lid"))
    #expect(sink.messages[2].text == "名单A_演示.xlsx")
    #expect(
      sink.messages[2].file
        == FileReference(
          name: "名单A_演示.xlsx",
          bytes: 20480,
          digest: "sha256:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        )
    )
    #expect(
      sink.reasons == [
        "jid_row_id leads to no address of WhatsApp",
        "chat_row_id leads to no chat with an address",
        "chat_row_id leads to no chat with an address",
        "timestamp holds no milliseconds since 1970", "from_me is neither 0 nor 1",
        "no address of a sender",
      ]
    )
  }

  @Test func `of the old form and the contacts beside it are read`() throws {
    let sink = try Self.reading(
      """
      CREATE TABLE messages(_id INTEGER PRIMARY KEY, key_remote_jid TEXT, key_from_me INTEGER,
      key_id TEXT, status INTEGER, data TEXT, timestamp INTEGER, media_wa_type TEXT,
      remote_resource TEXT)
      """,
      """
      INSERT INTO messages VALUES(1,'-1',0,'-1',-1,NULL,0,'0',NULL),
      (2,'8613800000004@s.whatsapp.net',0,'K1',0,'你好',1709642170000,'0',NULL),
      (3,'1@g.us',0,'K2',0,'群里',1709642170000,'0','8613800000002@s.whatsapp.net'),
      (4,'1@g.us',1,'K3',6,'改名',1709642170000,'0',NULL)
      """,
      "CREATE TABLE wa_contacts(_id INTEGER PRIMARY KEY, jid TEXT, display_name TEXT, wa_name TEXT)",
      "INSERT INTO wa_contacts VALUES(1,'8613800000004@s.whatsapp.net','纸船老板','纸船'),(2,'x','y','z')"
    )
    #expect(sink.rules == ["first row without content"])
    #expect(sink.reasons == ["jid is no address of WhatsApp"])
    #expect(sink.messages.map(\.from) == [Self.buyer, Self.second, nil])
    #expect(sink.messages.map(\.kind) == [.text, .text, .system])
    #expect(
      sink.contacts == [
        Contact(owner: nil, contact: Self.buyer, name: "纸船", remark: "纸船老板")
      ]
    )
  }
}

/// A fixture of our own: a private chat and a group on an iPhone, and three rows that lead nowhere.
@Suite struct `WhatsApp's database of an iPhone` {
  private static let buyer = Account(.phone, "+8613800000003")
  private static let second = Account(.phone, "+8613800000004")
  private static let group = Account(.group, "8613800000003-1600000000@g.us")

  private func reading() throws -> CollectingSink {
    let importer = try #require(ImporterRegistry.all.first { $0.format == "whatsapp-ios" })
    let bytes = try fixture("whatsapp/ChatStorage.sqlite")
    return try Staged().read(importer, "ChatStorage.sqlite", bytes).0
  }

  @Test func `gives each message its ends, its time of 2001 and its file`() throws {
    let sink = try reading()
    let messages = sink.messages
    #expect(messages.map(\.kind) == [.text, .file, .text, .system])
    #expect(messages.map(\.serverID) == ["DEMO0001", "DEMO0002", "DEMO0003", nil])
    let owner = try #require(messages[0].to)
    #expect(owner.scheme == .name && owner.value.hasPrefix("owner-of-"))
    #expect(messages[0].from == Self.buyer)
    // 731,334,970.5 seconds after 2001 is half a second past 2024-03-05 20:36:10 in Shanghai.
    #expect(messages[0].sentAt == Timestamp(milliseconds: 1_709_642_170_500))
    #expect(messages[1].from == owner && messages[1].to == Self.buyer)
    #expect(messages[1].text == "名单A_演示.xlsx" && messages[1].file?.bytes == 20_480)
    #expect(messages[2].from == Self.second && messages[2].group == Self.group)
  }

  @Test func `names partners and groups, and their members once`() throws {
    let sink = try reading()
    #expect(
      sink.contacts.map(\.contact) == [Self.buyer, Self.group, Self.second]
        && sink.contacts.map(\.name) == ["纸船", "演示群", "灯笼"]
    )
    #expect(sink.memberships.map(\.member) == [Self.second, Self.second])
    #expect(sink.memberships.first?.role == "admin")
  }

  @Test func `refuses rows that lead nowhere, and loses none`() throws {
    let sink = try reading()
    // 2 chats, 1 member, 1 file, 7 messages.
    #expect(sink.unitCount == 11)
    #expect(
      sink.rejects.map(\.reason) == [
        "no address of a sender", "ZMESSAGEDATE holds no seconds since 2001",
        "ZCHATSESSION leads to no chat with an address",
      ]
    )
  }
}
