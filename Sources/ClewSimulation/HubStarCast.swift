/// Who is who in hub-161-99: one seller between 161 suppliers and 99 buyers.
struct HubStarCast {
  /// People who supply the seller, and people who are supplied by him.
  static let upstream = 161
  static let downstream = 99
  /// Those of the suppliers who buy themselves, and those of the buyers who resell.
  private static let buyingSuppliers = 12
  private static let resellers = 40

  private var cast = Cast()
  private var dice: Dice
  private let provinces: [String]

  init(seed: UInt64) {
    dice = Dice(seed: seed, stream: "hub cast")
    provinces = dice.shuffled(Society.provinces)
  }

  static func make(seed: UInt64) -> Cast {
    var maker = HubStarCast(seed: seed)
    maker.addTraders()
    Society.giveAccounts(&maker.cast, qqShare: 34, secondShare: 0, &maker.dice)
    maker.cast.people[0].qq = Society.qqNumber(0)
    Society.giveTalks(&maker.cast, mayUseBoth: false, &maker.dice)
    maker.seize()
    maker.addOthers()
    return maker.cast
  }

  private mutating func add(_ role: TrueRole, tier: Int, nick: String? = nil) -> Int {
    let index = cast.addPerson(
      role: role, tier: tier, line: 0, province: provinces[cast.people.count % provinces.count],
      nick: nick, dice: &dice)
    cast.people[index].lines = [0]
    if role == .source { cast.people[index].sourceCategories = [.list] }
    return index
  }

  private mutating func link(_ supplier: Int, _ buyer: Int) {
    let settlement: SupplyLink.Settlement =
      dice.chance(45) ? .before : dice.chance(75) ? .after : .ledger(3)
    cast.links.append(
      SupplyLink(
        supplier: supplier, buyer: buyer, categories: [.list], settlement: settlement,
        pay: dice.chance(52) ? .wechat : .alipay, talks: [],
        prices: Society.prices(cast.people[supplier].tier ?? 0, &dice)))
  }

  private mutating func addTraders() {
    let hub = add(.firstLevelAgent, tier: 1, nick: "数据小二")
    cast.lineNames = ["数据小二"]
    cast.principals = [hub]
    var suppliers: [Int] = []
    for place in 0..<Self.upstream {
      let buys = place < Self.buyingSuppliers
      let index = add(buys ? .firstLevelAgent : .source, tier: buys ? 1 : 0)
      suppliers.append(index)
      link(index, hub)
    }
    for supplier in suppliers.prefix(Self.buyingSuppliers) {
      for _ in 0..<dice.range(1...2) { link(add(.source, tier: 0), supplier) }
    }
    for place in 0..<Self.downstream {
      let resells = place < Self.resellers
      let index = add(resells ? .secondLevelAgent : .customer, tier: 2)
      link(hub, index)
      guard resells else { continue }
      for _ in 0..<dice.range(4...6) { link(index, add(.customer, tier: 3)) }
    }
  }

  private mutating func seize() {
    let resellers = cast.people.indices.filter { cast.people[$0].role == .secondLevelAgent }
    for index in [0] + resellers.prefix(2) { cast.people[index].isSeized = true }
    for index in [0] + resellers {
      cast.people[index].tenpayReturned = true
      cast.people[index].alipayReturned = true
    }
  }

  private mutating func addOthers() {
    let resellers = cast.people.indices.filter { cast.people[$0].role == .secondLevelAgent }
    let around = Array(repeating: 0, count: 40) + resellers + resellers.prefix(2)
    Society.addBystanders(&cast, count: 150, around: around, &dice)
    let outsiders = cast.people.indices.filter { cast.people[$0].role == .outsider }
    var known: [Int] = [0]
    for link in cast.links where link.talks[0].supplier.isQQ {
      known += [link.supplier, link.buyer].filter { $0 != 0 }
    }
    for part in 0..<2 {
      let members = [0] + known.dropFirst().enumerated().filter { $0.offset % 2 == part }.map(\.element)
      Society.addGroup(
        &cast, name: ["数据资源对接", "行业名录交流"][part], kind: "trade", isQQ: true,
        members: members.map { Handle(person: $0, slot: 9) }, &dice)
    }
    for name in ["资源群A", "一手数据交流", "老客户通知"] {
      let traders = dice.shuffled(Array(1..<Self.upstream)).prefix(8) + resellers.shuffledPrefix(9, &dice)
      let members = [0] + traders + dice.shuffled(outsiders).prefix(7)
      Society.addGroup(
        &cast, name: name, kind: "trade", members: members.map { Handle(person: $0, slot: 0) },
        &dice)
    }
    Society.addPrivateGroups(&cast, count: 5, &dice)
  }
}

extension Array {
  fileprivate func shuffledPrefix(_ count: Int, _ dice: inout Dice) -> ArraySlice<Element> {
    dice.shuffled(self).prefix(count)
  }
}
