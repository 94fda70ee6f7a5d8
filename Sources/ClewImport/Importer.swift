public import ClewEvidence

/// Reads one file format into evidence.
///
/// An importer knows files, never a graph. It reads the staged copy from beginning to end without
/// holding the whole file in memory, and hands every unit (row, card, message) to the sink exactly
/// once: accepted, rejected or skipped. It is one file of its own, registered in
/// ``ImporterRegistry/all``.
public protocol Importer: Sendable {
  /// A short, stable name such as `wechat-android`.
  var format: String { get }
  /// The name of the format for people.
  var title: String { get }
  /// Raised whenever the same bytes would give other records.
  var version: Int { get }

  /// Looks at the content, never at the name alone.
  ///
  /// - Returns: How sure the importer is, and the sign by which it knows the format, or `nil`.
  func recognise(_ source: StagedSource) -> Recognition?

  /// Whether a neighbouring database of the same export is needed to read a source of this format.
  ///
  /// Offered are databases, and files of at most 64 bytes, which may be keys.
  /// Neighbours in the same folder are offered; when none of them is wanted, those in the folder
  /// above and in the folders beside and below it. The wanted ones come as
  /// `StagedSource.companions`, in the order of the bytes of their paths. A neighbour may be from
  /// another phone: check that it fits before using it.
  func wants(companion: StagedSource) -> Bool

  /// Reads the whole source.
  ///
  /// - Returns: How many units the reader counted, independently of what the sink was told.
  /// - Throws: ``ImportError`` when the file as a whole cannot be taken, or the sink's own error.
  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64
}

extension Importer {
  /// Most formats are one file.
  public func wants(companion: StagedSource) -> Bool { false }
}

/// How sure an importer is of a file, and why.
public struct Recognition: Sendable, Hashable {
  /// From 1 to 100; the highest wins, equal ones go to the first in the registry.
  public let confidence: Int
  /// The sign by which the format was known, such as `tables message, rcontact, chatroom`.
  public let sign: String

  /// Makes a recognition.
  public init(confidence: Int, sign: String) {
    self.confidence = confidence
    self.sign = sign
  }
}

/// What can go wrong with a whole file; faults of one row are rejects, not errors.
///
/// The messages name file, line and column, never the content.
public enum ImportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is empty.
  case empty(path: String)
  /// A database that is encrypted or damaged.
  case unreadableDatabase(path: String, reason: String)
  /// The header lacks columns without which no row can be read.
  case missingColumns(path: String, columns: [String])
  /// No encoding of the known ones fits.
  case undecodable(path: String, reason: String)
  /// The structure breaks off or contradicts itself.
  case malformed(path: String, line: Int64?, reason: String)
  /// The file exceeds a limit that protects the machine.
  case limitExceeded(path: String, limit: String)

  /// One line: where, what, what to do.
  ///
  /// A name of a column may go over several lines, in a map as in a quoted header.
  public var description: String { Self.oneLine(said) }

  static func oneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private var said: String {
    switch self {
    case .empty(let path): "\(path): the file is empty"
    case .unreadableDatabase(let path, let reason): "\(path): \(reason)"
    case .missingColumns(let path, let columns):
      "\(path): the header lacks \(columns.joined(separator: ", "))"
    case .undecodable(let path, let reason): "\(path): \(reason)"
    case .malformed(let path, let line, let reason):
      line.map { "\(path):\($0): \(reason)" } ?? "\(path): \(reason)"
    case .limitExceeded(let path, let limit): "\(path): exceeds the limit of \(limit)"
    }
  }
}
