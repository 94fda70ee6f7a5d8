/// Which party stands for which true person.
///
/// A party belongs to the person who holds most of its accounts; among equals, the one who comes
/// first in the truth. An account `name:…`, which is all that some chats show, counts for the one
/// person who bears that name (what stands behind `#`, the source in which the name stands, is left
/// out), and only when no other account of the party is known. A person who
/// was split stands for judgement through its leading party: the one with most links, then with most
/// known accounts, then the first.
struct CaseMapping {
  /// The person of each party; `nil` where no account is known.
  let people: [Int?]
  /// The leading party of each person; `nil` where none was found.
  let leading: [Int?]
  /// Every party that holds an account of the person, its own or another's.
  let holding: [[Int]]

  init(_ found: FoundCase, _ truth: TrueCase) {
    let names = Self.names(truth)
    var people: [Int?] = []
    var holding = [[Int]](repeating: [], count: truth.people.count)
    var known: [Int] = []
    for (place, party) in found.parties.enumerated() {
      var counts: [Int: Int] = [:]
      for account in party.accounts {
        if let holder = truth.holders[account] { counts[holder, default: 0] += 1 }
      }
      if counts.isEmpty {
        for account in party.accounts {
          if let holder = names[Self.name(account)] { counts[holder, default: 0] += 1 }
        }
      }
      for holder in counts.keys { holding[holder].append(place) }
      let best = counts.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }
      people.append(best?.key)
      known.append(best?.value ?? 0)
    }
    var links = [Int](repeating: 0, count: found.parties.count)
    for link in found.links {
      links[link.supplier] += 1
      links[link.buyer] += 1
    }
    var leading = [Int?](repeating: nil, count: truth.people.count)
    for (party, person) in people.enumerated() {
      guard let person else { continue }
      if let rival = leading[person],
        (links[rival], known[rival]) >= (links[party], known[party])
      {
        continue
      }
      leading[person] = party
    }
    self.people = people
    self.leading = leading
    self.holding = holding.map { $0.sorted() }
  }

  /// A name without the source in which it stands.
  private static func name(_ account: String) -> String {
    guard account.hasPrefix("name:"), let mark = account.lastIndex(of: "#") else { return account }
    let scope = account[mark...].dropFirst()
    let isScope = scope.utf8.count >= 8 && scope.allSatisfy(\.isHexDigit)
    return isScope ? String(account[..<mark]) : account
  }

  /// The names that one person alone bears.
  private static func names(_ truth: TrueCase) -> [String: Int] {
    var names: [String: Int] = [:]
    var shared: Set<String> = []
    for (place, person) in truth.people.enumerated() {
      let name = "name:" + person.name
      if names.updateValue(place, forKey: name) != nil { shared.insert(name) }
    }
    return names.filter { !shared.contains($0.key) }
  }
}
