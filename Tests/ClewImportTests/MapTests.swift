import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

/// Reads a text by a map and checks that every row is accounted for.
private func reading(
  _ text: String,
  by map: String,
  name: String = "test.csv",
  location: SourceLocation = #_sourceLocation
) throws -> CollectingSink {
  let importer = MappedTable(try #require(try MapFile.read(map, path: "map.yaml").first))
  let staged = try StagedBytes(Array(text.utf8), name: name)
  return try withExtendedLifetime(staged) {
    #expect(importer.recognise(staged.source)?.confidence == 100, sourceLocation: location)
    let sink = CollectingSink()
    let units = try importer.read(staged.source, into: sink)
    #expect(units == sink.unitCount, sourceLocation: location)
    return sink
  }
}

@Suite struct `A map` {
  static let bank = """
    map: 演示银行流水
    match:
      columns: [记账日期, 本方帐号, 发生金额]
    record: transfer
    fields:
      account: {column: 本方帐号, scheme: bank}
      account-name: 本方名称
      peer: {column: 对方帐号, scheme: bank}
      peer-name: 对方名称
      time: {columns: [记账日期, 记账时间]}
      amount: {column: 发生金额, unit: yuan}
      memo: 摘要
      id: 流水
    direction: {column: 借贷, out: [借], in: [贷]}
    only:
      - {column: 状态, is: [成功, ""], rule: did not take place}
    """

  @Test func `reads a bank's sheet without code`() throws {
    let sink = try reading(
      """
      演示银行对账单,,,,,,,,,,
      流水,记账日期,记账时间,本方帐号,本方名称,对方帐号,对方名称,借贷,发生金额,摘要,状态
      0001,20240307,154500,6299990000000000053,戊五,6299990000000000046,丁四,贷,800.00,货款,成功
      0002,20240307,161000,6299990000000000053,戊五,6299990000000000038_1,丙三,借,"1,780.50", 转出 ,成功
      0003,2024-03-07,16:15:00,6299990000000000053,戊五,6299990000000000038,丙三,借,780.00,,失败
      0004,20240308,080000,6299990000000000053,戊五,,柜台,借,20.00,,
      0005,20240308,090000,6299990000000000053,戊五,6299990000000000046,丁四,?,1.00,,成功
      0006,20240308,090000,6299990000000000053,戊五,6299990000000000046,丁四,借,abc,,成功
      0007,20241308,090000,6299990000000000053,戊五,6299990000000000046,丁四,借,1.00,,成功
      0008,20240308,090000,6.29999E+18,戊五,6299990000000000046,丁四,借,1.00,,成功
      """ + "\n",
      by: Self.bank
    )
    let (own, buyer) = (
      Account(.card, "6299990000000000053"), Account(.card, "6299990000000000046")
    )
    let other = Account(.card, "6299990000000000038")
    #expect(sink.rules == ["preamble", "did not take place"])
    let transfers = sink.transfers
    #expect(transfers.count == 3)
    #expect(transfers[0].payer == buyer)
    #expect(transfers[0].payee == own)
    #expect(transfers[0].amount == Money(fen: 80_000, currency: "CNY"))
    // 2024-03-07 15:45:00 at UTC+8 is 07:45:00 in UTC.
    #expect(transfers[0].at == Timestamp(parsing: "2024-03-07 15:45:00"))
    #expect(transfers[0].at?.seconds == 1_709_797_500)
    #expect(transfers[0].ids == ["6299990000000000053/0001"])
    #expect(transfers[0].memo == "货款")
    #expect(transfers[0].channel == "bank")
    #expect(transfers[1].payer == own)
    #expect(transfers[1].payee == other)
    #expect(transfers[1].amount?.fen == 178_050)
    #expect(transfers[2].payee == Account(.name, "柜台#6299990000000000053"))
    #expect(
      sink.reasons == [
        "column \"借贷\" holds no word of the map's directions",
        "column \"发生金额\" holds no amount in yuan", "column \"记账日期\" holds no time",
        "column \"本方帐号\" holds no account of its scheme",
      ]
    )
    #expect(
      sink.contacts.map(\.name) == ["戊五", "丁四", "丙三", "柜台"]
    )
    #expect(sink.decisions["map"] == "演示银行流水")
    #expect(sink.decisions["map text"] == Self.bank)
    #expect(sink.decisions["map sha256"] == FileHash.sha256(ofText: Self.bank))
    #expect(sink.units.map(\.position.row) == [3, 4, 6])
  }

  @Test func `reads calls of a telephone company`() throws {
    let sink = try reading(
      """
      本机号码;对方号码;呼叫类型;开始时间;时长
      13800000002;13800000001;主叫;2024-03-01 10:00:00;65
      13800000002;1795113800000003;被叫;2024-03-04 09:25:00;2分钟
      13800000002;95588;被叫;2024-03-06 10:00:00;00:00:07
      """,
      by: """
        map: 话单
        match: {columns: [本机号码, 对方号码]}
        delimiter: semicolon
        record: call
        fields:
          account: {column: 本机号码, scheme: phone}
          peer: {column: 对方号码, scheme: phone}
          time: 开始时间
          seconds: 时长
        direction: {column: 呼叫类型, out: [主叫], in: [被叫]}
        """
    )
    let calls = sink.items.compactMap { if case .call(let call) = $0 { call } else { nil } }
    let own = Account(.phone, "+8613800000002")
    #expect(
      calls.map(\.from) == [own, Account(.phone, "+8613800000003"), Account(.service, "95588")]
    )
    #expect(calls.map(\.to) == [Account(.phone, "+8613800000001"), own, own])
    #expect(calls.map(\.seconds) == [65, 120, 7])
  }

  @Test func `reads messages, members, contacts, links and trades`() throws {
    func items(_ table: String, _ record: String, _ fields: String) throws -> [EvidenceItem] {
      try reading(
        table,
        by: """
          map: m
          match: {columns: [a, b]}
          record: \(record)
          fields: {\(fields)}
          """
      ).items
    }
    let (one, two) = (Account(.qq, "9990000001"), Account(.qq, "9990000002"))
    let message = try items(
      "a,b,c,t\n9990000001,9990000002, 有货 ,1709292600\n",
      "message",
      "from: {column: a, scheme: qq}, to: {column: b, scheme: qq}, text: c, time: {column: t, unit: seconds}"
    )
    #expect(
      message == [
        .message(
          Message(
            platform: "qq",
            from: one,
            to: two,
            sentAt: Timestamp(milliseconds: 1_709_292_600_000),
            text: " 有货 "
          )
        )
      ]
    )
    let member = try items(
      "a,b\n999000001,9990000001\n",
      "membership",
      "group: {column: a, scheme: qqgroup}, member: {column: b, scheme: qq}"
    )
    #expect(member == [.membership(Membership(group: Account(.qqGroup, "999000001"), member: one))])
    let contact = try items(
      "a,b\n13800000001,泥鳅\n",
      "contact",
      "contact: {column: a, scheme: phone}, name: b, owner: {value: \"qq:9990000002\"}, tags: {value: \"上家、熟人\"}"
    )
    #expect(
      contact == [
        .contact(
          Contact(
            owner: two,
            contact: Account(.phone, "+8613800000001"),
            name: "泥鳅",
            tags: ["上家", "熟人"]
          )
        )
      ]
    )
    let link = try items(
      "a,b\n9990000001,13800000001\n",
      "accountLink",
      "account: {column: a, scheme: qq}, other: {column: b, scheme: phone}"
    )
    #expect(
      link == [
        .accountLink(
          AccountLink(one, Account(.phone, "+8613800000001"), basis: .statedHolder)
        )
      ]
    )
    let trade = try items(
      "a,b,n,p\n9990000001,9990000002,500,150000\n",
      "trade",
      "supplier: {column: a, scheme: qq}, buyer: {column: b, scheme: qq}, items: n, amount: {column: p, unit: fen}"
    )
    #expect(
      trade == [
        .trade(
          Trade(supplier: one, buyer: two, items: 500, amount: Money(fen: 150_000, currency: "CNY"))
        )
      ]
    )
  }

  @Test func `shifts wall clocks by its zone and leaves stated zones alone`() throws {
    let sink = try reading(
      "a,b,t\nqq:9990000001,qq:9990000002,2024-03-01 10:00:00\nqq:9990000001,qq:9990000002,2024-03-01T10:00:00+08:00\n",
      by: """
        map: m
        match: {columns: [a, b]}
        zone: "+00:00"
        record: message
        fields: {from: a, to: b, text: t, time: t}
        """
    )
    #expect(sink.messages.map { $0.sentAt?.seconds } == [1_709_287_200, 1_709_258_400])
    #expect(sink.messages.map { $0.sentAt?.zone } == [.stated, .stated])
  }

  @Test func `never lets equal names of two files be one account`() throws {
    let map = """
      map: m
      match: {columns: [付款人, 收款人]}
      record: transfer
      fields: {payer: {column: 付款人, scheme: name}, payee: {column: 收款人, scheme: name}, amount: 金额}
      """
    let importer = MappedTable(try #require(try MapFile.read(map, path: "m").first))
    let staged = try Staged()
    var payers: [Account?] = []
    for (name, amount) in [("a.csv", 1), ("b.csv", 2)] {
      let table = Array("付款人,收款人,金额\n张三,李四,\(amount)\n".utf8)
      payers += try staged.read(importer, name, table).sink.transfers.map(\.payer)
    }
    #expect(payers.count == 2)
    #expect(payers[0]?.value.hasPrefix("张三#") == true)
    #expect(payers[0] != payers[1])
  }

  @Test func `takes only the files and headers that it names`() throws {
    let text = """
      map: m
      match: {columns: [a, b], file: "流水*.csv"}
      header: 2
      record: contact
      fields: {contact: {column: a, occurrence: 2}, name: b}
      """
    let importer = MappedTable(try #require(try MapFile.read(text, path: "m").first))
    func knows(_ table: String, _ name: String) throws -> Bool {
      let staged = try StagedBytes(Array(table.utf8), name: name)
      return withExtendedLifetime(staged) { importer.recognise(staged.source) != nil }
    }
    #expect(try knows("x,y\na,b,a\n1,2,qq:9990000001\n", "流水1.csv"))
    #expect(try !knows("x,y\na,b,a\n", "账单.csv"))
    #expect(try !knows("a,b,a\nx,y\n", "流水1.csv"))
    let sink = try reading("x,y\na,b,a\n1,2,qq:9990000001\n", by: text, name: "流水.csv")
    #expect(sink.contacts.map(\.contact) == [Account(.qq, "9990000001")])
    let lacking = try StagedBytes(Array("x,y\na,b\n1,2\n".utf8), name: "流水.csv")
    #expect(throws: ImportError.missingColumns(path: "流水.csv", columns: ["a (2)"])) {
      try importer.read(lacking.source, into: CollectingSink())
    }
  }

  @Test(arguments: [
    ("*", "x", true), ("", "", true), ("", "x", false), ("a*c", "abbc", true), ("a?c", "abc", true),
    ("a?c", "ac", false), ("*.csv", "流水.csv", true), ("**a**b*", "xxaxxbx", true),
    (String(repeating: "*a", count: 40) + "b", String(repeating: "a", count: 400), false),
  ])
  func `knows patterns of names`(pattern: String, name: String, fits: Bool) {
    #expect(GlobPattern(pattern).matches(name) == fits)
  }

  @Test(arguments: [
    ("", "the file is empty"), ("- a", ":1: \"the map\" needs keys: map, match"),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: bill\nfields: {}", ":3: \"record\" is none of contact"
    ),
    ("map: m\nmatch: {columns: [a]}\nrecord: contact\nfelder: {}", ":4: unknown key under"),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: contact\nfields:\n  name: a",
      ":5: a contact needs contact"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: contact\nfields:\n  contact: {column: a, scheme: fax}",
      ":5: \"scheme\" is none of auto, bank"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: transfer\nfields:\n  payer: a\n  amount: {column: b, unit: jiao}",
      ":6: \"unit\" of an amount is yuan or fen"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: transfer\nfields: {account: a, amount: b}\ndirection: {column: c}",
      ":5: \"direction\" needs"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: transfer\nfields: {account: a, amount: b}\ndirection: {column: c, out: [x], in: [x]}",
      ":5: a word stands under"
    ),
    ("map: m\nmatch: {}\nrecord: contact\nfields: {}", ":2: \"columns\" is missing"),
    (
      "map: m\nmatch: {columns: [a]}\nzone: 8\nrecord: contact\nfields: {contact: a}",
      ":3: \"zone\" is an offset"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nencoding: KOI8\nrecord: contact\nfields: {contact: a}",
      ":3: \"encoding\" is none of"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nheader: 0\nrecord: contact\nfields: {contact: a}",
      ":3: \"header\" needs a whole number"
    ),
    (
      "map: m\nmatch: {columns: [a]}\nrecord: transfer\nfields:\n  account: {value: \"?\"}\n  amount: a\ndirection: {sign: amount}",
      ":5: write the account in place of"
    ),
    ("map: [m\nmatch: x", "not YAML"), ("map: m\nmap: n", "stands twice"),
  ])
  func `that is wrong says where and what is expected`(text: String, complaint: String) {
    do {
      _ = try MapFile.read(text, path: "map.yaml")
      Issue.record("the map was taken")
    } catch {
      #expect(error.description.hasPrefix("map.yaml"))
      #expect(error.description.contains(complaint), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  @Test(
    arguments: [
      ("65", 65), ("0", 0), ("01:05", 65), ("1:00:05", 3605), ("1小时2分3秒", 3723), ("2分钟", 120),
      ("-1", nil), ("x", nil), ("1秒2分", nil), ("99999999999999999999", nil), ("1::2", nil),
    ] as [(String, Int64?)]
  )
  func `reads the length of calls`(text: String, seconds: Int64?) {
    #expect(CallLength.seconds(text) == seconds)
  }

  @Test func `that is proposed reads the table for which it was proposed`() throws {
    let table = """
      演示银行
      流水号,交易日期,交易时间,账号,户名,对方账号,对方户名,借贷标志,交易金额,摘要,交易状态,柜员
      1,2024-03-07,15:45:00,6299990000000000053,戊五,6299990000000000046,丁四,贷,800.00,货款,成功,007
      2,2024-03-07,16:10:00,6299990000000000053,戊五,6299990000000000038,丙三,借,780.00,,成功,007
      3,2024-03-07,16:15:00,6299990000000000053,戊五,6299990000000000038,丙三,借,780.00,,失败,007
      """
    let staged = try StagedBytes(Array(table.gb18030), name: "流水.csv")
    let proposal = try #require(withExtendedLifetime(staged) { MapProposal(staged.source) })
    #expect(proposal.record == .transfer)
    #expect(proposal.yaml.contains("encoding: GB18030"))
    #expect(proposal.yaml.contains("# Columns that are kept in the original only: \"柜员\""))
    let map = try #require(try MapFile.read(proposal.yaml, path: "map.yaml").first)
    let sink = CollectingSink()
    let units = try MappedTable(map).read(staged.source, into: sink)
    #expect(units == sink.unitCount)
    #expect(sink.transfers.map { $0.amount?.fen } == [80_000, 78_000])
    #expect(sink.transfers.first?.at == Timestamp(parsing: "2024-03-07 15:45:00"))
    #expect(sink.transfers.first?.payee == Account(.card, "6299990000000000053"))
    #expect(sink.rules == ["preamble", "did not take place"])
  }

  @Test(arguments: [
    ("本机号码,对方号码,呼叫类型,通话开始时间,通话时长\n1,2,主叫,2024-03-01 10:00:00,3\n", TableMap.Record.call),
    ("主叫号码,被叫号码,开始时间,时长\n1,2,2024-03-01 10:00:00,3\n", .call),
    ("付款人账号,付款人名称,收款人账号,收款人名称,金额\n1,a,2,b,3\n", .transfer),
    ("流水,记账日期,记账时间,本方帐号,对方帐号,借贷,发生金额\n1,20240307,154500,1,2,借,3\n", .transfer),
    ("发送方,接收方,时间,内容\na,b,2024-03-01 10:00:00,c\n", .message),
    ("群号,成员微信号,昵称\n1,wxid_clewdemo000122,b\n", .membership),
    ("姓名,手机号码,备注名\na,13800000001,c\n", .contact),
    ("Name,Phone Number\na,13800000001\n", .contact),
  ])
  func `is proposed for each kind of table`(table: String, record: TableMap.Record) throws {
    let staged = try StagedBytes(Array(table.utf8))
    let proposal = try #require(withExtendedLifetime(staged) { MapProposal(staged.source) })
    #expect(proposal.record == record)
    let map = try #require(try MapFile.read(proposal.yaml, path: "map.yaml").first)
    #expect(MappedTable(map).recognise(staged.source) != nil)
  }

  @Test func `that is proposed asks whose statement it is, where no column says so`() throws {
    let table = "交易时间,交易对方,收/支,金额(元)\n2024-03-04 09:30:10,灯笼,收入,1500\n"
    let staged = try StagedBytes(Array(table.utf8))
    let proposal = try #require(withExtendedLifetime(staged) { MapProposal(staged.source) })
    #expect(proposal.record == .transfer)
    do {
      _ = try MapFile.read(proposal.yaml, path: "map.yaml")
      Issue.record("a map without an owner was taken")
    } catch {
      #expect(error.description.contains("write the account in place of \"?\""))
    }
    let whole = proposal.yaml.replacing("\"?\"", with: "wechat:wxid_clewdemo000222")
    let map = try #require(try MapFile.read(whole, path: "map.yaml").first)
    let sink = CollectingSink()
    _ = try MappedTable(map).read(staged.source, into: sink)
    #expect(sink.transfers.map(\.payee) == [Account(.wechat, "wxid_clewdemo000222")])
  }

  @Test func `is not proposed for what is no table`() throws {
    for text in ["", "hello", "a,b\n1,2\n", "姓名\n甲\n", "{\"a\": 1, \"金额\": 2}"] {
      let staged = try StagedBytes(Array(text.utf8))
      withExtendedLifetime(staged) { #expect(MapProposal(staged.source) == nil) }
    }
  }

  @Test func `rests on words that are there`() throws {
    let words = try #require(ColumnWords.standard)
    #expect(words.meanings(of: "交易卡号").map(\.field) == ["account"])
    #expect(words.meanings(of: "金额(元)").map(\.field) == ["amount"])
    #expect(words.out.contains("借"))
    #expect(Set(words.out).isDisjoint(with: words.into))
  }

  @Test func `reads the payments of WeChat Pay's workbook`() throws {
    let findings = try Findings()
    try findings.put(
      "w.xlsx",
      fixture("workbook/微信支付账单流水文件(20240301-20240331).xlsx")
    )
    let map = try MapFile.read(
      """
      map: 微信支付账单
      match: {columns: [交易时间, 收/支, 金额(元)]}
      record: transfer
      fields:
        account: {value: "wechat:wxid_clewdemo000222"}
        peer-name: 交易对方
        time: 交易时间
        amount: 金额(元)
        id: 交易单号
        memo: 商品
      direction: {column: 收/支, out: [支出], in: [收入]}
      skip:
        - {column: 收/支, is: [/], rule: neither in nor out}
      """,
      path: "m"
    )
    _ = try findings.look(importers: map.map { MappedTable($0) })
    let sink = try #require(findings.sinks.values.first)
    // EXPECTED: header in row 18; four payments of 2088.50 together, one of 1500.00, one neutral.
    let own = Account(.wechat, "wxid_clewdemo000222")
    let (out, into) = (
      sink.transfers.filter { $0.payer == own }, sink.transfers.filter { $0.payee == own }
    )
    #expect(out.count == 4)
    #expect(out.compactMap { $0.amount?.fen }.reduce(0, +) == 208_850)
    #expect(into.map { $0.amount?.fen } == [150_000])
    #expect(into.first?.at == Timestamp(parsing: "2024-03-04 09:30:10"))
    #expect(into.first?.ids == ["wxid_clewdemo000222/1000050000202403040000000000002"])
    #expect(sink.rules.count { $0 == "neither in nor out" } == 1)
    #expect(sink.rejects.isEmpty)
    #expect(sink.units.map(\.position.row).allSatisfy { (19...24).contains($0) })
  }

  @Test func `of the documentation does what the documentation says`() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let page = try String(contentsOf: root.appending(path: "docs/mapping.md"), encoding: .utf8)
    let example = try #require(
      page.components(separatedBy: "## A worked example").dropFirst().first
    )
    let blocks = example.components(separatedBy: "```")
    let table = String(blocks[1].dropFirst())
    let sink = try reading(table, by: String(blocks[3].dropFirst("yaml".count)))
    #expect(sink.transfers.map { $0.amount?.fen } == [80_000, 78_000])
    #expect(
      sink.transfers.map(\.payee) == [
        Account(.card, "6299990000000000053"), Account(.card, "6299990000000000038"),
      ]
    )
    #expect(sink.rules == ["preamble", "did not take place"])
    #expect(sink.reasons == ["column \"发生金额\" holds no amount in yuan"])
  }

  @Test func `reads a sheet of a workbook`() throws {
    let findings = try Findings()
    try findings.put(
      "b.xlsx",
      WorkbookMaker(
        """
        <row r="3"><c t="str"><v>姓名</v></c><c t="str"><v>QQ号</v></c></row>
        <row r="5"><c t="str"><v>甲</v></c><c><v>9990000001</v></c></row>
        """
      ).bytes()
    )
    let map = try MapFile.read(
      "map: m\nmatch: {columns: [QQ号], file: b.xlsx}\nrecord: contact\nfields: {contact: {column: QQ号, scheme: qq}, name: 姓名}",
      path: "m"
    )
    let lines = try findings.look(importers: map.map { MappedTable($0) })
    #expect(lines == ["b.xlsx!/Sheet1 -> mapped 1"])
    let sink = try #require(findings.sinks["b.xlsx!/Sheet1"])
    #expect(sink.contacts.map(\.contact) == [Account(.qq, "9990000001")])
    #expect(sink.units.map(\.position.row) == [5])
  }
}
