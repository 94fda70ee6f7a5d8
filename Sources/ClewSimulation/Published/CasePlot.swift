/// A small case told deal by deal: who is in it, who supplies whom at what price, and every order.
///
/// Nothing is left to chance that the published figures count: prices stay, no order fails, no answer
/// is a picture and no payment is a red packet. When and in which words all that happens is drawn.
struct CasePlot {
  /// One thing asked for along a way of deals, from the last buyer up to where the data comes from.
  private struct Order {
    let path: [Int]
    let data: TradedData
    let count: Int
  }

  let start: Int64
  let end: Int64
  private(set) var cast = Cast()
  var habits = TradeHabits()
  /// Whose calls the telecom company has told, if anybody's.
  var caller: Int?
  private var orders: [Order] = []
  private var dice: Dice
  private let provinces: [String]

  init(_ name: String, seed: UInt64, start: Int64, end: Int64) {
    dice = Dice(seed: seed, stream: name)
    provinces = dice.shuffled(Society.provinces)
    self.start = start
    self.end = end
    habits.vague = (0, 0)
    habits.failures = 0
    habits.pictures = 0
    habits.redPackets = 0
    habits.returns = 0
    habits.memos = 0
    habits.hasFixedPrices = true
  }

  /// Adds somebody who trades.
  ///
  /// - Parameters:
  ///   - nick: The handle.
  ///   - role: The place in the chain.
  ///   - tier: The steps from the source.
  ///   - province: The number of a province, the same for people of one place.
  ///   - isSeized: Whether the phone was seized; the payment companies are asked as well.
  ///   - isDefendant: Whether the person was charged.
  ///   - hasQQ: Whether the person has a QQ number.
  /// - Returns: The number of the person.
  mutating func person(
    _ nick: String,
    _ role: TrueRole,
    tier: Int,
    province: Int = 0,
    isSeized: Bool = false,
    isDefendant: Bool = false,
    hasQQ: Bool = false
  ) -> Int {
    let index = cast.addPerson(
      role: role,
      tier: tier,
      line: nil,
      province: provinces[province % provinces.count],
      nick: nick,
      dice: &dice
    )
    cast.people[index].isSeized = isSeized
    cast.people[index].tenpayReturned = isSeized
    cast.people[index].alipayReturned = isSeized
    cast.people[index].isDefendant = isDefendant
    if hasQQ { cast.people[index].qq = Society.qqNumber(index) }
    return index
  }

  /// Says that somebody leads a line.
  mutating func lead(_ person: Int) {
    cast.people[person].line = cast.principals.count
    cast.people[person].lines = [cast.principals.count]
    cast.principals.append(person)
    cast.lineNames.append(cast.people[person].nick)
  }

  /// Lets somebody supply somebody else at a price that stays.
  ///
  /// - Parameters:
  ///   - supplier: Who hands over.
  ///   - buyer: Who pays.
  ///   - data: What it is.
  ///   - yuan: For each item; for lists for each thousand records, unless they are charged by item.
  ///   - byItem: Whether lists are charged by item.
  ///   - settlement: When the money is paid.
  ///   - pay: How.
  /// - Returns: The number of the deal.
  mutating func deal(
    _ supplier: Int,
    _ buyer: Int,
    _ data: TradedData,
    yuan: Int,
    byItem: Bool = false,
    settlement: CastLink.Settlement = .after,
    pay: StoryPayment.Channel = .wechat
  ) -> Int {
    var prices = Array(repeating: 5, count: TradedData.allCases.count)
    prices[data.rawValue] = yuan
    var link = CastLink(
      supplier: supplier,
      buyer: buyer,
      categories: [data],
      settlement: settlement,
      pay: pay,
      talks: [],
      prices: prices
    )
    link.chargesByItem = byItem
    cast.links.append(link)
    if cast.people[supplier].role == .source,
      !cast.people[supplier].sourceCategories.contains(data)
    {
      cast.people[supplier].sourceCategories.append(data)
    }
    return cast.links.count - 1
  }

  /// Orders items in so many parts, each of which climbs the whole way.
  ///
  /// - Parameters:
  ///   - total: How many items in all.
  ///   - parts: How many orders.
  ///   - unit: What each order is a multiple of.
  ///   - data: What is ordered.
  ///   - path: Deals from the last buyer up to the source.
  mutating func order(
    _ total: Int,
    in parts: Int,
    unit: Int = 1,
    _ data: TradedData,
    along path: [Int]
  ) {
    var left = total / unit
    for part in 0..<parts {
      let even = left / (parts - part)
      let isLast = part == parts - 1
      let share =
        isLast || even < 2 ? even : dice.range(max(1, even * 2 / 3)...(even * 4 / 3))
      left -= share
      orders.append(Order(path: path, data: data, count: share * unit))
    }
  }

  /// A group chat of traders and some of their friends.
  mutating func group(_ name: String, _ members: [Int], kind: String = "trade", isQQ: Bool = false)
  {
    Society.addGroup(
      &cast,
      name: name,
      kind: kind,
      isQQ: isQQ,
      members: members.map { CastHandle(person: $0, slot: isQQ ? 9 : 0) },
      &dice
    )
  }

  /// Gives the people of the case their talks and a life beside the trade.
  mutating func settle() {
    Society.giveTalks(&cast, mayUseBoth: false, &dice)
    let traders = Array(cast.people.indices)
    let seized = traders.filter { cast.people[$0].isSeized }
    Society.addBystanders(
      &cast,
      count: max(6, traders.count),
      around: seized + seized + traders,
      &dice
    )
    let taken = Set(cast.people.prefix(traders.count).map(\.nick))
    for index in cast.people.indices.dropFirst(traders.count)
    where taken.contains(cast.people[index].nick) {
      cast.people[index].nick += dice.digits(3)
    }
    Society.addPrivateGroups(&cast, count: max(2, seized.count / 2), &dice)
  }

  /// All that happens, in no order: every deal begins and ends with its case.
  mutating func activities() -> [(time: Int64, activity: Simulation.Activity)] {
    var plan: [(time: Int64, activity: Simulation.Activity)] = []
    let days = Int((end - start) / WallClock.day)
    let span = end - start - 6 * WallClock.day
    let mixed = dice.shuffled(orders)
    for (place, order) in mixed.enumerated() {
      let day = span * Int64(place) / Int64(max(1, mixed.count - 1)) / WallClock.day
      let time =
        start + day * WallClock.day + Int64(dice.range(8 * 60...22 * 60)) * WallClock.minute
      let request = StoryRequest(
        start: time,
        climb: order.path,
        category: order.data,
        count: order.count
      )
      plan.append((time, .request(request)))
    }
    func moment(_ dice: inout Dice) -> Int64 {
      start + Int64(dice.range(0...max(0, days - 4))) * WallClock.day
        + Int64(dice.range(8 * 60...23 * 60)) * WallClock.minute
    }
    for bond in cast.bonds.indices {
      for _ in 0..<dice.range(2...5) { plan.append((moment(&dice), .chat(bond))) }
    }
    for link in cast.links.indices where dice.chance(40) {
      plan.append((moment(&dice), .smallTalk(link: link)))
    }
    for (number, group) in cast.groups.enumerated() {
      if group.isQQ { plan.append((start + 9 * WallClock.hour, .rollCall(group: number))) }
      let rounds = group.kind == "codes" ? 60 : group.kind == "trade" ? 12 : 6
      for _ in 0..<rounds {
        plan.append((moment(&dice), .chatter(group: number, turns: dice.range(3...9))))
      }
    }
    return plan
  }
}
