internal import Foundation
internal import GRDB

/// Writes one source into the case, inside one transaction.
///
/// Units go into pages as they come, whatever the case knows already; when all are there, their keys
/// are sorted and entered into the index of records, which tells what was new. `finish` refuses the
/// source when the importer counted another number of units than arrived here.
final class SourceWriter: UnitSink {
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
  private var page = PageEncoder()
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
  private var fields = FieldDigest()

  private(set) var counts = UnitCounts()
  private(set) var owner: Account?
  private(set) var decisions: [String: String] = [:]
  private var skips: [String: Int64] = [:]
  private var seen: Int64 = 0

  /// How many units lie between two looks at cancellation and progress.
  private static let stride: Int64 = 1024

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
      sql: "INSERT INTO page(id, source, kinds, count, body) VALUES(?,?,?,?,?)"
    )
    insertRows = try database.makeStatement(
      sql: "INSERT INTO delivery_rows(source, chunk, rows) VALUES(?,?,?)"
    )
    insertReject = try database.makeStatement(
      sql: "INSERT INTO reject(source, part, row, byte_offset, bytes, reason) VALUES(?,?,?,?,?,?)"
    )
  }

  func setOwner(_ account: Account) { owner = account }

  func setDecision(_ name: String, _ value: String) { decisions[name] = value }

  func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) throws {
    try tick()
    guard !items.isEmpty else { return try note(skip: "says nothing") }
    guard items.count < Place.entryLimit / 2 else {
      throw EvidenceError.inputOutput(path: path, reason: "one unit says too many things")
    }
    if page.isFull || page.count + items.count > Place.entryLimit / 2 { try closePage() }
    var isFirst = true
    for item in items {
      try enter(item, at: position, original: isFirst ? original : nil)
      isFirst = false
    }
  }

  private func enter(
    _ item: EvidenceItem,
    at position: UnitPosition,
    original: Original?
  ) throws {
    let row = RecordRow(item)
    let key = RecordIdentity.id(of: item, row: row, using: &fields)
    let stored = RowAccounts(
      a: try accounts.stored(row.a),
      b: try accounts.stored(row.b),
      g: try accounts.stored(row.g)
    )
    let content = page.add(row, accounts: stored, key: key, at: position, original: original)
    unitStarts.append(original != nil)
    try sorter.add(
      KeyEntry(
        high: key.high,
        low: key.low,
        ordinal: entries,
        content: RecordIndex.rank(of: row, content: content)
      )
    )
    entries += 1
  }

  func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws {
    try tick()
    counts.rejected += 1
    try insertReject.execute(arguments: [
      source, storedText(position.part), position.row, position.offset, Data(bytes),
      storedText(reason),
    ])
  }

  func skip(at position: UnitPosition, rule: String) throws {
    try tick()
    try note(skip: rule)
  }

  func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws {
    try tick()
    counts.stored += 1
    guard let fingerprint else { return }
    rows.append(DeliveryRow(row: position.row, fingerprint: fingerprint))
    if rows.count >= DeliveryRowCoder.chunkRows { try flushRows() }
  }

  func deliver(_ delivery: Delivery) throws {
    if page.isFull { try closePage() }
    wholes.insert(Int(entries))
    // Row 0 is the file as a whole.
    try enter(.delivery(delivery), at: UnitPosition(row: 0), original: .text(delivery.name))
  }

  private func flushRows() throws {
    guard rows.count > 0 else { return }
    let chunk = rows.takeChunk()
    try insertRows.execute(arguments: [source, chunk.number, Data(chunk.bytes)])
  }

  private func note(skip rule: String) throws {
    counts.skipped += 1
    skips[rule, default: 0] += 1
  }

  private func tick() throws {
    seen += 1
    guard seen % Self.stride == 0 else { return }
    if isCancelled() { throw CancellationError() }
    progress?(seen)
  }

  private func closePage() throws {
    guard page.count > 0 else { return }
    try insertPage.execute(arguments: [
      pageNumber, source, page.kinds.rawValue, page.count, Data(page.body),
    ])
    digest.add(page: page.body)
    pageStarts.append(entries - Int64(page.count))
    pageNumber += 1
    page.removeAll()
  }

  /// The digest of the pages and of the accounts that they name; asked for before the owner's number.
  func pageDigest() -> String { digest.finish(accounts: accounts.byNumber) }

  /// Enters the keys, counts what was new and checks the conservation law.
  func finish(units: Int64) throws {
    try closePage()
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
  func ownerNumber() throws -> Int64? { try accounts.stored(owner)?.number }
}
