import ClewEvidence
import ClewImport
import Testing

/// Reads a database with the importer that recognises it, beside companions if there are any.
func readingPhone(
  _ bytes: [UInt8],
  as format: String,
  beside companions: [[UInt8]] = [],
  location: SourceLocation = #_sourceLocation
) throws -> CollectingSink {
  let staged = try Staged()
  var source = try staged.area.stage(try staged.write("phone.db", bytes))
  defer { staged.area.discard(source) }
  let (importer, _) = try #require(
    ImporterRegistry.best(for: source),
    "nothing recognises it",
    sourceLocation: location
  )
  #expect(importer.format == format, sourceLocation: location)
  for (number, bytes) in companions.enumerated() {
    let path = try staged.write("companion\(number).db", bytes)
    let companion = try staged.area.stage(path)
    if importer.wants(companion: companion) { source.companions.append(companion) }
  }
  let sink = CollectingSink()
  let units = try importer.read(source, into: sink)
  #expect(units == sink.unitCount, sourceLocation: location)
  return sink
}

/// The same for a database that the test makes with SQL.
func readingPhone(
  sql: String,
  as format: String,
  location: SourceLocation = #_sourceLocation
) throws -> CollectingSink {
  let staged = try Staged()
  let path = staged.folder + "/made.db"
  _ = try SQLiteMaker(path, sql)
  return try readingPhone(try staged.bytes("made.db"), as: format, location: location)
}

extension CollectingSink {
  /// The calls as `from to seconds time`, the owner without its own name.
  var callLines: [String] {
    calls.map { call in
      "\(short(call.from)) \(short(call.to)) \(call.seconds) \(call.at?.shanghai ?? "-")"
    }
  }

  /// The messages as `from to time`.
  var messageLines: [String] {
    messages.map { message in
      let ends = [message.from, message.to].map { $0.map(short) ?? "-" }
      return "\(ends[0]) \(ends[1]) \(message.sentAt?.shanghai ?? "-")"
    }
  }

  private func short(_ account: Account) -> String {
    account.value.hasPrefix("owner-of-") ? "owner" : account.value
  }
}
