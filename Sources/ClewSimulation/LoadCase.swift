public import ClewEvidence

/// A case of any size for measurements: the same people and talk, as much of it as is asked for.
public enum LoadCase {
  /// Writes `exports/` and `truth/` into a folder, day by day, in bounded memory.
  ///
  /// - Parameters:
  ///   - folder: Where the folders are made; an earlier case that stands there is replaced.
  ///   - messages: How many different messages there are at least.
  ///   - transfers: How many payments there are at least.
  ///   - devices: How many phones were seized.
  ///   - seed: The same seed writes the same bytes.
  /// - Returns: What the case holds; it may pass the numbers by a day's last request.
  /// - Throws: `EvidenceError` when a file cannot be written.
  @discardableResult
  public static func generate(
    into folder: String,
    messages: Int = 1_000_000,
    transfers: Int = 200_000,
    devices: Int = 300,
    seed: UInt64 = 1
  ) throws(EvidenceError) -> SimulationSummary {
    let cast = LoadCast.make(devices: max(1, devices), seed: seed)
    let days = 240
    let start = WallClock.midnight(2023, 2, 1)
    let end = start + Int64(days) * WallClock.day
    var simulation = try Simulation(
      cast: cast,
      folder: folder,
      seed: seed,
      start: start,
      end: end
    )
    let routes = CastRoutes(cast: cast)
    var dice = Dice(seed: seed, stream: "load plan")
    for day in 0..<days {
      let today = start + Int64(day) * WallClock.day
      let goal = messages * (day + 1) / days
      let paid = transfers * (day + 1) / days
      // Trade fills four fifths of the day, private payments and talk the rest.
      let trade = goal - messages / days / 5
      while simulation.teller.messageCount < trade {
        try simulation.run([request(cast, routes, today, &dice)])
      }
      while simulation.teller.paymentCount < paid {
        simulation.payBetweenFriends(at: moment(today, &dice), &dice)
      }
      while simulation.teller.messageCount < goal {
        try simulation.run([talk(cast, today, &dice)])
      }
      try simulation.flush(before: today + WallClock.day)
    }
    return try simulation.finish()
  }

  private static func moment(_ today: Int64, _ dice: inout Dice) -> Int64 {
    today + Int64(dice.range(8 * 3600...23 * 3600)) * WallClock.second
  }

  private static func request(
    _ cast: Cast,
    _ routes: CastRoutes,
    _ today: Int64,
    _ dice: inout Dice
  ) -> (time: Int64, activity: Simulation.Activity) {
    let link = dice.below(cast.links.count)
    let category = dice.pick(cast.links[link].categories)
    let climb = routes.climb(through: link, category, &dice)
    let time = moment(today, &dice)
    let count = dice.chance(75) ? 1 : dice.range(2...4)
    return (
      time, .request(StoryRequest(start: time, climb: climb, category: category, count: count))
    )
  }

  private static func talk(
    _ cast: Cast,
    _ today: Int64,
    _ dice: inout Dice
  ) -> (time: Int64, activity: Simulation.Activity) {
    let time = moment(today, &dice)
    if dice.chance(15) {
      return (time, .chatter(group: dice.below(cast.groups.count), turns: dice.range(2...8)))
    }
    return (time, .chat(dice.below(cast.bonds.count)))
  }
}

extension Simulation {
  /// One private payment between people who know each other.
  fileprivate mutating func payBetweenFriends(at time: Int64, _ dice: inout Dice) {
    let bond = dice.pick(teller.cast.bonds)
    teller.payPrivately(
      from: bond.first,
      to: bond.second,
      yuan: dice.pick([20, 35, 50, 88, 100, 200, 500]),
      at: time
    )
  }
}
