import ClewEvidence
import ClewImport
import Foundation
import Testing

@Suite struct `Every sample` {
  private let all: SampleCase

  init() throws { all = try SampleCase.shared.get() }

  @Test func `is read, or is known for no evidence of its own`() {
    let taken = Set(all.report.taken.map { SampleCase.sample($0.path) })
    let known = all.report.known.map { SampleCase.sample($0.path) }
    // The same report stands in the archive beside it; the key file says how to read its database.
    #expect(known == ["ufed/report.xml"])
    #expect(
      taken.union(["ufed/report.xml", "qq/android_legacy/files/kc"]) == Set(SampleCase.paths)
    )
    #expect(all.report.taken.count == 66)
    #expect(all.report.refused.isEmpty)
    let unread = all.report.unread.map { ($0.path as NSString).lastPathComponent }
    #expect(unread == ["EnMicroMsg.db"])
    let used = all.report.neighbours.map { SampleCase.sample($0.path) }
    #expect(used == ["qq/android_legacy/files/kc"])
  }

  @Test func `loses no unit and refuses none`() {
    #expect(all.report.counts.rejected == 0)
    for source in all.report.taken { #expect(source.counts.isConserved, "\(source.path)") }
  }

  @Test func `belongs to whom it should`() {
    var owners: [String: String] = [:]
    for source in all.report.taken {
      if let owner = source.owner, owner.scheme != .name {
        owners[SampleCase.sample(source.path)] = SampleCase.person(owner)
      }
    }
    let tencent = SampleCase.paths.filter {
      $0.hasPrefix("tencent_return") && !$0.contains("oe1_") && !$0.contains("登录")
    }
    for path in tencent { #expect(owners.removeValue(forKey: path) == "P2", "\(path)") }
    #expect(
      owners == [
        "alipay/alipay_record_20240401.csv": "P3", "alipay/alipay_record_old_layout.csv": "P3",
        "alipay_return/990000000_账户明细_20240402110100_part1.csv": "P3",
        "bank/交易明细信息.csv": "P5", "ios/AddressBook.sqlitedb": "P4",
        "ios/CallHistory.storedata": "P4", "ios/sms.db": "P4",
        "qq/android_legacy/databases/9990000002.db": "P2", "qq/nt/nt_msg_decrypted.db": "P1",
        "telecom/话单_13800000002.csv": "P2", "telegram/result.json": "P3",
        "ufed/demo.ufdr": "P1", "wechat_android/EnMicroMsg_decrypted.db": "P2",
        "wechat_ios/MM.sqlite": "P4", "wechat_ios/WCDB_Contact.sqlite": "P4",
        "wechat_pc3/MSG0_decrypted.db": "P3", "wechat_pc3/MicroMsg_decrypted.db": "P3",
        "wechat_pc4/contact.db": "P4", "wechat_pc4/message_0.db": "P4",
      ]
    )
  }

  /// Rows of each kind by file: messages, calls, transfers, trades, memberships.
  private static let rows: [(path: String, rows: [Int])] = [
    ("alipay/alipay_record_20240401.csv", [0, 0, 3, 0, 0]),
    ("alipay/alipay_record_old_layout.csv", [0, 0, 1, 0, 0]),
    ("alipay_return/990000000_账户明细_20240402110100_part1.csv", [0, 0, 2, 0, 0]),
    ("alipay_return/990000000_转账明细_20240402110200.csv", [0, 0, 1, 0, 0]),
    ("android/Call logs.tsv", [0, 6, 0, 0, 0]),
    ("android/calllog.db", [0, 6, 0, 0, 0]),
    ("android/calllog_p2.csv", [0, 6, 0, 0, 0]),
    ("android/calls-20240401000000.xml", [0, 6, 0, 0, 0]),
    ("android/mmssms.db", [3, 0, 0, 0, 0]),
    ("android/sms-20240401000000.xml", [2, 0, 0, 0, 0]),
    ("axiom/report.xml", [1, 2, 0, 0, 0]),
    ("bank/交易明细信息.csv", [0, 0, 4, 0, 0]),
    ("graph/chain.anx", [0, 0, 5, 3, 0]),
    ("graph/chain.case.jsonld", [1, 0, 0, 0, 0]),
    ("graph/chain.dot", [0, 0, 5, 3, 0]),
    ("graph/chain.ftm.json", [0, 0, 5, 3, 0]),
    ("graph/chain.gexf", [0, 0, 5, 3, 0]),
    ("graph/chain.graphml", [0, 0, 5, 3, 0]),
    ("graph/chain.net", [0, 0, 5, 3, 0]),
    ("graph/edges.parquet", [0, 0, 5, 3, 0]),
    ("graph/gephi_edges.csv", [0, 0, 5, 3, 0]),
    ("graph/i2_links.csv", [0, 0, 5, 3, 0]),
    ("graph/neo4j_rels.csv", [0, 0, 5, 3, 0]),
    ("graph/pay.mtx", [0, 0, 5, 0, 0]),
    ("ios/CallHistory.storedata", [0, 2, 0, 0, 0]),
    ("ios/sms.db", [3, 0, 0, 0, 0]),
    ("qq/android_legacy/databases/9990000002.db", [6, 0, 0, 0, 4]),
    ("qq/nt/group_info_decrypted.db", [0, 0, 0, 0, 4]),
    ("qq/nt/nt_msg_decrypted.db", [5, 0, 0, 0, 2]),
    ("qq/全部消息记录_utf8.txt", [7, 0, 0, 0, 3]),
    ("qq/全部消息记录_utf8bom_crlf.txt", [7, 0, 0, 0, 3]),
    ("qq/泥鳅.mht", [3, 0, 0, 0, 0]),
    ("telecom/话单_13800000002.csv", [1, 4, 0, 0, 0]),
    (
      "\(SampleCase.tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt",
      [0, 0, 6, 0, 0]
    ),
    ("tencent_return/legacy_layout/TenpayTrades.txt", [0, 0, 2, 0, 0]),
    // The report names a room's members by those of its messages.
    ("ufed/demo.ufdr", [6, 2, 0, 0, 4]),
    // Three transfers, each sent and then taken or sent back, two remittances, two red packets.
    ("wechat_android/EnMicroMsg_decrypted.db", [20, 0, 10, 0, 4]),
    ("wechat_ios/MM.sqlite", [5, 0, 0, 0, 0]),
    ("wechat_ios/WCDB_Contact.sqlite", [0, 0, 0, 0, 4]),
    ("wechat_pay/微信支付账单(20240301-20240331).csv", [0, 0, 5, 0, 0]),
    ("wechat_pay/微信支付账单流水文件(20240301-20240331).xlsx", [0, 0, 5, 0, 0]),
    ("wechat_pc3/MSG0_decrypted.db", [13, 0, 4, 0, 0]),
    ("wechat_pc3/MicroMsg_decrypted.db", [0, 0, 0, 0, 4]),
    ("wechat_pc4/contact.db", [0, 0, 0, 0, 4]),
    ("wechat_pc4/message_0.db", [5, 0, 0, 0, 0]),
    ("whatsapp/WhatsApp Chat with 纸船.txt", [4, 0, 0, 0, 0]),
    ("whatsapp/_chat.txt", [3, 0, 0, 0, 0]),
    ("whatsapp/msgstore.db", [4, 1, 0, 0, 1]),
    // One service entry is a note, the other a call.
    ("telegram/result.json", [6, 1, 0, 0, 3]),
    ("xry/Calls.txt", [0, 2, 0, 0, 0]),
  ]

  @Test(arguments: rows)
  func `holds so many messages, calls, transfers, trades and memberships`(
    path: String,
    rows: [Int]
  ) {
    var found = [0, 0, 0, 0, 0]
    for record in all.records {
      let count = all.places[record.id]?.count { $0 == path } ?? 0
      switch record.item {
      case .message: found[0] += count
      case .call: found[1] += count
      case .transfer: found[2] += count
      case .trade: found[3] += count
      case .membership: found[4] += count
      default: break
      }
    }
    #expect(found == rows)
  }
}
