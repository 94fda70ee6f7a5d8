public import ClewEvidence

extension LocalEngine {
  /// From so many records on ``analyze(condensing:until:from:)`` passes over what cannot matter.
  public static let condensingFrom = 1_000_000

  /// Analyses a case, a large one in less memory and time.
  ///
  /// Of the payments only those of parties that trade are held, as a cluster would find them. The findings are
  /// those of ``analyze(_:until:)``.
  ///
  /// - Parameters:
  ///   - file: The case.
  ///   - until: Leaves out what is dated at or after this moment.
  ///   - limit: From how many records on a case is large.
  /// - Returns: The findings.
  /// - Throws: `EvidenceError` when the case cannot be read.
  public func analyze(
    condensing file: CaseFile,
    until: Timestamp? = nil,
    from limit: Int = Self.condensingFrom
  ) async throws -> ChainAnalysis {
    guard try file.recordCount() >= limit else { return try analyze(file, until: until) }
    let view = try await CaseCondenser(projection: projection).view(
      of: ScannedRecords(file.path, lexicon: projection.lexicon, until: until),
      original: file,
      until: until
    )
    return try analyze(view)
  }
}
