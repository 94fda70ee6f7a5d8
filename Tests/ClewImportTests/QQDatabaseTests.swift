import ClewEvidence
import ClewImport
import Foundation
import Testing

private let p1 = Account(.qq, "9990000001")
private let p2 = Account(.qq, "9990000002")
private let p3 = Account(.qq, "9990000003")
private let group = Account(.qqGroup, "999000001")

/// Reads one database of a folder of fixtures with its neighbours, as an intake would.
private func readingFolder(_ path: String, in folder: String) throws -> CollectingSink {
  let staged = try Staged()
  let root = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/\(folder)").path
  let sink = CollectingSink()
  var units: Int64?
  try SourceFinder(area: staged.area).find([root]) { finding in
    guard case .source(let source, let importer, _) = finding,
      source.displayPath.hasSuffix(path)
    else { return }
    units = try importer.read(source, into: sink)
  }
  #expect(units == sink.unitCount)
  return sink
}

@Suite struct `A legacy QQ database of an Android phone` {
  static let path = "qq/android_legacy/databases/9990000002.db"

  /// What the finder makes of some files, one line each.
  private func look(_ files: [(name: String, bytes: [UInt8])]) throws -> [String] {
    let findings = try Findings()
    for (name, bytes) in files {
      let folder = "\(findings.staged.folder)/in/\((name as NSString).deletingLastPathComponent)"
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true
      )
      try findings.put(name, bytes)
    }
    return try findings.look()
  }

  @Test func `names the key that lies beside it as what it was read with`() throws {
    let database = try fixture(Self.path)
    let key = try fixture("qq/android_legacy/files/kc")
    // The key comes before the database in the order of paths, or after it.
    for (one, other) in [("databases", "files"), ("z", "a")] {
      let lines = try look([("\(one)/9990000002.db", database), ("\(other)/kc", key)])
      #expect(lines.first == "\(one)/9990000002.db -> qq-android 12")
      #expect(lines.count == 2)
      #expect(lines.last?.hasPrefix("\(other)/kc: no source of its own: ") == true)
      #expect(lines.last?.hasSuffix("/\(one)/9990000002.db was read with it at hand") == true)
    }
    let archive = ZipMaker(members: [.init("d/9990000002.db", database), .init("f/kc", key)])
    let packed = try look([("phone.zip", archive.bytes())])
    #expect(packed.count == 2)
    #expect(packed.last?.hasPrefix("phone.zip!/f/kc: no source of its own: ") == true)
    #expect(try look([("files/kc", key)]) == ["files/kc: no importer knows this format"])
  }

  @Test func `is read with the key that lies beside it`() throws {
    let sink = try readingFolder("9990000002.db", in: "qq/android_legacy")
    #expect(sink.decisions["key"] == "from the file kc, 15 letters")
    #expect(sink.owner == p2)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    // 2 friends, 1 group, 3 members, 3 private and 3 group messages.
    #expect(sink.units.count == 12)
    let own = sink.messages.filter { $0.group == nil }
    #expect(own.map(\.text) == ["在吗，有新料", "在，发个样本", "样本发你邮箱了"])
    #expect(own.map(\.from) == [p1, p2, p1])
    #expect(own.map(\.to) == [p2, p1, p2])
    #expect(own[0].sentAt?.shanghai == "2024-03-01 09:58:07")
    let shared = sink.messages.filter { $0.group == group }
    #expect(shared.map(\.from) == [p1, p2, p3])
    #expect(shared[1].text == "收到\n报价私聊:\n500条起")
    #expect(shared.allSatisfy { $0.to == nil && $0.serverID == nil && !$0.senderIsAssumed })
  }

  @Test func `names friends, the group and its members`() throws {
    let sink = try readingFolder("9990000002.db", in: "qq/android_legacy")
    let friends = sink.contacts.filter { $0.nature == .friend && $0.contact.scheme == .qq }
    #expect(friends.map(\.contact) == [p1, p3])
    #expect(friends.map(\.name) == ["泥鳅", "灯笼"])
    #expect(friends.map(\.remark) == ["泥鳅源头", ""])
    #expect(sink.contacts.first { $0.contact == group }?.name == "数据互换演示群")
    #expect(sink.memberships.map(\.member) == [p1, p1, p2, p3])
    #expect(sink.memberships.map(\.role) == ["owner", "owner", "", ""])
    #expect(sink.memberships.map(\.memberName) == ["", "群主泥鳅", "", "灯笼(下家)"])
  }

  @Test func `without its key gives what the owner's number uncovers and refuses the rest`() throws
  {
    let staged = try Staged()
    let source = try staged.area.stage(staged.write("9990000002.db", fixture(Self.path)))
    let sink = try importing(source, as: "qq-android")
    #expect(sink.decisions["key"] == "its beginning only, from the owner's number, 10 letters")
    #expect(sink.owner == p2)
    #expect(sink.memberships.map(\.member) == [p1, p1, p2, p3])
    #expect(
      Set(sink.reasons) == ["msgData reaches beyond what is known of the key"]
    )
    #expect(sink.rejects.count == 6)
  }

  @Test func `without key and name is refused as a whole`() throws {
    let staged = try Staged()
    let source = try staged.area.stage(staged.write("renamed.db", fixture(Self.path)))
    let (importer, _) = try #require(ImporterRegistry.best(for: source))
    let error = #expect(throws: ImportError.self) {
      _ = try importer.read(source, into: CollectingSink())
    }
    #expect(error?.description.contains("unknown key") == true)
  }

  @Test func `ignores the key of another phone`() throws {
    let staged = try Staged()
    var source = try staged.area.stage(staged.write("9990000002.db", fixture(Self.path)))
    source.companions = [try staged.area.stage(staged.write("kc", "867530900000002".utf8))]
    let sink = try importing(source, as: "qq-android")
    #expect(sink.decisions["key"] == "its beginning only, from the owner's number, 10 letters")
  }
}

@Suite struct `QQ NT databases` {
  @Test func `hold three private and two group messages of the first`() throws {
    let sink = try readingFolder("nt_msg_decrypted.db", in: "qq/nt")
    #expect(sink.owner == p1)
    #expect(sink.rejects.isEmpty)
    #expect(sink.rules == Array(repeating: "number of an account, read where it is used", count: 3))
    #expect(sink.decisions["companions"] == "group_info_decrypted.db")
    let own = sink.messages.filter { $0.group == nil }
    #expect(own.map(\.text) == ["在吗，有新料", "在，发个样本", "样本发你邮箱了"])
    #expect(own.map(\.from) == [p1, p2, p1])
    #expect(own.map(\.to) == [p2, p1, p2])
    let shared = sink.messages.filter { $0.group == group }
    #expect(shared.map(\.from) == [p1, p3])
    #expect(shared.map(\.text) == ["本群只谈数据互换(演示)", "@风筝 私你了"])
    #expect(sink.memberships.map(\.memberName) == ["群主泥鳅", "灯笼(下家)"])
    #expect(sink.memberships.allSatisfy { $0.groupName == "数据互换演示群" })
    #expect(sink.contacts.map(\.name) == ["泥鳅", "风筝"])
  }

  @Test func `hold three members of one group`() throws {
    let sink = try readingFolder("group_info_decrypted.db", in: "qq/nt")
    #expect(sink.units.count == 4 && sink.rejects.isEmpty)
    let members = sink.memberships.filter { !$0.memberName.isEmpty || $0.role == "admin" }
    #expect(members.map(\.member) == [p1, p2, p3])
    #expect(members.map(\.role) == ["owner", "admin", ""])
    #expect(members.map(\.memberName) == ["群主泥鳅", "", "灯笼(下家)"])
    #expect(sink.contacts.first?.contact == group)
    #expect(sink.contacts.map(\.name) == ["数据互换演示群", "泥鳅", "风筝", "灯笼"])
  }

  /// A database with one table of private messages.
  static func reading(_ values: String..., columns: String = "") throws -> CollectingSink {
    let staged = try Staged()
    let path = staged.folder + "/nt_msg.db"
    do {
      let maker = try SQLiteMaker(
        path,
        """
        CREATE TABLE c2c_msg_table("40001" INTEGER PRIMARY KEY,"40011" INTEGER,"40013" INTEGER,
        "40020" TEXT,"40030" INTEGER,"40033" INTEGER,"40050" INTEGER,"40090" TEXT,"40800" BLOB)
        """
      )
      for value in values { maker.run("INSERT INTO c2c_msg_table VALUES(\(value))") }
    }
    return try importing(try staged.area.stage(path), as: "qq-nt")
  }

  @Test func `refuse rows whose numbers, times or bodies cannot be read`() throws {
    let sink = try Self.reading(
      "1,2,1,'u_a',9990000002,9990000001,0,'',X''",
      "2,NULL,1,'u_a',9990000002,9990000001,1709258287,'',X''",
      "3,2,1,'u_a',0,9990000001,1709258287,'',X''",
      "4,2,1,'u_a',9990000002,9990000001,1709258287,'',X'82b817ff'",
      "5,2,0,'u_b',9990000002,0,1709258287,'',X''",
      "6,2,1,'u_a',9990000002,0,1709258287,'',X''"
    )
    #expect(
      sink.reasons == [
        "column 40050 holds no seconds since 1970", "column 40011 is no number",
        "column 40030 is no number of a peer or group", "column 40800 holds no protobuf message",
      ]
    )
    // A number of 0 is looked up by its id, or follows from the direction.
    #expect(sink.messages.map(\.from) == [p2, p1])
    #expect(sink.messages.map(\.to) == [p1, p2])
  }

  @Test func `show files, pictures and cards as what they are`() throws {
    // Elements: a file with name and size; a picture; a card with a prompt.
    func element(_ fields: [UInt8]) -> String {
      ([0x82, 0xB8, 0x17, UInt8(fields.count)] + fields)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    func field(_ number: Int, _ text: String) -> [UInt8] {
      tag(number, 2) + [UInt8(text.utf8.count)] + Array(text.utf8)
    }
    func tag(_ number: Int, _ type: Int) -> [UInt8] {
      let value = number << 3 | type
      return [UInt8(value & 0x7F | 0x80), UInt8(value >> 7 & 0x7F | 0x80), UInt8(value >> 14)]
    }
    func kind(_ number: UInt8) -> [UInt8] { tag(45002, 0) + [number] }
    let file = element(kind(3) + field(45402, "名单A.xlsx") + tag(45405, 0) + [20])
    let picture = element(kind(2))
    let card = element(kind(10) + field(47901, "{\"prompt\":\"[卡片]\"}"))
    let sink = try Self.reading(
      "1,3,1,'',9990000002,9990000001,1709258287,'',X'\(file)'",
      "2,2,1,'',9990000002,9990000001,1709258288,'',X'\(picture)'",
      "3,11,1,'',9990000002,9990000001,1709258289,'',X'\(card)'"
    )
    #expect(sink.messages.map(\.kind) == [.file, .image, .link])
    #expect(sink.messages.map(\.text) == ["名单A.xlsx", "[图片]", "[卡片]"])
    #expect(sink.messages[0].file == FileReference(name: "名单A.xlsx", bytes: 20))
  }
}

@Suite struct `A QQChatExporter file` {
  let sink: CollectingSink

  init() throws {
    sink = try importing(try StagedBytes.fixture("qq/chat_exporter.json"), as: "qq-chat-exporter")
  }

  @Test func `gives its messages the numbers that its raw messages hold`() {
    #expect(sink.owner == p1)
    #expect(sink.messages.map(\.from) == [p1, p3, Account(.name, "u_CLEWDEMO0000000000002"), nil])
    #expect(sink.messages.allSatisfy { $0.group == group })
    #expect(sink.messages.map(\.kind) == [.text, .text, .file, .system])
    #expect(
      sink.messages[2].file
        == FileReference(
          name: "名单A_演示.xlsx",
          bytes: 20480,
          digest: "md5:2810fae2da36e8ed2e91be4f13c44d49"
        )
    )
    #expect(sink.memberships.map(\.memberName) == ["群主泥鳅", "灯笼(下家)"])
    #expect(sink.memberships.allSatisfy { $0.groupName == "数据互换演示群" })
  }

  @Test func `refuses entries without time or sender`() {
    #expect(
      sink.reasons == [
        "timestamp holds neither milliseconds, seconds nor a date",
        "neither senderUin nor uid names a sender",
      ]
    )
  }
}
