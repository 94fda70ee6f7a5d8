public import ClewEvidence

/// The case of one seller with 161 suppliers and 99 buyers, who passed on over six million records.
public enum HubStar {
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
    seed: UInt64 = 161
  ) throws(EvidenceError) -> SimulationSummary {
    let cast = HubStarCast.make(seed: seed)
    let start = WallClock.midnight(2022, 9, 1)
    let end = WallClock.midnight(2023, 8, 31)
    var simulation = try Simulation(
      cast: cast,
      folder: folder,
      seed: seed,
      start: start,
      end: end
    )
    try simulation.run(plan(cast, seed: seed, start: start, end: end))
    let summary = try simulation.finish()
    try ExportManifest.write(into: folder)
    return summary
  }

  private static func plan(
    _ cast: Cast,
    seed: UInt64,
    start: Int64,
    end: Int64
  ) -> [(time: Int64, activity: Simulation.Activity)] {
    var dice = Dice(seed: seed, stream: "hub plan")
    let routes = CastRoutes(cast: cast)
    let days = Int((end - start) / WallClock.day)
    var plan: [(time: Int64, activity: Simulation.Activity)] = []
    var passes = Array(repeating: 0, count: cast.links.count)
    func moment(_ dice: inout Dice) -> Int64 {
      start + Int64(dice.range(0...(days - 3))) * WallClock.day
        + Int64(dice.range(8 * 60...23 * 60)) * WallClock.minute
    }
    let sizes = [2000, 3000, 5000, 5000, 5000, 8000, 10_000, 10_000, 15_000, 20_000, 30_000]
    for (number, link) in cast.links.enumerated() {
      let touchesHub = link.buyer == 0 || link.supplier == 0
      while passes[number] < (touchesHub ? 3 : 1) {
        let climb = routes.climb(through: number, .list, &dice)
        for step in climb { passes[step] += 1 }
        let time = moment(&dice)
        plan.append(
          (
            time,
            .request(
              StoryRequest(start: time, climb: climb, category: .list, count: dice.pick(sizes))
            )
          )
        )
      }
    }
    for bond in cast.bonds.indices {
      for _ in 0..<dice.range(1...4) { plan.append((moment(&dice), .chat(bond))) }
    }
    for (number, group) in cast.groups.enumerated() {
      if group.isQQ { plan.append((start + 9 * WallClock.hour, .rollCall(group: number))) }
      for _ in 0..<12 {
        plan.append((moment(&dice), .chatter(group: number, turns: dice.range(3...9))))
      }
    }
    return plan
  }
}
