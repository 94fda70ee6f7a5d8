/// Where an analysis reads a case: its file, or what is left of it when somebody else has passed over what
/// cannot matter.
package protocol CaseReading {
  /// The sources in order of import.
  func sources() throws -> [SourceSummary]
  /// The analysts' decisions that hold, by number.
  func holdingDecisions() throws -> [Decision]
  /// The files of personal data.
  func deliveries() throws -> [(record: RecordID, delivery: Delivery)]
  /// The rows of one of them that hold an identifier.
  func deliveryRows(of record: RecordID) throws -> [DeliveryRow]
  /// Hands every record to `body`.
  func forEachRecord(_ body: (StoredRecord) throws -> Void) throws
  /// Hands every record to `body` with its sources where they matter; elsewhere the list is empty.
  func forEachRecord(
    counting: CaseFile.Counting,
    _ body: (StoredRecord, [Int64]) throws -> Void
  ) throws
  /// What the records tell that are not handed over.
  var omitted: OmittedRecords { get }
}

extension CaseFile: CaseReading {
  /// The analysts' decisions that hold, by number.
  package func holdingDecisions() throws -> [Decision] { try decisions().holding }

  /// Nothing: a case file hands over every record.
  package var omitted: OmittedRecords { OmittedRecords() }
}

/// What an analysis needs of records that it does not see itself.
///
/// Whatever the records that it does see tell as well may stand here again; nothing is counted twice.
package struct OmittedRecords: Sendable {
  /// The accounts that they name.
  package var accounts: [Account] = []
  /// The platforms on which messages lack an id.
  package var openPlatforms: Set<String> = []
  /// The least records that mention an account, at most ``mentions`` each.
  package var sightings: [Account: [RecordID]] = [:]
  /// Two accounts that wrote to, called or paid each other.
  package var neighbours: [(Account, Account)] = []
  /// Who wrote in which group.
  package var circles: [(group: Account, member: Account)] = []

  /// How many records are kept to show that somebody is mentioned at all.
  package static let mentions = 3

  package init() {}
}

/// A record with the numbers of the sources that hold it, one for each row that does.
package struct SourcedRecord: Sendable, Hashable {
  /// The record.
  package let record: StoredRecord
  /// The sources, ascending.
  package let sources: [Int64]

  package init(_ record: StoredRecord, sources: [Int64]) {
    self.record = record
    self.sources = sources
  }

  /// Reads numbers of sources that are parted by commas; `nil` for anything else.
  package static func sources(of text: some Collection<UInt8>) -> [Int64]? {
    sources(of: Array(text)[...])
  }

  /// Reads numbers of sources that are parted by commas; `nil` for anything else.
  package static func sources(of text: ArraySlice<UInt8>) -> [Int64]? {
    guard !text.isEmpty else { return [] }
    var numbers: [Int64] = []
    var rest = text
    while true {
      let end = rest.firstIndex(of: UInt8(ascii: ",")) ?? rest.endIndex
      guard let part = String(validating: rest[..<end], as: UTF8.self), let number = Int64(part)
      else { return nil }
      numbers.append(number)
      guard end < rest.endIndex else { return numbers }
      rest = rest[(end + 1)...]
    }
  }
}

/// The records of a case that can matter, and what the others tell.
package struct CondensedCase: CaseReading {
  /// The records, by number.
  private let records: [SourcedRecord]
  private let allSources: [SourceSummary]
  private let decisions: [Decision]
  private let files: [(record: RecordID, delivery: Delivery)]
  private let rows: (RecordID) throws -> [DeliveryRow]
  /// What the records tell that are not handed over.
  package let omitted: OmittedRecords

  /// Makes a case.
  ///
  /// - Parameters:
  ///   - records: The records that can matter, in any order; one that comes twice is one.
  ///   - omitted: What the others tell.
  ///   - original: Where sources, decisions and files of personal data are read.
  ///   - tables: Sources that the original does not have.
  /// - Throws: What reading the original throws.
  package init(
    _ records: [SourcedRecord],
    omitted: OmittedRecords,
    of original: some CaseReading,
    _ tables: [SourceSummary] = []
  ) throws {
    let sorted = records.sorted { $0.record.id < $1.record.id }
    self.records = sorted.indices.filter {
      $0 == 0 || sorted[$0 - 1].record.id != sorted[$0].record.id
    }.map { sorted[$0] }
    self.omitted = omitted
    allSources = try original.sources() + tables
    decisions = try original.holdingDecisions()
    files = try original.deliveries()
    rows = { try original.deliveryRows(of: $0) }
  }

  package func sources() -> [SourceSummary] { allSources }

  package func holdingDecisions() -> [Decision] { decisions }

  package func deliveries() -> [(record: RecordID, delivery: Delivery)] { files }

  package func deliveryRows(of record: RecordID) throws -> [DeliveryRow] { try rows(record) }

  package func forEachRecord(_ body: (StoredRecord) throws -> Void) rethrows {
    for record in records { try body(record.record) }
  }

  package func forEachRecord(
    counting: CaseFile.Counting,
    _ body: (StoredRecord, [Int64]) throws -> Void
  ) rethrows {
    for record in records {
      try body(record.record, counting.counts(record.record.item) ? record.sources : [])
    }
  }
}

extension Message {
  /// A number for what it says and on which platform; two that can be one message have the same.
  package var sayingKey: UInt64 { MessageEvents.key(of: self) }
}

extension Transfer {
  /// Numbers for those of its ids by which rows that know too little find the payment that they tell of.
  package var worldwideIDs: [UInt64] {
    ids.filter { $0.utf8.count >= TransferEvents.longID }.map { id in
      var digest = FieldDigest()
      digest.add(id)
      return digest.recordID.high
    }
  }
}
