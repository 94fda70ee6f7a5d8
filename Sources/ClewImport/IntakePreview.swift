internal import ClewEvidence
internal import Foundation

/// Says what every file would be read as, and why, without writing a case.
public struct IntakePreview {
  /// An importer's answer to a file.
  public struct Answer: Sendable, Hashable {
    /// The importer's short name.
    public let format: String
    /// The format's name for people.
    public let title: String
    /// How sure it is, from 1 to 100.
    public let confidence: Int
    /// The sign by which it knows the file.
    public let sign: String
  }

  /// What would become of one file, sheet or member of an archive.
  public struct Entry: Sendable, Hashable {
    /// The path for people.
    public let path: String
    /// The size in bytes, where it is known.
    public let bytes: Int64?
    /// The SHA-256, where it is known.
    public let sha256: String?
    /// Who would read it; `nil` when nobody does.
    public let reader: Answer?
    /// The next best answer.
    public let second: Answer?
    /// The encodings that fit, best first with scores; empty for what is no text.
    public let encoding: String
    /// What was decided before, such as how a sheet became a table.
    public let decisions: [String: String]
    /// Why nobody reads it; empty when somebody does.
    public let reason: String
    /// Whether the file may be evidence but is damaged or closed to us.
    public let isFault: Bool
    /// A map for the table, as YAML, when nobody reads it but its columns have known names.
    public let proposedMap: String?
  }

  /// How files are read.
  public var options: IntakeOptions

  /// Makes a preview.
  public init(options: IntakeOptions = IntakeOptions()) { self.options = options }

  /// Hands an entry for every file under the paths to `body`, in the order of an import.
  ///
  /// - Parameters:
  ///   - paths: Files, folders and archives.
  ///   - folder: Where private copies may lie while they are looked at; they are removed.
  ///   - isCancelled: Asked once per file.
  ///   - body: Takes the entries.
  /// - Returns: How many files there were.
  /// - Throws: `EvidenceError` when copies cannot be made, `CancellationError`.
  @discardableResult
  public func look(
    at paths: [String],
    copiesIn folder: String,
    isCancelled: () -> Bool = { false },
    _ body: (Entry) throws -> Void
  ) throws -> Int {
    try CaseIntake.check(paths)
    let area = try StagingArea(in: folder)
    defer { area.remove() }
    let importers = options.importers
    var finder = SourceFinder(area: area, importers: importers)
    finder.archiveLimit = options.archiveLimit
    finder.proposesMaps = true
    return try TextDecision.$stated.withValue(options.textEncoding) {
      try finder.find(paths) { finding in
        if isCancelled() { throw CancellationError() }
        switch finding {
        case .source(let source, let importer, let recognition):
          let others = ImporterRegistry.answers(to: source, among: importers)
          try body(
            Entry(
              path: source.displayPath,
              bytes: source.bytes,
              sha256: source.sha256,
              reader: Answer(importer, recognition),
              second: others.dropFirst().first.map { Answer($0.0, $0.1) },
              encoding: Self.encoding(of: source),
              decisions: source.decisions,
              reason: "",
              isFault: false,
              proposedMap: nil
            )
          )
        case .unread(let unread):
          try body(
            Entry(
              path: unread.displayPath,
              bytes: unread.bytes,
              sha256: unread.sha256,
              reader: nil,
              second: nil,
              encoding: unread.encoding,
              decisions: unread.decisions,
              reason: unread.reason,
              isFault: unread.isFault,
              proposedMap: unread.proposedMap
            )
          )
        }
      }
    }
  }

  /// The encodings that fit a text; empty for databases and other bytes.
  static func encoding(of source: StagedSource) -> String {
    guard source.tables == nil, source.container == nil, FileSignature.isText(source.head) else {
      return ""
    }
    let isWhole = Int64(source.head.count) >= source.bytes
    return TextChoice(head: source.head, isWhole: isWhole).summary
  }
}

extension IntakePreview.Answer {
  init(_ importer: any Importer, _ recognition: Recognition) {
    self.init(
      format: importer.format,
      title: importer.title,
      confidence: recognition.confidence,
      sign: recognition.sign
    )
  }
}
