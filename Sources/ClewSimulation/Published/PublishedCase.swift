public import ClewEvidence

/// Small cases in the shape of published ones, told deal by deal, so that their figures come out.
public enum PublishedCase: String, CaseIterable, Sendable {
  /// Three traffic-police auxiliaries who sold vehicle files and shared some 70,000 yuan.
  case insiderTrio = "insider-trio"
  /// A teller who sold card numbers with balances at 60 to 90 yuan each.
  case bankTeller = "bank-teller"
  /// An intruder, brokers and users, in units of 5,000 records at tens to 400 yuan.
  case hackerSource = "hacker-source"
  /// One intrusion, nearly 20,000 trainees, a fraud that calls them.
  case trainingLeak = "training-leak"
  /// An employee's 30,000 records, two resellers, five defendants, 175,400 yuan.
  case propertyFive = "property-five"
  /// Eight people of telecom shops, 1,855 numbers, 55,700 yuan.
  case telecomEight = "telecom-eight"
  /// Eight people who register accounts on new cards, 2,000 to 5,000 yuan each.
  case simRegistration = "sim-registration"
  /// Ten small matters, each of one seller and one buyer.
  case smallOffences = "small-offences"

  /// Writes `exports/`, `truth/` and a manifest into a folder.
  ///
  /// - Parameters:
  ///   - folder: Where the folders are made; an earlier case that stands there is replaced.
  ///   - seed: The same seed writes the same bytes.
  /// - Returns: What the case holds.
  /// - Throws: `EvidenceError` when a file cannot be written.
  @discardableResult
  public func generate(
    into folder: String,
    seed: UInt64 = 1
  ) throws(EvidenceError) -> SimulationSummary {
    var plot = plot(seed: seed)
    plot.settle()
    var simulation = try Simulation(
      cast: plot.cast,
      folder: folder,
      seed: seed,
      start: plot.start,
      end: plot.end
    )
    simulation.teller.habits = plot.habits
    try simulation.run(plot.activities())
    if let caller = plot.caller {
      try CallSheet.write(into: folder + "/exports/话单", from: caller, of: simulation.teller, plot)
    }
    let summary = try simulation.finish()
    try ExportManifest.write(into: folder)
    return summary
  }

  private func plot(seed: UInt64) -> CasePlot {
    switch self {
    case .insiderTrio: .insiderTrio(seed)
    case .bankTeller: .bankTeller(seed)
    case .hackerSource: .hackerSource(seed)
    case .trainingLeak: .trainingLeak(seed)
    case .propertyFive: .propertyFive(seed)
    case .telecomEight: .telecomEight(seed)
    case .simRegistration: .simRegistration(seed)
    case .smallOffences: .smallOffences(seed)
    }
  }
}
