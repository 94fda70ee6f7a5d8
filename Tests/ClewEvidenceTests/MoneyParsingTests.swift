import ClewEvidence
import ClewTestSupport
import Testing

struct MoneyParsingTests {
  @Test(
    arguments: [
      ("0", 0), ("19.99", 1999), ("1,234.50", 123_450), ("￥1,234.50", 123_450),
      ("¥ 28.16", 2816), ("－12.50", -1250), ("-￥12.50", -1250), ("¥-12.50", -1250),
      ("+3.5", 350), ("３０００．０", 300_000), ("1.5万", 1_500_000), ("1.23456万", 1_234_560),
      ("0.000001万", 1), ("2万元", 2_000_000), ("66.00元", 6600), ("66 元", 6600),
      ("CNY 780.00", 78_000), ("RMB20", 2000), ("人民币20元", 2000), (".50", 50), ("3000.0", 300_000),
      (" 12.5\t", 1250), ("，", nil), ("1，234.50", 123_450), ("\u{200E}12", 1200),
      ("12,345,678.90", 1_234_567_890), ("92233720368547758.07", .max),
    ] as [(String, Int64?)]
  )
  func `an amount is read to the fen`(text: String, fen: Int64?) {
    #expect(Money(parsing: text)?.fen == fen)
  }

  @Test(arguments: [
    "", " ", "-", "+", "12abc", "abc", "1.", "1.234", "3000.000", "1,23", "1,2345", ",123",
    "1,234,", "12,34.5", "1 234", "1e3", "1E+05", "NaN", "inf", "0x10", "--1", "-￥-1", "￥", "元",
    "万",
    "$5", "1.2.3", "1万5", "0.0000001万", "92233720368547758.08", "99999999999999999999",
    "922337203685477.5808万", "１２３a", "(5)", "¥¥5", "五", "1\u{0}", "5元5",
  ])
  func `a text that is not wholly an amount is none`(text: String) {
    #expect(Money(parsing: text) == nil)
  }

  @Test func `every amount of two decimals survives a round trip`() {
    var generator = SplitMix64(seed: 11)
    var sum: Int64 = 0
    var texts: [String] = []
    for _ in 0..<20_000 {
      let fen = Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator)
      sum += fen
      let rest = String(fen.magnitude % 100)
      let decimals = String(repeating: "0", count: 2 - rest.utf8.count) + rest
      texts.append("\(fen < 0 ? "-" : "")\(fen.magnitude / 100).\(decimals)")
    }
    #expect(texts.compactMap { Money(parsing: $0)?.fen }.reduce(0, +) == sum)
  }

  @Test(
    arguments: [
      ("200000", 200_000), ("0", 0), ("-5", -5), ("1,000", 1000), ("600.0", 600), ("12.5", nil),
      ("", nil), ("null", nil), ("9223372036854775808", nil), ("5元", nil),
    ] as [(String, Int64?)]
  )
  func `a column in fen holds whole numbers`(text: String, fen: Int64?) {
    #expect(Money(fenText: text)?.fen == fen)
  }

  @Test func `the currency comes from outside`() {
    #expect(Money(parsing: "5", currency: "USD") == Money(fen: 500, currency: "USD"))
  }
}
