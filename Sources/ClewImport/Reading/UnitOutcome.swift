internal import ClewEvidence

/// What becomes of one unit: its items, a rule by which it is passed over, or why it cannot be read.
enum UnitOutcome {
  case items([EvidenceItem])
  case skip(String)
  case reject(String)

  /// Hands the outcome to the sink.
  func hand(
    to sink: any UnitSink,
    at position: UnitPosition,
    original: Original
  ) throws {
    switch self {
    case .items(let items): try sink.accept(items, at: position, original: original)
    case .skip(let rule): try sink.skip(at: position, rule: rule)
    case .reject(let reason):
      let bytes =
        switch original {
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
      try sink.reject(at: position, bytes: bytes, reason: reason)
    }
  }
}
