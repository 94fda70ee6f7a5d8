internal import GraphCore

/// Payments between two traders of whom no dealing is seen.
///
/// Who pays a trader again and again buys something from him, though no message shows what: the chat is on
/// a phone that nobody seized. That makes no link, for nobody saw goods; it tells where those stand who
/// are known to trade, each payment as much as a dealing.
struct TraderPayments: Sendable {
  /// The other trader, and how many payments there were.
  typealias Payments = (other: NodeID, count: Int64)

  private var paid: [NodeID: [Payments]] = [:]
  private var received: [NodeID: [Payments]] = [:]

  /// A single payment may be for anything.
  private static let least = 2

  /// - Parameters:
  ///   - payments: How often the buyer of each direction paid its supplier, where no link is seen.
  ///   - market: The links that are seen.
  init(_ payments: [Direction: Int], _ market: Market) {
    for direction in payments.keys.sorted() {
      guard let count = payments[direction], count >= Self.least,
        let payee = market.node(of: direction.supplier),
        let payer = market.node(of: direction.buyer)
      else { continue }
      paid[payer, default: []].append((payee, Int64(count)))
      received[payee, default: []].append((payer, Int64(count)))
    }
  }

  /// Whom a node paid, ascending by party; mostly nobody.
  func made(by node: NodeID) -> [Payments] { paid[node] ?? [] }

  /// Who paid a node, ascending by party.
  func received(by node: NodeID) -> [Payments] { received[node] ?? [] }
}
