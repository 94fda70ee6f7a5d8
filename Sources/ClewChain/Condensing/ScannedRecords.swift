internal import ClewEvidence

/// The records of a case file that is too large to be held in memory, as a store: the file is read once for
/// what is counted, and again for the records that are asked for.
///
/// - Complexity: A reading of the file for the marks, one more for repeated messages where there can be any, and
///   one for the payments. Memory for the accounts (some 150 bytes each), the pairs in contact (8 bytes each) and
///   the records that are handed out.
struct ScannedRecords: RecordStore {
  private let path: String
  private var platforms: Set<String> = []
  private var book = SightingBook()
  private var goods: Set<Account> = []
  private var settledRecords: [SourcedRecord] = []
  private var tellingMessages: [SourcedRecord] = []
  /// The texts of messages that can be trade, or that may repeat one between other accounts.
  private var texts: Set<UInt64> = []
  private var hasFurtherTexts = false
  /// The ids of payments that know too little by themselves.
  private var vagueIDs: Set<UInt64> = []
  private var members: [Account: Set<Account>] = [:]
  private let marker: RecordMarker

  /// Reads a case and marks its records.
  ///
  /// - Parameters:
  ///   - path: The case file.
  ///   - lexicon: The words by which texts are understood.
  ///   - until: What is dated at or after this moment shows nobody.
  /// - Throws: `EvidenceError` when the case cannot be read.
  init(_ path: String, lexicon: Lexicon, until: Timestamp?) throws {
    self.path = path
    marker = RecordMarker(lexicon: lexicon, until: until)
    try CaseFile.openForReading(path).forEachRecord(counting: .everything) { record, sources in
      add(record, sources)
    }
  }

  private mutating func add(_ record: StoredRecord, _ sources: [Int64]) {
    let mark = marker.mark(record)
    if mark.flags.contains(.open) { platforms.insert(mark.platform) }
    if let group = mark.circle, let member = mark.first {
      members[group, default: []].insert(member)
    }
    if [.message, .transfer, .call].contains(mark.kind) { book.add(mark, record.id) }
    if mark.flags.contains(.settled) {
      settledRecords.append(SourcedRecord(record, sources: sources))
    }
    switch mark.kind {
    case .message:
      if !mark.flags.isDisjoint(with: [.telling, .vague]), let text = mark.text {
        texts.insert(text)
      }
      guard !mark.flags.contains(.settled) else { return }
      if mark.flags.contains(.telling) {
        tellingMessages.append(SourcedRecord(record, sources: sources))
      } else if mark.text != nil {
        hasFurtherTexts = true
      }
    case .transfer:
      if mark.flags.contains(.telling) {
        goods.formUnion([mark.first, mark.second].compactMap(\.self))
      }
      if mark.flags.contains(.vague) { vagueIDs.formUnion(mark.ids) }
    default: break
    }
  }

  /// Reads the file again for the records of a kind whose marks are asked for.
  private func read(
    _ kind: RecordMark.Kind,
    _ isWanted: (RecordMark) -> Bool,
    _ body: (SourcedRecord, RecordMark) -> Void
  ) throws {
    try CaseFile.openForReading(path).forEachRecord(counting: .everything) { record, sources in
      // Marking a message takes longer than looking what it is.
      switch (record.item, kind) {
      case (.message, .message), (.transfer, .transfer): break
      default: return
      }
      let mark = marker.mark(record)
      if isWanted(mark) { body(SourcedRecord(record, sources: sources), mark) }
    }
  }

  func openPlatforms() -> [String] { platforms.sorted() }

  func accounts() -> [Account] { book.accounts }

  func settled() -> [SourcedRecord] { settledRecords }

  func messages() throws -> [SourcedRecord] {
    guard hasFurtherTexts, !texts.isEmpty else { return tellingMessages }
    var messages = tellingMessages
    try read(
      .message,
      { mark in
        mark.flags.isDisjoint(with: [.settled, .telling]) && mark.text.map(texts.contains) == true
      },
      { record, _ in messages.append(record) }
    )
    return messages
  }

  func goodsAccounts() -> [Account] { goods.sorted() }

  func transfers(of accounts: [Account]) throws -> [SourcedRecord] {
    let accounts = Set(accounts)
    func isOf(_ mark: RecordMark) -> Bool {
      [mark.first, mark.second].contains { $0.map(accounts.contains) == true }
    }
    var linked = LinkedTransfers()
    try read(
      .transfer,
      { mark in
        isOf(mark) || mark.flags.contains(.vague) || mark.ids.contains(where: vagueIDs.contains)
      },
      { record, mark in
        linked.add(record, isVague: mark.flags.contains(.vague), ids: mark.ids, isTaken: isOf(mark))
      }
    )
    return linked.taken()
  }

  func sightings() -> [Account: [RecordID]] { book.sightings }

  func neighbours(of accounts: [Account]) -> [(Account, Account)] { book.pairs(of: accounts) }

  func circles() -> [(group: Account, member: Account)] {
    members.flatMap { group, members in members.map { (group, $0) } }
  }
}
