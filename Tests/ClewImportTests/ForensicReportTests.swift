import ClewEvidence
import Testing

@testable import ClewImport

private let p1 = Account(.phone, "+8613800000001")
private let p2 = Account(.phone, "+8613800000002")
private let p3 = Account(.phone, "+8613800000003")
private let p4 = Account(.phone, "+8613800000004")
private let room = Account(.wechatGroup, "99900000001@chatroom")

private func read(_ fixture: String, as format: String) throws -> CollectingSink {
  try importing(StagedBytes.fixture(fixture), as: format)
}

/// The six calls of one telephone as every file of it tells them, the owner left out.
private func expectSixCalls(_ sink: CollectingSink) {
  let calls = sink.calls
  let others = [p1, p1, p3, p4, p3, Account(.service, "95588")]
  let isOut = [true, false, false, false, true, false]
  #expect(calls.count == 6 && sink.rejects.isEmpty && sink.skips.isEmpty)
  for (call, (other, isOut)) in zip(calls, zip(others, isOut)) {
    #expect((isOut ? call.to : call.from) == other)
    #expect((isOut ? call.from : call.to).scheme == .name)
  }
  #expect(
    calls.map { $0.at?.shanghai } == [
      "2024-03-01 10:00:00", "2024-03-02 20:20:10", "2024-03-04 09:25:00", "2024-03-05 19:00:00",
      "2024-03-06 08:00:00", "2024-03-06 10:00:00",
    ]
  )
  #expect(calls.map(\.seconds) == [65, 30, 120, 0, 0, 0])
}

@Suite struct `An AXIOM export` {
  @Test func `holds two contacts, two calls and one SMS with times in UTC`() throws {
    let sink = try read("axiom/report.xml", as: "axiom-xml")
    #expect(
      sink.units.map(\.position.part) == ["contacts", "contacts", "calls", "calls", "messages"]
    )
    #expect(sink.contacts.prefix(2).map(\.contact) == [p1, p3])
    #expect(sink.contacts.prefix(2).map(\.name) == ["泥鳅 源头", "灯笼"])
    #expect(sink.calls.map { $0.at?.shanghai } == ["2024-03-01 10:00:00", "2024-03-02 20:20:10"])
    #expect(sink.calls.allSatisfy { $0.at?.zone == .stated })
    #expect(sink.calls.map(\.seconds) == [65, 30])
    #expect(sink.calls.first?.to == p1 && sink.calls.last?.from == p1)
    let message = try #require(sink.messages.first)
    #expect(message.to == p4 && message.from?.scheme == .name && message.platform == "sms")
    #expect(message.sentAt?.shanghai == "2024-03-05 20:00:00")
    #expect(message.text == "找灯笼，他手里有货(演示) & 报\"风筝\"名")
  }

  private func hits(_ artifact: String, _ fragments: [(String, String)]...) -> String {
    let hits = fragments.map { hit in
      "<Hit>" + hit.map { "<Fragment name=\"\($0.0)\">\($0.1)</Fragment>" }.joined() + "</Hit>"
    }
    return "<Artifact name=\"\(artifact)\"><Hits>\(hits.joined())</Hits></Artifact>"
  }

  @Test func `takes zone and order of day and month from the names of fragments`() throws {
    let fragment = { (zone: String, pattern: String) in
      [
        ("Partner", "13800000001"), ("Direction", "Incoming"),
        ("Call Date/Time - UTC\(zone) (\(pattern))", "02/03/2024 12:00:00"),
      ]
    }
    let sink = try importing(
      "<x>"
        + hits(
          "iOS Call Logs",
          fragment("+00:00", "dd/MM/yyyy"),
          fragment("+08:00", "MM/dd/yyyy"),
          fragment("-05:30", "M/d/yyyy")
        ) + "</x>",
      as: "axiom-xml"
    )
    #expect(
      sink.calls.map { $0.at?.iso } == [
        "2024-03-02T12:00:00Z", "2024-02-03T04:00:00Z", "2024-02-03T17:30:00Z",
      ]
    )
  }

  @Test func `reads the owner's number, apps and groups`() throws {
    let sink = try importing(
      "<x>"
        + hits(
          "Android WhatsApp Messages",
          [
            ("Sender", "8613800000003@s.whatsapp.net"), ("Direction", "Incoming"),
            ("Message", "hi"),
            ("Message Sent Date/Time - UTC+00:00 (dd/MM/yyyy)", "01/03/2024 02:00:00"),
          ]
        )
        + hits(
          "WeChat Messages",
          [
            ("Sender", "wxid_clewdemo000322"), ("Conversation ID", "99900000001@chatroom"),
            ("Message", "多少钱"), ("Server ID", "900000000000000009"),
          ]
        )
        + hits(
          "Android WhatsApp Accounts Information",
          [("Phone Number", "+8613800000002"), ("WhatsApp Name", "风筝")]
        )
        + hits("Chrome Web History", [("URL", "x")])
        + "</x>",
      as: "axiom-xml"
    )
    #expect(sink.owner == p2)
    #expect(sink.messages.map(\.platform) == ["whatsapp", "wechat"])
    #expect(sink.messages[0].from == p3 && sink.messages[0].to == p2)
    #expect(sink.messages[1].group == room && sink.messages[1].serverID == "900000000000000009")
    #expect(sink.contacts.last == Contact(owner: p2, contact: p2, name: "风筝", nature: .own))
    #expect(sink.rules == ["artifact of a kind that is not read"])
  }

  @Test func `says of each bad hit what is wrong`() throws {
    let date = "Call Date/Time - UTC+00:00 (dd/MM/yyyy)"
    let sink = try importing(
      "<x>"
        + hits(
          "Android Call Logs",
          [("Partner", "13800000001"), ("Direction", "Incoming"), (date, "13/13/2024")],
          [("Partner", "1.38E+10"), ("Direction", "Incoming")],
          [("Partner", "13800000001")],
          [("Partner", "13800000001"), ("Direction", "Incoming"), ("Call Duration", "long")],
          [("Partner", "Unknown"), ("Direction", "Incoming")]
        ) + hits("Android Contacts", [("Source", "x")]) + "</x>",
      as: "axiom-xml"
    )
    #expect(
      sink.reasons == [
        "column \"Date/Time\" holds no time", "column \"Partner\" holds no telephone number",
        "neither direction nor sender says who began", "column \"Call Duration\" holds no duration",
        "the contact holds neither a name nor an account",
      ]
    )
    #expect(sink.rules == ["number withheld"])
  }
}

@Suite struct `A sheet of an AXIOM workbook` {
  @Test func `of calls takes zone and order from the header`() throws {
    let sink = try read("axiom_sheets/Android Call Logs.csv", as: "axiom-sheet")
    #expect(sink.calls.map { $0.at?.shanghai } == ["2024-03-01 10:00:00", "2024-03-02 20:20:10"])
    #expect(sink.calls.map(\.seconds) == [65, 30])
    #expect(sink.calls[0].to == p1 && sink.calls[1].from == p1)
    #expect(sink.rules == ["preamble"])
    #expect(sink.reasons == ["neither direction nor sender says who began"])
  }

  @Test func `of an app's messages gives the app's records`() throws {
    let sink = try read("axiom_sheets/WeChat Messages.csv", as: "axiom-sheet")
    let message = try #require(sink.messages.first)
    #expect(message.platform == "wechat" && message.serverID == "900000000000000009")
    #expect(message.from == .p3 && message.group == room)
    #expect(message.sentAt?.shanghai == "2024-03-03 09:14:00")
  }
}

@Suite struct `An XRY report` {
  @Test func `keeps a combining mark at the beginning of a value`() throws {
    var entity = try #require(XRYEntity(firstLine: "Messages #\t1"))
    entity.add("Text:\t\u{301}abc")
    #expect(entity.fields.map(\.value) == ["\u{301}abc"])
  }

  @Test func `holds two calls in UTC with the month first`() throws {
    let sink = try read("xry/Calls.txt", as: "xry-text")
    #expect(sink.rules == ["preamble"] && sink.rejects.isEmpty)
    #expect(sink.calls.map { $0.at?.iso } == ["2024-03-01T02:00:00Z", "2024-03-02T12:20:10Z"])
    #expect(sink.calls.map(\.seconds) == [65, 30])
    #expect(sink.calls[0].from == p2 && sink.calls[0].to.scheme == .name)
    #expect(sink.calls[1].to == p2 && sink.calls[1].from == sink.calls[0].to)
    #expect(sink.contacts.map(\.name) == ["风筝"])
    #expect(sink.decisions["encoding"] == "UTF-16LE")
    #expect(sink.units.map(\.position.row) == [6, 14])
  }

  @Test func `joins long messages and keeps texts of several lines`() throws {
    let sink = try read("xry/Messages.txt", as: "xry-text")
    #expect(sink.messages.map(\.text) == ["第一行(演示)\n第二行\n\nCalls are fine", "长信(演示)前半，后半"])
    #expect(sink.messages[0].to == p2)
    #expect(
      sink.messages.map { $0.sentAt?.iso } == ["2024-03-02T13:00:00Z", "2024-03-02T13:00:00Z"]
    )
    #expect(sink.contacts.map(\.contact).contains(Account(.phone, "+861090000005")))
    #expect(
      sink.rules == [
        "preamble", "segment, read with its first one", "entity of a kind that is not read",
      ]
    )
    #expect(sink.reasons == ["key \"Time\" holds no time"])
  }

  @Test func `flags entities that do not follow their number`() throws {
    let text =
      "XRY Report\r\n\r\nCalls #\t1\r\nCall Type:\tDialed\r\nTel:\t13800000001\r\n\r\n"
      + "Calls #\t3\r\nTel:\t13800000001\r\n\r\nCalls #\t4\r\nCall Type:\tDialed\r\nTel:\t1.38E+10\r\n"
    let sink = try importing(text.utf16Bytes(littleEndian: true), as: "xry-text")
    #expect(sink.decisions["entities out of sequence"]?.hasPrefix("1;") == true)
    #expect(
      sink.reasons == [
        "neither a heading nor the type says who began", "key \"Tel\" holds no telephone number",
      ]
    )
  }
}

@Suite struct `A file of SMS Backup and Restore` {
  @Test func `holds six calls`() throws {
    let sink = try read("sms_backup/calls-20240401000000.xml", as: "sms-backup")
    expectSixCalls(sink)
    #expect(sink.contacts.map(\.name) == ["泥鳅 源头", "灯笼"])
  }

  @Test(arguments: ["calls_gbk.xml", "calls_utf16.xml"])
  func `holds the same in other encodings`(_ name: String) throws {
    let sink = try read("sms_backup/\(name)", as: "sms-backup")
    expectSixCalls(sink)
    #expect(sink.contacts.map(\.name) == ["泥鳅 源头", "灯笼"])
    // Places are places of the file: the second entry begins where the file holds it.
    let bytes = try fixture("sms_backup/\(name)")
    let isWide = name == "calls_utf16.xml"
    let mark: [UInt8] = isWide ? [0x3C, 0, 0x63, 0, 0x61, 0] : Array("<ca".utf8)
    for unit in sink.units {
      let offset = try #require(unit.position.offset.map(Int.init))
      #expect(bytes[offset...].starts(with: mark))
    }
  }

  @Test func `holds two text messages`() throws {
    let sink = try read("sms_backup/sms-20240401000000.xml", as: "sms-backup")
    #expect(sink.messages.map(\.text) == ["找灯笼，他手里有货(演示) & 报\"风筝\"名", "好\n谢了"])
    #expect(
      sink.messages.map { $0.sentAt?.shanghai } == ["2024-03-05 20:00:00", "2024-03-05 20:01:00"]
    )
    #expect(sink.messages[0].to == p4 && sink.messages[1].from == p4)
    #expect(sink.messages.allSatisfy { $0.platform == "sms" })
    #expect(sink.contacts == [Contact(owner: nil, contact: p4, name: "纸船老板")])
  }

  @Test func `reads MMS with several receivers, emoji in two references and seconds`() throws {
    let sink = try read("sms_backup/mms-20240401000000.xml", as: "sms-backup")
    #expect(sink.units.map { $0.items.count } == [2, 2])
    #expect(sink.messages.map(\.to).prefix(2) == [p4, p3])
    #expect(sink.messages[0].text == "样品(演示) 😀")
    #expect(sink.messages[0].kind == .image && sink.messages[0].file?.name == "demo.jpg")
    #expect(sink.messages[2].from == p4)
    #expect(sink.messages[2].sentAt?.shanghai == "2024-03-05 20:01:00")
    #expect(sink.rules == ["draft"])
    #expect(sink.decisions["surrogate pairs written as references"] == "1, joined")
  }

  @Test func `says of each bad entry what is wrong`() throws {
    let sink = try importing(
      "<smses count='9'><sms address='13800000001' date='1709640000000' type='1' body='x'/>"
        + "<sms address='13800000001' date='x' type='1'/>"
        + "<sms address='1.38E+10' date='1709640000000' type='1'/>"
        + "<sms address='13800000001' date='1709640000000' type='9'/>"
        + "<sms address='null' date='1709640000000' type='1'/>"
        + "<sms address='13800000001' date='1709640000000' type='5'/>"
        + "<call number='13800000001' date='1709640000000' type='1' duration='-1'/>"
        + "<call number='138****0001' date='1709640000000' type='1' duration='1'/>"
        + "<call number='13800000001' date='1709640000000' type='x' duration='1'/>"
        + "<mms date='1709640000000' msg_box='1'/><mms date='1709640000000' msg_box='x'/>"
        + "<other/></smses>",
      as: "sms-backup"
    )
    #expect(sink.messages.count == 1)
    #expect(
      sink.reasons == [
        "attribute \"date\" holds no time in milliseconds since 1970",
        "attribute \"address\" holds no telephone number",
        "attribute \"type\" is no known kind of message",
        "attribute \"duration\" holds no number of seconds",
        "attribute \"number\" holds no telephone number",
        "attribute \"type\" is no known kind of call", "no \"addr\" holds a telephone number",
        "attribute \"msg_box\" is no known kind of message",
      ]
    )
    #expect(
      sink.rules == [
        "number withheld", "message that was not sent", "entry of a kind that is not read",
      ]
    )
  }
}

@Suite struct `A table of LEAPP` {
  @Test func `holds six calls in UTC`() throws {
    let sink = try read("leapp/Call logs.tsv", as: "leapp-calls")
    expectSixCalls(sink)
    #expect(sink.calls.allSatisfy { $0.at?.zone == .stated })
  }

  @Test func `of messages may repeat its header, and is UTC without a zone`() throws {
    let sink = try read("leapp/SMS messages.tsv", as: "leapp-messages")
    #expect(sink.messages.map(\.text) == ["找灯笼，他手里有货(演示)", "好\n谢了"])
    #expect(
      sink.messages.map { $0.sentAt?.shanghai } == ["2024-03-05 20:00:00", "2024-03-05 20:01:00"]
    )
    #expect(sink.messages[0].to == p4 && sink.messages[1].from == p4)
    #expect(sink.rules == ["repeated header", "draft"])
  }

  @Test func `of contacts keeps deleted ones as deleted`() throws {
    let sink = try read("leapp/Contacts.tsv", as: "leapp-contacts")
    #expect(
      sink.contacts.map(\.contact) == [
        p1, Account(.email, "9990000001@qq.com"), Account(.qq, "9990000001"),
        Account(.phone, "+8613800000099"),
      ]
    )
    #expect(sink.contacts.map(\.nature) == [.friend, .friend, .friend, .deleted])
    #expect(sink.links.allSatisfy { $0.basis == .contactEntry && $0.first == p1 })
    #expect(sink.links.count == 2)
  }

  @Test func `says of each bad row what is wrong`() throws {
    let header = "Call Date\tPhone Account Address\tPartner\tType\tDuration in Secs\n"
    let sink = try importing(
      header + "2024-03-01 02:00:00\t+8613800000002\t13800000001\tOutgoing\t5\n"
        + "yesterday\t\t13800000001\tOutgoing\t5\n2024-03-01 02:00:00\t\t13800000001\t?\t5\n"
        + "2024-03-01 02:00:00\t\t13800000001\tMissed\tx\n"
        + "2024-03-01 02:00:00\t\t1.38E+10\tMissed\t0\n2024-03-01 02:00:00\t\t\tMissed\t0\n",
      as: "leapp-calls"
    )
    #expect(sink.calls.map(\.from) == [p2])
    #expect(
      sink.reasons == [
        "column \"calldate\" holds no time", "column \"Type\" holds no direction",
        "column \"Duration\" holds no duration", "column \"Partner\" holds no telephone number",
      ]
    )
    #expect(sink.rules == ["number withheld"])
  }
}

@Suite struct `A sheet of a Cellebrite workbook` {
  @Test func `of contacts has its header in the second row`() throws {
    let sink = try read("ufed_sheets/Contacts.csv", as: "ufed-sheet-contacts")
    #expect(sink.rules == ["preamble"] && sink.rejects.isEmpty)
    #expect(
      sink.contacts == [
        Contact(owner: nil, contact: p2, name: "风筝"),
        Contact(owner: .p1, contact: .p2, name: "风筝"),
        Contact(owner: .p1, contact: Account(.wechat, "fengzheng_demo"), name: "风筝"),
      ]
    )
    #expect(
      sink.links == [AccountLink(.p2, Account(.wechat, "fengzheng_demo"), basis: .alias)]
    )
  }

  @Test func `of calls learns the order of day and month from all its dates`() throws {
    let sink = try read("ufed_sheets/Call Log.csv", as: "ufed-sheet-calls")
    #expect(sink.calls.map { $0.at?.shanghai } == ["2024-03-01 10:00:00", "2024-03-13 20:20:10"])
    #expect(sink.calls.map(\.seconds) == [65, 30])
    #expect(sink.calls[0].from == p2 && sink.calls[1].to == p2)
    #expect(sink.contacts.map(\.name) == ["风筝"])
    #expect(sink.rules == ["preamble", "number withheld"])
    #expect(sink.decisions["order of day and month"] == "day first, as the dates show")
  }

  @Test func `of chats gives WeChat's records`() throws {
    let sink = try read("ufed_sheets/Chats.csv", as: "ufed-sheet-chats")
    #expect(
      sink.messages.map(\.serverID) == [
        "900000000000000001", "900000000000000002", "900000000000000009", "900000000000000006",
      ]
    )
    #expect(sink.messages.map(\.from) == [.p1, .p2, .p3, nil])
    #expect(sink.messages.map(\.to) == [.p2, .p1, nil, nil])
    #expect(sink.messages.map(\.group) == [nil, nil, room, room])
    #expect(sink.messages.last?.kind == .system)
    #expect(sink.messages.first?.sentAt?.shanghai == "2024-03-01 10:05:00")
    #expect(sink.reasons == ["column \"From\" holds no account"])
  }
}

@Suite struct `A sheet of an Oxygen workbook` {
  @Test func `of contacts gives names and numbers`() throws {
    let sink = try read("oxygen/Contacts.csv", as: "oxygen-contacts")
    #expect(
      sink.contacts == [
        Contact(owner: nil, contact: p1, name: "泥鳅 源头"),
        Contact(owner: nil, contact: Account(.email, "demo@example.com"), name: "泥鳅 源头"),
        Contact(owner: nil, contact: .p2, name: "风筝"),
      ]
    )
  }

  @Test func `of messages and calls knows the owner by its mark`() throws {
    let messages = try read("oxygen/Messages.csv", as: "oxygen-messages").messages
    #expect(messages.map(\.platform) == ["sms", "wechat"])
    #expect(messages[0].from == p2 && messages[0].to == p4)
    #expect(messages[1].from == .p2 && messages[1].to == .p1)
    #expect(
      messages.map { $0.sentAt?.shanghai } == ["2024-03-05 20:00:00", "2024-03-13 10:06:00"]
    )
    let calls = try read("oxygen/Calls.csv", as: "oxygen-calls").calls
    #expect(calls.map(\.from) == [p2, p4])
    #expect(calls.first?.to == p1 && calls.last?.to.scheme == .name)
    #expect(calls.map(\.seconds) == [65, 0])
  }

  @Test func `says of each bad row what is wrong`() throws {
    let sink = try importing(
      "Source,Timestamp,Text,From,To\nSMS,99/99/2024,x,13800000001,\n"
        + "SMS,01/03/2024 10:00,x,1.38E+10,\nSMS,01/03/2024 10:00,x,,\n",
      as: "oxygen-messages"
    )
    #expect(
      sink.reasons == [
        "column \"timestamp\" holds no time", "column \"From\" holds no account",
        "neither sender nor receiver is filled",
      ]
    )
  }
}
