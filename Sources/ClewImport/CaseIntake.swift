public import ClewEvidence
internal import Foundation

/// Takes files, folders and archives into a case.
///
/// Sources enter in the order of the bytes of their paths, each whole or not at all. A file that
/// nobody reads is listed; a file that is evidence but cannot be read is listed as refused; neither
/// stops the rest.
public struct CaseIntake {
  /// What became of the files.
  public struct Report: Sendable {
    /// The sources that were taken.
    public var taken: [SourceSummary] = []
    /// Files whose bytes were in the case already: path and number of the source.
    public var known: [(path: String, number: Int64)] = []
    /// Files that no importer reads.
    public var unread: [UnreadFile] = []
    /// Files that hold no evidence of their own, but that a source was read with: the key to its texts.
    public var neighbours: [UnreadFile] = []
    /// Files that an importer began to read and had to refuse as a whole.
    public var refused: [UnreadFile] = []
    /// How many files there were.
    public var files = 0

    /// The units of all sources that were taken.
    public var counts: UnitCounts {
      taken.reduce(into: UnitCounts()) { $0 += $1.counts }
    }
  }

  /// How files are read.
  public var options = IntakeOptions()
  /// Read every file as this format, whatever it looks like; `nil` lets the content decide.
  public var format: String? {
    get { options.format }
    set { options.format = newValue }
  }
  /// Asked now and then; `true` stops and takes the source at hand back.
  public var isCancelled: () -> Bool = { false }
  /// Told the path of the source at hand and the number of its units so far.
  public var progress: ((String, Int64) -> Void)?

  /// Makes an intake that lets the content decide.
  public init() {}

  /// Takes everything under the paths into the case.
  ///
  /// - Throws: `CancellationError` when cancelled; `EvidenceError` when the case cannot be
  ///   written. Faults of one file are in the report.
  public func take(_ paths: [String], into file: CaseFile) throws -> Report {
    try Self.check(paths)
    let area = try StagingArea(in: Self.folder(of: file.path))
    defer { area.remove() }
    var report = Report()
    var finder = SourceFinder(area: area, importers: options.importers)
    finder.archiveLimit = options.archiveLimit
    try TextDecision.$stated.withValue(options.textEncoding) {
      try take(paths, finder, into: file, report: &report)
    }
    return report
  }

  private func take(
    _ paths: [String],
    _ finder: SourceFinder,
    into file: CaseFile,
    report: inout Report
  ) throws {
    report.files = try finder.find(paths) { finding in
      if isCancelled() { throw CancellationError() }
      switch finding {
      case .unread(let unread):
        let entry = UnreadFile(
          path: unread.displayPath,
          bytes: unread.bytes ?? 0,
          sha256: unread.sha256 ?? "",
          reason: unread.reason
        )
        try file.note(unread: entry)
        if unread.isFault {
          report.refused.append(entry)
        } else if unread.neighbours.isEmpty {
          report.unread.append(entry)
        } else {
          report.neighbours.append(entry)
        }
      case .source(let source, let importer, let recognition):
        try take(source, importer, recognition, into: file, report: &report)
      }
    }
  }

  /// Checks that there is something under every path, before a case is made for it.
  ///
  /// - Throws: `EvidenceError.noSuchFile(path:)`.
  public static func check(_ paths: [String]) throws {
    for path in paths where !FileManager.default.fileExists(atPath: path) {
      throw EvidenceError.noSuchFile(path: path)
    }
  }

  private func take(
    _ source: StagedSource,
    _ importer: any Importer,
    _ recognition: Recognition,
    into file: CaseFile,
    report: inout Report
  ) throws {
    let stated = options.textEncoding
    let sign = recognition.sign
    do {
      let outcome = try file.take(
        source,
        format: importer.format,
        version: importer.version,
        sign: sign,
        isCancelled: isCancelled,
        progress: progress.map { told in { told(source.displayPath, $0) } },
        reader: { sink in
          for (name, value) in source.decisions.sorted(by: { $0.key < $1.key }) {
            sink.setDecision(name, value)
          }
          if let stated, source.container == nil, source.tables == nil {
            sink.setDecision("encoding stated", stated.rawValue)
          }
          // This runs on a thread of its own, which does not know what was stated.
          return try TextDecision.$stated.withValue(stated) {
            try importer.read(source, into: sink)
          }
        }
      )
      switch outcome {
      case .taken(let summary):
        report.taken.append(summary)
        if let map = (importer as? MappedTable)?.map {
          try file.note(map: map.name, sha256: map.sha256, ofSource: summary.number, text: map.text)
        }
      case .known(let number): report.known.append((source.displayPath, number))
      }
    } catch let error as ImportError {
      try refuse(source, "\(error)", into: file, report: &report)
    } catch let error as EvidenceError {
      switch error {
      case .damagedDatabase, .changedDuringRead, .conservation:
        try refuse(source, error.description, into: file, report: &report)
      default: throw error
      }
    }
  }

  private func refuse(
    _ source: StagedSource,
    _ reason: String,
    into file: CaseFile,
    report: inout Report
  ) throws {
    // The message names the private copy; people know the file by its own path.
    let said = reason.replacingOccurrences(of: source.copyPath, with: source.displayPath)
    let prefix = source.displayPath + ": "
    let entry = UnreadFile(
      path: source.displayPath,
      bytes: source.bytes,
      sha256: source.sha256,
      reason: said.hasPrefix(prefix) ? String(said.dropFirst(prefix.count)) : said
    )
    try file.note(unread: entry)
    report.refused.append(entry)
  }

  private static func folder(of path: String) -> String {
    let url = URL(fileURLWithPath: path).deletingLastPathComponent()
    return url.path.isEmpty ? "." : url.path
  }
}
