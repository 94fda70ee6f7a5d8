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

  private(set) var page = PageEncoder()
  private(set) var keys: [Key] = []
  /// For each entry whether it begins a unit.
  private(set) var starts: [Bool] = []
  /// The entry that says what the file is as a whole, and belongs to no unit.
  private(set) var whole: Int?
  /// The accounts of the page by their places.
  private(set) var accounts = AccountList()
  private(set) var rejects: [Reject] = []
  private(set) var skips: [String: Int64] = [:]
  private(set) var rows: [DeliveryRow] = []
  /// How many rows of a delivery there are, with and without fingerprint.
  private(set) var countedRows: Int64 = 0
  private(set) var owner: Account?
  private(set) var decisions: [(name: String, value: String)] = []
  /// How many units the batch holds.
  package private(set) var units: Int64 = 0

  private var fields = FieldDigest()
  private var kept = 0

  /// A batch is handed on before it holds more than this: rejects and rows of deliveries have a place in
  /// memory only.
  private static let rowLimit = 8192
  private static let keptLimit = 1 << 20

  package init() {
    keys.reserveCapacity(1024)
    starts.reserveCapacity(1024)
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
    units += 1
    var isFirst = true
    for item in items {
      enter(item, at: position, original: isFirst ? original : nil)
      isFirst = false
    }
  }

  package func reject(at position: UnitPosition, bytes: [UInt8], reason: String) {
    units += 1
    kept += bytes.count
    rejects.append(Reject(position: position, bytes: bytes, reason: reason))
  }

  package func skip(at position: UnitPosition, rule: String) {
    units += 1
    skips[rule, default: 0] += 1
  }

  package func count(rowAt position: UnitPosition, fingerprint: UInt64?) {
    units += 1
    countedRows += 1
    guard let fingerprint else { return }
    rows.append(DeliveryRow(row: position.row, fingerprint: fingerprint))
  }

  package func deliver(_ delivery: Delivery) {
    whole = page.count
    // Row 0 is the file as a whole.
    enter(.delivery(delivery), at: UnitPosition(row: 0), original: .text(delivery.name))
  }

  package func setOwner(_ account: Account) { owner = account }

  package func setDecision(_ name: String, _ value: String) { decisions.append((name, value)) }

  private func enter(_ item: EvidenceItem, at position: UnitPosition, original: Original?) {
    let row = RecordRow(item)
    let key = RecordIdentity.id(of: item, row: row, using: &fields)
    let numbers = RowAccounts(a: place(row.a), b: place(row.b), g: place(row.g))
    let content = page.add(row, accounts: numbers, key: key, at: position, original: original)
    keys.append(Key(id: key, rank: RecordIndex.rank(of: row, content: content)))
    starts.append(original != nil)
  }

  private func place(_ account: Account?) -> StoredAccount? {
    guard let account else { return nil }
    let digest = StoredAccount.digest(of: account)
    return StoredAccount(
      number: Int64(accounts.place(of: account, digest: digest).place),
      digest: digest
    )
  }
}

/// What no source may do.
enum UnitFault: Error {
  /// One unit says more things than a page can hold.
  case saysTooMuch
}

/// A sink that takes units in whole batches too.
package protocol BatchSink: UnitSink {
  /// Takes the units of a batch, behind all that it was told before.
  func take(_ batch: UnitBatch) throws
}
