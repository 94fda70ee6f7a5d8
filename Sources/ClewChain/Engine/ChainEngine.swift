public import ClewEvidence

/// Turns a case into findings.
///
/// Every engine gives the same parties, roles, tiers, lines and links,
/// bit for bit.
///
/// A party without links is an outsider; a case without links has no lines; ties go to the smaller
/// party id.
public protocol ChainEngine: Sendable {
  /// Analyses a case.
  ///
  /// - Parameters:
  ///   - file: The case.
  ///   - until: Leaves out what is dated at or after this moment.
  /// - Returns: The findings.
  /// - Throws: `EvidenceError` when the case cannot be read, and what the engine's own machinery throws.
  func analyze(_ file: CaseFile, until: Timestamp?) async throws -> ChainAnalysis
}
