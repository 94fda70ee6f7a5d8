internal import ClewEvidence

/// Whose phone a source is from.
enum PhoneOwner {
  /// Tells the sink of the owner, or that none is stated.
  static func report(_ owner: Account?, to sink: any UnitSink) {
    if let owner {
      sink.setOwner(owner)
    } else {
      sink.setDecision("owner", "not stated: the owner stands under a name that never merges")
    }
  }
}

extension StagedSource {
  /// Whether a base table of that name has all these columns.
  func hasTable(_ name: String, _ columns: String...) -> Bool {
    guard let present = tables?[name] else { return false }
    return columns.allSatisfy(present.contains)
  }
}
