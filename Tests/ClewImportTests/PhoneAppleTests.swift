import ClewEvidence
import ClewImport
import Testing

@Suite struct `An iPhone` {
  private static let p2 = Account(.phone, "+8613800000002")
  private static let p3 = Account(.phone, "+8613800000003")
  private static let p4 = Account(.phone, "+8613800000004")

  @Test func `has an address book of two persons`() throws {
    let sink = try readingPhone(
      try fixture("ios/AddressBook.sqlitedb"),
      as: "ios-contacts",
      beside: [try fixture("ios/sms.db")]
    )
    #expect(sink.rejects.isEmpty)
    // The message database names P4 and speaks of a number that is in this address book.
    #expect(sink.owner == Self.p4)
    let accounts = Dictionary(grouping: sink.contacts, by: \.name).mapValues { $0.map(\.contact) }
    #expect(accounts["灯笼"] == [Self.p3, Account(.wechat, "denglong_demo")])
    #expect(
      accounts["风筝"] == [
        Self.p2, Account(.email, "9990000002@qq.com"), Account(.qq, "9990000002"),
      ]
    )
    #expect(accounts.count == 2)
    #expect(sink.contacts.first { $0.contact == Self.p3 }?.remark == "卖家")
    #expect(sink.contacts.allSatisfy { $0.owner == Self.p4 })
    #expect(sink.links.allSatisfy { $0.basis == .contactEntry })
  }

  @Test func `has two calls, and an owner by the messages beside them`() throws {
    let calls = try fixture("ios/CallHistory.storedata")
    let sink = try readingPhone(calls, as: "ios-calls", beside: [try fixture("ios/sms.db")])
    #expect(sink.owner == Self.p4)
    #expect(
      sink.callLines == [
        "+8613800000004 +8613800000002 0 2024-03-05 19:00:00.250",
        "+8613800000003 +8613800000004 42 2024-03-05 21:30:00.500",
      ]
    )
    let alone = try readingPhone(calls, as: "ios-calls")
    #expect(alone.owner == nil)
    #expect(alone.calls[1].to.scheme == .name)
  }

  @Test func `takes no owner from the messages of another phone`() throws {
    let staged = try Staged()
    _ = try SQLiteMaker(
      staged.folder + "/other.db",
      """
      CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id);
      CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid, account_login);
      CREATE TABLE message (ROWID INTEGER PRIMARY KEY, handle_id, is_from_me, date, account);
      INSERT INTO handle VALUES (1, '+8613800000098');
      INSERT INTO chat VALUES (1, 'SMS;-;+8613800000098', 'P:+8613800000097');
      """
    )
    let sink = try readingPhone(
      try fixture("ios/CallHistory.storedata"),
      as: "ios-calls",
      beside: [try staged.bytes("other.db")]
    )
    #expect(sink.owner == nil)
  }

  @Test func `may store numbers as bytes, and older calls since 1970`() throws {
    let sink = try readingPhone(
      sql: """
        CREATE TABLE ZCALLRECORD (ZADDRESS, ZDATE, ZDURATION, ZORIGINATED, ZANSWERED, ZCALLTYPE);
        INSERT INTO ZCALLRECORD VALUES (x'3133383030303030303032', 731329200, 9.6, 0, 1, 1);
        INSERT INTO ZCALLRECORD VALUES (x'FF', 731329200, 9, 0, 1, 1);
        INSERT INTO ZCALLRECORD VALUES ('13800000002', 731329200, 9, 0, 0, 16);
        INSERT INTO ZCALLRECORD VALUES ('13800000002', 'x', 9, 0, 0, 1);
        INSERT INTO ZCALLRECORD VALUES ('13800000002', 731329200, 9, 2, 0, 1);
        INSERT INTO ZCALLRECORD VALUES ('', 731329200, 9, 0, 0, 1);
        """,
      as: "ios-calls"
    )
    #expect(sink.calls.map(\.seconds) == [10, 0])
    #expect(sink.calls.map(\.channel) == ["phone", "facetime"])
    #expect(
      sink.reasons == [
        "the address is no telephone number", "ZDATE is no time in seconds since 2001",
        "ZORIGINATED is neither 0 nor 1",
      ]
    )
    #expect(sink.rules == ["number withheld"])
    let old = try readingPhone(
      sql: """
        CREATE TABLE call (ROWID INTEGER PRIMARY KEY, address, date, duration, flags);
        INSERT INTO call VALUES (1, '13800000002', 1451606400, 7, 5);
        INSERT INTO call VALUES (2, '13800000002', 1451606400, 7, 4);
        """,
      as: "ios-calls"
    )
    #expect(
      old.callLines == [
        "owner +8613800000002 7 2016-01-01 08:00:00", "+8613800000002 owner 7 2016-01-01 08:00:00",
      ]
    )
  }

  @Test func `has three messages, one from before its nanoseconds`() throws {
    let sink = try readingPhone(try fixture("ios/sms.db"), as: "ios-sms")
    #expect(sink.owner == Self.p4)
    #expect(
      sink.messageLines == [
        "+8613800000002 +8613800000004 2024-03-05 20:00:00",
        "+8613800000004 +8613800000002 2024-03-05 20:01:00",
        "+8613800000002 +8613800000004 2016-01-01 08:00:00",
      ]
    )
    #expect(sink.messages[1].text == "好\n谢了")
    // The id of an SMS is the phone's own and says nothing on the other phone.
    #expect(sink.messages.allSatisfy { $0.serverID == nil })
    #expect(sink.rejects.isEmpty)
  }

  @Test func `keeps groups, attachments and text that stands in bytes only`() throws {
    let body =
      "040B73747265616D747970656481E803840140848484084E53537472696E67019484012B06E5A5BDE79A84"
    let sink = try readingPhone(
      sql: """
        CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id);
        INSERT INTO handle VALUES (1, '+8613800000002'), (2, 'name@example.com');
        CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid, style, chat_identifier, account_login,
          display_name);
        INSERT INTO chat VALUES (1, 'iMessage;+;chat1', 43, 'chat1', 'P:+8613800000004', '演示群');
        INSERT INTO chat VALUES (2, 'iMessage;-;x', 45, '+8613800000002', 'P:+8613800000004', '');
        CREATE TABLE chat_handle_join (chat_id, handle_id);
        INSERT INTO chat_handle_join VALUES (1, 1), (1, 2), (2, 1), (9, 1);
        CREATE TABLE chat_message_join (chat_id, message_id);
        INSERT INTO chat_message_join VALUES (1, 1), (1, 2), (2, 3);
        CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid, text, handle_id, service, account,
          date, is_from_me, attributedBody);
        INSERT INTO message VALUES (1, 'A', NULL, 0, 'iMessage', NULL, 731332800000000000, 1,
          x'\(body)');
        INSERT INTO message VALUES (2, 'B', 'hi', 2, 'iMessage', NULL, 731332800000000000, 0, NULL);
        INSERT INTO message VALUES (3, 'C', char(0xFFFC), 1, 'iMessage', NULL, 731332800000000000,
          0, NULL);
        INSERT INTO message VALUES (4, 'D', 'x', 7, 'SMS', NULL, 731332800000000000, 0, NULL);
        CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename, transfer_name, total_bytes);
        INSERT INTO attachment VALUES (1, '~/a/b.xlsx', 'b.xlsx', 20480);
        CREATE TABLE message_attachment_join (message_id, attachment_id);
        INSERT INTO message_attachment_join VALUES (3, 1);
        """,
      as: "ios-sms"
    )
    #expect(sink.messages.map(\.text) == ["好的", "hi", ""])
    #expect(sink.messages.map(\.serverID) == ["A", "B", "C"])
    #expect(sink.messages[0].from == Self.p4)
    #expect(sink.messages[0].group?.scheme == .group)
    #expect(sink.messages[1].from == Account(.email, "name@example.com"))
    #expect(sink.messages[2].file == FileReference(name: "b.xlsx", bytes: 20480))
    #expect(sink.messages[2].to == Self.p4)
    #expect(sink.memberships.map(\.groupName) == ["演示群", "演示群"])
    #expect(
      sink.reasons == ["chat_id names no chat", "handle_id names no correspondent"]
    )
  }
}
