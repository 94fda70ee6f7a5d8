/// Who and what appears in the exports, noted while they are written.
struct SeenInExports {
  /// People of whom an account, or a name where that is all there is, stands in some export.
  private(set) var people: Set<Int> = []
  /// Which accounts are tied there.
  var ties = AccountTies()
  private var messages: [Pair: Int] = [:]
  private var payments: [Pair: Int] = [:]

  private struct Pair: Hashable {
    let low: Int
    let high: Int

    init(_ one: Int, _ other: Int) {
      low = min(one, other)
      high = max(one, other)
    }
  }

  mutating func note(_ person: Int) { people.insert(person) }

  mutating func noteMessage(_ one: Int, _ other: Int) {
    people.insert(one)
    people.insert(other)
    messages[Pair(one, other), default: 0] += 1
  }

  mutating func notePayment(_ one: Int, _ other: Int) {
    people.insert(one)
    people.insert(other)
    payments[Pair(one, other), default: 0] += 1
  }

  /// How many of the private messages between two people stand in some export; one that both phones
  /// hold counts once.
  func messages(_ one: Int, _ other: Int) -> Int { messages[Pair(one, other)] ?? 0 }

  /// How many payments between two people stand in some export, each once.
  func payments(_ one: Int, _ other: Int) -> Int { payments[Pair(one, other)] ?? 0 }

  /// Whether anything between two people is seen.
  func sees(_ one: Int, _ other: Int) -> Bool {
    messages(one, other) + payments(one, other) > 0
  }
}
