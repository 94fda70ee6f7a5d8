import ArgumentParser
internal import ClewSimulation

/// The verb `clew simulate`.
struct Simulate: ParsableCommand {
  enum Preset: String, ExpressibleByArgument, CaseIterable {
    case clean, field, sparse, large
    case nineLines = "nine-lines"
    case hub = "hub-161-99"
    case insiderTrio = "insider-trio"
    case bankTeller = "bank-teller"
    case hackerSource = "hacker-source"
    case trainingLeak = "training-leak"
    case propertyFive = "property-five"
    case telecomEight = "telecom-eight"
    case simRegistration = "sim-registration"
    case smallOffences = "small-offences"
    case load

    /// The parameters that the preset stands for, if it is made after parameters.
    var parametric: CasePreset? { CasePreset(rawValue: rawValue) }

    /// The small published case that the preset is made after, if it is one.
    var published: PublishedCase? { PublishedCase(rawValue: rawValue) }
  }

  static let configuration = CommandConfiguration(
    abstract: "Writes an invented case with known truth, as real export formats.",
    discussion: """
      The exports lie in exports/, the truth in truth/, which no analysis reads. The same preset,
      seed and options give the same bytes; truth/parameters.json says what they were.

      clean: every phone seized, no noise. field: what a good investigation finds. sparse: half of
      the phones and twice the noise. large: fifty lines. The other options change one effect of
      these four. load is for measurements; all others are the committed data sets.

      EXAMPLES
        clew simulate --preset field --seed 7 -o field-7
        clew simulate --preset field --seed 7 --seized-first 40 --cash 50 -o field-7-worse
        clew simulate --preset load --messages 1000000 --transfers 200000 --devices 300 -o load
      """
  )

  @Option(
    help: ArgumentHelp(
      "\(Preset.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "preset"
    )
  )
  var preset: Preset
  @Option(name: [.short, .long], help: ArgumentHelp("The folder.", valueName: "folder"))
  var output: String
  @Option(
    help: ArgumentHelp(
      "Where the random numbers start; the dataset's own, or 1, when absent.",
      valueName: "n"
    )
  )
  var seed: UInt64?
  @Option(help: ArgumentHelp("load: how many messages.", valueName: "n")) var messages = 1_000_000
  @Option(help: ArgumentHelp("load: how many transfers.", valueName: "n")) var transfers = 200_000
  @Option(help: ArgumentHelp("load: how many devices.", valueName: "n")) var devices = 300
  @OptionGroup(title: "Options of clean, field, sparse and large") var flags: CaseFlags

  func validate() throws {
    if let parametric = preset.parametric {
      _ = try flags.parameters(of: parametric, seed: seed ?? 1)
    } else if !flags.isEmpty {
      throw ValidationError(
        "--preset \(preset.rawValue) is made as it is; its shape has no options"
      )
    }
  }

  func run() throws {
    let summary = try generate()
    Terminal.write(
      "\(summary.people.reduce(0, +)) people, \(summary.links) supply links, "
        + "\(summary.messages) messages, \(summary.payments) payments, "
        + "\(summary.devices) seized devices: \(output)/exports, \(output)/truth\n"
    )
  }

  private func generate() throws -> SimulationSummary {
    if let published = preset.published {
      return try published.generate(into: output, seed: seed ?? 1)
    }
    return switch preset {
    case .nineLines: try NineLines.generate(into: output, seed: seed ?? 9)
    case .hub: try HubStar.generate(into: output, seed: seed ?? 161)
    case .load:
      try LoadCase.generate(
        into: output,
        messages: messages,
        transfers: transfers,
        devices: devices,
        seed: seed ?? 1
      )
    default:
      try ParametricCase.generate(
        into: output,
        parameters: flags.parameters(of: preset.parametric ?? .field, seed: seed ?? 1)
      )
    }
  }
}
