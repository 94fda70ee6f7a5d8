/// Units of one source on their way into the case, packed as one page (``PageEncoder``).
///
/// A batch is filled by one thread and written by another. What is costly is done while it is filled:
/// the digests that identify records, and the page itself, in which accounts go by their place in a
/// list of the batch's own. So the writer has little left to do, and several batches can be filled at
/// once; written in the order of the source they make the same case, whoever filled them.
///
/// `@unchecked`: a batch belongs to one thread at a time; it is handed on, never shared.
package final class UnitBatch: UnitSink, @unchecked Sendable {
  /// The key of an entry and its rank among entries of its key.
  struct Key {
    let id: RecordID
    let rank: UInt64
  }

  /// A unit that was refused.
  struct Reject {
    let position: UnitPosition
    let bytes: [UInt8]
    let reason: String
  }

  /// What goes into the page; one value, so that a plain unit changes one property of the batch.
  struct Content {
    var page = PageEncoder()
    var keys: [Key] = []
    /// For each entry whether it begins a unit.
    var starts: [Bool] = []
    /// The accounts of the page by their places, each by its number in the source's registry.
    var accounts: [UInt32] = []
    /// How many units the batch holds.
    var units: Int64 = 0
  }

  private(set) var content = Content()
  var page: PageEncoder { content.page }
  /// The entry that says what the file is as a whole, and belongs to no unit.
  private(set) var whole: Int?
  /// The digest of the page, once the batch is sealed.
  private(set) var pageDigest: PageDigest.Body?
  private(set) var rejects: [Reject] = []
  private(set) var skips: [String: Int64] = [:]
  private(set) var rows: [DeliveryRow] = []
  /// How many rows of a delivery there are, with and without fingerprint.
  private(set) var countedRows: Int64 = 0
  private(set) var owner: Account?
  private(set) var decisions: [(name: String, value: String)] = []
  /// How many units the batch holds.
  package var units: Int64 { content.units }

  private let shelf: AccountShelf
  private var fields = FieldDigest()
  private var kept = 0

  /// A batch is handed on before it holds more than this: rejects and rows of deliveries have a place in
  /// memory only.
  private static let rowLimit = 8192
  private static let keptLimit = 1 << 20

  /// Makes a batch, to be filled by the thread that the shelf belongs to, which fills no other meanwhile.
  package init(_ shelf: AccountShelf) {
    self.shelf = shelf
    shelf.beginBatch()
    content.keys.reserveCapacity(1024)
    content.starts.reserveCapacity(1024)
    content.accounts.reserveCapacity(2048)
  }

  /// Ends the filling: what the writer would have to compute is computed by the thread that filled.
  package func seal() {
    if pageDigest == nil { pageDigest = PageDigest.Body(page.body) }
  }

  /// Whether the next unit should go into another batch.
  package var isFull: Bool {
    page.isFull || page.count >= Place.entryLimit / 2 || rows.count >= Self.rowLimit
      || kept >= Self.keptLimit
  }

  /// Whether there is nothing to write.
  package var isEmpty: Bool {
    units == 0 && page.count == 0 && owner == nil && decisions.isEmpty
  }

  package func accept(
    _ items: [EvidenceItem],
    at position: UnitPosition,
    original: Original
  ) throws {
    guard !items.isEmpty else { return skip(at: position, rule: "says nothing") }
    guard items.count < Place.entryLimit / 2 else { throw UnitFault.saysTooMuch }
    content.units += 1
    var isFirst = true
    for item in items {
      enter(item, at: position, original: isFirst ? original : nil)
      isFirst = false
    }
  }

  package func reject(at position: UnitPosition, bytes: [UInt8], reason: String) {
    content.units += 1
    kept += bytes.count
    rejects.append(Reject(position: position, bytes: bytes, reason: reason))
  }

  package func skip(at position: UnitPosition, rule: String) {
    content.units += 1
    skips[rule, default: 0] += 1
  }

  package func count(rowAt position: UnitPosition, fingerprint: UInt64?) {
    content.units += 1
    countedRows += 1
    guard let fingerprint else { return }
    rows.append(DeliveryRow(row: position.row, fingerprint: fingerprint))
  }

  package func deliver(_ delivery: Delivery) {
    whole = content.page.count
    // Row 0 is the file as a whole.
    enter(.delivery(delivery), at: UnitPosition(row: 0), original: .text(delivery.name))
  }

  package func setOwner(_ account: Account) { owner = account }

  package func setDecision(_ name: String, _ value: String) { decisions.append((name, value)) }

  private func enter(_ item: EvidenceItem, at position: UnitPosition, original: Original?) {
    let row = RecordRow(item)
    let key = RecordIdentity.id(of: item, row: row, using: &fields)
    let numbers = RowAccounts(a: place(row.a), b: place(row.b), g: place(row.g))
    let digest = content.page.add(
      row,
      accounts: numbers,
      key: key,
      at: position,
      original: original
    )
    content.keys.append(Key(id: key, rank: RecordIndex.rank(of: row, content: digest)))
    content.starts.append(original != nil)
  }

  private func place(_ account: Account?) -> StoredAccount? {
    guard let account else { return nil }
    return shelf.stored(account, in: &content.accounts)
  }

  /// Takes a unit that is one transfer, whose cells are its texts as they stand.
  ///
  /// - Parameters:
  ///   - transfer: The transfer; its accounts are on this batch's shelf.
  ///   - bytes: The part of the table that it lies in.
  /// - Returns: Whether it was taken; a very long one is not, and goes the general way.
  package func accept(_ transfer: PlainTransfer, in bytes: Span<UInt8>) -> Bool {
    guard shelf.desk.holds(transfer, shelf) else { return false }
    content.add(transfer, in: bytes, shelf)
    return true
  }
}

extension UnitBatch.Content {
  /// Adds a transfer for which the shelf's desk has room.
  fileprivate mutating func add(
    _ transfer: PlainTransfer,
    in bytes: Span<UInt8>,
    _ shelf: AccountShelf
  ) {
    let ends = RowAccounts(
      a: shelf.stored(transfer.payer, in: &accounts),
      b: shelf.stored(transfer.payee, in: &accounts)
    )
    let made = unsafe shelf.desk.make(transfer, in: bytes, accounts: ends, shelf: shelf)
    unsafe page.add(entry: made.bytes, .transfer)
    keys.append(UnitBatch.Key(id: unsafe made.key, rank: unsafe made.rank))
    starts.append(true)
    units += 1
  }
}

/// What no source may do.
enum UnitFault: Error {
  /// One unit says more things than a page can hold.
  case saysTooMuch
}

/// A sink that takes units in whole batches too.
package protocol BatchSink: UnitSink {
  /// The accounts of the source; each thread that fills batches makes its shelf of them.
  var registry: AccountRegistry { get }

  /// Takes the units of a batch, behind all that it was told before.
  func take(_ batch: UnitBatch) throws
}
