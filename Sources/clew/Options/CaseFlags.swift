import ArgumentParser
internal import ClewSimulation

/// What differs from the preset of an invented case.
struct CaseFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Lines, each with one principal.", valueName: "n")) var lines: Int?
  @Option(help: ArgumentHelp("Sources for each kind of data.", valueName: "n"))
  var sourcesPerCategory: Int?
  @Option(help: ArgumentHelp("Lines that a source serves at most.", valueName: "n"))
  var linesPerSource: Int?
  @Option(help: ArgumentHelp("Second-level agents for each line.", valueName: "n"))
  var secondsPerLine: Int?
  @Option(help: ArgumentHelp("Further agents for each line.", valueName: "n")) var subsPerLine: Int?
  @Option(help: ArgumentHelp("The lowest tier of agents.", valueName: "n")) var depth: Int?
  @Option(
    help: ArgumentHelp(
      "Agents for each line on tier 2, 3 and so on, in place of the three above.",
      valueName: "n,n…"
    )
  ) var agentsByTier: NumberList?
  @Option(help: ArgumentHelp("Customers for each line.", valueName: "n")) var customersPerLine: Int?
  @Option(
    help: ArgumentHelp(
      "Agents who also buy from an equal of another line, in percent.",
      valueName: "n"
    )
  ) var lateral: Int?
  @Option(help: ArgumentHelp("Agents with a second supplier, in percent.", valueName: "n"))
  var secondSuppliers: Int?
  @Option(help: ArgumentHelp("Days from the first to the last order.", valueName: "n")) var days:
    Int?
  @Option(help: ArgumentHelp("Requests that begin on each link, on average.", valueName: "n"))
  var ordersPerLink: Int?
  @Option(
    help: ArgumentHelp("How often customers ask, in percent of agents.", valueName: "n")
  ) var customerOrders: Int?
  @Option(
    help: ArgumentHelp("Kinds of data that a customer asks a supplier for at most.", valueName: "n")
  ) var customerKinds: Int?
  @Option(help: ArgumentHelp("What customers pay more than agents, in percent.", valueName: "n"))
  var retail: Int?
  @Option(
    help: ArgumentHelp(
      "Requests for bulk files on links that deal in them, in percent.",
      valueName: "n"
    )
  ) var bulk: Int?
  @Option(help: ArgumentHelp("Rise of the price from tier to tier, in percent.", valueName: "n"))
  var markup: Int?
  @Option(
    help: ArgumentHelp(
      "Rise of the price below the sources, tier 1 and so on, in percent.",
      valueName: "n,n…"
    )
  ) var markupByTier: NumberList?
  @Option(help: ArgumentHelp("Requests that fail, in percent.", valueName: "n")) var refunds: Int?
  @Option(help: ArgumentHelp("Waiting times, in percent of the usual.", valueName: "n")) var delay:
    Int?
  @Option(help: ArgumentHelp("Orders that name no target, in percent.", valueName: "n")) var vague:
    Int?
  @Option(help: ArgumentHelp("Answers that are pictures, in percent.", valueName: "n"))
  var pictures: Int?
  @Option(help: ArgumentHelp("Payments that leave no trace, in percent.", valueName: "n")) var cash:
    Int?
  @Option(help: ArgumentHelp("Trade contacts with a telling remark, in percent.", valueName: "n"))
  var labels: Int?
  @Option(
    help: ArgumentHelp("People who write in a register of their own, in percent.", valueName: "n")
  ) var registers: Int?
  @Option(help: ArgumentHelp("Phrases with no word of the lexicon, in percent.", valueName: "n"))
  var unknownWording: Int?
  @Option(help: ArgumentHelp("Chat accounts of a hundred traders.", valueName: "n")) var accounts:
    Int?
  @Option(
    help: ArgumentHelp("Second accounts of which a contact is told, in percent.", valueName: "n")
  ) var introductions: Int?
  @Option(help: ArgumentHelp("Bystanders for a hundred traders.", valueName: "n")) var bystanders:
    Int?
  @Option(
    help: ArgumentHelp("Traders who are friends with another trader, in percent.", valueName: "n")
  ) var accomplices: Int?
  @Option(help: ArgumentHelp("Chat groups of each line.", valueName: "n")) var groupsPerLine: Int?
  @Option(help: ArgumentHelp("Groups across the lines.", valueName: "n")) var exchangeGroups: Int?
  @Option(help: ArgumentHelp("Phones seized of sources, in percent.", valueName: "n"))
  var seizedSources: Int?
  @Option(help: ArgumentHelp("Phones seized of first-level agents, in percent.", valueName: "n"))
  var seizedFirst: Int?
  @Option(help: ArgumentHelp("Phones seized of second-level agents, in percent.", valueName: "n"))
  var seizedSecond: Int?
  @Option(help: ArgumentHelp("Phones seized of further agents, in percent.", valueName: "n"))
  var seizedSubs: Int?
  @Option(help: ArgumentHelp("Phones seized of customers, in percent.", valueName: "n"))
  var seizedCustomers: Int?
  @Option(
    help: ArgumentHelp(
      "Seized whose computer was read in place of the phone, in percent.",
      valueName: "n"
    )
  ) var desktops: Int?
  @Option(
    help: ArgumentHelp("Bonds of bystanders that look like the trade, in percent.", valueName: "n")
  ) var lookalikes: Int?
  @Option(
    help: ArgumentHelp("Lines that two principals lead, in percent.", valueName: "n")
  ) var partners: Int?
  @Option(
    help: ArgumentHelp("Seized phones with a bill of WeChat Pay, in percent.", valueName: "n")
  ) var bills: Int?
  @Option(
    help: ArgumentHelp(
      "Payment returns of those whose phones were seized, in percent.",
      valueName: "n"
    )
  ) var returns: Int?
  @Option(help: ArgumentHelp("Payment returns of other traders, in percent.", valueName: "n"))
  var returnsOfOthers: Int?

  /// The parameters of a preset with what was asked for instead.
  ///
  /// - Throws: `ValidationError` when a number is out of its range.
  func parameters(of preset: CasePreset, seed: UInt64) throws -> CaseParameters {
    var parameters = preset.parameters
    parameters.seed = seed
    for (given, path) in numbers {
      if let given { parameters[keyPath: path] = given }
    }
    if let agentsByTier { parameters.agentsByTier = agentsByTier.numbers }
    if let markupByTier { parameters.markupByTier = markupByTier.numbers }
    if let fault = parameters.fault { throw ValidationError(fault) }
    return parameters
  }

  /// Whether any of them was given.
  var isEmpty: Bool {
    numbers.allSatisfy { $0.0 == nil } && agentsByTier == nil && markupByTier == nil
  }

  private var numbers: [(Int?, WritableKeyPath<CaseParameters, Int>)] {
    [
      (lines, \.lines), (sourcesPerCategory, \.sourcesPerCategory),
      (linesPerSource, \.linesPerSource), (secondsPerLine, \.secondsPerLine),
      (subsPerLine, \.subsPerLine), (depth, \.depth), (customersPerLine, \.customersPerLine),
      (lateral, \.lateral), (secondSuppliers, \.secondSuppliers), (days, \.days),
      (ordersPerLink, \.ordersPerLink), (customerOrders, \.customerOrders),
      (customerKinds, \.customerKinds), (retail, \.retail), (bulk, \.bulk), (markup, \.markup),
      (refunds, \.refunds),
      (delay, \.delay), (vague, \.vague), (pictures, \.pictures), (cash, \.cash),
      (labels, \.labels), (registers, \.registers), (unknownWording, \.unknownWording),
      (accounts, \.accounts), (introductions, \.introductions), (bystanders, \.bystanders),
      (accomplices, \.accomplices),
      (groupsPerLine, \.groupsPerLine), (exchangeGroups, \.exchangeGroups),
      (seizedSources, \.seizedSources), (seizedFirst, \.seizedFirst),
      (seizedSecond, \.seizedSecond), (seizedSubs, \.seizedSubs),
      (seizedCustomers, \.seizedCustomers), (bills, \.bills), (lookalikes, \.lookalikes),
      (desktops, \.desktops),
      (partners, \.partners), (returns, \.returns),
      (returnsOfOthers, \.returnsOfOthers),
    ]
  }
}

/// Whole numbers with commas between them.
struct NumberList: ExpressibleByArgument {
  let numbers: [Int]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard !numbers.isEmpty, numbers.count == parts.count else { return nil }
    self.numbers = numbers
  }
}
