internal import GRDB

extension CaseFile {
  /// Which records are handed over with the sources that hold them.
  package enum Counting: Sendable {
    /// Transfers, calls, own profiles, and the messages of these platforms.
    case platforms(Set<String>)
    /// Every record.
    case everything
  }

  /// Hands every record to `body`, in the order in which it came in, with its sources where they
  /// matter for telling repeats apart; elsewhere the list is empty.
  ///
  /// The list has one entry for each row that holds the record, so a source may stand in it twice.
  package func forEachRecord(
    counting: Counting,
    _ body: (StoredRecord, [Int64]) throws -> Void
  ) throws {
    try read { database in
      let accounts = try Self.accounts(database)
      var condition = "1"
      var arguments = StatementArguments()
      if case .platforms(let platforms) = counting {
        let names = platforms.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
          .map { PackedText.join([$0]) }
        let marks = names.map { _ in "?" }.joined(separator: ",")
        let (message, contact) = (RecordRow.Kind.message.rawValue, RecordRow.Kind.contact.rawValue)
        condition = """
          kind IN (\(RecordRow.Kind.transfer.rawValue), \(RecordRow.Kind.call.rawValue))
          OR (kind = \(contact) AND sort = 'own')
          OR (kind = \(message)
            AND substr(reference, 1, instr(reference, char(31)) - 1) IN (\(marks)))
          """
        arguments = StatementArguments(names)
      }
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT *, CASE WHEN \(condition) THEN
            (SELECT group_concat(source, ' ') FROM sighting WHERE sighting.record = record.id)
            END FROM record ORDER BY id
          """,
        arguments: arguments
      )
      let decoder = RecordDecoder(accounts: accounts)
      while let row = try cursor.next() {
        guard let record = try decoder.record(row) else { continue }
        let sources = try row.optionalText(17) ?? ""
        try body(record, sources.split(separator: " ").compactMap { Int64($0) })
      }
    }
  }
}
