public import ClewEvidence

/// The kinds of evidence that one party supplies another (DESIGN §4), strongest first.
public enum EvidenceKind: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The same target ordered and delivered, or the same file passed on.
  case payload
  /// A sale that the evidence states outright.
  case trade
  /// Rows of personal data or a data file sent to the buyer.
  case delivery
  /// The buyer names a target or a category to the supplier.
  case order
  /// The buyer pays the supplier, fitting an order or delivery in time.
  case payment
  /// The supplier quotes a price or offers goods.
  case offer
  /// A remark or tag that says supplier or buyer.
  case label

  /// Sorts as the description of the type says.
  public static func < (left: EvidenceKind, right: EvidenceKind) -> Bool {
    left.place < right.place
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How firm the evidence of a supply link is.
public enum Grade: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Payload or delivery together with payment; rows seen to pass on that were ordered; or a stated and
  /// paid sale.
  case a = "A"
  /// Two strong kinds without the other half: order and delivery, or order and payment.
  case b = "B"
  /// One strong kind, or weak ones together.
  case c = "C"
  /// Labels or offers only.
  case d = "D"

  /// Sorts as the description of the type says.
  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}

/// One record that speaks for or against a link, and as what.
public struct Exhibit: Sendable, Hashable, Comparable {
  /// The record.
  public let record: RecordID
  /// As what it counts.
  public let kind: EvidenceKind
  /// When it happened, in milliseconds since 1970; `Int64.min` when unknown.
  public let at: Int64
  /// What it counts for, in the points of ``LinkWeights``; negative for counter-evidence.
  public let points: Int

  /// Sorts as the description of the type says.
  public static func < (left: Exhibit, right: Exhibit) -> Bool {
    if left.at != right.at { return left.at < right.at }
    if left.record != right.record { return left.record < right.record }
    return left.kind < right.kind
  }
}

/// That one party supplies another, with all that speaks for and against it.
public struct SupplyLink: Sendable, Hashable {
  /// The supplier's place in the party table.
  public let supplier: Int
  /// The buyer's place in the party table.
  public let buyer: Int
  /// How firm the evidence is.
  public let grade: Grade
  /// The evidence in points; see ``LinkWeights``.
  public let score: Int
  /// The kinds of evidence that it rests on.
  public let kinds: Set<EvidenceKind>
  /// Orders that name a target, a category or a number of items.
  public let orders: Int
  /// Deliveries seen.
  public let deliveries: Int
  /// Payments that fit.
  public let payments: Int
  /// Items delivered, by category place; the last entry counts those of no known category.
  public let items: [Int64]
  /// What the buyer paid for it, in fen.
  public let amountFen: Int64
  /// The first and the last event, in milliseconds since 1970, if any has a time.
  public let span: ClosedRange<Int64>?
  /// The records that prove it, in order of time.
  public let evidence: [Exhibit]
  /// The records that speak against it, in order of time.
  public internal(set) var against: [Exhibit]

  /// How many dealings the link stands for: orders with the goods and the money that belong to them, as
  /// far as they are seen (`DealingCount`).
  public let dealings: Int

  /// All items delivered, or the largest number when a file claims more.
  package var itemTotal: Int64 { items.reduce(0) { $0.addingClamped($1) } }

  /// Messages less than this apart, in milliseconds, belong to one dealing.
  static let episodeGap: Int64 = 3_600_000

  /// How many episodes some moments make; those without a time count one each.
  static func episodes(_ moments: [Int64]) -> Int {
    var count = moments.count { $0 == .min }
    var last: Int64?
    for moment in moments.filter({ $0 != .min }).sorted() {
      if last.map({ moment - $0 > episodeGap }) != false { count += 1 }
      last = moment
    }
    return count
  }
}

/// How many points each kind of evidence gives, and how many make a link.
///
/// A link needs ``threshold`` points and two independent kinds (threats.md O12), so that neither a
/// friend who pays for a meal nor a colleague who sends a spreadsheet becomes a trader.
public struct LinkWeights: Sendable, Hashable {
  /// The version reported with every analysis.
  public static let version = "clew-model/4"

  /// One target ordered and delivered, or one file passed on.
  public var payload = 6
  /// Rows of personal data or a data file.
  public var delivery = 4
  /// A picture or unnamed file right after an order.
  public var weakDelivery = 2
  /// An order that names a target, or a category with a number of items.
  public var order = 3
  /// An order in general words.
  public var weakOrder = 1
  /// A payment that fits.
  public var payment = 3
  /// A payment whose memo names goods.
  public var tradeMemo = 4
  /// A price quoted after an order, or goods offered.
  public var offer = 1
  /// A remark or tag.
  public var label = 2
  /// A stated sale.
  public var trade = 12
  /// No kind gives more than this in all, so that no kind decides alone by its number.
  public var cap = 12
  /// Weak orders never give more than this in all.
  public var weakOrderCap = 2
  /// The points that make a link.
  public var threshold = 6

  /// The standard weights.
  public init() {}
}

extension LinkWeights {
  /// The points of some exhibits together: weak orders, offers, labels and each kind have their cap.
  func points(of exhibits: [Exhibit]) -> Int {
    var sums: [EvidenceKind: Int] = [:]
    var weakOrders = 0
    for exhibit in exhibits {
      if exhibit.kind == .order, exhibit.points == weakOrder {
        weakOrders += exhibit.points
      } else {
        sums[exhibit.kind, default: 0] += exhibit.points
      }
    }
    sums[.order, default: 0] += min(weakOrders, weakOrderCap)
    sums[.offer] = min(sums[.offer] ?? 0, 2 * offer)
    sums[.label] = min(sums[.label] ?? 0, label)
    return sums.values.reduce(0) { $0 + min($1, cap) }
  }
}
