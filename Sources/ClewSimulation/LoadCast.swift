/// A large cast for measurements: the shape of nine-lines, as wide as the number of devices asks.
enum LoadCast {
  static func make(devices: Int, seed: UInt64) -> Cast {
    var dice = Dice(seed: seed, stream: "load cast")
    var cast = Cast()
    let lines = max(2, devices / 12)
    let agents = max(4, devices * 7 / 10)
    var tiers: [[Int]] = [[], [], [], []]
    func add(_ role: TrueRole, _ tier: Int, _ line: Int, _ cast: inout Cast) -> Int {
      let index = cast.addPerson(
        role: role, tier: tier, line: line, province: dice.pick(Society.provinces), dice: &dice)
      cast.people[index].lines = [line]
      return index
    }
    func link(_ supplier: Int, _ buyer: Int, _ cross: String?, _ cast: inout Cast) {
      let all = DataCategory.allCases.dropLast()
      let own = cast.people[supplier].sourceCategories
      cast.links.append(
        SupplyLink(
          supplier: supplier, buyer: buyer, categories: own.isEmpty ? Array(all) : own,
          settlement: dice.chance(30) ? .before : .after, pay: dice.chance(80) ? .wechat : .alipay,
          talks: [], crossKind: cross,
          prices: Society.prices(cast.people[supplier].tier ?? 0, &dice)))
    }
    for line in 0..<lines {
      let index = add(.firstLevelAgent, 1, line, &cast)
      tiers[1].append(index)
      cast.lineNames.append(cast.people[index].nick)
    }
    cast.principals = tiers[1]
    let all = Array(DataCategory.allCases.dropLast())
    for number in 0..<(lines * 3) {
      let index = add(.source, 0, number % lines, &cast)
      cast.people[index].sourceCategories = (0..<4).map { all[(number + $0 * 3) % all.count] }
      link(index, tiers[1][number % lines], nil, &cast)
      let other = dice.below(lines)
      if other != number % lines {
        cast.people[index].lines.append(other)
        link(index, tiers[1][other], "sharedSource", &cast)
      }
    }
    for place in 0..<max(2, agents - lines) {
      let tier = place % 3 == 2 ? 3 : 2
      let above = tier == 2 ? tiers[1] : tiers[2]
      let supplier = dice.pick(above)
      let role: TrueRole = tier == 2 ? .secondLevelAgent : .subAgent
      let index = add(role, tier, cast.people[supplier].line ?? 0, &cast)
      tiers[tier].append(index)
      link(supplier, index, nil, &cast)
      if tier == 2 && dice.chance(30) {
        let other = dice.pick(tiers[1])
        if other != supplier { link(other, index, "otherPrincipal", &cast) }
      }
    }
    let sellers = tiers[2] + tiers[3]
    for _ in 0..<(devices * 2) {
      let supplier = dice.pick(sellers)
      let tier = (cast.people[supplier].tier ?? 0) + 1
      link(supplier, add(.customer, tier, cast.people[supplier].line ?? 0, &cast), nil, &cast)
    }
    Society.giveTalks(&cast, &dice)
    seize(&cast, devices, tiers, &dice)
    addOthers(&cast, devices, tiers, &dice)
    return cast
  }

  private static func seize(
    _ cast: inout Cast, _ devices: Int, _ tiers: [[Int]], _ dice: inout Dice
  ) {
    let agents = tiers[1] + dice.shuffled(tiers[2] + tiers[3])
    let rest = dice.shuffled(cast.people.indices.filter { !agents.contains($0) })
    for index in (agents + rest).prefix(devices) { cast.people[index].isSeized = true }
    for index in agents {
      cast.people[index].tenpayReturned = dice.chance(60)
      cast.people[index].alipayReturned = dice.chance(40)
    }
  }

  private static func addOthers(
    _ cast: inout Cast, _ devices: Int, _ tiers: [[Int]], _ dice: inout Dice
  ) {
    let seized = cast.people.indices.filter { cast.people[$0].isSeized }
    Society.addBystanders(&cast, count: devices * 3, around: seized, &dice)
    let outsiders = cast.people.indices.filter { cast.people[$0].role == .outsider }
    for line in cast.lineNames.indices {
      let members = cast.people.indices.filter {
        cast.people[$0].line == line && [1, 2].contains(cast.people[$0].tier)
          && cast.people[$0].role != .customer
      }
      let idle = (0..<4).map { _ in dice.pick(outsiders) }
      Society.addGroup(
        &cast, name: "接单\(line + 1)群", kind: "trade",
        members: (members.prefix(24) + idle).map { Handle(person: $0, slot: 0) }, &dice)
    }
    Society.addPrivateGroups(&cast, count: devices / 2, &dice)
  }
}
