/// People who do not exist, by number: identity numbers of region 99, phones 138000….
public enum InventedPeople {
  /// An identity number with a right check character; another for each number below 300 000.
  public static func identity(_ number: Int) -> String {
    let day = number / 1000 % 28 + 1
    let month = number / 28_000 % 12 + 1
    let body = "990000" + "1991" + pad(month, 2) + pad(day, 2) + pad(number % 1000, 3)
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
    return body + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
  }

  /// A mobile number; another for each number below a hundred million.
  public static func phone(_ number: Int) -> String { "138" + pad(number, 8) }

  /// A card of 16 digits with a right last digit.
  public static func card(_ number: Int) -> String {
    let body = "629999" + pad(number, 9)
    var sum = 0
    for (place, byte) in body.utf8.reversed().enumerated() {
      let digit = Int(byte - 0x30)
      sum += place % 2 == 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
    }
    return body + "\((10 - sum % 10) % 10)"
  }

  /// A number plate.
  public static func plate(_ number: Int) -> String { "京X" + pad(number, 5) }

  /// Rows of name, identity number, phone and address.
  public static func rows(_ numbers: some Sequence<Int>) -> [[String]] {
    numbers.map { ["王测", identity($0), phone($0), "演示市演示区演示路\($0)号"] }
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
