internal import ClewEvidence

/// A sink that keeps nothing, for a first look through a table.
final class SilentSink: UnitSink {
  func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) {}
  func count(rowAt position: UnitPosition, fingerprint: UInt64?) {}
  func deliver(_ delivery: Delivery) {}
  func reject(at position: UnitPosition, bytes: [UInt8], reason: String) {}
  func skip(at position: UnitPosition, rule: String) {}
  func setOwner(_ account: Account) {}
  func setDecision(_ name: String, _ value: String) {}
}
