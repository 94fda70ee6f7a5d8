internal import ClewEvidence

/// Rounds of a trade that is hardly put into words: somebody names a person's number, and is handed a list
/// or a record not long after.
///
/// Once, that happens between anybody and his insurer or club. Whoever lives from it does it again, with
/// other numbers; and what one does who is known to sell to others is judged by that.
struct Rounds: Sendable {
  /// An order and the hand-over that followed it.
  struct Round: Sendable {
    /// Its place among the orders.
    let order: Int
    /// Its place among the files that looked like nothing; `nil` where it is a delivery already.
    let file: Int?
    let at: Int64
  }

  /// The rounds, in order of time.
  private(set) var rounds: [Round] = []
  /// When lists and records were handed over.
  private let moments: [Int64]
  /// When texts built like records were.
  private let records: [Int64]

  /// How long a hand-over may take.
  private static let window: Int64 = 4 * 86_400_000
  /// How many orders before a hand-over are asked, so that a flood costs no more than its length.
  private static let lookBack = 64
  /// How near to a hand-over a payment is for it.
  private static let paidWithin: Int64 = 2 * 86_400_000

  /// A list or record that went to the buyer.
  private struct HandOver {
    let at: Int64
    let file: Int?
    /// Whether it is data by its own name, so that an order without a number is enough.
    let isData: Bool
  }

  /// - Complexity: O(*n* log *n*) for *n* orders and hand-overs: of the orders before a hand-over, the last
  ///   ``lookBack`` are asked.
  init(_ evidence: DirectedEvidence) {
    var handOvers = evidence.deliveries.filter { ($0.isList || $0.isRecord) && $0.at != .min }
      .map { HandOver(at: $0.at, file: nil, isData: $0.isList && $0.strength >= 3) }
    for (place, file) in evidence.plainFiles.enumerated() where file.isList && file.at != .min {
      handOvers.append(HandOver(at: file.at, file: place, isData: false))
    }
    handOvers.sort { $0.at != $1.at ? $0.at < $1.at : ($0.file ?? -1) < ($1.file ?? -1) }
    moments = handOvers.map(\.at)
    records = evidence.deliveries.filter { $0.isRecord && $0.at != .min }.map(\.at)
    var isAnswered = [Bool](repeating: false, count: evidence.orders.count)
    for handOver in handOvers {
      let end = evidence.orders.partitioningIndex { $0.at > handOver.at }
      for place in evidence.orders.indices[..<end].suffix(Self.lookBack).reversed() {
        let order = evidence.orders[place]
        if order.at == .min || handOver.at.subtractingClamped(order.at) > Self.window { break }
        let names = !order.targets.isEmpty || (handOver.isData && order.categories != 0)
        guard names, !isAnswered[place], !order.isRefused else { continue }
        isAnswered[place] = true
        rounds.append(Round(order: place, file: handOver.file, at: handOver.at))
        break
      }
    }
  }

  /// Whether the rounds are trade.
  ///
  /// They are if there are two, or one with a record and another hand-over, or if records come twice.
  /// Colleagues hand each other such things as well, but do not pay for them: of somebody who is not
  /// known to sell, a hand-over must have been paid. From somebody who is, a record that was ordered or
  /// paid is enough, or a round with two paid hand-overs.
  ///
  /// - Parameters:
  ///   - isKnownSeller: Whether the supplier sells to others without doubt.
  ///   - payments: When the buyer paid something that is none of private life.
  /// - Returns: Whether the evidence is to be taken for trade.
  func areTrade(isKnownSeller: Bool, payments: [Int64]) -> Bool {
    let payments = payments.sorted()
    let paid = SupplyLink.episodes(
      moments.filter { moment in
        let next = payments.partitioningIndex { $0 >= moment.subtractingClamped(Self.paidWithin) }
        return next < payments.count && payments[next] <= moment.addingClamped(Self.paidWithin)
      }
    )
    guard isKnownSeller || paid > 0 else { return false }
    let count = SupplyLink.episodes(rounds.map(\.at))
    let told = SupplyLink.episodes(records)
    if count >= 2 || told >= 2 { return true }
    if told > 0, count > 0, SupplyLink.episodes(moments) >= 2 { return true }
    guard isKnownSeller else { return false }
    return told > 0 ? count > 0 || !payments.isEmpty : count > 0 && paid >= 2
  }
}

/// Rounds in which nothing is said at all: an identity number, then a picture, then money.
///
/// A ticket is bought so once or twice. Whoever names three people one after the other, says nothing of
/// what is wanted, is sent a picture each time and pays each time, buys what is known of them.
struct PictureRounds: Sendable {
  /// The rounds that were paid, in order of time.
  private(set) var rounds: [Rounds.Round] = []
  private var people: Set<Target> = []

  private static let window: Int64 = 4 * 86_400_000
  private static let paidWithin: Int64 = 2 * 86_400_000

  /// - Parameters:
  ///   - evidence: What one direction shows.
  ///   - payments: When the buyer paid something that is none of private life.
  /// - Complexity: O(*n* + *p* log *p*) for *n* orders and pictures and *p* payments.
  init(_ evidence: DirectedEvidence, payments: [Int64]) {
    let payments = payments.sorted()
    var next = 0
    var open: [Int] = []
    for (place, picture) in evidence.plainFiles.enumerated()
    where picture.isPicture && picture.at != .min {
      while next < evidence.orders.count, evidence.orders[next].at <= picture.at {
        if evidence.orders[next].namesPerson, !evidence.orders[next].isRefused { open.append(next) }
        next += 1
      }
      open.removeAll { picture.at.subtractingClamped(evidence.orders[$0].at) > Self.window }
      let paid = payments.partitioningIndex { $0 >= picture.at - Self.paidWithin }
      guard let order = open.first, paid < payments.count,
        payments[paid] <= picture.at + Self.paidWithin
      else { continue }
      open.removeFirst()
      guard people.isDisjoint(with: evidence.orders[order].targets) else { continue }
      people.formUnion(evidence.orders[order].targets)
      rounds.append(Rounds.Round(order: order, file: place, at: picture.at))
    }
  }

  /// Whether the rounds are trade: three, or two with somebody who sells to others without doubt.
  func areTrade(isKnownSeller: Bool) -> Bool { rounds.count >= (isKnownSeller ? 2 : 3) }
}

extension LinkDraft {
  /// Takes rounds for orders and deliveries, if they are trade.
  ///
  /// - Parameter isKnownSeller: Whether the supplier sells to others without doubt.
  /// - Returns: Whether they are.
  mutating func takeRounds(isKnownSeller: Bool) -> Bool {
    let rounds = Rounds(evidence)
    let paid = payments.filter { !isPrivate($0) && $0.at != .min }.map(\.at)
    guard rounds.areTrade(isKnownSeller: isKnownSeller, payments: paid) else {
      let pictures = PictureRounds(evidence, payments: paid)
      guard pictures.areTrade(isKnownSeller: isKnownSeller) else { return false }
      take(pictures.rounds, isKnownSeller: isKnownSeller)
      return true
    }
    take(rounds.rounds, isKnownSeller: isKnownSeller)
    return true
  }
}
