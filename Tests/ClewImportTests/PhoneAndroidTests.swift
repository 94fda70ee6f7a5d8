import ClewEvidence
import Testing

@testable import ClewImport

@Suite struct `An Android phone` {
  private static let p1 = Account(.phone, "+8613800000001")
  private static let p3 = Account(.phone, "+8613800000003")
  private static let p4 = Account(.phone, "+8613800000004")
  private static let p5 = Account(.phone, "+8613800000005")

  @Test func `has an address book of four persons and one deleted`() throws {
    let sink = try readingPhone(try fixture("android/contacts2.db"), as: "android-contacts")
    // 16 data, 6 raw contacts, 7 kinds, 4 contacts, 2 accounts.
    #expect(sink.unitCount == 35)
    #expect(sink.rejects.isEmpty)
    #expect(sink.owner == nil)
    let live = sink.contacts.filter { $0.nature == .friend }
    #expect(Set(live.map(\.name)) == ["泥鳅 源头", "泥鳅", "灯笼", "纸船老板", "石磨"])
    let accounts = Dictionary(grouping: live, by: \.name).mapValues { $0.map(\.contact) }
    #expect(accounts["泥鳅 源头"] == [Self.p1, Account(.qq, "9990000001")])
    // The name that WeChat synchronised is one more name of the same person.
    #expect(accounts["泥鳅"] == [Self.p1])
    #expect(accounts["灯笼"] == [Self.p3])
    #expect(
      accounts["纸船老板"] == [
        Self.p4, Account(.email, "9990000004@qq.com"), Account(.qq, "9990000004"),
      ]
    )
    #expect(accounts["石磨"] == [Self.p5, Account(.phone, "+861090000005")])
    let deleted = sink.contacts.filter { $0.nature == .deleted }
    #expect(deleted.map(\.contact) == [Account(.phone, "+8613800000099")])
    #expect(live.first { $0.name == "灯笼" }?.remark == "下家，微信 denglong_demo")
  }

  @Test func `links what stands in one entry as hints only`() throws {
    let sink = try readingPhone(try fixture("android/contacts2.db"), as: "android-contacts")
    #expect(sink.links.allSatisfy { !$0.basis.isHard })
    #expect(
      sink.links.contains(AccountLink(Self.p1, Account(.qq, "9990000001"), basis: .contactEntry))
    )
    // The note's alias and the card in the other note are mentions in text.
    #expect(
      sink.links.filter { $0.basis == .mention } == [
        AccountLink(Self.p3, Account(.wechat, "denglong_demo"), basis: .mention),
        AccountLink(Self.p5, Account(.card, "6299990000000000053"), basis: .mention),
      ]
    )
  }

  @Test func `has a call log of six calls in milliseconds`() throws {
    let sink = try readingPhone(try fixture("android/calllog.db"), as: "android-calls")
    #expect(sink.unitCount == 6)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.callLines == Self.sixCalls)
    #expect(sink.calls[5].from == Account(.service, "95588"))
    #expect(sink.contacts.map(\.name) == ["泥鳅 源头", "灯笼"])
    #expect(sink.owner == nil)
    #expect(sink.decisions["owner"]?.hasPrefix("not stated") == true)
  }

  static let sixCalls = [
    "owner +8613800000001 65 2024-03-01 10:00:00",
    "+8613800000001 owner 30 2024-03-02 20:20:10",
    "+8613800000003 owner 120 2024-03-04 09:25:00",
    "+8613800000004 owner 0 2024-03-05 19:00:00",
    "owner +8613800000003 0 2024-03-06 08:00:00",
    "95588 owner 0 2024-03-06 10:00:00",
  ]

  @Test func `names its owner where a call names the SIM`() throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE calls (number, date, duration, type, phone_account_address);
        INSERT INTO calls VALUES ('13800000001', 1709258400000, 65, 2, '+8613800000002');
        INSERT INTO calls VALUES ('-2', 1709258400000, 0, 1, NULL);
        INSERT INTO calls VALUES ('13800000001', 1709258400000, 20, 3, NULL);
        INSERT INTO calls VALUES ('13800000001', 1709258400000, 1, 12, NULL);
        INSERT INTO calls VALUES ('1.38E+10', 1709258400000, 1, 1, NULL);
        INSERT INTO calls VALUES ('13800000001', 1709258400000, -1, 1, NULL);
        """,
      as: "android-calls"
    )
    #expect(sink.owner == Account(.phone, "+8613800000002"))
    #expect(sink.calls[0].from == Account(.phone, "+8613800000002"))
    // How long a missed call rang is not how long anybody spoke.
    #expect(sink.calls[1].seconds == 0)
    #expect(sink.rules == ["number withheld"])
    #expect(
      sink.reasons == [
        "type is no known kind of call", "number is no telephone number",
        "duration is no number of seconds",
      ]
    )
  }

  @Test func `has three messages`() throws {
    let sink = try readingPhone(try fixture("android/mmssms.db"), as: "android-sms")
    #expect(sink.unitCount == 3)
    #expect(
      sink.messageLines == [
        "owner +8613800000004 2024-03-05 20:00:00", "+8613800000004 owner 2024-03-05 20:01:00",
        "95588 owner 2024-03-05 08:00:00",
      ]
    )
    #expect(sink.messages[0].text == "找灯笼，他手里有货(演示) & 报\"风筝\"名")
    #expect(sink.messages[1].text == "好\n谢了")
    #expect(sink.messages[2].from == Account(.service, "95588"))
    #expect(sink.messages.allSatisfy { $0.serverID == nil && $0.platform == "sms" })
  }

  @Test func `takes a sender for a service only when the name begins with a letter`() throws {
    let sender = { PhoneMessages.addresses($0) }
    #expect(sender("YANSHIBANK") == [Account(.service, "YANSHIBANK")])
    // What a spreadsheet made of a number: nobody's name.
    #expect(sender("1.38E+10").isEmpty)
    #expect(sender("+1.4E+12").isEmpty)
  }

  /// MMS of P2: one received from P4 with a picture, one sent to P1 and P3, one draft.
  static let multimedia = """
    CREATE TABLE sms (address, date, type, body);
    INSERT INTO sms VALUES ('13800000001', 1709640000000, 3, 'draft');
    INSERT INTO sms VALUES ('13800000001', 1709640000000, 5, 'failed');
    INSERT INTO sms VALUES ('YANSHIBANK', 1709640000000, 1, 'code');
    INSERT INTO sms VALUES ('138******04', 1709640000000, 1, 'masked');
    CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date, msg_box, m_type, sub);
    CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id, address, type);
    CREATE TABLE part (_id INTEGER PRIMARY KEY, mid, ct, text, name, fn, cl);
    INSERT INTO pdu VALUES (1, 1709640000, 1, 132, NULL);
    INSERT INTO addr VALUES (1, 1, '+8613800000004', 137);
    INSERT INTO addr VALUES (2, 1, '13800000002', 151);
    INSERT INTO part VALUES (1, 1, 'application/smil', '<smil/>', NULL, NULL, NULL);
    INSERT INTO part VALUES (2, 1, 'text/plain', '看图', NULL, NULL, NULL);
    INSERT INTO part VALUES (3, 1, 'image/jpeg', NULL, 'a.jpg', NULL, NULL);
    INSERT INTO pdu VALUES (2, 1709640060, 2, 128, '主题');
    INSERT INTO addr VALUES (3, 2, 'insert-address-token', 137);
    INSERT INTO addr VALUES (4, 2, '13800000001', 151);
    INSERT INTO addr VALUES (5, 2, '13800000003', 130);
    INSERT INTO pdu VALUES (3, 1709640060, 3, 128, NULL);
    INSERT INTO pdu VALUES (4, 1709640060, 1, 134, NULL);
    INSERT INTO pdu VALUES (5, 1709640060, 1, 132, NULL);
    """

  @Test func `takes MMS apart and knows its owner by them`() throws {
    let sink = try readingPhone(sql: Self.multimedia, as: "android-sms")
    #expect(sink.owner == Account(.phone, "+8613800000002"))
    #expect(
      sink.messageLines == [
        "YANSHIBANK +8613800000002 2024-03-05 20:00:00",
        "+8613800000004 +8613800000002 2024-03-05 20:00:00",
        "+8613800000002 +8613800000001 2024-03-05 20:01:00",
        "+8613800000002 +8613800000003 2024-03-05 20:01:00",
      ]
    )
    #expect(sink.messages[0].from?.scheme == .service)
    #expect(sink.messages[1].text == "看图")
    #expect(sink.messages[1].kind == .image)
    #expect(sink.messages[1].file == FileReference(name: "a.jpg"))
    #expect(sink.messages[2].text == "主题")
    #expect(
      sink.reasons == ["address is no telephone number", "no row of addr names the sender"]
    )
    #expect(
      Set(sink.rules) == [
        "draft", "message that was not sent", "report of a delivery",
        "looked up while other tables were read",
      ]
    )
  }

  @Test func `refuses rows of an address book that lead nowhere`() throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype);
        INSERT INTO mimetypes VALUES (1, 'vnd.android.cursor.item/phone_v2');
        INSERT INTO mimetypes VALUES (2, 'vnd.android.cursor.item/im');
        INSERT INTO mimetypes VALUES (3, 'vnd.android.cursor.item/demo');
        CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, contact_id, deleted, display_name);
        INSERT INTO raw_contacts VALUES (1, NULL, 0, '甲');
        INSERT INTO raw_contacts VALUES (2, 2, 0, '无号码');
        CREATE TABLE data (raw_contact_id, mimetype_id, data1, data2, data4, data5, data6);
        INSERT INTO data VALUES (9, 1, '13800000001', 2, NULL, NULL, NULL);
        INSERT INTO data VALUES (1, 9, '13800000001', 2, NULL, NULL, NULL);
        INSERT INTO data VALUES (1, 1, '1.38E+10', 2, NULL, NULL, NULL);
        INSERT INTO data VALUES (1, 2, 'niqiu_demo', 2, NULL, -1, '微信');
        INSERT INTO data VALUES (1, 2, 'somebody', 2, NULL, 5, NULL);
        INSERT INTO data VALUES (1, 3, 'x', 2, NULL, NULL, NULL);
        """,
      as: "android-contacts"
    )
    #expect(
      sink.reasons == [
        "raw_contact_id names no raw contact", "mimetype_id names no kind of data",
        "data1 is no telephone number",
      ]
    )
    #expect(sink.contacts.map(\.contact.scheme) == [.name, .wechat])
    #expect(sink.contacts.map(\.name) == ["无号码", "甲"])
    #expect(sink.decisions["kinds of data not read"] == "demo")
  }

  @Test func `of old keeps its calls beside its contacts`() throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype);
        CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, contact_id, deleted, display_name);
        CREATE TABLE data (raw_contact_id, mimetype_id, data1);
        CREATE TABLE calls (number, date, duration, type, name);
        INSERT INTO calls VALUES ('13800000001', 1709258400000, 65, 2, '泥鳅');
        """,
      as: "android-contacts"
    )
    #expect(sink.callLines == ["owner +8613800000001 65 2024-03-01 10:00:00"])
  }

  @Test func `of Samsung lists calls among other things`() throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE logs (number, date, duration, type, name, logtype);
        INSERT INTO logs VALUES ('13800000001', 1709258400000, 65, 2, '泥鳅', 100);
        INSERT INTO logs VALUES ('13800000001', 1709258400000, 0, 2, '泥鳅', 300);
        """,
      as: "android-calls"
    )
    #expect(sink.callLines == ["owner +8613800000001 65 2024-03-01 10:00:00"])
    #expect(sink.rules == ["log entry that is no call"])
  }
}
