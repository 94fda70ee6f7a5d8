internal import ClewEvidence
import Foundation

/// What an invented case is made of: one number for each effect.
///
/// Shares are in percent from 0 to 100, counts are numbers of people, links or groups.
public struct CaseParameters: Sendable, Hashable, Codable {
  /// The name of the preset that these numbers began from.
  public var preset = "field"
  /// Where the random numbers start.
  public var seed: UInt64 = 1

  // MARK: Who trades

  /// How many lines there are, each with one principal.
  public var lines = 9
  /// Lines in a hundred that two principals lead together.
  public var partners = 10
  /// How many sources there are for each kind of data.
  public var sourcesPerCategory = 2
  /// How many lines a source serves at most; how many each serves is drawn evenly from 1 up to this.
  public var linesPerSource = 3
  /// Second-level agents for each line.
  public var secondsPerLine = 5
  /// Further agents for each line, over all lower tiers.
  public var subsPerLine = 6
  /// The lowest tier on which agents stand.
  public var depth = 4
  /// Agents for each line on tier 2, 3 and so on; in place of the three numbers above where it is given.
  public var agentsByTier: [Int]?
  /// Customers for each line; a few agents serve most of them.
  public var customersPerLine = 28
  /// Agents in a hundred who also buy from an agent of another line on their own tier.
  public var lateral = 20
  /// Agents in a hundred who have a second supplier above them; half as many customers have one.
  public var secondSuppliers = 20

  // MARK: What they deal

  /// The days over which the story goes.
  public var days = 270
  /// Requests that begin on each link, on average; a few links have many more.
  public var ordersPerLink = 3
  /// How often customers ask, in percent of how often agents do.
  public var customerOrders = 100
  /// Kinds of data that a customer asks a supplier for at most.
  public var customerKinds = 3
  /// By how many percent customers pay more than agents who buy from the same supplier.
  public var retail = 0
  /// Requests in a hundred for a bulk file, on links that deal in them.
  public var bulk = 40
  /// By how many percent the price rises from tier to tier.
  public var markup = 45
  /// By how many percent the price rises below the sources, tier 1 and so on, in place of ``markup``.
  ///
  /// The last number holds for all tiers below.
  public var markupByTier: [Int]?
  /// Requests in a hundred that fail; what was paid before is paid back.
  public var refunds = 4
  /// How long people take to pass on orders and answers, in percent of the usual.
  public var delay = 100

  // MARK: What hides it

  /// Orders in a hundred that name neither target nor kind.
  public var vague = 25
  /// Answers in a hundred that are pictures.
  public var pictures = 15
  /// Payments in a hundred that leave no trace, such as cash.
  public var cash = 20
  /// Trade contacts in a hundred that bear a remark which speaks of the trade.
  public var labels = 30
  /// People in a hundred who write in a register of their own: short, polite, in dialect, in code.
  public var registers = 60
  /// Phrases in a hundred that hold none of the words of the analysis' word list.
  public var unknownWording = 10
  /// Chat accounts of a hundred traders; who has a third has two of WeChat and one of QQ.
  public var accounts = 140

  /// Second accounts in a hundred of which a trade contact is told from the first one.
  public var introductions = 50

  // MARK: Life around the trade

  /// Friends, relatives, shops and the like, for a hundred traders.
  public var bystanders = 80
  /// Bonds of bystanders in a hundred that are regular dealings like those of the trade: insurers,
  /// clerks, couriers.
  public var lookalikes = 12
  /// Traders in a hundred who are friends with another trader and talk of other things.
  public var accomplices = 12
  /// Chat groups of each line.
  public var groupsPerLine = 2
  /// Groups in which people of several lines meet.
  public var exchangeGroups = 4

  // MARK: What was seized

  /// Phones seized of a hundred sources.
  public var seizedSources = 50
  /// Phones seized of a hundred first-level agents.
  public var seizedFirst = 80
  /// Phones seized of a hundred second-level agents.
  public var seizedSecond = 50
  /// Phones seized of a hundred further agents.
  public var seizedSubs = 30
  /// Phones seized of a hundred customers.
  public var seizedCustomers = 10
  /// Of a hundred who were seized, of how many the WeChat of a computer was in place of the phone's.
  public var desktops = 15
  /// Of a hundred seized phones, on how many a bill of WeChat Pay lay, which names peers only.
  public var bills = 20
  /// Of a hundred whose phones were seized, for how many the payment companies were asked.
  public var returns = 60
  /// Of a hundred other traders, for how many they were asked.
  public var returnsOfOthers = 15

  /// The parameters of the preset `field`.
  public init() {}

  /// The lowest tier on which agents are made.
  var lowestTier: Int { agentsByTier.map { $0.count + 1 } ?? depth }

  /// By how many percent the price rises below a tier.
  func rise(below tier: Int) -> Int {
    guard let steps = markupByTier, let last = steps.last else { return markup }
    return tier < steps.count ? steps[tier] : last
  }

  /// The share of phones seized of a role.
  func seized(_ role: TrueRole) -> Int {
    switch role {
    case .source: seizedSources
    case .firstLevelAgent: seizedFirst
    case .secondLevelAgent: seizedSecond
    case .subAgent: seizedSubs
    case .customer: seizedCustomers
    case .outsider: 0
    }
  }

  /// Says which number is out of its range, if one is.
  public var fault: String? {
    let counts: [(String, Int, ClosedRange<Int>)] = [
      ("lines", lines, 1...400), ("sources-per-category", sourcesPerCategory, 1...100),
      ("lines-per-source", linesPerSource, 1...20), ("seconds-per-line", secondsPerLine, 1...100),
      ("subs-per-line", subsPerLine, 0...200), ("depth", depth, 2...6),
      ("customers-per-line", customersPerLine, 1...1000), ("days", days, 30...3000),
      ("orders-per-link", ordersPerLink, 1...50), ("markup", markup, 0...400),
      ("customer-orders", customerOrders, 10...2000), ("customer-kinds", customerKinds, 1...8),
      ("retail", retail, 0...400),
      ("delay", delay, 10...2000), ("accounts", accounts, 100...300),
      ("bystanders", bystanders, 1...1000), ("groups-per-line", groupsPerLine, 0...10),
      ("exchange-groups", exchangeGroups, 0...200),
    ]
    let shares: [(String, Int, ClosedRange<Int>)] = [
      ("lateral", lateral), ("second-suppliers", secondSuppliers), ("bulk", bulk),
      ("refunds", refunds), ("vague", vague), ("pictures", pictures), ("cash", cash),
      ("labels", labels), ("registers", registers), ("unknown-wording", unknownWording),
      ("accomplices", accomplices), ("introductions", introductions), ("lookalikes", lookalikes),
      ("seized-sources", seizedSources),
      ("seized-first", seizedFirst), ("seized-second", seizedSecond), ("seized-subs", seizedSubs),
      ("seized-customers", seizedCustomers), ("bills", bills), ("desktops", desktops),
      ("partners", partners), ("returns", returns),
      ("returns-of-others", returnsOfOthers),
    ].map { ($0.0, $0.1, 0...100) }
    let lists: [(String, Int, ClosedRange<Int>)] =
      (agentsByTier ?? []).map { ("agents-by-tier", $0, 0...200) }
      + (markupByTier ?? []).map { ("markup-by-tier", $0, 0...400) }
      + [
        ("agents-by-tier", agentsByTier?.first ?? 1, 1...200),
        ("agents-by-tier", agentsByTier?.count ?? 1, 1...5),
        ("markup-by-tier", markupByTier?.count ?? 1, 1...6),
      ]
    return (counts + shares + lists).first { !$0.2.contains($0.1) }.map {
      "--\($0.0) takes a number from \($0.2.lowerBound) to \($0.2.upperBound)"
    }
  }

  /// Writes the numbers as JSON with sorted keys.
  func write(to path: String) throws(EvidenceError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let text: String
    do {
      text = String(decoding: try encoder.encode(self), as: UTF8.self)
    } catch {
      throw EvidenceError.inputOutput(path: path, reason: "\(error)")
    }
    var file = ExportText(path: path)
    try file.write(text + "\n")
    try file.flush()
  }
}
