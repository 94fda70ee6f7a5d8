internal import Foundation
internal import GRDB

/// Reads every page again and compares it with the index of records.
enum PageCheck {
  /// Checks all pages.
  ///
  /// - Parameters:
  ///   - database: The case.
  ///   - folder: Where work files without a name may be made.
  ///   - result: Takes every difference.
  /// - Returns: The digest of the pages of each source.
  /// - Throws: `StoredFault` for a damaged page, and database errors.
  static func run(
    _ database: Database,
    folder: String,
    into result: inout Verification
  ) throws -> [Int64: String] {
    let reader = try PageReader(database)
    let index = IndexCheck(database, folder: folder)
    var digests: [Int64: PageDigest] = [:]
    var accounts: [Int64: NumberSet] = [:]
    let sources = try Int64.fetchAll(database, sql: "SELECT id FROM source")
    for source in sources { digests[source] = PageDigest() }
    var (broken, strays): (Int64, Int64) = (0, 0)
    try reader.forEachPage { page in
      if digests[page.source] == nil { strays += 1 }
      var decoder = try page.decoder()
      var entry = 0
      var kinds: RecordKinds = []
      while let next = try decoder.next() {
        let isChosen = entry < page.count && page.chosen.contains(entry)
        let place = Place.of(page: page.number, entry: entry)
        entry += 1
        kinds.insert(RecordKinds(next.kind))
        if isChosen { result.records += 1 }
        for number in try decoder.accounts(of: next) {
          accounts[page.source, default: NumberSet()].insert(number)
        }
        guard let content = try? Self.content(of: next, decoder, reader.names) else {
          broken += 1
          continue
        }
        try index.add(next.key, place, isChosen ? content : nil)
      }
      if entry != page.count || kinds != page.kinds { broken += 1 }
      digests[page.source]?.add(page: PageDigest.Body(page.body), accounts: page.accounts)
    }
    strays += try index.strays()
    if broken > 0 { result.problems.append("\(broken) records are not as imported") }
    if strays > 0 {
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
