#if Spark
internal import ArrowFormat

/// The small files of a job, which go through Spark as everything does.
extension SparkJob {
  /// What was written of a step when it was whole; nil where that is missing or of another key.
  func manifest(of name: String, key: String) async throws -> StepManifest? {
    try await line(of: name + ".manifest").flatMap { StepManifest($0, name: name, key: key) }
  }

  /// Writes a file of one line, which must not hold a quote or a backslash.
  func write(_ line: String, to file: String) async throws {
    try await session.command(
      "INSERT OVERWRITE DIRECTORY '\(place.path)/\(file)' USING text SELECT '\(line)' AS value"
    )
  }

  /// The only line of a file, or nil where there is none.
  func line(of file: String) async throws -> String? {
    let table: ArrowTable
    do {
      table = try await session.table("SELECT value FROM text.`\(place.path)/\(file)`")
    } catch SparkError.failed { return nil }
    guard table.rowCount == 1, case .text(let lines)? = table.column("value")?.values else {
      return nil
    }
    return lines.first
  }
}
#endif
