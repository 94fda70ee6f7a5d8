/// A sink that keeps everything in memory: for dry runs, mappings and tests of importers.
public final class CollectingSink: UnitSink {
  /// One accepted unit.
  public struct Unit: Sendable, Equatable {
    /// Where it stands.
    public let position: UnitPosition
    /// What it says.
    public let items: [EvidenceItem]
    /// The unit as the file holds it.
    public let original: Original
  }

  /// The accepted units in source order.
  public private(set) var units: [Unit] = []
  /// The refused units: position, bytes and reason.
  public private(set) var rejects: [(position: UnitPosition, bytes: [UInt8], reason: String)] = []
  /// The units that a rule passes over.
  public private(set) var skips: [(position: UnitPosition, rule: String)] = []
  /// The rows of a delivery, counted one by one.
  public private(set) var rows: [(position: UnitPosition, fingerprint: UInt64?)] = []
  /// What the rows are together.
  public private(set) var deliveries: [Delivery] = []
  /// The owner that the importer found.
  public private(set) var owner: Account?
  /// The decisions about the whole file.
  public private(set) var decisions: [String: String] = [:]

  /// Makes an empty sink.
  public init() {}

  /// How many units were handed in, whatever became of them.
  public var unitCount: Int64 { Int64(units.count + rejects.count + skips.count + rows.count) }

  /// All items of all accepted units, in source order.
  public var items: [EvidenceItem] { units.flatMap(\.items) }

  /// Keeps the items of one unit.
  public func accept(
    _ items: [EvidenceItem],
    at position: UnitPosition,
    original: Original
  ) throws {
    units.append(Unit(position: position, items: items, original: original))
  }

  /// Keeps one refused unit.
  public func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws {
    rejects.append((position, bytes, reason))
  }

  /// Keeps the place of one unit that is passed over.
  public func skip(at position: UnitPosition, rule: String) throws {
    skips.append((position, rule))
  }

  /// Keeps one row of a delivery.
  public func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws {
    rows.append((position, fingerprint))
  }

  /// Keeps what the rows are together.
  public func deliver(_ delivery: Delivery) throws { deliveries.append(delivery) }

  /// Keeps the owner.
  public func setOwner(_ account: Account) { owner = account }

  /// Keeps a decision.
  public func setDecision(_ name: String, _ value: String) { decisions[name] = value }
}
