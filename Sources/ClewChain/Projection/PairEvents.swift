internal import ClewEvidence

/// An order that a buyer places.
struct OrderEvent: Sendable {
  let at: Int64
  let record: RecordID
  /// 3 names a target and what is wanted; 2 a target alone or a number of items; 1 is vague.
  var strength: Int
  var categories: UInt32
  let targets: [Target]
  let quantity: Int64
  var isDelivered = false
  var isRefused = false
  /// The place of the first order of its run.
  var run = 0
  /// Digests of the short words beside its targets; none where it says what is to be looked up.
  var words: Set<UInt64> = []
  /// Whether it says little but its targets.
  var isTerse = false
  /// Whether it only announces the targets that follow.
  var isHead = false
}

/// Data that a supplier hands over.
struct DeliveryEvent: Sendable {
  let at: Int64
  let record: RecordID
  /// 3 answers an order by its target; 2 is data by its own look; 1 is a picture after an order.
  var strength: Int
  var categories: UInt32
  var items: Int64
  /// Targets that the buyer had ordered before.
  var answered: [Target] = []
  /// The orders that it answers.
  var orders: [RecordID] = []
  /// Digest of the file, 0 when none.
  let file: UInt64
  /// The number of items that the file's name states, 0 when none.
  let named: Int64
  /// The file's place in the index, where it lies in the case and holds personal data.
  var attachment: Int?
  /// Whether it is a file of a type that can hold rows, under a name that is not harmless.
  var isList = false
  /// Whether it is a picture.
  var isPicture = false
  /// Whether it is a text built like records.
  var isRecord = false
  /// Whether its rows or its name say that it holds data of persons.
  var isPersonal = false
  /// Whether its items are those of a run, of which further files may hold some.
  var sharesRun = false
  /// Whether it is a list as every office, class and club hands round: few rows, and nobody had clearly
  /// ordered them.
  var isShortList = false
}

/// A price that a supplier asks for data of persons.
struct Quote: Sendable, Hashable {
  let at: Int64
  let record: RecordID
  let fen: Int64
}

/// What one direction of a pair shows: supplier to buyer.
struct DirectedEvidence: Sendable {
  var orders: [OrderEvent] = []
  var deliveries: [DeliveryEvent] = []
  var offers: [Exhibit] = []
  var refusals: [Exhibit] = []
  /// Prices for data of persons; they count where they were paid.
  var quotes: [Quote] = []
  /// Files that went this way without looking like data: they count only if passed on.
  var plainFiles: [DeliveryEvent] = []
  /// Prices that the supplier named for what was ordered, with how many items they are for.
  var asked: [PriceSaid] = []
}

/// A price that a supplier names for goods of one category.
struct PriceSaid: Sendable, Hashable {
  let categories: UInt32
  let fen: Int64
  let items: Int64
}
