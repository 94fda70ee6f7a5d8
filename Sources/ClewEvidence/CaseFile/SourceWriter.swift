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
  /// The accounts of the source, for whoever fills batches.
  let registry = AccountRegistry()
  private var accounts: AccountTable

  private let insertPage: PageStatement
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
    accounts = try AccountTable(database, registry, canWait: true)
    sorter = KeySorter(folder: folder)
    firstPage = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM page") ?? 0) + 1
    pageNumber = firstPage
    insertPage = try PageStatement(database)
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
    guard batch.content.page.count > 0 else { return }
    let numbers = try accounts.numbers(of: batch.content.accounts)
    let list = PageAccounts.encode(numbers)
    try insertPage.insert(pageNumber, source: source, batch.page, accounts: list)
    batch.seal()
    if let body = batch.pageDigest { digest.add(page: body, accounts: list) }
    pageStarts.append(entries)
    if let whole = batch.whole { wholes.insert(Int(entries) + whole) }
    unitStarts.append(contentsOf: batch.content.starts)
    try sorter.add(batch.content.keys, ofPage: pageNumber)
    entries += Int64(batch.content.keys.count)
    pageNumber += 1
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
    let (starts, first) = (pageStarts, firstPage)
    let outcome = try RecordIndex(database).enter(sorter, count: Int(entries)) { place in
      // The number of an entry within the source.
      Int(starts[Int(Place.page(place) - first)]) + Place.entry(place)
    }
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
    var (stored, duplicate): (Int64, Int64) = (0, 0)
    func close() {
      guard isOpen else { return }
      if isNew { stored += 1 } else { duplicate += 1 }
    }
    let (starts, wholes) = (unitStarts, wholes)
    for entry in 0..<Int(entries) {
      if starts.contains(entry) {
        close()
        (isOpen, isNew) = (wholes.isEmpty || !wholes.contains(entry), false)
      }
      if new.contains(entry) { isNew = true }
    }
    close()
    counts.stored += stored
    counts.duplicate += duplicate
  }

  /// The number of the owner's account, if there is one.
  ///
  /// It is the last account; the table of accounts is then finished.
  func ownerNumber() throws -> Int64? {
    let number = try owner.map { try accounts.number(of: $0) }
    try accounts.finish()
    return number
  }
}
