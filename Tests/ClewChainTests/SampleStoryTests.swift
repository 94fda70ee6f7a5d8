import ClewEvidence
import ClewImport
import Foundation
import Testing

@testable import ClewChain

/// One invented story of five persons, told by exports of several formats.
@Suite struct `The sample story` {
  /// What belongs to whom by the story, whether a file proves it or not.
  private static let persons: [(name: String, accounts: [String])] = [
    (
      "P1",
      ["wechat:wxid_clewdemo000122", "wechat:niqiu_demo", "phone:+8613800000001", "qq:9990000001"]
    ),
    (
      "P2",
      [
        "wechat:wxid_clewdemo000222", "wechat:fengzheng_demo", "phone:+8613800000002",
        "qq:9990000002", "id:99000019920101002X", "card:6299990000000000020",
        "card:6299990000000000228",
      ]
    ),
    (
      "P3",
      [
        "wechat:wxid_clewdemo000322", "wechat:denglong_demo", "phone:+8613800000003",
        "qq:9990000003", "alipay:2088990000000003", "id:990000199301010035",
        "card:6299990000000000038",
      ]
    ),
    (
      "P4",
      [
        "wechat:zhichuan_demo", "phone:+8613800000004", "qq:9990000004",
        "alipay:2088990000000004", "card:6299990000000000046", "id:990000199401010040",
      ]
    ),
    (
      "P5",
      [
        "wechat:wxid_clewdemo000522", "phone:+8613800000005", "card:6299990000000000053",
        "id:990000199501010056",
      ]
    ),
  ]

  private let file: CaseFile
  private let view: CaseView
  private let personOf: [String: String]

  init() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = try CaseFile.open(folder.appending(path: "case.clew").path)
    let fixtures = ["wechat_android", "qq", "tencent_return", "alipay_return", "bank", "vcard"]
    _ = try CaseIntake().take(
      fixtures.map { tests.appending(path: "ClewImportTests/Fixtures/\($0)").path },
      into: file
    )
    view = try CaseView(of: file)
    var personOf: [String: String] = [:]
    for (name, accounts) in Self.persons { for account in accounts { personOf[account] = name } }
    self.personOf = personOf
  }

  private func persons(_ party: Int) -> Set<String> {
    Set(view.parties.parties[party].accounts.compactMap { personOf[$0.description] })
  }

  @Test func `merges no two persons`() {
    for party in view.parties.parties.indices { #expect(persons(party).count <= 1) }
    #expect(view.conflicts.isEmpty)
  }

  @Test func `leaves P3's QQ number possible and not certain`() throws {
    let wechat = try #require(
      view.parties.index(of: Account(.wechat, "wxid_clewdemo000322"))
    )
    let qq = try #require(view.parties.index(of: Account(.qq, "9990000003")))
    #expect(wechat != qq)
    let pair = try #require(
      view.possiblySame.first { Set([$0.first, $0.second]) == [wechat, qq] }
    )
    #expect(pair.signs.map(\.detail) == ["灯笼"])
    #expect(pair.signs.allSatisfy { !$0.records.isEmpty })
  }

  @Test func `lists no pair of two persons above the true ones`() throws {
    let wrong = view.possiblySame.filter { pair in
      let (one, other) = (persons(pair.first), persons(pair.second))
      return !one.isEmpty && !other.isEmpty && one.isDisjoint(with: other)
    }
    #expect(wrong.isEmpty)
  }

  @Test func `pays what the table says, each payment once`() {
    var sums: [String: Int64] = [:]
    let legacy = Timestamp(milliseconds: 1_672_531_200_000).milliseconds
    for payment in view.money.settle().payments where payment.at > legacy {
      let (payer, payee) = (persons(payment.payer).first, persons(payment.payee).first)
      guard let payer, let payee else { continue }
      sums["\(payer)>\(payee)", default: 0] += payment.fen ?? 0
    }
    #expect(
      sums == [
        "P2>P1": 207_200, "P3>P2": 150_000, "P2>P3": 400, "P4>P3": 300_000, "P4>P5": 80_000,
        "P5>P3": 78_000,
      ]
    )
  }

  @Test func `counts messages and transfers once`() throws {
    let totals = try EventTotals(of: file)
    func line(_ kind: String) -> EventTotals.Line? { totals.lines.first { $0.kind == kind } }
    #expect(line("messages wechat")?.events == 20)
    // Two text exports with the same content: three private messages and four of the group.
    #expect(line("messages qq")?.rows == 14)
    #expect(line("messages qq")?.events == 7)
    // Ten payments between persons, one to a shop, the one that went back, two failed, cash.
    #expect(line("transfers")?.events == 15)
  }
}
