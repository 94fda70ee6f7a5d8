internal import Foundation
internal import GRDB

/// What became of a source that was offered to a case.
public enum IntakeOutcome: Sendable, Hashable {
  /// It was taken.
  case taken(SourceSummary)
  /// The same bytes are in the case already, as the source of this number.
  case known(number: Int64)
}

extension CaseFile {
  /// Whether the same bytes, sidecars included, are in the case already.
  public func knows(_ source: StagedSource) throws -> Int64? {
    try read { database in
      try Int64.fetchOne(
        database,
        sql: "SELECT id FROM source WHERE identity = ?",
        arguments: [Self.identity(of: source)]
      )
    }
  }

  /// Takes one source in one transaction.
  ///
  /// - Parameters:
  ///   - source: The staged copy of the file.
  ///   - format: The importer's short name.
  ///   - version: The importer's version.
  ///   - sign: The sign by which the importer knew the file.
  ///   - isCancelled: Asked once per thousand units; `true` rolls the source back.
  ///   - progress: Told the number of units so far.
  ///   - reader: Reads the source into the sink and returns how many units it counted.
  /// - Returns: The counts of the new source, or the number of the source that holds these bytes.
  /// - Throws: ``EvidenceError/conservation(path:unitsIn:accounted:)`` when units are missing,
  ///   `CancellationError`, and whatever the reader throws; the case is then as before.
  public func take(
    _ source: StagedSource,
    format: String,
    version: Int,
    sign: String,
    isCancelled: @escaping () -> Bool = { false },
    progress: ((Int64) -> Void)? = nil,
    reader: @escaping (any UnitSink) throws -> Int64
  ) throws -> IntakeOutcome {
    if let number = try knows(source) { return .known(number: number) }
    let number = try write { database in
      let number =
        (try Int64.fetchOne(database, sql: "SELECT max(id) FROM source") ?? 0) + 1
      let writer = try SourceWriter(
        database: database,
        source: number,
        path: source.displayPath,
        folder: Self.folder(of: path),
        isCancelled: isCancelled,
        progress: progress
      )
      let units = try Self.read(reader, into: writer, path: source.displayPath)
      try writer.finish(units: units)
      try Self.enter(
        source,
        number: number,
        format: format,
        version: version,
        sign: sign,
        writer: writer,
        in: database
      )
      return number
    }
    guard let summary = try sources(only: number).first else {
      throw EvidenceError.inputOutput(path: path, reason: "a stored source cannot be found again")
    }
    return .taken(summary)
  }

  private static func read(
    _ reader: @escaping (any UnitSink) throws -> Int64,
    into writer: SourceWriter,
    path: String
  ) throws -> Int64 {
    do {
      return try RelaySink.run(into: writer, reader: reader)
    } catch UnitFault.saysTooMuch {
      throw EvidenceError.inputOutput(path: path, reason: "one unit says too many things")
    }
  }

  private static func folder(of path: String) -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return folder.isEmpty ? "." : folder
  }

  private static func enter(
    _ source: StagedSource,
    number: Int64,
    format: String,
    version: Int,
    sign: String,
    writer: SourceWriter,
    in database: Database
  ) throws {
    let counts = writer.counts
    let pages = writer.pageDigest()
    let sidecars = pack(source.sidecars.map { [$0.suffix, "\($0.bytes)", $0.sha256] })
    let decisions = pack(writer.decisions.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
    try database.execute(
      sql: """
        INSERT INTO source(id, identity, path, name, bytes, sha256, sidecars, format, version,
          sign, owner, decisions, units, stored, rejected, duplicate, skipped, digest)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'')
        """,
      arguments: [
        number, identity(of: source), storedText(source.displayPath), storedText(source.name),
        source.bytes, source.sha256, storedText(sidecars), format, version, storedText(sign),
        try writer.ownerNumber(), storedText(decisions), counts.units, counts.stored,
        counts.rejected, counts.duplicate, counts.skipped,
      ]
    )
    let digest = try SourceDigest.compute(
      source: number,
      pages: pages,
      in: database
    )
    try database.execute(
      sql: "UPDATE source SET digest = ? WHERE id = ?",
      arguments: [digest, number]
    )
    try AuditLog.append(
      action: "import",
      detail: AuditLog.detail(
        source: number,
        sha256: source.sha256,
        format: format,
        version: version,
        counts: counts,
        digest: digest
      ),
      to: database
    )
  }

  /// Lists a file that no importer reads.
  public func note(unread file: UnreadFile) throws {
    try write { database in
      let known = try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM unread WHERE path = ? AND sha256 = ? AND reason = ?",
        arguments: [storedText(file.path), file.sha256, storedText(file.reason)]
      )
      guard known == 0 else { return }
      try database.execute(
        sql: "INSERT OR REPLACE INTO unread(path, bytes, sha256, reason) VALUES(?,?,?,?)",
        arguments: [storedText(file.path), file.bytes, file.sha256, storedText(file.reason)]
      )
      try AuditLog.append(action: "unread", detail: AuditLog.detail(unread: file), to: database)
    }
  }

  /// Records the map by which a source was read: its name, digest and whole text.
  public func note(map name: String, sha256: String, ofSource source: Int64, text: String) throws {
    try write { database in
      let detail = "source \(source) map \(name) sha256 \(sha256)\n\(text)"
      try AuditLog.append(action: "map", detail: detail, to: database)
    }
  }

  /// The digest by which a source is known again: the file's own and its sidecars'.
  static func identity(of source: StagedSource) -> String {
    // The -shm file is an index that any reader rewrites; it holds no evidence.
    let parts = source.sidecars.filter { $0.suffix != "-shm" && $0.bytes > 0 }
      .sorted { $0.suffix < $1.suffix }.map { $0.suffix + $0.sha256 }
    return ([source.sha256] + parts).joined(separator: " ")
  }

  /// Writes rows of cells as one text.
  static func pack(_ rows: [[String]]) -> String {
    rows.map { PackedText.join($0) }.joined(separator: String(PackedText.record))
  }

  /// Reads what ``pack(_:)`` wrote.
  static func unpack(_ text: String) -> [[String]] {
    guard !text.isEmpty else { return [] }
    return text.unicodeScalars.split(
      separator: PackedText.record,
      omittingEmptySubsequences: false
    ).map { PackedText.split(String($0)) }
  }
}
