import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

extension CollectingSink {
  /// The accepted units of a part.
  func units(of part: String) -> [Unit] { units.filter { $0.position.part == part } }
}

/// A report with these models in its decoded data.
func ufedReport(_ models: String, msisdn: String = "+8613800000001") -> String {
  """
  <?xml version="1.0" encoding="utf-8"?>
  <project id="0" extractionType="FileSystem" xmlns="http://pa.cellebrite.com/report/2.0">
  <sourceExtractions><extractionInfo id="0"/></sourceExtractions>
  <metadata section="Device Info"><item name="MSISDN">\(msisdn)</item></metadata>
  <decodedData>\(models)</decodedData></project>
  """
}

/// A field of a model.
func ufedField(_ name: String, _ value: String) -> String {
  "<field name=\"\(name)\" type=\"String\"><value type=\"String\">\(value)</value></field>"
}

/// A party of a call or message.
func ufedParty(_ identifier: String, _ role: String = "", name: String = "") -> String {
  "<model type=\"Party\">" + ufedField("Identifier", identifier) + ufedField("Role", role)
    + ufedField("Name", name) + "</model>"
}

private let p1Phone = Account(.phone, "+8613800000001")
private let p2Phone = Account(.phone, "+8613800000002")
private let room = Account(.wechatGroup, "99900000001@chatroom")

@Suite struct `A UFED report` {
  private func report() throws -> CollectingSink {
    try importing(StagedBytes.fixture("ufed/report.xml"), as: "ufed-xml")
  }

  private func read(_ models: String) throws -> CollectingSink {
    try importing(ufedReport(models), as: "ufed-xml")
  }

  @Test func `holds three contacts, two calls, two chats, five messages, one SMS, one account`()
    throws
  {
    let sink = try report()
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    let counts = ["Contact", "Call", "Chat", "InstantMessage", "SMS", "UserAccount"].map {
      sink.units(of: $0).count
    }
    #expect(counts == [3, 2, 2, 5, 1, 1])
    #expect(sink.owner == p1Phone)
    #expect(sink.decisions["owner"] == "MSISDN of the device")
  }

  @Test func `keeps a deleted contact as deleted`() throws {
    let sink = try report()
    let book = sink.units(of: "Contact").flatMap(\.items).compactMap {
      if case .contact(let contact) = $0 { contact } else { nil }
    }
    #expect(
      book == [
        Contact(owner: p1Phone, contact: p2Phone, name: "风筝"),
        Contact(owner: .p1, contact: .p2, name: "风筝"),
        Contact(owner: .p1, contact: Account(.wechat, "fengzheng_demo"), name: "风筝"),
        Contact(
          owner: p1Phone,
          contact: Account(.phone, "+8613800000098"),
          name: "旧买家",
          nature: .deleted
        ),
      ]
    )
    #expect(sink.decisions["deleted or of unknown state"]?.hasPrefix("1 units") == true)
  }

  @Test func `supplies the owner that calls and text messages lack`() throws {
    let sink = try report()
    #expect(
      sink.calls == [
        Call(
          from: p2Phone,
          to: p1Phone,
          at: Timestamp(parsing: "2024-03-01 10:00:00+08:00"),
          seconds: 65
        ),
        Call(
          from: p1Phone,
          to: p2Phone,
          at: Timestamp(parsing: "2024-03-02 20:20:10+08:00"),
          seconds: 30
        ),
      ]
    )
    #expect(
      sink.messages.last
        == Message(
          platform: "sms",
          from: p1Phone,
          to: p2Phone,
          sentAt: Timestamp(parsing: "2024-03-02 21:00:00+08:00"),
          text: "钱收到了(演示)"
        )
    )
  }

  @Test func `gives WeChat messages as WeChat's own database does`() throws {
    let messages = try report().messages.filter { $0.platform == "wechat" }
    #expect(
      messages.map(\.serverID) == [
        "900000000000000001", "900000000000000002", "900000000000000003", "900000000000000009",
        "900000000000000006",
      ]
    )
    #expect(messages.map(\.from) == [.p1, .p2, .p2, .p3, nil])
    // The report leaves the receivers of received messages out.
    #expect(messages.map(\.to) == [.p2, .p1, .p1, nil, nil])
    #expect(messages.map(\.group) == [nil, nil, nil, room, room])
    #expect(messages.map(\.kind) == [.text, .quote, .text, .text, .system])
    #expect(messages[0].sentAt == Timestamp(parsing: "2024-03-01 10:05:00+08:00"))
    #expect(messages[1].text == "收，明晚转你")
    #expect(messages[4].text == "\"灯笼\"邀请\"纸船\"加入了群聊")
  }

  @Test func `and a phone's own database tell of the same five messages as the same records`()
    throws
  {
    let phone = try Staged().read(
      WeChatAndroidImporter(),
      "EnMicroMsg.db",
      fixture("wechat_android/EnMicroMsg_decrypted.db")
    ).sink.messages
    let known = Set(phone.map { RecordIdentity.id(of: .message($0)) })
    let told = try report().messages.filter { $0.platform == "wechat" }
    #expect(known.count == 20)
    #expect(Set(told.map { RecordIdentity.id(of: .message($0)) }).count == 5)
    for message in told {
      #expect(known.contains(RecordIdentity.id(of: .message(message))))
      let other = try #require(phone.first { $0.serverID == message.serverID })
      #expect(other.from == message.from && other.to == message.to)
      #expect(other.sentAt?.seconds == message.sentAt?.seconds)
    }
  }

  @Test func `names the members of a room, so that a message has receivers`() throws {
    let members = try report().memberships
    #expect(members.map(\.member) == [.p1, .p2, .p3, Account(.wechat, "zhichuan_demo")])
    #expect(members.map(\.memberName) == ["泥鳅", "风筝", "灯笼", "纸船"])
    #expect(members.allSatisfy { $0.group == room && $0.groupName == "料子交流群(演示)" })
  }

  @Test func `links the owner's own accounts`() throws {
    let links = try report().links.filter { $0.basis == .ownAccount }
    #expect(
      links == [
        AccountLink(.p1, p1Phone, basis: .ownAccount),
        AccountLink(.p1, Account(.wechat, "niqiu_demo"), basis: .ownAccount),
      ]
    )
  }

  @Test func `is the same inside a ufdr archive, and known by its bytes`() throws {
    let staged = try Staged()
    let path = try staged.write("demo.ufdr", fixture("ufed/demo.ufdr"))
    try staged.write("report.xml", fixture("ufed/report.xml"))
    var hashes: [String] = []
    try SourceFinder(area: staged.area).find([path, staged.folder + "/report.xml"]) { finding in
      guard case .source(let source, let importer, _) = finding else { return }
      hashes.append(source.sha256)
      let sink = CollectingSink()
      #expect(importer.format == "ufed-xml")
      let units = try importer.read(source, into: sink)
      #expect(units == 14)
      #expect(sink.rejects.isEmpty)
    }
    #expect(hashes.count == 2 && Set(hashes).count == 1)
  }

  @Test func `enters a case once, however often it is given`() throws {
    let staged = try Staged()
    let archive = try staged.write("demo.ufdr", fixture("ufed/demo.ufdr"))
    let plain = try staged.write("report.xml", fixture("ufed/report.xml"))
    let file = try CaseFile.open(staged.folder + "/case.clew")
    let taken = try CaseIntake().take([archive, plain], into: file)
    #expect(taken.taken.count == 1 && taken.refused.isEmpty)
    #expect(taken.taken.first?.counts.units == 14 && taken.counts.rejected == 0)
    #expect(taken.taken.first?.path == archive + "!/report.xml")
    #expect(taken.known.map(\.path) == [plain])
  }

  @Test func `is refused in one line when it is protected`() throws {
    let bytes: [UInt8] = [0x2D, 0x06, 0x52, 0x6D, 1, 2, 3]
    let staged = try StagedBytes(bytes, name: "report.xml")
    let (importer, _) = try #require(ImporterRegistry.best(for: staged.source))
    #expect(
      throws: ImportError.malformed(
        path: "report.xml",
        line: nil,
        reason: "a protected report; export it again without protection"
      )
    ) { try importer.read(staged.source, into: CollectingSink()) }
  }

  @Test func `reads chat fields that stand behind the messages`() throws {
    let message =
      "<model type=\"InstantMessage\">" + ufedField("Identifier", "900000000000000009")
      + "<modelField name=\"From\">" + ufedParty("wxid_clewdemo000322") + "</modelField></model>"
    let sink = try read(
      "<modelType type=\"Chat\"><model type=\"Chat\"><multiModelField name=\"Messages\">\(message)"
        + "</multiModelField>" + ufedField("Source", "WeChat")
        + ufedField("Id", "99900000001@chatroom") + "</model></modelType>"
    )
    #expect(sink.messages.first?.group == room)
    #expect(sink.messages.first?.from == .p3)
    #expect(sink.rules == ["chat without named participants"])
  }

  @Test func `trusts no id that may be a row number of the device`() {
    let app = ForensicApp("WeChat")
    #expect(app.serverID("17") == nil)
    #expect(app.serverID("4294967295") == nil)
    #expect(app.serverID("4294967296") == "4294967296")
    #expect(app.serverID("x") == nil)
    #expect(ForensicApp("Telegram").serverID("900000000000000001") == nil)
  }

  @Test func `keeps users of unknown apps apart`() {
    #expect(ForensicApp("Alpha").account("tom") == Account(.name, "tom#alpha"))
    #expect(ForensicApp("Beta").account("tom") == Account(.name, "tom#beta"))
    // A nickname in place of a user name is nobody's account.
    #expect(ForensicApp("WeChat").account("风筝") == Account(.name, "风筝#wechat"))
    #expect(ForensicApp("WeChat").account("wxid_clewdemo000222") == .p2)
    #expect(ForensicApp("WhatsApp").account("8613800000001@s.whatsapp.net") == p1Phone)
    #expect(ForensicApp("QQ").account("9990000001") == Account(.qq, "9990000001"))
    #expect(ForensicApp("WeChat Work").platform == "wechatwork")
    #expect(ForensicApp("").account("+86 138-0000-0001") == p1Phone)
  }

  @Test func `says of each bad model what is wrong`() throws {
    let call = { (fields: String) in "<model type=\"Call\">\(fields)</model>" }
    let parties = { (party: String) in
      "<multiModelField name=\"Parties\">\(party)</multiModelField>"
    }
    let sink = try read(
      "<modelType type=\"Call\">"
        + call(
          ufedField("TimeStamp", "2024-02-30T10:00:00Z") + parties(ufedParty("13800000002", "To"))
        )
        + call(ufedField("Duration", "1:99") + parties(ufedParty("13800000002", "To")))
        + call(parties(ufedParty("1.38E+10", "To")))
        + call(parties(ufedParty("13800000002")))
        + call(parties(ufedParty("", "From")))
        + call(parties(ufedParty("", "From", name: "风筝")))
        + "</modelType><modelType type=\"Contact\"><model type=\"Contact\"/></modelType>"
        + "<modelType type=\"Email\"><model type=\"Email\"/></modelType>"
        + "<modelType type=\"InstantMessage\"><model type=\"InstantMessage\"/>"
        + "<model type=\"InstantMessage\" isrelated=\"True\"/></modelType>"
        + "<modelType type=\"Cookie\"><model type=\"Cookie\"/></modelType>"
    )
    #expect(
      sink.reasons == [
        "field \"TimeStamp\" holds no time", "field \"Duration\" holds no duration",
        "field \"Parties\" holds no number", "neither \"Role\" nor \"Direction\" says who began",
        "field \"Parties\" holds no number",
        "the contact holds neither a name nor an account", "field \"From\" holds no address",
        "field \"From\" is empty and nothing else names the sender",
      ]
    )
    #expect(
      sink.rules == [
        "number withheld", "message repeated from a chat", "model of a kind that is not read",
      ]
    )
  }

  @Test func `without a number of its device leaves the owner a name that never merges`() throws {
    let call =
      "<model type=\"Call\">" + ufedField("Direction", "Missed") + ufedField("Duration", "00:00:09")
      + "<multiModelField name=\"Parties\">" + ufedParty("13800000002")
      + "</multiModelField></model>"
    let sink = try importing(
      ufedReport("<modelType type=\"Call\">\(call)</modelType>", msisdn: ""),
      as: "ufed-xml"
    )
    #expect(sink.owner == nil)
    #expect(sink.calls.first?.from == p2Phone)
    #expect(sink.calls.first?.to.scheme == .name)
    // Nobody spoke in a call that was missed, whatever the report counts.
    #expect(sink.calls.first?.seconds == 0)
  }

  @Test func `takes the owner's number from the SIM card, and says when there are two`() throws {
    let sim = { (number: String) in
      "<model type=\"SIMData\">" + ufedField("Name", "MSISDN 1") + ufedField("Value", number)
        + "</model>"
    }
    let one = try importing(
      ufedReport("<modelType type=\"SIMData\">\(sim("13800000002"))</modelType>", msisdn: ""),
      as: "ufed-xml"
    )
    #expect(one.owner == p2Phone)
    #expect(one.rules == ["SIM data, read for the owner"])
    let two = try read("<modelType type=\"SIMData\">\(sim("13800000002"))</modelType>")
    #expect(two.owner == p1Phone)
    #expect(two.decisions["owner"] == "MSISDN of the device; the first of 2 different ones")
  }

  @Test func `breaks off inside a chat without losing a unit`() throws {
    let bytes = try fixture("ufed/report.xml")
    let mark = Array("900000000000000003".utf8)
    let cut = try #require(bytes.indices.first { bytes[$0...].starts(with: mark) })
    let sink = try importing(Array(bytes[..<cut]), as: "ufed-xml")
    #expect(sink.units(of: "InstantMessage").count == 2)
    #expect(sink.rejects.map(\.position.part) == ["InstantMessage"])
    #expect(sink.reasons.first?.contains("nothing after it is read") == true)
  }
}

@Suite struct `Times in reports of forensic tools` {
  @Test(arguments: [
    ("2024-03-01T02:00:00.000+00:00", "2024-03-01 10:00:00", true),
    ("2024-03-01T10:00:00+08:00", "2024-03-01 10:00:00", true),
    ("01/03/2024 02:00:00(UTC+0)", "2024-03-01 10:00:00", true),
    ("2024/3/1 10:00:00 (UTC+8)", "2024-03-01 10:00:00", true),
    ("01-Mar-24 10:00:00 AM", "2024-03-01 10:00:00", false),
    ("1/3/2024 12:00:05 AM", "2024-03-01 00:00:05", false),
    ("1/3/2024 12:00:05 PM", "2024-03-01 12:00:05", false),
    ("2024/3/1 下午 1:00:00", "2024-03-01 13:00:00", false),
    ("01/03/2024", "2024-03-01 00:00:00", false),
  ])
  func `carry their own zone`(_ text: String, _ shanghai: String, _ isStated: Bool) {
    let time = ForensicTime().timestamp(text)
    #expect(time?.shanghai == shanghai)
    #expect(time?.zone == (isStated ? .stated : .assumedShanghai))
  }

  @Test(arguments: [
    "", "now", "2024-03-01T02:00:00 CST", "32/03/2024", "01/13/2024 10:00:00", "1/3/2024 13:00 PM",
    "2024-03-01 25:00:00", "2024-03-01 10:00:00 (UTC", "01/03/2024 10:00:00 x", "2024-03-01 1000",
  ])
  func `are refused where they are none`(_ text: String) {
    #expect(ForensicTime().timestamp(text) == nil)
  }

  @Test func `take the order of day and month from the report`() {
    var order = ForensicDateOrder()
    order.see("2024-03-31")
    #expect(order.decision == nil && order.order == .dayFirst)
    order.see("03/04/2024")
    #expect(order.order == .dayFirst && order.decision?.contains("assumed") == true)
    order.see("03/13/2024 10:00")
    #expect(order.order == .monthFirst)
    #expect(
      ForensicTime(order: .monthFirst).timestamp("03/04/2024")?.shanghai == "2024-03-04 00:00:00"
    )
    order.see("13/03/2024")
    #expect(order.order == nil)
    #expect(ForensicTime(order: nil).timestamp("03/04/2024") == nil)
    #expect(ForensicTime(order: nil).timestamp("13/04/2024")?.shanghai == "2024-04-13 00:00:00")
  }

  @Test func `count durations in seconds`() {
    #expect(ForensicWords.seconds("00:01:05") == 65)
    #expect(ForensicWords.seconds("1.00:00:01") == 86_401)
    #expect(ForensicWords.seconds("00:00:30.0000000") == 30)
    #expect(ForensicWords.seconds("65") == 65 && ForensicWords.seconds("") == 0)
    #expect(ForensicWords.seconds("1:5:x") == nil && ForensicWords.seconds("-5") == nil)
    #expect(ForensicWords.seconds("9999999999999") == nil)
  }
}
