/// What speaks for the line that a party was given, so that it can be counted again.
public struct LineBasis: Sendable, Hashable {
  /// Whether it leads the line; then nothing else was asked.
  public let isLeader: Bool
  /// Whether ``dealings`` are purchases; else, for sources and where no supplier is seen, sales.
  public let isBuyer: Bool
  /// Its dealings with members of the line.
  public let dealings: Int64
  /// Its dealings with anybody.
  public let allDealings: Int64
  /// Its orders that reach members of the line across people who are not seen.
  public let ordersAcrossGaps: Int64
  /// Its payments, two or more each, to members with whom no dealing is seen; of a source those from them.
  public let payments: Int64
  /// Its group chats that belong to the line.
  public let groups: Int64
}
