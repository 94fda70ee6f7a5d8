import ClewEvidence
import ClewImport
import Testing

struct CanonicalTests {
  @Test(arguments: [
    ("accounts", 13), ("contacts", 2), ("messages", 3), ("transfers", 5), ("calls", 2),
    ("members", 2), ("trades", 2),
  ])
  func `the sample tables import whole`(table: String, units: Int) throws {
    let sink = try importing(
      try StagedBytes.fixture("canonical/\(table).csv"),
      as: "canonical-\(table)"
    )
    #expect(sink.units.count == units)
    #expect(sink.rejects.isEmpty)
  }

  @Test func `accounts of one holder are linked to the first`() throws {
    let sink = try importing(
      try StagedBytes.fixture("canonical/accounts.csv"),
      as: "canonical-accounts"
    )
    let links = sink.links
    #expect(links.allSatisfy { $0.basis == .statedHolder })
    #expect(links.count == 7)
    #expect(
      links[0]
        == AccountLink(
          .p1,
          Account(.phone, "+8613800000001"),
          basis: .statedHolder,
          holder: "甲一"
        )
    )
    #expect(links.filter { $0.holder == "丙三" }.map(\.first) == [.p3, .p3])
    #expect(sink.contacts.count == 13)
    #expect(sink.contacts[0].name == "泥鳅")
  }

  @Test func `messages keep kinds, files and text over two lines`() throws {
    let sink = try importing(
      try StagedBytes.fixture("canonical/messages.csv"),
      as: "canonical-messages"
    )
    let messages = sink.messages
    #expect(messages.map(\.kind) == [.file, .text, .system])
    #expect(messages[0].file?.digest == "md5:2810fae2da36e8ed2e91be4f13c44d49")
    #expect(messages[0].sentAt?.zone == .stated)
    #expect(messages[1].text == "报价:\n名单A 1500")
    #expect(messages[1].group == Account(.wechatGroup, "99900000001@chatroom"))
    #expect(messages.map(\.platform) == ["wechat", "wechat", "wechat"])
    #expect(messages[2].from == nil)
  }

  @Test func `transfers tell the story in fen`() throws {
    let sink = try importing(
      try StagedBytes.fixture("canonical/transfers.csv"),
      as: "canonical-transfers"
    )
    #expect(
      sink.transfers.compactMap { $0.amount?.fen } == [200_000, 150_000, 300_000, 80_000, 78_000]
    )
    #expect(sink.transfers[0].ids.count == 2)
    #expect(sink.transfers[4].payee == Account(.card, "6299990000000000038"))
  }

  @Test(arguments: [
    ("canonical-transfers", "from,to,amount", "phone:138****0001,qq:9990000001,5", "from"),
    ("canonical-transfers", "from,to,amount", "a,b,-5", "amount"),
    ("canonical-transfers", "from,to,amount", "a,b,5.001", "amount"),
    ("canonical-transfers", "from,to,amount,time", "a,b,5,2024-02-30", "time"),
    ("canonical-transfers", "from,to,amount,state", "a,b,5,perhaps", "state"),
    ("canonical-transfers", "from,to,amount,currency", "a,b,5,yuan", "currency"),
    ("canonical-messages", "time,from,text", ",,hello", "from"),
    ("canonical-messages", "from,to,kind", "a,b,poem", "kind"),
    ("canonical-messages", "from,text,file_sha256,to", "a,b,abc,c", "file_sha256"),
    ("canonical-calls", "from,to,duration_s", "a,b,-1", "duration_s"),
    ("canonical-calls", "from,to,duration_s", "a,,1", "to"),
    ("canonical-members", "group,member", "qq:9990000001,a", "group"),
    ("canonical-trades", "supplier,buyer,items", "a,b,many", "items"),
    ("canonical-accounts", "account,holder", ",x", "account"),
    ("canonical-accounts", "account,holder,seized", "qq:9990000001,x,yes", "seized"),
  ])
  func `a bad cell refuses its row by the name of the column`(
    format: String,
    header: String,
    row: String,
    column: String
  ) throws {
    let sink = try importing(header + "\n" + row + "\n", as: format)
    #expect(sink.units.isEmpty)
    #expect(sink.reasons.count == 1)
    #expect(sink.reasons.first?.hasPrefix("column \"\(column)\"") == true)
  }

  @Test func `a message without receiver is taken, unknown columns stay in the original`() throws {
    let sink = try importing(
      "time,from,text,mood\n2024-03-01,qq:9990000001,出售,😀\n",
      as: "canonical-messages"
    )
    #expect(sink.messages.map(\.to) == [nil])
    #expect(sink.decisions["columns kept in the original only"] == "mood")
    #expect(sink.units[0].original == .text("2024-03-01,qq:9990000001,出售,😀"))
  }

  @Test func `accounts whose device is in the case are marked`() throws {
    let sink = try importing(
      "account,holder,seized\nqq:9990000001,x,1\nqq:9990000002,x,0\nqq:9990000003,y,\n",
      as: "canonical-accounts"
    )
    let marked = sink.contacts.filter { $0.nature == .device }
    #expect(marked.map(\.contact) == [Account(.qq, "9990000001")])
    #expect(marked.map(\.owner) == [Account(.qq, "9990000001")])
    #expect(sink.contacts.count { $0.nature == .own } == 3)
  }

  @Test func `names that differ only in composition stay two holders`() throws {
    let sink = try importing(
      "account,holder\nqq:9990000001,é\nqq:9990000002,e\u{301}\n",
      as: "canonical-accounts"
    )
    #expect(sink.links.isEmpty)
  }
}
