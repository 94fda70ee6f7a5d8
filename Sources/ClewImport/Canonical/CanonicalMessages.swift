internal import ClewEvidence

/// Reads `messages.csv`: chat messages, as `Message` reads a row.
struct CanonicalMessages: CanonicalImporter {
  let format = "canonical-messages"
  let title = "Clew table of messages"
  let signature = header(
    [["from"], ["time", "to", "group"], ["text", "kind", "file_name", "file_sha256"]],
    forbidden: ["amount", "duration_s"]
  )

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(source, into: sink, known: Message.canonicalColumns.map(\.name)) {
      row throws(RowFault) in .accept([.message(try Message(row))])
    }
  }
}
