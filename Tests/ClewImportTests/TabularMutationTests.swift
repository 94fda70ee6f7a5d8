import ClewEvidence
import ClewImport
import ClewTestSupport
import Foundation
import Testing

private let tencent = "tencent_return/L-1700000000000/"
private let tenpay =
  tencent + "财付通_00000000000000000000000000000000/TP00000000/IDCARD/99000019920101002X/"
  + "wxid_clewdemo000222/"

struct TabularMutationTests {
  /// Pieces that matter to the readers.
  static let tokens: [[UInt8]] = [
    [0x22], [0x22, 0x22], [0x2C], [0x09], [0x0A], [0x0D], [0x0D, 0x0A], [0], [0xFF], [0x80],
    [0xEF, 0xBB, 0xBF],
    [0xFF, 0xFE], Array("=\"".utf8), Array("99999999999999999999".utf8), Array("-".utf8),
    Array("2024-02-30 24:00:00".utf8), Array("NaN".utf8), Array("1E+400".utf8),
    Array("消息对象:".utf8), Array(String(repeating: "=", count: 64).utf8), [0xE2, 0x80, 0xA8],
  ]

  static func mutate(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
      switch random.next() % 5 {
      case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(random.next() % 8)
      case 1: bytes.removeSubrange(place...)
      case 2:
        let token = tokens[Int(random.next() % UInt64(tokens.count))]
        bytes.insert(contentsOf: token, at: place)
      case 3:
        let end = min(bytes.count, place + Int(random.next() % 64))
        bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      default:
        let end = min(bytes.count, place + Int(random.next() % 16))
        bytes.removeSubrange(place..<end)
      }
    }
    return bytes
  }

  @Test(arguments: [
    ("tencent-trades", tenpay + "TenpayTrades.txt"),
    ("tencent-trades-legacy", "tencent_return/legacy_layout/TenpayTrades.txt"),
    ("tencent-registration", tenpay + "TenpayRegInfo.txt"),
    ("tencent-basic", tencent + "WX00000001/IPHONE/13800000002/regInfobasicInfo.txt"),
    ("tencent-logins", tencent + "WX00000002/IPHONE/13800000002/WX登录轨迹.txt"),
    ("alipay-return-registration", "alipay_return/990000000_注册信息_20240402110000.csv"),
    ("alipay-return-ledger", "alipay_return/990000000_账户明细_20240402110100_part1.csv"),
    ("alipay-return-transfers", "alipay_return/990000000_转账明细_20240402110200.csv"),
    ("alipay-return-balance", "alipay_return/990000000_余额明细_20240402110500.csv"),
    ("bank-transactions", "bank/交易明细信息.csv"),
    ("qq-text", "qq/全部消息记录_utf8.txt"), ("canonical-accounts", "canonical/accounts.csv"),
    ("canonical-contacts", "canonical/contacts.csv"),
    ("canonical-messages", "canonical/messages.csv"),
    ("canonical-transfers", "canonical/transfers.csv"),
    ("canonical-calls", "canonical/calls.csv"), ("canonical-members", "canonical/members.csv"),
    ("canonical-trades", "canonical/trades.csv"),
  ])
  func `five hundred mutations lose no unit`(format: String, path: String) throws {
    let bytes = [UInt8](
      try Data(
        contentsOf: URL(fileURLWithPath: try StagedBytes.fixture(path).copyPath)
      )
    )
    let importer = try #require(ImporterRegistry.all.first { $0.format == format })
    var random = SplitMix64(seed: UInt64(bytes.count))
    for round in 0..<500 {
      let staged = try StagedBytes(Self.mutate(bytes, &random))
      if round % 20 == 0 { _ = ImporterRegistry.best(for: staged.source) }
      let sink = CollectingSink()
      do {
        let units = try importer.read(staged.source, into: sink)
        #expect(units == sink.unitCount)
      } catch is ImportError {
        continue
      }
    }
  }
}
