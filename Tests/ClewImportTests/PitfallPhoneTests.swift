import ClewEvidence
@testable import ClewImport
import Testing

/// What a naive reader of phones gets wrong: units of time, and damaged text.
@Suite struct `Pitfalls of phones` {
  @Test func `pitfall 4: SMS count milliseconds, MMS beside them seconds`() throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE sms (address, date, type, body);
        INSERT INTO sms VALUES ('13800000004', 1709640000000, 1, 'a');
        INSERT INTO sms VALUES ('13800000004', 1709640000, 1, 'seconds in a column of milliseconds');
        CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date, msg_box, m_type, sub);
        CREATE TABLE addr (msg_id, address, type);
        INSERT INTO pdu VALUES (1, 1709640000, 1, 132, NULL);
        INSERT INTO pdu VALUES (2, 1709640000000, 1, 132, NULL);
        INSERT INTO addr VALUES (1, '13800000004', 137), (2, '13800000004', 137);
        """,
      as: "android-sms"
    )
    #expect(
      sink.messages.map { $0.sentAt?.shanghai } == ["2024-03-05 20:00:00", "2024-03-05 20:00:00"]
    )
    // A value of the other unit is refused, not moved: 1970 and the year 56145 are no times.
    #expect(
      sink.reasons == [
        "date is no time in milliseconds since 1970", "date is no time in seconds since 1970",
      ]
    )
  }

  @Test func `pitfall 4: Apple counts seconds and nanoseconds since 2001 in one table`() throws {
    let sink = try readingPhone(try fixture("ios/sms.db"), as: "ios-sms")
    #expect(
      sink.messages.map { $0.sentAt?.shanghai } == [
        "2024-03-05 20:00:00", "2024-03-05 20:01:00", "2016-01-01 08:00:00",
      ]
    )
    #expect(sink.messages.allSatisfy { $0.sentAt?.zone == .epoch })
  }

  @Test func `pitfall 4: Apple counts fractions of seconds in calls`() throws {
    let sink = try readingPhone(try fixture("ios/CallHistory.storedata"), as: "ios-calls")
    // 731329200.25 seconds after 2001-01-01T00:00:00Z.
    #expect(sink.calls[0].at == Timestamp(milliseconds: 1_709_636_400_250))
  }

  @Test(arguments: [
    "9223372036854775807", "-9223372036854775808", "1e300", "-1e300", "9e999", "0", "-1",
    "9007199254740993.0",
  ])
  func `pitfall 4: a number that is no time is refused`(value: String) throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE ZCALLRECORD (ZADDRESS, ZDATE, ZDURATION, ZORIGINATED);
        INSERT INTO ZCALLRECORD VALUES ('13800000002', \(value), 1, 0);
        CREATE TABLE call (address, date, duration, flags);
        INSERT INTO call VALUES ('13800000002', \(value), 1, 0);
        """,
      as: "ios-calls"
    )
    // 0 and -1 are the first second of 2001 and the last of 2000.
    let isApple = ["0", "-1"].contains(value)
    #expect(sink.calls.count == (isApple ? 1 : 0))
    #expect(sink.rejects.count == (isApple ? 1 : 2))
  }

  @Test func `pitfall 10: a fold inside a character is undone before decoding`() throws {
    // 灯 is E7 81 AF; the line is folded between its bytes.
    let card =
      Array("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:".utf8) + [0xE7, 0x81, 0x0D, 0x0A, 0x20, 0xAF]
      + Array("笼\r\nTEL:13800000003\r\nEND:VCARD\r\n".utf8)
    let sink = try importing(card, as: "vcard")
    #expect(sink.contacts.map(\.name) == ["灯笼"])
  }

  @Test func `pitfall 10: an escaped comma in a card is no separator`() throws {
    let source = try StagedBytes.fixture("vcard/p4_iphone_v30.vcf")
    var reader = try VCardReader(source)
    let unit = try #require(try reader.next())
    #expect(try VCard(unit.properties).organisation == ["演示,数据商行", "销售部"])
  }

  @Test func `pitfall 10: a mark of byte order is no part of the first header`() throws {
    let text = "\u{FEFF}号码,姓名,类型,时间,时长\r\n13800000001,甲,呼出,2024-03-01 10:00:00,01:05\r\n"
    let sink = try importing(text, as: "calls-csv")
    #expect(sink.calls.count == 1)
    #expect(sink.contacts.map(\.name) == ["甲"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `pitfall 10: any end of line splits rows`(end: String) throws {
    let rows = [
      "号码,姓名,类型,时间,时长", "13800000001,,呼出,2024-03-01 10:00:00,01:05",
      "13800000003,,呼入,2024-03-04 09:25:00,02:00", "",
    ]
    let sink = try importing(rows.joined(separator: end), as: "calls-csv")
    #expect(sink.calls.count == 2)
  }

  @Test(arguments: ["13800000001.0", "'13800000001", "\"=\"\"13800000001\"\"\"", "13800000001\t"])
  func `pitfall 10: what a spreadsheet puts around a number is taken off`(cell: String) throws {
    let sink = try importing(
      "First Name,Last Name,Mobile Phone,E-mail Address\n泥鳅,,\(cell),\n",
      as: "contacts-csv"
    )
    #expect(sink.contacts.map(\.contact) == [Account(.phone, "+8613800000001")])
  }

  @Test func `pitfall 10: a number that a spreadsheet rounded is refused, not repaired`() throws {
    let sink = try importing(
      "First Name,Last Name,Mobile Phone,E-mail Address\n泥鳅,,1.38E+10,\n",
      as: "contacts-csv"
    )
    #expect(sink.contacts.isEmpty)
    #expect(
      sink.reasons == ["column \"mobilephone\" holds no telephone number or address"]
    )
  }

  @Test func `pitfall 10: twins in different normal forms stay two names`() throws {
    let sink = try importing(
      "First Name,Last Name,Mobile Phone,E-mail Address,Notes\n\u{E9},,13800000001,,\n"
        + "e\u{301},,13800000001,,\n",
      as: "contacts-csv"
    )
    #expect(sink.contacts.count == 2)
    #expect(!sink.contacts[0].name.utf8.elementsEqual(sink.contacts[1].name.utf8))
  }
}
