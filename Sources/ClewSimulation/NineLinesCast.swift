/// Who is who in nine-lines: the shape is fixed here, chance fills in the rest.
struct NineLinesCast {
  static let lineNames = [
    "猎人", "为人民服务", "夜航船", "老船长", "一叶知秋", "风雨无阻", "北极狐", "半糖主义", "山高水长",
  ]
  /// What each source can look up, and the lines that it serves, its own first.
  private static let sources: [(categories: [DataCategory], lines: [Int])] = [
    ([.vehicle], [0, 1, 6]), ([.household], [1, 5]), ([.bankAccount], [3, 6]),
    ([.phoneOwner], [0, 4]), ([.callRecords, .location], [0, 7]), ([.flight], [2, 7]),
    ([.courier], [4, 8]), ([.lodging], [2, 1]), ([.credit], [6]), ([.vehicle], [5, 8]),
    ([.bankAccount], [3]), ([.phoneOwner, .callRecords], [8, 5]),
  ]
  /// Principals who buy from each other: supplier and buyer.
  private static let sideways = [
    (0, 3), (3, 0), (1, 2), (2, 1), (4, 8), (5, 4), (7, 0), (1, 6), (8, 5), (6, 3),
  ]
  private static let seconds = [3, 3, 2, 2, 3, 2, 2, 2, 2]

  private var cast = Cast()
  private var dice: Dice
  private var byTier: [[Int]] = [[], [], [], [], [], []]
  private var province = 0
  private let provinces: [String]

  init(seed: UInt64) {
    dice = Dice(seed: seed, stream: "cast")
    provinces = dice.shuffled(Society.provinces)
  }

  static func make(seed: UInt64) -> Cast {
    var maker = NineLinesCast(seed: seed)
    maker.addTraders()
    maker.declareCases()
    Society.giveAccounts(&maker.cast, qqShare: 38, secondShare: 7, &maker.dice)
    Society.giveTalks(&maker.cast, &maker.dice)
    Seizure.choose(&maker.cast, missingPrincipals: [4, 7], missing: 12, limit: 56, &maker.dice)
    maker.addOthers()
    return maker.cast
  }

  private mutating func add(_ role: TrueRole, tier: Int, line: Int, nick: String? = nil) -> Int {
    province += 1
    let index = cast.addPerson(
      role: role, tier: tier, line: line, province: provinces[province % provinces.count],
      nick: nick, dice: &dice)
    cast.people[index].lines = [line]
    if role != .customer { byTier[tier].append(index) }
    return index
  }

  private mutating func link(
    _ supplier: Int, _ buyer: Int, _ categories: [DataCategory], cross: String? = nil
  ) {
    let tier = cast.people[supplier].tier ?? 0
    let settlement: SupplyLink.Settlement =
      switch (tier, cast.people[buyer].role) {
      case (0, _): dice.chance(65) ? .ledger(dice.range(10...22)) : .after
      case (_, .customer):
        dice.chance(42) ? .before : dice.chance(80) ? .after : .ledger(dice.range(4...6))
      default: dice.chance(55) ? .ledger(dice.range(6...14)) : dice.chance(50) ? .after : .before
      }
    let pay: Payment.Channel =
      switch dice.below(20) {
      case 0..<14: .wechat
      case 14..<19: .alipay
      default: .bank
      }
    var isRunning = false
    if case .ledger = settlement { isRunning = tier <= 1 }
    cast.links.append(
      SupplyLink(
        supplier: supplier, buyer: buyer, categories: categories, settlement: settlement,
        pay: pay == .bank && !isRunning ? .wechat : pay,
        talks: [], crossKind: cross, prices: Society.prices(tier, &dice)))
  }

  /// What a person can get, in fixed order.
  private func reach(_ person: Int, sideways: Bool = true) -> [DataCategory] {
    if cast.people[person].role == .source { return cast.people[person].sourceCategories }
    let links = cast.links.filter {
      $0.buyer == person
        && (sideways || cast.people[$0.supplier].tier != cast.people[person].tier)
    }
    return DataCategory.allCases.filter { category in
      links.contains { $0.categories.contains(category) }
    }
  }

  private mutating func some(_ all: [DataCategory], _ range: ClosedRange<Int>) -> [DataCategory] {
    Array(dice.shuffled(all).prefix(dice.range(range)))
  }

  private mutating func addTraders() {
    cast.lineNames = Self.lineNames
    var principals: [Int] = []
    for (line, name) in Self.lineNames.enumerated() {
      principals.append(add(.firstLevelAgent, tier: 1, line: line, nick: name))
    }
    cast.principals = principals
    for source in Self.sources {
      let index = add(.source, tier: 0, line: source.lines[0])
      cast.people[index].lines = source.lines
      cast.people[index].sourceCategories = source.categories
      for (place, line) in source.lines.enumerated() {
        link(index, principals[line], source.categories, cross: place == 0 ? nil : "sharedSource")
      }
    }
    for (supplier, buyer) in Self.sideways {
      let has = reach(principals[supplier], sideways: false)
      let lacks = has.filter { !reach(principals[buyer], sideways: false).contains($0) }
      let offered = some(lacks.isEmpty ? has : lacks, 1...2)
      link(principals[supplier], principals[buyer], offered, cross: "sideways")
    }
    addSeconds(principals)
    addLower()
    addCustomers()
  }

  private mutating func addSeconds(_ principals: [Int]) {
    for (line, count) in Self.seconds.enumerated() {
      for _ in 0..<count {
        let index = add(.secondLevelAgent, tier: 2, line: line)
        link(principals[line], index, some(reach(principals[line]), 3...5))
      }
    }
    for index in dice.shuffled(byTier[2]).prefix(9) {
      let line = cast.people[index].line ?? 0
      let others = dice.shuffled(Array(0..<9)).filter { $0 != line }
      let own = reach(index)
      let other = others.first { candidate in
        reach(principals[candidate], sideways: false).contains { !own.contains($0) }
      }
      guard let other else { continue }
      let fresh = reach(principals[other], sideways: false).filter { !own.contains($0) }
      link(principals[other], index, some(fresh, 1...2), cross: "otherPrincipal")
    }
  }

  private mutating func addLower() {
    for place in 0..<18 {
      let supplier = byTier[2][place % byTier[2].count]
      let index = add(.subAgent, tier: 3, line: cast.people[supplier].line ?? 0)
      link(supplier, index, some(reach(supplier), 2...4))
    }
    for supplier in dice.shuffled(byTier[3]).prefix(7) {
      let index = add(.subAgent, tier: 4, line: cast.people[supplier].line ?? 0)
      link(supplier, index, some(reach(supplier), 2...3))
    }
    for index in dice.shuffled(byTier[3]).prefix(3) {
      let others = byTier[2].filter { cast.people[$0].line != cast.people[index].line }
      let supplier = dice.pick(others)
      link(supplier, index, some(reach(supplier), 1...2), cross: "otherSecond")
    }
  }

  private mutating func addCustomers() {
    // Every lower agent resells to somebody; then the rest at random.
    var suppliers = byTier[4]
    suppliers += byTier[3].filter { agent in !cast.links.contains { $0.supplier == agent } }
    suppliers += byTier[2].filter { agent in !cast.links.contains { $0.supplier == agent } }
    let weighted = byTier[1] + byTier[2] + byTier[2] + byTier[3] + byTier[3] + byTier[4]
    while suppliers.count < 54 { suppliers.append(dice.pick(weighted)) }
    for supplier in suppliers {
      let tier = (cast.people[supplier].tier ?? 0) + 1
      let index = add(.customer, tier: tier, line: cast.people[supplier].line ?? 0)
      link(supplier, index, some(reach(supplier), 1...3))
    }
    for index in dice.shuffled(suppliers.indices.map { cast.people.count - 1 - $0 }).prefix(7) {
      let main = cast.links.first { $0.buyer == index }
      let agents = byTier[2] + byTier[3]
      let supplier = dice.pick(
        agents.filter {
          $0 != main?.supplier && cast.people[$0].line == cast.people[index].line
            && cast.people[$0].tier == (cast.people[index].tier ?? 0) - 1
        } + [main?.supplier ?? 0])
      if supplier != main?.supplier { link(supplier, index, some(reach(supplier), 1...2)) }
    }
  }

  /// Declared, not simulated: 18 cases with 63 defendants in one city.
  private mutating func declareCases() {
    let traders = dice.shuffled(Array(cast.people.indices))
    for (place, index) in traders.prefix(63).enumerated() {
      cast.people[index].caseNumber = place % 18 + 1
      cast.people[index].isDefendant = true
    }
  }

  // MARK: Around the trade

  private mutating func addOthers() {
    let traders = cast.people.indices.filter { cast.people[$0].role != .outsider }
    let seized = traders.filter { cast.people[$0].isSeized }
    Society.addBystanders(&cast, count: 132, around: seized + seized + traders, &dice)
    let outsiders = cast.people.indices.filter { cast.people[$0].role == .outsider }
    for line in 0..<9 { addLineGroup(line, outsiders) }
    for number in 0..<2 {
      let middle = (byTier[1] + byTier[2]).filter { _ in dice.chance(35) }
      let idle = dice.shuffled(outsiders).prefix(8)
      Society.addGroup(
        &cast, name: ["资源互换③群", "同行交流(禁广告)"][number], kind: "trade",
        members: (middle + idle).map { Handle(person: $0, slot: 0) }, &dice)
    }
    for number in 0..<3 { addQQGroup(number, traders) }
    Society.addPrivateGroups(&cast, count: 18, &dice)
  }

  private mutating func addLineGroup(_ line: Int, _ outsiders: [Int]) {
    let names = ["内部接单群", "老客户群", "代理群", "日结小群", "互助", "信息咨询", "工作群2", "兄弟连", "下单通知"]
    var members = [cast.principals[line]]
    for index in cast.people.indices where cast.people[index].line == line {
      switch cast.people[index].tier {
      case 2 where cast.people[index].role == .secondLevelAgent: members.append(index)
      case 3 where cast.people[index].role == .subAgent && dice.chance(50): members.append(index)
      default: break
      }
    }
    members += dice.shuffled(outsiders).prefix(dice.range(2...4))
    Society.addGroup(
      &cast, name: names[line], kind: "trade", members: members.map { Handle(person: $0, slot: 0) },
      &dice)
  }

  /// Three QQ groups; whoever trades over QQ sits in the group of his line, sources in all of theirs.
  private mutating func addQQGroup(_ number: Int, _ traders: [Int]) {
    var members: [Int] = []
    for link in cast.links where link.talks.contains(where: { $0.supplier.isQQ }) {
      let line = cast.people[link.buyer].line ?? 0
      guard line % 3 == number else { continue }
      members += [link.buyer, link.supplier]
    }
    members.sort()
    let idle = traders.filter { cast.people[$0].qq != nil && dice.chance(10) }
    Society.addGroup(
      &cast, name: ["信息技术交流", "八方来财", "渠道对接大厅"][number], kind: "trade", isQQ: true,
      members: (members + idle).map { Handle(person: $0, slot: 9) }, &dice)
  }
}
