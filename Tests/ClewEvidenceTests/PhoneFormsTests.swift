import ClewEvidence
import Testing

/// Spellings of numbers, put together from hand-made parts: the answer is known before they are
/// written, since every part is chosen so that it must not change it.
///
/// A form is a prefix, eleven digits in one spelling, and what stands around them.
struct PhoneFormsTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let text: String
    let value: String
    var testDescription: String { text }
  }

  /// What is dialled before a mobile number without becoming part of it.
  private static let prefixes = [
    "", "+86", "86", "0086", "+86 ", "+86-", "0086-", "0", "17951", "17911", "12593", "12520",
    "10193", "11808", "125831", "125832", "125833", "1795186",
  ]

  /// Spellings of the digits of a mobile number.
  private static let spellings: [@Sendable (_ digits: [Character]) -> String] = [
    { String($0) }, { grouped($0, " ") }, { grouped($0, "-") }, { grouped($0, ".") },
    { grouped($0, "\u{A0}") }, { grouped($0, "\u{200B}") },
    { digits in String(digits.map { fullWidth($0) }) },
  ]

  /// What stands around a number in a cell.
  private static let wrappers: [(before: String, after: String)] = [
    ("", ""), ("\u{202A}", "\u{202C}"), (" ", "\t"),
  ]

  private static let numbers = ["13800000001", "19900000009"]

  static let mobiles: [Form] = numbers.flatMap { number in
    prefixes.flatMap { prefix in
      spellings.flatMap { spell in
        wrappers.map { wrap in
          Form(
            text: wrap.before + prefix + spell(Array(number)) + wrap.after,
            value: "+86\(number)"
          )
        }
      }
    }
  }

  @Test func `the table holds more than three hundred forms, each once`() {
    #expect(Self.mobiles.count == 2 * 18 * 7 * 3)
    #expect(Set(Self.mobiles.map { Array($0.text.utf8) }).count == Self.mobiles.count)
  }

  @Test func `every form of a mobile number is that number`() {
    for form in Self.mobiles {
      #expect(
        AccountNormalizer.phone(form.text) == Account(.phone, form.value),
        "\(form.text.unicodeScalars.map { String($0.value, radix: 16) })"
      )
    }
  }

  /// What may stand in the place of a digit without being one.
  private static let impostors = ["O", "l", "o", "I", "一", "○", "*", "＊", "٣", "?", "#"]

  @Test func `a mobile number with one character that is no digit is none`() {
    var forms = 0
    for place in 0..<11 {
      for impostor in Self.impostors {
        var digits = Array("13800000001").map(String.init)
        digits[place] = impostor
        let text = digits.joined()
        // Digits before a # are a number with an extension of at most six digits.
        if impostor == "#" { continue }
        #expect(AccountNormalizer.phone(text) == nil, "\(text)")
        forms += 1
      }
    }
    #expect(forms == 110)
  }

  /// Identity numbers of the samples: their check digits were computed when they were invented.
  private static let identities = [
    "990000199101010014", "99000019920101002X", "990000199301010035", "990000199401010040",
    "990000199501010056",
  ]

  @Test func `every form of an identity number is that number`() {
    let spellings: [(String) -> String] = [
      { $0 }, { $0.lowercased() }, { String($0.map(Self.fullWidth)) }, { " \($0)\t" }, { "'\($0)" },
      { "=\"\($0)\"" }, { $0.prefix(6) + " " + $0.dropFirst(6) }, { "\u{200E}\($0)\u{FEFF}" },
    ]
    var forms = 0
    for number in Self.identities {
      for spell in spellings {
        let checked = AccountNormalizer.identity(spell(number))
        #expect(checked?.account == Account(.identity, number), "\(spell(number))")
        #expect(checked?.isValid == true)
        forms += 1
      }
      // The old form of fifteen digits lacks the century and the check digit.
      let old = number.prefix(6) + number.dropFirst(8).prefix(9)
      #expect(AccountNormalizer.identity(String(old))?.account == Account(.identity, number))
    }
    #expect(forms == 40)
  }

  /// Cards of the samples, all of which pass the Luhn check.
  private static let cards = [
    "6299990000000000012", "6299990000000000020", "6299990000000000038", "6299990000000000046",
    "6299990000000000053", "6299990000000000228",
  ]

  @Test func `every form of a card is that card`() {
    let spellings: [(String) -> String] = [
      { $0 }, { "\($0)_1" }, { "\($0)_CNY" }, { "\($0)_156_1" }, { "CNY\($0)" }, { "'\($0)" },
      { "\($0)\t" }, { String($0.map(Self.fullWidth)) },
      { card in
        stride(from: 0, to: card.count, by: 4)
          .map { String(card.dropFirst($0).prefix(4)) }.joined(separator: " ")
      },
    ]
    var forms = 0
    for card in Self.cards {
      for spell in spellings {
        #expect(AccountNormalizer.card(spell(card))?.account == Account(.card, card))
        #expect(AccountNormalizer.bankNumber(spell(card)) == Account(.card, card))
        forms += 1
      }
    }
    #expect(forms == 54)
  }

  private static func grouped(_ digits: [Character], _ mark: String) -> String {
    [digits[0..<3], digits[3..<7], digits[7...]].map { String($0) }.joined(separator: mark)
  }

  private static func fullWidth(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, (0x21...0x7E).contains(scalar.value),
      let wide = Unicode.Scalar(scalar.value + 0xFEE0)
    else { return character }
    return Character(wide)
  }
}
