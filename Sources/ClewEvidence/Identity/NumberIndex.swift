/// Finds telephone and QQ numbers in names and notes, whole, masked, or by their last four digits.
struct NumberIndex {
  private var phones: [String: Int] = [:]
  private var numbers: [String: Int] = [:]
  /// Telephones by their first three and last two digits.
  private var byEnds: [String: [(digits: [UInt8], party: Int)]] = [:]
  private var suffixes: [Int: Set<String>] = [:]

  /// Where more telephones share their ends, a mask is not looked up: it tells nothing.
  private static let crowd = 1024

  init(_ parties: PartyTable) {
    for (place, party) in parties.parties.enumerated() {
      for account in party.accounts {
        switch account.scheme {
        case .phone:
          guard account.value.hasPrefix("+86") else { continue }
          let digits = String(account.value.dropFirst(3))
          guard digits.utf8.count == 11 else { continue }
          phones[digits] = place
          byEnds[Self.ends(Array(digits.utf8)), default: []].append((Array(digits.utf8), place))
          suffixes[place, default: []].insert(String(digits.suffix(4)))
        case .qq: numbers[account.value] = place
        default: break
        }
      }
    }
  }

  /// The party whose number a run of digits is.
  func party(of digits: String) -> Int? { phones[digits] ?? numbers[digits] }

  /// The parties whose telephones a mask fits, each once, and how many telephones there are.
  func parties(fitting mask: String) -> (parties: [Int], phones: Int) {
    let bytes = Array(mask.utf8)
    guard bytes.count == 11, bytes.contains(UInt8(ascii: "*")),
      bytes.prefix(3).allSatisfy(\.isDigit), bytes.suffix(2).allSatisfy(\.isDigit)
    else { return ([], 0) }
    guard let near = byEnds[Self.ends(bytes)], near.count <= Self.crowd else { return ([], 0) }
    let fitting = near.filter { phone in
      zip(phone.digits, bytes).allSatisfy { $0 == $1 || $1 == UInt8(ascii: "*") }
    }
    return (Set(fitting.map(\.party)).sorted(), fitting.count)
  }

  /// Whether a telephone of the party ends in the four digits.
  func hasPhone(_ party: Int, endingIn digits: String) -> Bool {
    suffixes[party]?.contains(digits) ?? false
  }

  private static func ends(_ digits: [UInt8]) -> String {
    AccountText.string(digits.prefix(3) + digits.suffix(2))
  }

  /// The last four digits of a name that has exactly four there, after something else.
  static func suffix(of name: String) -> String? {
    let bytes = AccountText.fold(name)
    let digits = bytes.reversed().prefix { $0.isDigit }
    guard digits.count == 4, bytes.count > 4 else { return nil }
    return AccountText.string(digits.reversed())
  }
}
