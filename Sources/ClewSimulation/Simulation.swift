import ClewEvidence
import Foundation

/// What a generated case holds, counted while it was written.
public struct SimulationSummary: Sendable, Equatable {
  /// How many people are sources, first-level agents, second-level agents, further agents, customers
  /// and outsiders, in this order.
  public internal(set) var people: [Int]
  /// Supply links, and how many of them cross lines.
  public internal(set) var links: Int
  /// Links between lines and shared sources.
  public internal(set) var crossLinks: Int
  /// Different messages of the story.
  public internal(set) var messages: Int
  /// Messages as rows of the exports; one seen from two phones is two rows.
  public internal(set) var messageRows: Int
  /// Payments of the story, trade and private.
  public internal(set) var payments: Int
  /// Payments that are no trade.
  public internal(set) var privatePayments: Int
  /// People whose devices were seized.
  public internal(set) var devices: Int
  /// Records handed over in bulk, along all links.
  public internal(set) var records: Int
}

/// An invented case: people, what they do, and what investigators find of it.
///
/// The same seed writes the same bytes on every machine.
public struct Simulation {
  /// What happens when.
  enum Activity {
    case request(StoryRequest)
    case chat(Int)
    case chatter(group: Int, turns: Int)
    case smallTalk(link: Int)
    /// Everybody in a group says a word, so that its members are known.
    case rollCall(group: Int)
  }

  var teller: Storyteller
  private var writer: ExportWriter
  private let folder: String
  private var flushed: Int64

  init(
    cast: Cast,
    folder: String,
    seed: UInt64,
    start: Int64,
    end: Int64,
    bankHolders: [Int] = []
  ) throws(EvidenceError) {
    self.folder = folder
    try Self.clear(folder)
    teller = Storyteller(cast: cast, seed: seed, end: end)
    writer = try ExportWriter(
      cast: cast,
      root: folder + "/exports",
      seed: seed,
      start: start,
      bankHolders: bankHolders
    )
    flushed = start
  }

  /// Removes an earlier case, so that nothing of it is left; anything else is not touched.
  private static func clear(_ folder: String) throws(EvidenceError) {
    let files = FileManager.default
    let parts = [folder + "/exports", folder + "/truth"]
    guard parts.contains(where: { files.fileExists(atPath: $0) }) else { return }
    guard files.fileExists(atPath: folder + "/truth/parties.csv") else {
      throw EvidenceError.inputOutput(
        path: folder,
        reason: "holds exports of another origin; give an empty folder"
      )
    }
    do {
      for part in parts where files.fileExists(atPath: part) { try files.removeItem(atPath: part) }
    } catch {
      throw EvidenceError.inputOutput(path: folder, reason: "\(error)")
    }
  }

  /// Lets things happen, in order of time, and writes them as they become settled.
  mutating func run(
    _ activities: [(time: Int64, activity: Activity)]
  ) throws(EvidenceError) {
    let ordered = activities.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    for (_, item) in ordered {
      if item.time - flushed > WallClock.day { try flush(before: item.time - WallClock.hour) }
      switch item.activity {
      case .request(let request): teller.tell(request)
      case .chat(let bond): teller.chat(teller.cast.bonds[bond], at: item.time)
      case .chatter(let group, let turns): teller.chatter(group, turns: turns, at: item.time)
      case .rollCall(let group): teller.rollCall(group, at: item.time)
      case .smallTalk(let link): teller.smallTalk(link, at: item.time)
      }
    }
  }

  mutating func flush(before time: Int64) throws(EvidenceError) {
    let (events, payments) = teller.flush(before: time)
    try writer.write(events, cast: teller.cast)
    try writer.write(payments, cast: teller.cast)
    flushed = max(flushed, time)
  }

  /// Settles the accounts, writes what is left, and the truth beside it.
  mutating func finish() throws(EvidenceError) -> SimulationSummary {
    teller.clearAll(at: teller.end)
    try flush(before: .max)
    try writer.finish(cast: teller.cast)
    let cast = teller.cast
    try TruthTables(cast: cast, seen: writer.seen, folder: folder + "/truth").write()
    return SimulationSummary(
      people: TrueRole.allCases.map { role in cast.people.filter { $0.role == role }.count },
      links: cast.links.count,
      crossLinks: cast.links.filter { $0.crossKind != nil }.count,
      messages: teller.messageCount,
      messageRows: writer.messageRows,
      payments: teller.paymentCount,
      privatePayments: teller.privatePayments,
      devices: writer.devices,
      records: cast.links.reduce(0) { $0 + $1.records }
    )
  }
}
