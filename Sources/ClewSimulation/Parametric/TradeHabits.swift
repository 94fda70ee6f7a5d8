/// How the people of a case deal: what the storyteller asks its dice.
///
/// The standard values are those of the committed data sets, whose bytes depend on them.
struct TradeHabits {
  /// Vague orders in a hundred: of those who want the data, and of those who pass the order on.
  var vague = (first: 8, further: 4)
  /// Requests in a hundred that fail.
  var failures = 4
  /// Answers in a hundred that are pictures; `nil` leaves it to the kind of data.
  var pictures: Int?
  /// Payments in a hundred that leave no trace.
  var cash = 0
  /// Phrases in a hundred that use no word of the trade.
  var unknownWording = 0
  /// Second accounts in a hundred of which the other end is told from the first.
  var introductions = 0
  /// Waiting times in percent of the usual.
  var delay: Int64 = 100
  /// Whether bulk files are really written.
  var writesFiles = false
  /// Whether customers offer goods in groups like everybody else.
  var customersOffer = true
  /// Small payments over WeChat in a hundred that are red packets.
  var redPackets = 11
  /// Payments over WeChat in a hundred that go back first.
  var returns = 3
  /// Trade payments in a hundred with a memo, which may be a disguise.
  var memos = 26
  /// Whether prices stay as they were planned.
  var hasFixedPrices = false
  /// What lists are lists of; empty for the usual.
  var topics: [String] = []
  /// Whether bulk files tell identity numbers beside names and telephones.
  var listsIdentities = false

  init() {}

  init(_ parameters: CaseParameters) {
    vague = (parameters.vague, parameters.vague)
    failures = parameters.refunds
    pictures = parameters.pictures
    cash = parameters.cash
    unknownWording = parameters.unknownWording
    introductions = parameters.introductions
    delay = Int64(parameters.delay)
    writesFiles = true
    customersOffer = false
  }
}
