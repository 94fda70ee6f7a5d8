public import ClewEvidence

/// A case made after parameters: how wide, how deep, how noisy, and how much of it was seized.
public enum ParametricCase {
  /// Writes `exports/`, `truth/` and a manifest into a folder.
  ///
  /// - Parameters:
  ///   - folder: Where the folders are made; an earlier case that stands there is replaced.
  ///   - parameters: What the case is made of; the same parameters write the same bytes.
  /// - Returns: What the case holds.
  /// - Throws: `EvidenceError` when a file cannot be written.
  @discardableResult
  public static func generate(
    into folder: String,
    parameters: CaseParameters
  ) throws(EvidenceError) -> SimulationSummary {
    let cast = ParametricCast.make(parameters)
    let start = WallClock.midnight(2023, 2, 1)
    let end = start + Int64(parameters.days) * WallClock.day
    let holders = cast.links.filter { $0.pay == .bank }.map(\.supplier)
    var simulation = try Simulation(
      cast: cast,
      folder: folder,
      seed: parameters.seed,
      start: start,
      end: end,
      bankHolders: Set(holders).filter { cast.people[$0].alipayReturned }.sorted()
    )
    simulation.teller.habits = TradeHabits(parameters)
    try simulation.run(ParametricPlan(cast, parameters, start: start).activities())
    let summary = try simulation.finish()
    try parameters.write(to: folder + "/truth/parameters.json")
    try ExportManifest.write(into: folder)
    return summary
  }
}
