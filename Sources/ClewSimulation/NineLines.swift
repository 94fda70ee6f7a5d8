public import ClewEvidence

/// The case of the nine lines: sources, nine principals, agents in three tiers, customers.
public enum NineLines {
  /// Writes `exports/`, `truth/` and a manifest into a folder.
  ///
  /// - Parameters:
  ///   - folder: Where the folders are made; an earlier case that stands there is replaced.
  ///   - seed: The same seed writes the same bytes.
  /// - Returns: What the case holds.
  /// - Throws: `EvidenceError` when a file cannot be written.
  @discardableResult
  public static func generate(
    into folder: String,
    seed: UInt64 = 9
  ) throws(EvidenceError) -> SimulationSummary {
    let cast = NineLinesCast.make(seed: seed)
    let start = WallClock.midnight(2023, 3, 1)
    let end = WallClock.midnight(2023, 11, 30)
    let holders = cast.links.filter { $0.pay == .bank }.map(\.supplier)
    var simulation = try Simulation(
      cast: cast,
      folder: folder,
      seed: seed,
      start: start,
      end: end,
      bankHolders: Set(holders).sorted()
    )
    try simulation.run(plan(cast, seed: seed, start: start, end: end))
    let summary = try simulation.finish()
    try ExportManifest.write(into: folder)
    return summary
  }

  /// When whom asks what, and what else is said.
  private static func plan(
    _ cast: Cast,
    seed: UInt64,
    start: Int64,
    end: Int64
  ) -> [(time: Int64, activity: Simulation.Activity)] {
    var dice = Dice(seed: seed, stream: "plan")
    let routes = CastRoutes(cast: cast)
    let days = Int((end - start) / WallClock.day)
    var plan: [(time: Int64, activity: Simulation.Activity)] = []
    func moment(_ dice: inout Dice, from day: Int = 0) -> Int64 {
      start + Int64(dice.range(day...(days - 3))) * WallClock.day
        + Int64(dice.range(8 * 60...23 * 60)) * WallClock.minute
    }
    for (number, link) in cast.links.enumerated() {
      // A link begins some time in the year and goes on from then.
      let since = dice.below(days * 2 / 3)
      for turn in 0..<dice.range(3...5) {
        let category = link.categories[turn % link.categories.count]
        let climb = routes.climb(through: number, category, &dice)
        let isDear = [.callRecords, .location, .credit].contains(category)
        let count =
          isDear || dice.chance(70) ? 1 : dice.chance(50) ? 2 : dice.range(3...5)
        let time = moment(&dice, from: since)
        plan.append(
          (
            time,
            .request(StoryRequest(start: time, climb: climb, category: category, count: count))
          )
        )
      }
      if dice.chance(50) { plan.append((moment(&dice), .smallTalk(link: number))) }
    }
    for bond in cast.bonds.indices {
      for _ in 0..<dice.range(2...4) { plan.append((moment(&dice), .chat(bond))) }
    }
    for (number, group) in cast.groups.enumerated() {
      if group.isQQ { plan.append((start + 9 * WallClock.hour, .rollCall(group: number))) }
      let rounds = group.kind == "trade" ? group.isQQ ? 16 : 11 : 6
      for _ in 0..<rounds {
        plan.append((moment(&dice), .chatter(group: number, turns: dice.range(3...9))))
      }
    }
    return plan
  }
}
