/// A moment in evidence, with the decision by which its time zone is known.
public struct Timestamp: Hashable, Sendable, Comparable {
  /// How the zone of a time is known.
  public enum Zone: UInt8, Sendable, Hashable {
    /// The file counts from an epoch, which needs no zone.
    case epoch = 0
    /// The file writes an offset or says UTC.
    case stated = 1
    /// The file writes a wall clock only; it was read as UTC+8.
    case assumedShanghai = 2
  }

  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64
  /// How the zone is known.
  public let zone: Zone

  /// Makes a time from milliseconds since 1970 in UTC.
  public init(milliseconds: Int64, zone: Zone = .epoch) {
    self.milliseconds = milliseconds
    self.zone = zone
  }

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// Orders by instant, then by what is known of the zone.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    if left.milliseconds != right.milliseconds { return left.milliseconds < right.milliseconds }
    return left.zone.rawValue < right.zone.rawValue
  }
}
