import ClewEvidence
import Testing

/// Spellings of amounts, put together from hand-made parts whose value is known before they are
/// written: sign, currency, digits with their fen, unit, and what stands around.
struct MoneyFormsTests {
  /// The digits of an amount and what they are worth in fen.
  private static let numbers: [(text: String, fen: Int64)] = [
    ("0", 0), ("7", 700), ("12.5", 1250), ("19.99", 1999), ("1234.50", 123_450),
    ("1,234.50", 123_450), ("12,345,678", 1_234_567_800), ("０．０１", 1), ("３０００", 300_000),
    ("0.10", 10),
  ]

  private static let signs: [(text: String, factor: Int64)] = [
    ("", 1), ("+", 1), ("-", -1), ("－", -1), ("\u{2212}", -1),
  ]

  private static let currencies = ["", "￥", "¥", "￥ ", "CNY ", "RMB", "人民币"]

  /// Behind the digits, and by how much it multiplies; ten thousand for 万.
  private static let units: [(text: String, factor: Int64)] = [
    ("", 1), ("元", 1), (" 元", 1), ("万", 10_000), ("万元", 10_000),
  ]

  private static let forms: [(text: String, fen: Int64)] = signs.flatMap { sign in
    currencies.flatMap { currency in
      numbers.flatMap { number in
        units.map { unit in
          (
            sign.text + currency + number.text + unit.text,
            sign.factor * number.fen * unit.factor
          )
        }
      }
    }
  }

  @Test func `the table holds more than five hundred forms, each once`() {
    #expect(Self.forms.count == 5 * 7 * 10 * 5)
    #expect(Set(Self.forms.map { Array($0.text.utf8) }).count == Self.forms.count)
  }

  @Test func `every form is worth its parts`() {
    for form in Self.forms {
      #expect(Money(parsing: form.text)?.fen == form.fen, "\(form.text)")
    }
  }

  @Test func `a sign may stand behind the currency, but not twice`() {
    var forms = 0
    for currency in Self.currencies where !currency.isEmpty {
      for number in Self.numbers {
        #expect(Money(parsing: currency + "-" + number.text)?.fen == -number.fen)
        #expect(Money(parsing: "-" + currency + "-" + number.text) == nil)
        forms += 2
      }
    }
    #expect(forms == 120)
  }

  @Test func `white space and marks around an amount change nothing`() {
    for (before, after) in [
      (" ", "\t"), ("\u{A0}", "\u{3000}"), ("\u{200E}", "\u{FEFF}"), ("", "\r"),
    ] {
      for form in Self.forms where form.text.utf8.count < 8 {
        #expect(Money(parsing: before + form.text + after)?.fen == form.fen, "\(form.text)")
      }
    }
  }

  /// What makes a whole amount into something that is none.
  private static let spoilers: [@Sendable (String) -> String] = [
    { $0 + "a" }, { "a" + $0 }, { $0 + "." }, { $0 + "-" }, { $0 + "%" }, { $0 + "e3" },
    { "(" + $0 + ")" }, { $0 + " " + $0 }, { $0 + "元元" }, { "$" + $0 }, { $0 + "\u{0}" },
    { "约" + $0 }, { $0 + "元整" },
  ]

  @Test func `an amount with anything else is none`() {
    var forms = 0
    for spoil in Self.spoilers {
      for number in Self.numbers {
        #expect(Money(parsing: spoil(number.text)) == nil, "\(spoil(number.text))")
        forms += 1
      }
    }
    #expect(forms == 130)
  }

  @Test func `more than two decimals are refused, whatever they are`() {
    for whole in ["0", "1", "999", "1,000"] {
      for decimals in ["000", "001", "500", "0000", "999999"] {
        #expect(Money(parsing: "\(whole).\(decimals)") == nil)
        #expect(Money(parsing: "￥\(whole).\(decimals)元") == nil)
      }
    }
  }

  @Test func `the largest amounts do not wrap`() {
    let most = Int64.max
    let text = "92233720368547758.07"
    #expect(Money(parsing: text)?.fen == most)
    #expect(Money(parsing: "-" + text)?.fen == -most)
    #expect(Money(parsing: "92233720368547759") == nil)
    #expect(Money(parsing: "92233720368547758万") == nil)
  }
}
