/// Identifiers that nobody can hold, in shapes that real exports have.
///
/// Persons have telephones `1380000xxxx` as in the format samples; the people whose data is traded
/// have numbers of the prefix 154, which no operator has. Identity numbers use the region 990000,
/// cards the prefix 629999, Alipay 2088990…, QQ 999…, plates a second letter that their province
/// does not issue.
enum Invented {
  static func identity(birth: String, sequence: Int) -> String {
    let padded = String(String(1000 + sequence % 1000).dropFirst())
    let body = "990000" + birth + padded
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    var sum = 0
    for (digit, weight) in zip(body.utf8, weights) { sum += Int(digit - 48) * weight }
    return body + String(Array("10X98765432")[sum % 11])
  }

  static func card(_ number: Int) -> String { luhn("629999" + padded(number, 12)) }

  static func luhn(_ body: String) -> String {
    var sum = 0
    for (place, digit) in body.utf8.reversed().enumerated() {
      var value = Int(digit - 48)
      if place % 2 == 0 { value = value > 4 ? value * 2 - 9 : value * 2 }
      sum += value
    }
    return body + String((10 - sum % 10) % 10)
  }

  static func personPhone(_ number: Int) -> String {
    number < 10_000 ? "1380000" + padded(number, 4) : "154" + padded(90_000_000 + number, 8)
  }

  static func targetPhone(_ number: Int) -> String { "154" + padded(number % 80_000_000, 8) }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return digits.count >= width
      ? digits : String(repeating: "0", count: width - digits.count) + digits
  }

  /// A plate whose province does not issue the letter.
  static func plate(_ dice: inout Dice) -> String {
    let places = ["琼X", "宁X", "青Y", "藏X", "甘X", "吉X", "晋X", "贵Y", "云X", "桂Z", "闽X", "赣Y"]
      + ["皖X", "豫X", "浙X", "鄂Y", "湘X", "渝X", "陕X", "黑X"]
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ")
    var tail = dice.digits(5)
    switch dice.below(3) {
    case 0: tail = String(dice.pick(letters)) + tail.dropLast()
    case 1: tail = String(tail.prefix(2)) + String(dice.pick(letters)) + tail.suffix(2)
    default: break
    }
    return dice.pick(places) + tail
  }

  private static let stems = Array("甲乙丙丁戊己庚辛壬癸")
  private static let branches = Array("子丑寅卯辰巳午未申酉戌亥")
  private static let ends = Array("一二三四五六七八九十东南西北中春夏秋冬山水云雨风花林石川海月星")

  /// A name of placeholder characters, the same for the same number.
  static func name(_ number: Int) -> String {
    let stem = stems[number % 10]
    let branch = branches[number / 10 % 12]
    guard number >= 120 else { return "\(stem)\(branch)" }
    return "\(stem)\(branch)\(ends[(number / 120 - 1) % ends.count])"
  }
}
