import ClewEvidence
import ClewImport
import Testing

@Suite struct `A table of contacts` {
  @Test func `of Google has labels, repeated numbers and notes of two lines`() throws {
    let sink = try importing(
      try StagedBytes.fixture("contacts_csv/google_contacts.csv"),
      as: "contacts-csv"
    )
    #expect(sink.units.count == 2)
    let kite = try #require(sink.contacts.first)
    #expect(kite.name == "风筝")
    #expect(kite.contact == Account(.phone, "+8613800000002"))
    #expect(kite.tags == ["myContacts", "上家"])
    #expect(kite.remark == "第一行\n第二行, 带逗号")
    // Two spellings of one number are one entry.
    #expect(
      sink.contacts.map(\.contact) == [
        Account(.phone, "+8613800000002"), Account(.phone, "+8613800000004"),
        Account(.email, "9990000004@qq.com"), Account(.qq, "9990000004"),
      ]
    )
    #expect(sink.contacts.dropFirst().allSatisfy { $0.name == "纸船" })
    #expect(sink.links.count == 2)
  }

  @Test func `of Outlook may be GBK`() throws {
    let sink = try importing(
      try StagedBytes.fixture("contacts_csv/outlook_contacts_gbk.csv"),
      as: "contacts-csv"
    )
    #expect(sink.decisions["encoding"] == "GB18030")
    #expect(sink.units.count == 1)
    #expect(sink.contacts.allSatisfy { $0.name == "泥鳅" })
    #expect(
      sink.contacts.map(\.contact) == [
        Account(.phone, "+8613800000001"), Account(.email, "9990000001@qq.com"),
        Account(.qq, "9990000001"),
      ]
    )
  }

  @Test func `of Chinese Outlook has Chinese headers`() throws {
    let sink = try importing(
      "称谓,名,中间名,姓,单位,商务电话,住宅电话,移动电话,电子邮件地址,电子邮件类型,附注,类别\r\n,四,,丁,,,,13800000004,,SMTP,买家,客户;朋友\r\n"
        .gb18030,
      as: "contacts-csv"
    )
    #expect(sink.contacts.map(\.name) == ["丁四"])
    #expect(sink.contacts.map(\.remark) == ["买家"])
    #expect(sink.contacts.map(\.tags) == [["客户", "朋友"]])
  }

  @Test func `of older Google has a name column and group membership`() throws {
    let sink = try importing(
      "Name,Given Name,Family Name,Group Membership,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value\n"
        + "灯笼,灯笼,,* myContacts,QQ,9990000003,Mobile,138-0000-0003\n",
      as: "contacts-csv"
    )
    #expect(sink.contacts.map(\.name) == ["灯笼", "灯笼"])
    #expect(
      sink.contacts.map(\.contact) == [
        Account(.phone, "+8613800000003"), Account(.qq, "9990000003"),
      ]
    )
  }

  @Test func `of a phone app names messengers, and damaged numbers are told`() throws {
    let sink = try importing(
      try StagedBytes.fixture("contacts_csv/phone_app.csv"),
      as: "contacts-csv"
    )
    #expect(
      sink.contacts.map(\.contact).prefix(3) == [
        Account(.phone, "+8613800000001"), Account(.qq, "9990000001"),
        Account(.wechat, "niqiu_demo"),
      ]
    )
    #expect(sink.contacts.last?.contact.scheme == .name)
    #expect(sink.contacts.last?.name == "没有号码的人")
    #expect(
      sink.reasons == ["column \"手机号\" holds no telephone number or address"]
    )
    #expect(
      sink.decisions["rows with a cell that holds no number or address"] == "1: lines 2"
    )
  }

  @Test(arguments: [
    "姓名,手机号,身份证号,分组\n甲一,13800000001,990000199101010014,x\n",
    "姓名,手机号\n甲一,13800000001\n", "姓名,手机号,昵称\n甲一,13800000001,泥鳅\n", "姓名,手机号,备注\n甲一,13800000001,x\n",
  ])
  func `is not what traded lists look like`(text: String) throws {
    let staged = try StagedBytes(text)
    #expect(ImporterRegistry.best(for: staged.source) == nil)
  }
}
