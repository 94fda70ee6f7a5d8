import ClewEvidence
import Testing

@testable import ClewChain

/// One invented story of five persons, told by exports of every format.
@Suite struct `The sample story` {
  private let all: SampleCase

  init() throws { all = try SampleCase.shared.get() }

  private func party(_ scheme: AccountScheme, _ value: String) throws -> Int {
    try #require(all.view.parties.index(of: Account(scheme, value)))
  }

  @Test func `has five persons, and merges no two`() throws {
    for party in all.view.parties.parties.indices { #expect(all.persons(party).count <= 1) }
    let phones = try (1...5).map { try party(.phone, "+861380000000\($0)") }
    #expect(phones.map { all.persons($0) } == (1...5).map { ["P\($0)"] })
    let wechat = try [
      "wxid_clewdemo000122", "wxid_clewdemo000222", "wxid_clewdemo000322", "zhichuan_demo",
      "wxid_clewdemo000522",
    ].map { try party(.wechat, $0) }
    #expect(wechat == phones)
    #expect(all.view.conflicts.isEmpty)
    #expect(all.view.parties.conflicts.isEmpty)
  }

  @Test func `joins what registrations and devices prove`() throws {
    let p1 = try party(.phone, "+8613800000001")
    #expect(try party(.wechat, "niqiu_demo") == p1)
    let p2 = try party(.phone, "+8613800000002")
    #expect(try party(.wechat, "fengzheng_demo") == p2)
    #expect(try party(.identity, "99000019920101002X") == p2)
    #expect(try party(.card, "6299990000000000020") == p2)
    #expect(try party(.card, "6299990000000000228") == p2)
    let p3 = try party(.phone, "+8613800000003")
    #expect(try party(.wechat, "denglong_demo") == p3)
    #expect(try party(.alipay, "2088990000000003") == p3)
    #expect(try party(.identity, "990000199301010035") == p3)
    #expect(try party(.card, "6299990000000000038") == p3)
    #expect(try party(.telegram, "990000003") == p3)
    let p4 = try party(.phone, "+8613800000004")
    #expect(try party(.telegram, "990000004") == p4)
    let p5 = try party(.phone, "+8613800000005")
    #expect(try party(.card, "6299990000000000053") == p5)
    #expect(try party(.identity, "990000199501010056") == p5)
  }

  @Test(arguments: [
    ("qq:9990000003", "wechat:wxid_clewdemo000322"), ("telegram:990000002", "phone:+8613800000002"),
  ])
  func `leaves an account that only a name ties to the rest possible`(
    account: String,
    other: String
  ) throws {
    let parties = all.view.parties.parties
    func place(_ account: String) throws -> Int {
      try #require(parties.firstIndex { $0.accounts.contains { $0.description == account } })
    }
    let (one, rest) = (try place(account), try place(other))
    #expect(parties[one].accounts.map(\.description) == [account])
    let pair = all.view.possiblySame.first { Set([$0.first, $0.second]) == [one, rest] }
    let signs = try #require(pair).signs
    #expect(!signs.isEmpty && signs.allSatisfy { !$0.records.isEmpty || $0.weight < 0 })
  }

  @Test func `takes the masked telephone of a payer for a hint`() throws {
    let parties = all.view.parties.parties
    let masked = try #require(
      parties.firstIndex { $0.accounts.contains { $0.value.contains("138******04") } }
    )
    let p4 = try party(.phone, "+8613800000004")
    #expect(masked != p4)
    let pair = try #require(
      all.view.possiblySame.first { Set([$0.first, $0.second]) == [masked, p4] }
    )
    #expect(pair.signs.contains { $0.kind == .phoneMask })
  }

  /// Who is who, and the files that say so.
  private static let links: [(String, String, [String])] = {
    let android = "wechat_android/EnMicroMsg_decrypted.db"
    let pc3 = "wechat_pc3/MicroMsg_decrypted.db"
    let pc4 = "wechat_pc4/contact.db"
    let ios = "wechat_ios/WCDB_Contact.sqlite"
    let registration =
      "\(SampleCase.tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayRegInfo.txt"
    let basic = "\(SampleCase.tencent)/WX00000001/IPHONE/13800000002/regInfobasicInfo.txt"
    let alipay = "alipay_return/990000000_注册信息_20240402110000.csv"
    let (p1, p2, p3) = (
      "wechat:wxid_clewdemo000122", "wechat:wxid_clewdemo000222", "wechat:wxid_clewdemo000322"
    )
    return [
      (p1, "wechat:niqiu_demo", [android, pc3, pc4, ios, "ufed/demo.ufdr"]),
      (p1, "phone:+8613800000001", ["ufed/demo.ufdr"]),
      (
        "phone:+8613800000001", "qq:9990000001",
        ["android/contacts2.db", "vcard/p3_phone_v21.vcf", "contacts_csv/outlook_contacts_gbk.csv"]
      ),
      (p2, "wechat:fengzheng_demo", [basic, android]),
      (p2, "phone:+8613800000002", [basic, registration, android, pc3]),
      (p2, "id:99000019920101002X", [registration]),
      (p2, "card:6299990000000000020", [registration]),
      (p2, "card:6299990000000000228", [registration]),
      ("phone:+8613800000002", "qq:9990000002", ["ios/AddressBook.sqlitedb"]),
      (p3, "wechat:denglong_demo", [android, pc4, ios]),
      (
        "phone:+8613800000003", "wechat:denglong_demo",
        [
          "ios/AddressBook.sqlitedb", "vcard/p4_iphone_v30.vcf", "vcard/v40_min.vcf",
          "android/contacts2.db",
        ]
      ),
      (p3, "phone:+8613800000003", [android]),
      ("alipay:2088990000000003", "phone:+8613800000003", [alipay]),
      ("alipay:2088990000000003", "id:990000199301010035", [alipay]),
      ("alipay:2088990000000003", "card:6299990000000000038", [alipay]),
      ("phone:+8613800000003", "telegram:990000003", ["telegram/result.json"]),
      ("wechat:zhichuan_demo", "phone:+8613800000004", [android]),
      (
        "phone:+8613800000004", "qq:9990000004",
        ["android/contacts2.db", "vcard/p3_phone_v21.vcf", "contacts_csv/google_contacts.csv"]
      ),
      ("phone:+8613800000004", "telegram:990000004", ["telegram/result.json"]),
      ("wechat:wxid_clewdemo000522", "phone:+8613800000005", [android]),
      ("card:6299990000000000053", "phone:+8613800000005", ["android/contacts2.db"]),
      ("card:6299990000000000053", "id:990000199501010056", ["bank/交易明细信息.csv"]),
    ]
  }()

  @Test(arguments: links)
  func `links two accounts by every file that says so`(
    first: String,
    second: String,
    files: [String]
  ) {
    var found: Set<String> = []
    for record in all.records {
      guard case .accountLink(let link) = record.item,
        Set([link.first.description, link.second.description]) == [first, second]
      else { continue }
      found.formUnion(all.places[record.id] ?? [])
    }
    #expect(found.isSuperset(of: files), "\(Set(files).subtracting(found))")
  }

  @Test(arguments: [
    ("wechat:wxid_clewdemo000122", "甲一", "TenpayTrades.txt"),
    ("wechat:wxid_clewdemo000222", "乙二", "TenpayRegInfo.txt"),
    ("wechat:wxid_clewdemo000322", "丙三", "TenpayTrades.txt"),
    ("alipay:2088990000000003", "丙三", "990000000_注册信息_20240402110000.csv"),
    ("card:6299990000000000038", "丙三", "交易明细信息.csv"),
    ("alipay:2088990000000004", "丁四", "990000000_账户明细_20240402110100_part1.csv"),
    ("card:6299990000000000046", "丁四", "交易明细信息.csv"),
    ("card:6299990000000000053", "戊五", "交易明细信息.csv"),
  ])
  func `knows real names by the institution's own file`(
    account: String,
    name: String,
    file: String
  ) {
    let isKnown = all.records.contains { record in
      guard case .contact(let contact) = record.item, contact.contact.description == account,
        contact.name == name, [.registration, .counterparty].contains(contact.nature)
      else { return false }
      return all.places[record.id]?.contains { $0.hasSuffix("/" + file) } == true
    }
    #expect(isKnown)
  }

  @Test func `lists no pair of two persons above the true ones`() {
    let wrong = all.view.possiblySame.filter { pair in
      let (one, other) = (all.persons(pair.first), all.persons(pair.second))
      return !one.isEmpty && !other.isEmpty && one.isDisjoint(with: other)
    }
    let signs = wrong.map { pair in
      "\(all.persons(pair.first)) \(all.persons(pair.second)) \(pair.score) "
        + pair.signs.map { "\($0.kind) \($0.detail)" }.joined(separator: ", ")
    }
    #expect(signs.isEmpty)
  }

  @Test func `is one chain from P1 to P4, and P5 lends his card`() {
    #expect(
      all.roles == [
        "P1 source 0", "P2 firstLevelAgent 1", "P3 secondLevelAgent 2", "P4 customer 3",
      ]
    )
    #expect(all.links.keys.sorted() == ["P1>P2", "P2>P3", "P3>P4"])
  }
}
