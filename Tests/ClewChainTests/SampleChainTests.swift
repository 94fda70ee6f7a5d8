import ClewEvidence
import Testing

@testable import ClewChain

/// The invented story without the charts that state its sales: what messages, payments and address
/// books show by themselves.
@Suite struct `The sample story without charts` {
  private let all: SampleCase

  init() throws { all = try SampleCase.withoutCharts.get() }

  @Test func `is one chain from P1 to P4, and nobody else trades`() {
    #expect(
      all.roles == [
        "P1 source 0", "P2 firstLevelAgent 1", "P3 secondLevelAgent 2", "P4 customer 3",
      ]
    )
    #expect(all.analysis.traders.count == 4)
    #expect(all.links.keys.sorted() == ["P1>P2", "P2>P3", "P3>P4"])
    #expect(all.analysis.links.count == 3)
    #expect(all.analysis.lines.count == 1)
  }

  /// The files that hold a record of the link, by what the record counts as.
  private func files(_ link: SupplyLink) -> [EvidenceKind: Set<String>] {
    var files: [EvidenceKind: Set<String>] = [:]
    for exhibit in link.evidence {
      files[exhibit.kind, default: []].formUnion(all.places[exhibit.record] ?? [])
    }
    return files
  }

  private static let tenpay =
    "\(SampleCase.tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt"
  private static let bills = [
    "wechat_pay/微信支付账单(20240301-20240331).csv",
    "wechat_pay/微信支付账单流水文件(20240301-20240331).xlsx",
  ]
  private static let phone = "wechat_android/EnMicroMsg_decrypted.db"
  private static let computer = "wechat_pc3/MSG0_decrypted.db"

  @Test func `P1 asks 2000 for a list, is paid and sends it`() throws {
    let link = try #require(all.links["P1>P2"])
    #expect(link.grade == .a)
    #expect(link.payments == 1 && link.amountFen == 200_000)
    let files = files(link)
    #expect(files[.payload] == [Self.phone])
    #expect(files[.payment]?.isSuperset(of: [Self.phone, Self.tenpay] + Self.bills) == true)
    #expect(files[.label]?.contains(Self.phone) == true)
    #expect(files[.offer] == [Self.phone, "ufed/demo.ufdr"])
  }

  @Test func `P2 sells the same file to P3 for 1500`() throws {
    let link = try #require(all.links["P2>P3"])
    #expect(link.grade == .a)
    #expect(link.payments == 1 && link.amountFen == 150_000)
    let files = files(link)
    #expect(files[.payload] == [Self.phone, Self.computer])
    #expect(
      files[.payment]?.isSuperset(of: [Self.phone, Self.computer, Self.tenpay] + Self.bills)
        == true
    )
    #expect(files[.label]?.contains(Self.phone) == true)
  }

  @Test func `P3 sends it to P4, who had asked for it`() throws {
    let link = try #require(all.links["P3>P4"])
    // The Alipay account that paid is tied to nothing that P4 is known by.
    #expect(link.grade == .b)
    #expect(link.payments == 0)
    let files = files(link)
    #expect(files[.payload] == [Self.computer, "wechat_pc4/message_0.db", "wechat_ios/MM.sqlite"])
    #expect(files[.order]?.contains("wechat_pc4/message_0.db") == true)
    // 灯笼-卖家, as P4 calls P3 on either device.
    #expect(files[.label] == ["wechat_pc4/contact.db", "wechat_ios/WCDB_Contact.sqlite"])
  }

  @Test func `counts as against what went back`() throws {
    let link = try #require(all.links["P2>P3"])
    // M7: 500 yuan, sent and returned.
    let places = Set(link.against.flatMap { all.places[$0.record] ?? [] })
    #expect(places.isSuperset(of: [Self.phone, Self.computer]))
  }
}
