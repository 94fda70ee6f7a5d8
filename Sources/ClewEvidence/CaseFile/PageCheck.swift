internal import Foundation
internal import GRDB

/// Reads every page again and compares it with the index of records.
enum PageCheck {
  /// Checks all pages.
  ///
  /// - Returns: The digest of the pages of each source.
  static func run(_ database: Database, into result: inout Verification) throws -> [Int64: String] {
    let reader = try PageReader(database)
    let index = try IndexLookup(database)
    var digests: [Int64: PageDigest] = [:]
    var accounts: [Int64: NumberSet] = [:]
    let sources = try Int64.fetchAll(database, sql: "SELECT id FROM source")
    for source in sources { digests[source] = PageDigest() }
    var (broken, strays, entries): (Int64, Int64, Int64) = (0, 0, 0)
    try reader.forEachPage { page in
      if digests[page.source] == nil { strays += 1 }
      var decoder = try page.decoder()
      var entry = 0
      var kinds: RecordKinds = []
      while let next = try decoder.next() {
        let isChosen = entry < page.count && page.chosen.contains(entry)
        let place = Place.of(page: page.number, entry: entry)
        entry += 1
        entries += 1
        kinds.insert(RecordKinds(next.kind))
        if isChosen { result.records += 1 }
        for number in try decoder.accounts(of: next) {
          accounts[page.source, default: NumberSet()].insert(number)
        }
        guard let content = try? Self.content(of: next, decoder, reader.names) else {
          broken += 1
          continue
        }
        if try !index.holds(next.key, place, isChosen ? content : nil) { strays += 1 }
      }
      if entry != page.count || kinds != page.kinds { broken += 1 }
      digests[page.source]?.add(page: page.body, accounts: page.accounts)
    }
    let listed = try Int64.fetchOne(
      database,
      sql: "SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM again)"
    )
    if broken > 0 { result.problems.append("\(broken) records are not as imported") }
    if strays > 0 || listed != entries {
      result.problems.append("the index of records does not fit the pages")
    }
    try checkOwners(database, into: &result)
    var named: [Int64: String] = [:]
    for (source, digest) in digests {
      var digest = digest
      let numbers = accounts[source]?.numbers ?? []
      named[source] = digest.finish(
        accounts: try numbers.map { number in
          guard let account = try reader.names.account(number) else { throw StoredFault() }
          return (number, account)
        }
      )
    }
    return named
  }

  /// The rank of an entry's content; `nil` when the entry is not whole or its key
  /// is not that of its columns.
  private static func content(
    of entry: PageDecoder.Entry,
    _ decoder: PageDecoder,
    _ names: AccountNames
  ) throws -> UInt64? {
    let row = try decoder.row(of: entry, accounts: names)
    guard try decoder.isWhole(entry, accounts: names), let item = row.item,
      RecordIdentity.id(of: item) == entry.key
    else { return nil }
    return RecordIndex.rank(of: row, content: try decoder.content(of: entry, row: row))
  }

  private static func checkOwners(_ database: Database, into result: inout Verification) throws {
    for (what, sql) in [
      ("pages", "SELECT source FROM page EXCEPT SELECT id FROM source"),
      ("choices", "SELECT page FROM choice EXCEPT SELECT id FROM page"),
      ("rejects", "SELECT source FROM reject EXCEPT SELECT id FROM source"),
      ("skips", "SELECT source FROM skip EXCEPT SELECT id FROM source"),
      ("delivered rows", "SELECT source FROM delivery_rows EXCEPT SELECT id FROM source"),
    ] {
      let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM (\(sql))") ?? 0
      if count > 0 { result.problems.append("\(count) \(what) belong to no source") }
    }
  }
}

/// Looks keys up in the index of records.
private struct IndexLookup {
  private let record: Statement
  private let again: Statement

  init(_ database: Database) throws {
    record = try database.makeStatement(
      sql: "SELECT content FROM record WHERE key = ? AND place = ?"
    )
    again = try database.makeStatement(sql: "SELECT 1 FROM again WHERE key = ? AND place = ?")
  }

  /// Whether the index holds the entry: as the record with this content, or as seen again.
  func holds(_ key: RecordID, _ place: Int64, _ content: UInt64?) throws -> Bool {
    let key = Data(key.bytes)
    guard let content else {
      return try Int64.fetchOne(again, arguments: [key, place]) != nil
    }
    return try Int64.fetchOne(record, arguments: [key, place]) == Int64(bitPattern: content)
  }
}
