/// Why bytes are no Arrow stream that this module reads, or columns none that it writes.
///
/// The messages name places and columns by number, never what a cell holds.
public enum ArrowError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The stream ends before what it announces.
  case truncated(offset: Int)
  /// A length, an offset or a count cannot be.
  case damaged(offset: Int, what: String)
  /// The stream is sound as far as it was read, but uses something that is not read here.
  case unsupported(what: String)
  /// Columns that were to be written or joined do not fit each other.
  case mismatch(what: String)

  /// One line: where, what.
  public var description: String {
    switch self {
    case .truncated(let offset): "Arrow stream: ends early, at byte \(offset)"
    case .damaged(let offset, let what): "Arrow stream: byte \(offset): \(what)"
    case .unsupported(let what): "Arrow stream: \(what) is not read here"
    case .mismatch(let what): "Arrow table: \(what)"
    }
  }
}
