internal import ClewEvidence

/// Reads `calls.csv`: telephone and app calls.
struct CanonicalCalls: CanonicalImporter {
  let format = "canonical-calls"
  let title = "Clew table of calls"
  let signature = header([["from"], ["to"], ["duration_s"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(source, into: sink, known: ["time", "from", "to", "duration_s", "channel"]) {
      row throws(RowFault) in
      let from = try row.requiredAccount(.from)
      let to = try row.requiredAccount(.to)
      let platform = CanonicalRow.platform(from.scheme == .service ? to : from)
      let channel = row.text(.channel)
      return .accept([
        .call(
          Call(
            from: from,
            to: to,
            at: try row.time(),
            seconds: try row.count(.durationS) ?? 0,
            channel: channel.isEmpty ? (platform.isEmpty ? "phone" : platform) : channel
          )
        )
      ])
    }
  }
}
