import ClewEvidence
import ClewImport
import Foundation

@testable import ClewChain

/// One case of all samples: the invented story of five persons as every readable format tells it.
///
/// Made once; the suites that ask it only read.
struct SampleCase: Sendable {
  static let shared = Result { try SampleCase() }
  /// The same without the charts of `graph/`, which state what the story's sales were.
  static let withoutCharts = Result { try SampleCase(leavingOut: "graph/") }

  /// The samples by the paths at which their descriptions name them.
  ///
  /// Some fixtures lie under the name of
  /// their importer; what an analysis of the folder depends on is the place given here.
  static let paths = """
    alipay/alipay_record_20240401.csv
    alipay/alipay_record_old_layout.csv
    alipay_return/990000000_注册信息_20240402110000.csv
    alipay_return/990000000_账户明细_20240402110100_part1.csv
    alipay_return/990000000_转账明细_20240402110200.csv
    android/Call logs.tsv
    android/calllog.db
    android/calllog_p2.csv
    android/calls-20240401000000.xml
    android/contacts2.db
    android/mmssms.db
    android/sms-20240401000000.xml
    axiom/report.xml
    bank/交易明细信息.csv
    contacts_csv/google_contacts.csv
    contacts_csv/outlook_contacts_gbk.csv
    graph/chain.anx
    graph/chain.case.jsonld
    graph/chain.dot
    graph/chain.ftm.json
    graph/chain.gexf
    graph/chain.graphml
    graph/chain.net
    graph/edges.parquet
    graph/gephi_edges.csv
    graph/gephi_nodes.csv
    graph/i2_links.csv
    graph/neo4j_persons.csv
    graph/neo4j_rels.csv
    graph/pay.mtx
    graph/snap_edges.txt
    ios/AddressBook.sqlitedb
    ios/CallHistory.storedata
    ios/sms.db
    qq/android_legacy/databases/9990000002.db
    qq/android_legacy/files/kc
    qq/nt/group_info_decrypted.db
    qq/nt/nt_msg_decrypted.db
    qq/全部消息记录_utf8.txt
    qq/全部消息记录_utf8bom_crlf.txt
    qq/泥鳅.mht
    telecom/话单_13800000002.csv
    telegram/result.json
    \(tencent)/WX00000001/IPHONE/13800000002/regInfobasicInfo.txt
    \(tencent)/WX00000002/IPHONE/13800000002/WX登录轨迹.txt
    \(tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayRegInfo.txt
    \(tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt
    \(tenpay)/990000199501010056/oe1_clewdemo@wx.tenpay.com/TenpayRegInfo.txt
    tencent_return/legacy_layout/TenpayTrades.txt
    ufed/contacts_export.xlsx
    ufed/demo.ufdr
    ufed/report.xml
    vcard/p3_phone_v21.vcf
    vcard/p4_iphone_v30.vcf
    vcard/v40_min.vcf
    wechat_android/EnMicroMsg_decrypted.db
    wechat_ios/MM.sqlite
    wechat_ios/WCDB_Contact.sqlite
    wechat_pay/微信支付账单(20240301-20240331).csv
    wechat_pay/微信支付账单流水文件(20240301-20240331).xlsx
    wechat_pc3/MSG0_decrypted.db
    wechat_pc3/MicroMsg_decrypted.db
    wechat_pc4/contact.db
    wechat_pc4/message_0.db
    whatsapp/WhatsApp Chat with 纸船.txt
    whatsapp/_chat.txt
    whatsapp/msgstore.db
    xry/Calls.txt
    """.split(separator: "\n").map(String.init)

  static let tencent = "tencent_return/L-1700000000000"
  static let tenpay = "\(tencent)/财付通_00000000000000000000000000000000/TP00000000/IDCARD"

  let report: CaseIntake.Report
  let view: CaseView
  let totals: EventTotals
  let analysis: ChainAnalysis
  let grouping: CaseEvents.Grouping
  let records: [StoredRecord]
  /// The samples in which a record stands, once for each row.
  let places: [RecordID: [String]]

  private init(leavingOut folderOut: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let samples = folder.appending(path: "samples")
    try Self.copy(to: samples, leavingOut: folderOut)
    let file = try CaseFile.open(folder.appending(path: "case.clew").path)
    report = try CaseIntake().take([samples.path], into: file)
    view = try CaseView(of: file)
    totals = try EventTotals(of: file)
    analysis = try LocalEngine().analyze(view)
    var pathOf: [Int64: String] = [:]
    for source in report.taken { pathOf[source.number] = Self.sample(source.path) }
    var events = CaseEvents(parties: view.parties, sources: report.taken)
    var records: [StoredRecord] = []
    var places: [RecordID: [String]] = [:]
    try file.forEachRecord(counting: .everything) { record, sources in
      records.append(record)
      places[record.id] = sources.compactMap { pathOf[$0] }
      events.add(record, sources: sources)
    }
    grouping = events.grouping()
    (self.records, self.places) = (records, places)
    try file.close()
  }

  /// A path as ``paths`` writes it, without the member of an archive or workbook.
  static func sample(_ path: String) -> String {
    let inside = path.range(of: "/samples/").map { path[$0.upperBound...] } ?? path[...]
    return inside.range(of: "!/").map { String(inside[..<$0.lowerBound]) } ?? String(inside)
  }

  private static func copy(to folder: URL, leavingOut folderOut: String?) throws {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "ClewImportTests/Fixtures")
    let manager = FileManager.default
    for path in paths where folderOut.map(path.hasPrefix) != true {
      let target = folder.appending(path: path)
      try manager.createDirectory(
        at: target.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try manager.copyItem(at: fixtures.appending(path: fixture(path)), to: target)
    }
  }

  private static func fixture(_ path: String) -> String {
    let name = (path as NSString).lastPathComponent
    if path.hasPrefix("graph/") { return "interchange/\(name)" }
    if path.hasSuffix(".xlsx") { return "workbook/\(name)" }
    if path.hasPrefix("android/") {
      if path.hasSuffix(".xml") { return "sms_backup/\(name)" }
      if path.hasSuffix(".tsv") { return "leapp/\(name)" }
    }
    return path
  }
}

extension SampleCase {
  /// What belongs to whom by the story, whether a file proves it or not.
  private static let accounts = [
    "P1": "wechat:wxid_clewdemo000122 wechat:niqiu_demo phone:+8613800000001 qq:9990000001 "
      + "id:990000199101010014 card:6299990000000000012",
    "P2": "wechat:wxid_clewdemo000222 wechat:fengzheng_demo phone:+8613800000002 qq:9990000002 "
      + "id:99000019920101002X card:6299990000000000020 card:6299990000000000228 "
      + "telegram:990000002",
    "P3": "wechat:wxid_clewdemo000322 wechat:denglong_demo phone:+8613800000003 qq:9990000003 "
      + "id:990000199301010035 card:6299990000000000038 alipay:2088990000000003 "
      + "telegram:990000003",
    "P4": "wechat:zhichuan_demo phone:+8613800000004 qq:9990000004 id:990000199401010040 "
      + "card:6299990000000000046 alipay:2088990000000004 telegram:990000004",
    "P5": "wechat:wxid_clewdemo000522 phone:+8613800000005 id:990000199501010056 "
      + "card:6299990000000000053",
  ]

  private static let personOf: [String: String] = {
    var personOf: [String: String] = [:]
    for (person, list) in accounts {
      for account in list.split(separator: " ") { personOf[String(account)] = person }
    }
    return personOf
  }()

  /// Whose the account is by the story; for others the account.
  static func person(_ account: Account?) -> String {
    guard let account else { return "-" }
    if account.scheme == .name { return "?" }
    return personOf[account.description] ?? account.description
  }

  /// The persons of the story whose accounts a party holds.
  func persons(_ party: Int) -> Set<String> {
    Set(view.parties.parties[party].accounts.compactMap { Self.personOf[$0.description] })
  }

  /// Milliseconds of a wall clock in UTC+8.
  static func time(_ text: String) -> Int64 {
    Timestamp(parsing: text)?.milliseconds ?? -1
  }

  /// Who trades, with role and tier; charts that know names only give parties of their own, left out.
  var roles: [String] {
    analysis.traders.map { analysis.parties[$0] }
      .filter { $0.party.accounts.contains { $0.scheme != .name } }
      .map { "\(Self.names(of: $0)) \($0.role) \($0.tier ?? -1)" }.sorted()
  }

  /// The links by the persons at their ends, without those between bare names.
  var links: [String: SupplyLink] {
    var links: [String: SupplyLink] = [:]
    for link in analysis.links {
      let ends = [link.supplier, link.buyer].map { analysis.parties[$0] }
      guard ends.allSatisfy({ $0.party.accounts.contains { $0.scheme != .name } }) else { continue }
      links[ends.map(Self.names).joined(separator: ">")] = link.link
    }
    return links
  }

  private static func names(of party: PartyFinding) -> String {
    Set(party.party.accounts.map { person($0) }.filter { $0 != "?" }).sorted()
      .joined(separator: "+")
  }
}
