import ArgumentParser
internal import ClewSimulation

/// The verb `clew simulate`.
struct Simulate: ParsableCommand {
  enum Preset: String, ExpressibleByArgument, CaseIterable {
    case nineLines = "nine-lines"
    case hub = "hub-161-99"
    case load
  }

  static let configuration = CommandConfiguration(
    abstract: "Writes an invented case with known truth, as real export formats.",
    discussion: """
      The exports lie in exports/, the truth in truth/, which no analysis reads. The same preset
      and seed give the same bytes.

      EXAMPLES
        clew simulate --preset nine-lines -o nine-lines
        clew simulate --preset load --messages 1000000 --transfers 200000 --devices 300 -o load
      """
  )

  @Option(help: ArgumentHelp("nine-lines, hub-161-99 or load.", valueName: "preset"))
  var preset: Preset
  @Option(name: [.short, .long], help: ArgumentHelp("The folder.", valueName: "folder"))
  var output: String
  @Option(
    help: ArgumentHelp(
      "Where the random numbers start; the dataset's own when absent.",
      valueName: "n"
    )
  )
  var seed: UInt64?
  @Option(help: ArgumentHelp("load: how many messages.", valueName: "n")) var messages = 1_000_000
  @Option(help: ArgumentHelp("load: how many transfers.", valueName: "n")) var transfers = 200_000
  @Option(help: ArgumentHelp("load: how many devices.", valueName: "n")) var devices = 300

  func run() throws {
    let summary =
      switch preset {
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
      }
    Terminal.write(
      "\(summary.people.reduce(0, +)) people, \(summary.links) supply links, "
        + "\(summary.messages) messages, \(summary.payments) payments, "
        + "\(summary.devices) seized devices: \(output)/exports, \(output)/truth\n"
    )
  }
}
