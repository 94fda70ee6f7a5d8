/// How the chain grew: by line and month, by person, and how long goods stay with whom.
///
/// Moments are milliseconds since 1970; months are those of UTC+8.
public struct ChainTimeline: Sendable {
  /// What happened in one month of a line.
  public struct Month: Sendable, Hashable {
    /// The month, as `yyyy-MM`.
    public let month: String
    /// Members whose first dealing falls into it.
    public let entered: Int
    /// Members seen so far.
    public let members: Int
    /// Members with a dealing in it.
    public let active: Int
    /// Dealings on links to members: what was said or sent within an hour is one.
    public let dealings: Int
  }

  /// One line over time.
  public struct Line: Sendable, Hashable {
    /// The first and the last moment of a link to a member.
    public let span: ClosedRange<Int64>?
    /// Every month in which something happened, in order.
    public let months: [Month]
  }

  /// One party over time; all parties with a link have an entry.
  public struct Member: Sendable, Hashable {
    /// The party's place in ``ChainAnalysis/parties``.
    public let party: Int
    /// The first and the last moment of its links, if any has a time.
    public let span: ClosedRange<Int64>?
    /// How many persons its goods may have come to, by the links alone.
    public let below: Int
    /// How many of them by links whose times run the right way.
    public let belowInTime: Int
  }

  /// How long goods stay with the resellers of a tier.
  public struct Delay: Sendable, Hashable {
    /// The reseller's tier.
    public let tier: Int
    /// Deliveries of something that the reseller had received before, by number, code or file.
    public let goods: Int
    /// The middle of their delays, in milliseconds; the lower of two.
    public let median: Int64
    /// The delay that a quarter of them stay below, in milliseconds.
    public let lowerQuartile: Int64
    /// The delay that a quarter of them exceed, in milliseconds.
    public let upperQuartile: Int64
  }

  /// The lines, in their order.
  public let lines: [Line]
  /// The parties with a link, in their order.
  public let members: [Member]
  /// The delays by tier.
  public let delays: [Delay]
  /// Links without any time: goods may have passed over them, but no path counts that needs them.
  public let undatedLinks: Int
}
