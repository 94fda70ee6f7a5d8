internal import ClewEvidence

/// Finds goods by the way that they and the money for them go: a file that a person buys and sells on.
///
/// Who hands out goods in person, and is known to those around him, needs no order in writing. Then the
/// file itself tells. It is goods when it goes from *s* to *b* and later from *b* to *c*, the same file
/// or the same rows, and
/// - it holds data of persons, by its rows, its name, or what is said of it when it is paid. Price lists,
///   drawings and translations are bought and sold on, too;
/// - *b* pays *s*, and *c* pays *b*, each for it (``Bill``);
/// - the two sums differ. Who takes in what he lays out collects for others: a class fund, an invoice;
/// - either hand-over bears a sign of trade (``Leg/signs``), or one of them two, of which one is that
///   an end is called by a word of resale. That the one was a sale does not make the other one.
///
/// Once it is goods, everybody who holds it by such a sale sells it to whom he hands it, if it is paid
/// for or was asked for. Who has it already buys nothing.
struct ResaleFinder {
  /// A hand-over that is shown to be a sale.
  struct Sale: Sendable {
    /// The message that carries the file.
    let record: RecordID
    /// The first record of each payment for it.
    let payments: Set<RecordID>
    /// The prices that were asked and paid.
    let quotes: [Quote]
  }

  /// A payment for a hand-over.
  private struct Bill {
    let payment: Payment
    /// The supplier had asked for this sum for such data.
    let quote: Quote?
  }

  private struct Leg {
    let direction: Direction
    let file: UInt64
    let at: Int64
    let record: RecordID
    let isPersonal: Bool
    let isOrdered: Bool
    let isCalledResale: Bool
    let bills: [Bill]

    var sum: Int64 { bills.reduce(0) { $0.addingClamped($1.payment.fen ?? 0) } }
    var isNamed: Bool { bills.contains { $0.payment.namesList || $0.quote != nil } }
    /// An end called by a word of resale, a memo that names the data, a price that was asked and paid.
    var signs: Int {
      [
        isCalledResale, bills.contains(where: \.payment.namesList),
        bills.contains { $0.quote != nil },
      ].count(where: \.self)
    }
  }

  private struct Holding: Hashable {
    let party: Int
    let file: UInt64
  }

  private let prices: PriceBook
  private let possiblyOne: Set<CaseView.Pair>
  /// The files that hold the same rows as another.
  private var alike: [UInt64: [UInt64]] = [:]
  private let sharing: [(UInt64, UInt64)]
  private var legs: [UInt64: [Leg]] = [:]

  /// How far a payment that says what it is for may lie from the hand-over: a weekend.
  private static let namedWindow: Int64 = 3 * 86_400_000
  /// How far one that does not may lie: what happens within this time is one dealing.
  private static let plainWindow = SupplyLink.episodeGap
  /// How long a price or an order holds.
  private static let quoteWindow: Int64 = 10 * 86_400_000

  /// - Parameters:
  ///   - prices: What was paid.
  ///   - sharing: The files that hold the same rows, pair by pair.
  ///   - possiblyOne: Parties that may be one person: between them nothing is sold.
  init(
    _ prices: PriceBook,
    sharing: [(UInt64, UInt64)] = [],
    possiblyOne: Set<CaseView.Pair> = []
  ) {
    self.prices = prices
    self.sharing = sharing
    self.possiblyOne = possiblyOne
    for (one, other) in sharing {
      alike[one, default: []].append(other)
      alike[other, default: []].append(one)
    }
  }

  /// Takes in what one party handed another.
  mutating func add(_ draft: LinkDraft, _ direction: Direction) {
    let evidence = draft.evidence
    let handed = (evidence.deliveries + evidence.plainFiles).filter {
      $0.file != 0 && $0.isList && $0.at != .min
    }
    guard !handed.isEmpty, isApart(direction.supplier, direction.buyer) else { return }
    let orders = evidence.orders.filter {
      !$0.isRefused && $0.at != .min && ($0.categories != 0 || $0.quantity > 0)
    }.map(\.at).sorted()
    let quotes = Dictionary(grouping: evidence.quotes, by: \.fen)
    for event in handed {
      let asked = orders.last(notAfter: event.at, at: \.self)
      legs[event.file, default: []].append(
        Leg(
          direction: direction,
          file: event.file,
          at: event.at,
          record: event.record,
          isPersonal: event.isPersonal,
          isOrdered: asked.map { event.at.subtractingClamped($0) <= Self.quoteWindow } == true,
          isCalledResale: draft.isCalledResale,
          bills: bills(for: event, direction, quotes)
        )
      )
    }
  }

  private func bills(
    for event: DeliveryEvent,
    _ direction: Direction,
    _ quotes: [Int64: [Quote]]
  ) -> [Bill] {
    prices.prices(direction, around: event.at, within: Self.namedWindow).compactMap { payment in
      let said = payment.fen.flatMap { quotes[$0] }?.last(notAfter: payment.at, at: \.at)
      let quote = said.flatMap {
        payment.at.subtractingClamped($0.at) <= Self.quoteWindow ? $0 : nil
      }
      let apart = max(event.at, payment.at).subtractingClamped(min(event.at, payment.at))
      guard payment.namesList || quote != nil || apart <= Self.plainWindow else { return nil }
      return Bill(payment: payment, quote: quote)
    }
  }

  private func isApart(_ one: Int, _ other: Int) -> Bool {
    one != other && !possiblyOne.contains(CaseView.Pair(one, other))
  }

  /// The sales of each direction, in order of time.
  func sales() -> [Direction: [Sale]] {
    var sold: Set<RecordID> = []
    var held: [Holding: Int64] = [:]
    for (one, other) in legs.keys.sorted().map({ ($0, $0) }) + sharing {
      let carried = legs[one] ?? []
      let also = one == other ? [] : legs[other] ?? []
      guard max(carried.count, also.count) <= RelayIndex.legLimit else { continue }
      let paid = (carried + also).filter { !$0.bills.isEmpty }
      for first in paid {
        for second in paid where isResale(first, second) {
          sold.formUnion([first.record, second.record])
          held[Holding(party: first.direction.supplier, file: first.file)] = .min
        }
      }
    }
    guard !sold.isEmpty else { return [:] }
    return handedOn(sold, held)
  }

  /// Follows the goods from hand to hand, in order of time.
  private func handedOn(
    _ sold: Set<RecordID>,
    _ known: [Holding: Int64]
  ) -> [Direction: [Sale]] {
    var held = known
    var sales: [Direction: [Sale]] = [:]
    let all = legs.values.filter { $0.count <= RelayIndex.legLimit }.joined().sorted {
      $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record
    }
    for leg in all {
      func holds(_ party: Int) -> Bool {
        ([leg.file] + (alike[leg.file] ?? [])).contains { file in
          held[Holding(party: party, file: file)].map { $0 <= leg.at } == true
        }
      }
      guard
        sold.contains(leg.record)
          || (leg.isOrdered || !leg.bills.isEmpty) && holds(leg.direction.supplier)
            && !holds(leg.direction.buyer)
      else { continue }
      let holding = Holding(party: leg.direction.buyer, file: leg.file)
      held[holding] = min(held[holding] ?? .max, leg.at)
      sales[leg.direction, default: []].append(
        Sale(
          record: leg.record,
          payments: Set(leg.bills.compactMap(\.payment.records.first)),
          quotes: leg.bills.compactMap(\.quote)
        )
      )
    }
    return sales
  }

  private func isResale(_ first: Leg, _ second: Leg) -> Bool {
    first.direction.buyer == second.direction.supplier
      && isApart(first.direction.supplier, second.direction.buyer)
      && first.at < second.at && second.at.subtractingClamped(first.at) <= RelayIndex.window
      && (first.isPersonal || second.isPersonal || first.isNamed || second.isNamed)
      && first.sum != second.sum && bearsSigns(first, second)
  }

  private func bearsSigns(_ first: Leg, _ second: Leg) -> Bool {
    if first.signs > 0 && second.signs > 0 { return true }
    return first.signs + second.signs > 1 && (first.isCalledResale || second.isCalledResale)
  }
}

extension Array {
  /// The last element that is not after a moment, in an array that is sorted by time.
  func last(notAfter moment: Int64, at time: (Element) -> Int64) -> Element? {
    let end = partitioningIndex { time($0) > moment }
    return end > 0 ? self[end - 1] : nil
  }
}
