/// When whom asks what in a case made after parameters, and what else is said.
struct ParametricPlan {
  private let cast: Cast
  private let parameters: CaseParameters
  private let start: Int64
  private var dice: Dice
  private var plan: [(time: Int64, activity: Simulation.Activity)] = []

  init(_ cast: Cast, _ parameters: CaseParameters, start: Int64) {
    self.cast = cast
    self.parameters = parameters
    self.start = start
    dice = Dice(seed: parameters.seed, stream: "parametric plan")
  }

  private mutating func moment(from day: Int = 0) -> Int64 {
    start + Int64(dice.range(day...max(day, parameters.days - 4))) * WallClock.day
      + Int64(dice.range(8 * 60...23 * 60)) * WallClock.minute
  }

  /// All that happens, in no order.
  consuming func activities() -> [(time: Int64, activity: Simulation.Activity)] {
    addRequests()
    for (bond, isLookalike) in cast.bonds.map(\.isLookalike).enumerated() {
      for _ in 0..<dice.range(isLookalike ? 3...8 : 1...4) { plan.append((moment(), .chat(bond))) }
    }
    for (number, group) in cast.groups.enumerated() {
      if group.isQQ { plan.append((start + 9 * WallClock.hour, .rollCall(group: number))) }
      for _ in 0..<(group.kind == "trade" ? 9 : 5) {
        plan.append((moment(), .chatter(group: number, turns: dice.range(3...9))))
      }
    }
    return plan
  }

  private mutating func addRequests() {
    let routes = CastRoutes(cast: cast)
    for (number, link) in cast.links.enumerated() {
      // A link begins some time in the story and goes on from then.
      let since = dice.below(parameters.days * 2 / 3)
      for turn in 0..<count(link) {
        let category = category(link, turn)
        let climb = routes.climb(through: number, category, &dice)
        let time = moment(from: since)
        let request = StoryRequest(
          start: time,
          climb: climb,
          category: category,
          count: size(category)
        )
        plan.append((time, .request(request)))
      }
      if dice.chance(40) { plan.append((moment(), .smallTalk(link: number))) }
    }
  }

  /// Requests of one link: most have about the mean, one in twelve has several times as many.
  private mutating func count(_ link: CastLink) -> Int {
    let mean = parameters.ordersPerLink
    let usual = max(1, dice.range((mean + 1) / 2...(mean * 3 / 2)))
    let drawn = dice.chance(8) ? usual * dice.range(2...5) : usual
    guard cast.people[link.buyer].role == .customer else { return drawn }
    return max(1, drawn * parameters.customerOrders / 100)
  }

  private mutating func category(_ link: CastLink, _ turn: Int) -> TradedData {
    let single = link.categories.filter { $0 != .list }
    guard !single.isEmpty else { return .list }
    if single.count < link.categories.count && dice.chance(parameters.bulk) { return .list }
    return single[turn % single.count]
  }

  private mutating func size(_ category: TradedData) -> Int {
    switch category {
    case .list: dice.pick([120, 200, 300, 300, 500, 500, 800, 1000])
    case .callRecords, .location, .credit: 1
    default: dice.chance(70) ? 1 : dice.chance(50) ? 2 : dice.range(3...5)
    }
  }
}
