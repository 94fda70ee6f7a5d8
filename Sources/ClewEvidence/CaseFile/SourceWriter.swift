internal import Foundation
internal import GRDB

/// Writes one source into the case, inside one transaction.
///
/// Units come as pages (``UnitBatch``) and are written whatever the case knows already; when all are
/// there, their keys are sorted and entered into the index of records, which tells what was new.
/// `finish` refuses the source when the importer counted another number of units than arrived here.
final class SourceWriter {
  private let database: Database
  private let source: Int64
  private let path: String
  private let isCancelled: () -> Bool
  private let progress: ((Int64) -> Void)?
  private var accounts: AccountTable

  private let insertPage: Statement
  private let insertReject: Statement
  private let insertRows: Statement
  private var rows = DeliveryRowCoder()
  private var pageNumber: Int64
  /// The number of the first entry of each page that is written, within the source.
  private var pageStarts: [Int64] = []
  private let firstPage: Int64
  private let sorter: KeySorter
  private var entries: Int64 = 0
  /// The entries that begin a unit.
  private var unitStarts = GrowingBitSet()
  /// The entries that say what the file is as a whole, and belong to no unit.
  private var wholes: Set<Int> = []
  private var digest = PageDigest()

  private(set) var counts = UnitCounts()
  private(set) var owner: Account?
  private(set) var decisions: [String: String] = [:]
  private var skips: [String: Int64] = [:]
  private var seen: Int64 = 0

  init(
    database: Database,
    source: Int64,
    path: String,
    folder: String,
    isCancelled: @escaping () -> Bool,
    progress: ((Int64) -> Void)?
  ) throws {
    self.database = database
    self.source = source
    self.path = path
    self.isCancelled = isCancelled
    self.progress = progress
    accounts = try AccountTable(database)
    sorter = KeySorter(folder: folder)
    firstPage = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM page") ?? 0) + 1
    pageNumber = firstPage
    insertPage = try database.makeStatement(
      sql: "INSERT INTO page(id, source, kinds, count, accounts, body) VALUES(?,?,?,?,?,?)"
    )
    insertRows = try database.makeStatement(
      sql: "INSERT INTO delivery_rows(source, chunk, rows) VALUES(?,?,?)"
    )
    insertReject = try database.makeStatement(
      sql: "INSERT INTO reject(source, part, row, byte_offset, bytes, reason) VALUES(?,?,?,?,?,?)"
    )
  }

  /// Writes the units of a batch, behind those that were written before.
  ///
  /// - Throws: `CancellationError` when cancelled, and database errors.
  func write(_ batch: UnitBatch) throws {
    if isCancelled() { throw CancellationError() }
    if let found = batch.owner { owner = found }
    for (name, value) in batch.decisions { decisions[name] = value }
    try writePage(of: batch)
    for reject in batch.rejects {
      let place = reject.position
      try insertReject.execute(arguments: [
        source, storedText(place.part), place.row, place.offset, Data(reject.bytes),
        storedText(reject.reason),
      ])
    }
    counts.rejected += Int64(batch.rejects.count)
    for (rule, count) in batch.skips {
      skips[rule, default: 0] += count
      counts.skipped += count
    }
    counts.stored += batch.countedRows
    for row in batch.rows {
      rows.append(row)
      if rows.count >= DeliveryRowCoder.chunkRows { try flushRows() }
    }
    seen += batch.units
    progress?(seen)
  }

  private func writePage(of batch: UnitBatch) throws {
    guard batch.page.count > 0 else { return }
    let numbers = try accounts.numbers(of: batch.accounts)
    let list = PageAccounts.encode(numbers)
    try insertPage.execute(arguments: [
      pageNumber, source, batch.page.kinds.rawValue, batch.page.count, Data(list),
      Data(batch.page.body),
    ])
    digest.add(page: batch.page.body, accounts: list)
    pageStarts.append(entries)
    pageNumber += 1
    if let whole = batch.whole { wholes.insert(Int(entries) + whole) }
    for start in batch.starts { unitStarts.append(start) }
    for key in batch.keys {
      try sorter.add(
        KeyEntry(high: key.id.high, low: key.id.low, ordinal: entries, content: key.rank)
      )
      entries += 1
    }
  }

  private func flushRows() throws {
    guard rows.count > 0 else { return }
    let chunk = rows.takeChunk()
    try insertRows.execute(arguments: [source, chunk.number, Data(chunk.bytes)])
  }

  /// The digest of the pages and of the accounts that they name; asked for before the owner's number.
  func pageDigest() -> String { digest.finish(accounts: accounts.byNumber) }

  /// Enters the keys, counts what was new and checks the conservation law.
  func finish(units: Int64) throws {
    try flushRows()
    let outcome = try RecordIndex(database).enter(sorter, count: Int(entries)) { self.place($0) }
    for (index, start) in pageStarts.enumerated() {
      let end = index + 1 < pageStarts.count ? pageStarts[index + 1] : entries
      let chosen = outcome.chosen.part(Int(start)..<Int(end))
      try Choice.write(page: firstPage + Int64(index), chosen: chosen, in: database)
    }
    count(outcome.new)
    counts.units = units
    guard counts.isConserved else {
      throw EvidenceError.conservation(path: path, unitsIn: units, accounted: seen)
    }
    for (rule, count) in skips.sorted(by: { $0.key < $1.key }) {
      try database.execute(
        sql: "INSERT INTO skip(source, rule, count) VALUES(?,?,?)",
        arguments: [source, storedText(rule), count]
      )
    }
    progress?(seen)
  }

  /// A unit is stored when one of its entries made a record, else a duplicate.
  private func count(_ new: BitSet) {
    var isNew = false
    var isOpen = false
    func close() {
      guard isOpen else { return }
      if isNew { counts.stored += 1 } else { counts.duplicate += 1 }
    }
    for entry in 0..<Int(entries) {
      if unitStarts.contains(entry) {
        close()
        (isOpen, isNew) = (!wholes.contains(entry), false)
      }
      if new.contains(entry) { isNew = true }
    }
    close()
  }

  /// The place of an entry of this source.
  private func place(_ ordinal: Int64) -> Int64 {
    var (low, high) = (0, pageStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if pageStarts[middle] <= ordinal { low = middle } else { high = middle }
    }
    return Place.of(page: firstPage + Int64(low), entry: Int(ordinal - pageStarts[low]))
  }

  /// The number of the owner's account, if there is one.
  func ownerNumber() throws -> Int64? { try owner.map { try accounts.number(of: $0) } }
}
