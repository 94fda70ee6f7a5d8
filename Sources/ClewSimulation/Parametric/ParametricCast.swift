/// Who is who in a case made after parameters: agents in tiers, sources that serve several lines.
struct ParametricCast {
  var cast = Cast()
  var dice: Dice
  let parameters: CaseParameters
  /// Agents by tier; the principals are tier 1.
  private(set) var byTier: [[Int]]
  /// What each person can get, and from whom: the links by buyer.
  private var supplies: [[Int]] = []
  /// How many people each person supplies.
  private var buyers: [Int] = []

  private init(_ parameters: CaseParameters) {
    self.parameters = parameters
    dice = Dice(seed: parameters.seed, stream: "parametric cast")
    byTier = Array(repeating: [], count: parameters.lowestTier + 2)
  }

  static func make(_ parameters: CaseParameters) -> Cast {
    var maker = ParametricCast(parameters)
    maker.addPrincipals()
    maker.addSources()
    maker.addLateral(tier: 1)
    maker.addSeconds()
    maker.addSubs()
    maker.addCustomers()
    maker.giveAccounts()
    Society.giveTalks(&maker.cast, &maker.dice)
    SeizureByRole.choose(&maker.cast, parameters, &maker.dice)
    ParametricSociety.add(to: &maker.cast, parameters, &maker.dice)
    maker.giveRegisters()
    // The order in which people were thought of must not show in the exports.
    return maker.cast.reordered(maker.dice.shuffled(Array(maker.cast.people.indices)))
  }

  private mutating func add(_ role: TrueRole, tier: Int, line: Int) -> Int {
    let index = cast.addPerson(
      role: role,
      tier: tier,
      line: line,
      province: dice.pick(Society.provinces),
      dice: &dice
    )
    cast.people[index].lines = [line]
    supplies.append([])
    buyers.append(0)
    if role != .customer && role != .source { byTier[tier].append(index) }
    return index
  }

  private mutating func link(
    _ supplier: Int,
    _ buyer: Int,
    _ categories: [TradedData],
    cross: String? = nil
  ) {
    guard !categories.isEmpty, supplier != buyer,
      !supplies[buyer].contains(where: { cast.links[$0].supplier == supplier })
    else { return }
    let tier = cast.people[supplier].tier ?? 0
    let settlement: CastLink.Settlement =
      switch (tier, cast.people[buyer].role) {
      case (0, _): dice.chance(60) ? .ledger(dice.range(6...18)) : .after
      case (_, .customer):
        dice.chance(42) ? .before : dice.chance(80) ? .after : .ledger(dice.range(4...6))
      default: dice.chance(50) ? .ledger(dice.range(4...12)) : dice.chance(50) ? .after : .before
      }
    let pay: StoryPayment.Channel =
      switch dice.below(20) {
      case 0..<14: .wechat
      case 14..<19: .alipay
      default: .bank
      }
    supplies[buyer].append(cast.links.count)
    buyers[supplier] += 1
    cast.links.append(
      CastLink(
        supplier: supplier,
        buyer: buyer,
        categories: categories,
        settlement: settlement,
        pay: pay,
        talks: [],
        crossKind: cross,
        prices: prices(tier, isRetail: cast.people[buyer].role == .customer)
      )
    )
  }

  /// A price for each category, by how far the supplier is from the source.
  private mutating func prices(_ tier: Int, isRetail: Bool) -> [Int] {
    var factor = isRetail ? 10 * (100 + parameters.retail) : 1000
    for step in 0..<tier { factor = factor * (100 + parameters.rise(below: step)) / 100 }
    return TradedData.allCases.map { category in
      let exact = category.sourcePrice * factor * dice.range(92...112) / 100_000
      return max(5, (exact + 2) / 5 * 5)
    }
  }

  /// What a person can get from above, in fixed order.
  private func reach(_ person: Int) -> [TradedData] {
    if cast.people[person].role == .source { return cast.people[person].sourceCategories }
    let direct = supplies[person].filter {
      cast.people[cast.links[$0].supplier].tier != cast.people[person].tier
    }
    return TradedData.allCases.filter { category in
      direct.contains { cast.links[$0].categories.contains(category) }
    }
  }

  private mutating func some(_ all: [TradedData], _ range: ClosedRange<Int>) -> [TradedData] {
    Array(dice.shuffled(all).prefix(dice.range(range)))
  }

  private mutating func addPrincipals() {
    for line in 0..<parameters.lines {
      let index = add(.firstLevelAgent, tier: 1, line: line)
      cast.principals.append(index)
      cast.lineNames.append(cast.people[index].nick)
    }
    let count = SeizureByRole.rounded(parameters.lines, parameters.partners)
    for line in dice.shuffled(Array(0..<parameters.lines)).prefix(count) {
      let partner = add(.firstLevelAgent, tier: 1, line: line)
      cast.partners[partner] = line
    }
  }

  /// Whoever leads a line: its principal, and his partner if he has one.
  private func leaders(_ line: Int) -> [Int] {
    [cast.principals[line]] + cast.partners.filter { $0.value == line }.keys.sorted()
  }

  private mutating func addSources() {
    let order = dice.shuffled(Array(0..<parameters.lines))
    var turn = 0
    for category in TradedData.allCases {
      for _ in 0..<parameters.sourcesPerCategory {
        let home = order[turn % order.count]
        turn += 1
        let index = add(.source, tier: 0, line: home)
        var categories = [category]
        if dice.chance(25) {
          let other = dice.pick(TradedData.allCases)
          if other != category { categories.append(other) }
        }
        cast.people[index].sourceCategories = categories
        let served = dice.range(1...min(parameters.linesPerSource, parameters.lines))
        let others = dice.shuffled(order.filter { $0 != home }).prefix(served - 1)
        cast.people[index].lines = [home] + others
        for line in [home] + others {
          let leaders = leaders(line)
          let buyers = leaders.count > 1 && dice.chance(40) ? leaders : [dice.pick(leaders)]
          for buyer in buyers {
            link(index, buyer, categories, cross: line == home ? nil : "sharedSource")
          }
        }
      }
    }
    giveSourcesToAll()
  }

  /// Nobody leads a line without a source.
  private mutating func giveSourcesToAll() {
    let sources = cast.people.indices.filter { cast.people[$0].role == .source }
    for leader in byTier[1] where supplies[leader].isEmpty {
      let source = dice.pick(sources)
      let line = cast.people[leader].line ?? 0
      let isShared = cast.people[source].line != line
      if !cast.people[source].lines.contains(line) { cast.people[source].lines.append(line) }
      link(
        source,
        leader,
        cast.people[source].sourceCategories,
        cross: isShared ? "sharedSource" : nil
      )
    }
  }

  /// Exchange between agents of one tier and different lines, half of it both ways.
  private mutating func addLateral(tier: Int) {
    for buyer in byTier[tier] where dice.chance(parameters.lateral) {
      let others = byTier[tier].filter { cast.people[$0].line != cast.people[buyer].line }
      guard !others.isEmpty else { continue }
      let other = dice.pick(others)
      let lacks = reach(other).filter { !reach(buyer).contains($0) }
      link(other, buyer, some(lacks.isEmpty ? reach(other) : lacks, 1...2), cross: "sideways")
      if dice.chance(50) { link(buyer, other, some(reach(buyer), 1...2), cross: "sideways") }
    }
  }

  private mutating func addSecondSuppliers(tier: Int) {
    for buyer in byTier[tier] where dice.chance(parameters.secondSuppliers) {
      let supplier = dice.pick(byTier[tier - 1])
      let isCross = cast.people[supplier].line != cast.people[buyer].line
      link(supplier, buyer, some(reach(supplier), 1...2), cross: isCross ? "secondSupplier" : nil)
    }
  }

  private mutating func addSeconds() {
    for line in cast.principals.indices {
      let leaders = leaders(line)
      let mean = parameters.agentsByTier?.first ?? parameters.secondsPerLine
      let count = max(leaders.count, dice.range((mean + 1) / 2...(mean * 3 / 2)))
      for place in 0..<count {
        let principal = place < leaders.count ? leaders[place] : dice.pick(leaders)
        let index = add(.secondLevelAgent, tier: 2, line: line)
        link(principal, index, some(reach(principal), 3...6))
      }
    }
    addSecondSuppliers(tier: 2)
    addLateral(tier: 2)
  }

  private mutating func addSubs() {
    var left = parameters.subsPerLine * parameters.lines
    for tier in 3..<max(3, parameters.lowestTier + 1) {
      // Each tier below has a third of the people of the one above, where nothing else is asked for.
      let usual = tier == parameters.lowestTier ? left : left * 7 / 10
      let share = parameters.agentsByTier.map { $0[tier - 2] * parameters.lines } ?? usual
      left -= share
      for _ in 0..<share {
        let supplier = dice.pick(byTier[tier - 1])
        let index = add(.subAgent, tier: tier, line: cast.people[supplier].line ?? 0)
        link(supplier, index, some(reach(supplier), 2...5))
      }
      guard !byTier[tier].isEmpty else { return }
      addSecondSuppliers(tier: tier)
      addLateral(tier: tier)
    }
  }

  private mutating func addCustomers() {
    let agents = dice.shuffled(byTier.dropFirst().flatMap(\.self))
    // Whoever resells to nobody would be no agent.
    var suppliers = agents.filter { buyers[$0] == 0 }
    // Some agents serve most of the customers.
    var weights: [Int] = []
    for place in agents.indices { weights.append((weights.last ?? 0) + 10_000 / (place + 3)) }
    let total = max(1, weights.last ?? 1)
    while suppliers.count < parameters.customersPerLine * parameters.lines {
      let mark = dice.below(total)
      suppliers.append(agents[weights.firstIndex { mark < $0 } ?? 0])
    }
    for supplier in suppliers {
      let tier = (cast.people[supplier].tier ?? 0) + 1
      let index = add(.customer, tier: tier, line: cast.people[supplier].line ?? 0)
      link(supplier, index, some(reach(supplier), 1...parameters.customerKinds))
      guard dice.chance(parameters.secondSuppliers / 2) else { continue }
      let other = dice.pick(agents)
      let isCross = cast.people[other].line != cast.people[index].line
      link(
        other,
        index,
        some(reach(other), 1...min(2, parameters.customerKinds)),
        cross: isCross ? "secondSupplier" : nil
      )
    }
  }

  /// Names that nobody shares, and for some traders a QQ number or a second WeChat account.
  private mutating func giveAccounts() {
    var names: Set<String> = []
    for index in cast.people.indices {
      var nick = cast.people[index].nick
      while !names.insert(nick).inserted { nick = cast.people[index].nick + dice.digits(2) }
      cast.people[index].nick = nick
      guard dice.chance(min(100, parameters.accounts - 100)) else { continue }
      let isQQ = dice.chance(65)
      let hasBoth = parameters.accounts > 200 && dice.chance(parameters.accounts - 200)
      if isQQ || hasBoth { cast.people[index].qq = Society.qqNumber(index) }
      if !isQQ || hasBoth {
        cast.people[index].wechat.append(("wxid_clew" + dice.letters(9) + "12", ""))
      }
    }
    cast.lineNames = cast.principals.map { cast.people[$0].nick }
  }

  private mutating func giveRegisters() {
    for index in cast.people.indices where dice.chance(parameters.registers) {
      cast.people[index].voice.register = dice.pick(Register.all)
    }
  }
}
