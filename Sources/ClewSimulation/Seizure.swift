/// Decides whose phones were seized so that each link is seen from one end at least.
enum Seizure {
  static func choose(
    _ cast: inout Cast, missingPrincipals: [Int], missing: Int, limit: Int, _ dice: inout Dice
  ) {
    var neighbours = [[Int]](repeating: [], count: cast.people.count)
    for link in cast.links {
      neighbours[link.supplier].append(link.buyer)
      neighbours[link.buyer].append(link.supplier)
    }
    let agents = cast.people.indices.filter {
      cast.people[$0].role != .source && cast.people[$0].role != .customer
    }
    var away: Set<Int> = Set(missingPrincipals.map { cast.principals[$0] })
    for agent in dice.shuffled(agents) where away.count < missing {
      guard cast.people[agent].role != .firstLevelAgent else { continue }
      if !neighbours[agent].contains(where: away.contains) { away.insert(agent) }
    }
    for agent in agents {
      if away.contains(agent) {
        for neighbour in neighbours[agent] { cast.people[neighbour].isSeized = true }
      } else {
        cast.people[agent].isSeized = true
      }
    }
    var count = cast.people.filter(\.isSeized).count
    for index in dice.shuffled(Array(cast.people.indices)) where count > limit {
      let mayGo = cast.people[index].isSeized && cast.people[index].role != .firstLevelAgent
        && neighbours[index].allSatisfy { cast.people[$0].isSeized }
      if mayGo {
        cast.people[index].isSeized = false
        count -= 1
      }
    }
    askCompanies(&cast, away, &dice)
  }

  /// Asks Tencent and Alipay about those who matter and those whose phones are missing.
  private static func askCompanies(_ cast: inout Cast, _ away: Set<Int>, _ dice: inout Dice) {
    for index in cast.people.indices {
      let person = cast.people[index]
      let isKey = person.role == .firstLevelAgent || away.contains(index)
      let hasSeveral = person.qq != nil || person.wechat.count > 1
      cast.people[index].tenpayReturned =
        isKey || hasSeveral || dice.chance(person.role == .customer ? 6 : 35)
      cast.people[index].alipayReturned =
        isKey || dice.chance(person.role == .customer ? 10 : 45)
    }
  }
}
