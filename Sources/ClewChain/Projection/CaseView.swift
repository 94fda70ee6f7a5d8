public import ClewEvidence

/// Everything the analysis keeps of a case: parties, who is in contact with whom, and what they
/// said, paid and called each other.
public struct CaseView: Sendable {
  /// The parties and what was decided about every link between accounts.
  public let parties: PartyTable
  /// Their names.
  public let names: PartyNames
  /// Pairs of parties that are possibly one; nothing is merged by it.
  public let possiblySame: [SoftLink]
  /// Where the evidence contradicts itself about who holds an account.
  public let conflicts: [IdentityConflict]
  /// The analysts' merges and splits that hold.
  public let decisions: [Decision]
  /// The parties whose own device or account the case holds.
  public internal(set) var seized: Set<Int> = []
  var utterances: [Pair: [Utterance]] = [:]
  var money: MoneyLedger
  var labels: [Label] = []
  var trades: [(trade: Trade, supplier: Int, buyer: Int, record: RecordID)] = []
  /// The files of personal data.
  let attachments: AttachmentIndex
  /// Which of them hold the same rows.
  let shared: SharedRowsFinder
  /// The messages that carry each of them.
  var carriers: [Int: [DeliveryFinding.Carrier]] = [:]
  /// Records that show a party exists, at most a few each, smallest first.
  var mentions: [Int: [RecordID]] = [:]

  /// What the analysis is to do without.
  var leftOut: Set<EvidenceClass> = []

  /// The members of each group chat, as far as they are parties: by the group's account.
  var groups: [Account: Set<Int>] = [:]

  /// A remark or tag that names the other side of a trade.
  struct Label: Sendable {
    let supplier: Int
    let buyer: Int
    let record: RecordID
    /// It says so in a word of resale (上家, 下家), not in one that any business uses (客户).
    let isResale: Bool
  }

  /// Two different parties, the lower place first.
  struct Pair: Hashable, Sendable, Comparable {
    let low: Int
    let high: Int

    init(_ one: Int, _ other: Int) {
      low = min(one, other)
      high = max(one, other)
    }

    static func < (left: Pair, right: Pair) -> Bool {
      left.low != right.low ? left.low < right.low : left.high < right.high
    }
  }

  /// Reads a case twice: first the accounts and their links, then everything else.
  ///
  /// - Parameters:
  ///   - file: The case.
  ///   - lexicon: The words by which texts are understood.
  ///   - until: Leaves out what is dated at or after this moment.
  /// - Throws: `EvidenceError` when the case cannot be read.
  public init(of file: CaseFile, lexicon: Lexicon = .standard, until: Timestamp? = nil) throws {
    try self.init(reading: file, lexicon: lexicon, until: until)
  }

  /// Reads a case, or what is left of it.
  package init(
    reading file: some CaseReading,
    lexicon: Lexicon = .standard,
    until: Timestamp? = nil
  ) throws {
    let (parties, openPlatforms) = try PartyTable.read(file)
    self.parties = parties
    decisions = try file.holdingDecisions()
    let sources = try file.sources()
    attachments = try AttachmentIndex(file.deliveries()) { try file.deliveryRows(of: $0) }
    shared = SharedRowsFinder(attachments.attachments.map(\.fingerprints))
    var collector = Collector(
      parties: parties,
      money: MoneyLedger(lexicon: lexicon),
      reader: UtteranceReader(lexicon: lexicon),
      attachments: attachments,
      until: until
    )
    var events = CaseEvents(parties: parties, sources: sources)
    var softLinks = SoftLinkFinder(parties: parties)
    var conflicts = IdentityConflicts()
    collector.add(file.omitted)
    for (one, other) in file.omitted.neighbours { softLinks.connect(one, other) }
    try file.forEachRecord(counting: .platforms(openPlatforms)) { record, sources in
      collector.add(record)
      softLinks.add(record, sources: sources)
      conflicts.add(record)
      if !sources.isEmpty { events.add(record, sources: sources) }
    }
    possiblySame = softLinks.links(decisions: decisions)
    self.conflicts = conflicts.conflicts(in: parties)
    let grouping = events.grouping()
    collector.drop(messages: grouping.repeatedMessages)
    collector.takeGroupOrders()
    names = collector.names
    seized = collector.bookOwners
    for source in sources {
      if let owner = source.owner, let party = parties.index(of: owner) { seized.insert(party) }
    }
    utterances = collector.utterances
    carriers = collector.carriers
    money = collector.money
    money.events = grouping.transfers
    labels = collector.labels
    groups = collector.groups
    trades = collector.trades
    mentions = collector.mentions
  }

  /// The files that hold the same payload, pair by pair, by the numbers that messages know them by.
  var sharedFiles: [(UInt64, UInt64)] {
    shared.pairs.filter(\.isSamePayload).map {
      (attachments.attachments[$0.first].key, attachments.attachments[$0.second].key)
    }
  }

  /// What to call a party: its handle, or the value of its leading account.
  public func name(of party: Int) -> String {
    names.name(of: party) ?? parties.parties[party].accounts[0].value
  }
}

/// Sorts the records of a case into what the projection reads.
private struct Collector {
  let parties: PartyTable
  var money: MoneyLedger
  let reader: UtteranceReader
  let attachments: AttachmentIndex
  let until: Timestamp?
  var names = PartyNames()
  var utterances: [CaseView.Pair: [Utterance]] = [:]
  var carriers: [Int: [DeliveryFinding.Carrier]] = [:]
  var labels: [CaseView.Label] = []
  var groups: [Account: Set<Int>] = [:]
  var trades: [(trade: Trade, supplier: Int, buyer: Int, record: RecordID)] = []
  var mentions: [Int: [RecordID]] = [:]
  var bookOwners: Set<Int> = []
  var groupOrders = GroupOrders()

  private static let mentionLimit = OmittedRecords.mentions

  /// Forgets what a message says for which another record of the same message stands.
  mutating func drop(messages: Set<RecordID>) {
    guard !messages.isEmpty else { return }
    groupOrders.drop(messages)
    for pair in utterances.keys {
      utterances[pair]?.removeAll { messages.contains($0.record) }
      if utterances[pair]?.isEmpty == true { utterances[pair] = nil }
    }
  }

  /// Reads orders that were placed in groups as if they had been placed with those who answered them.
  mutating func takeGroupOrders() {
    for (pair, dealings) in groupOrders.dealings(utterances) {
      utterances[pair, default: []] += dealings
    }
  }

  /// Adds what the records tell that are not read.
  mutating func add(_ omitted: OmittedRecords) {
    for (account, records) in omitted.sightings {
      guard let party = parties.index(of: account) else { continue }
      for record in records { mention(party, record) }
    }
    for (group, member) in omitted.circles {
      if let member = parties.index(of: member) { groups[group, default: []].insert(member) }
    }
  }

  mutating func add(_ record: StoredRecord) {
    switch record.item {
    case .contact(let contact): add(contact, record.id)
    case .message(let message): add(message, record.id)
    case .transfer(let transfer): add(transfer, record.id)
    case .call(let call):
      mention(call.from, call.to, record.id)
    case .membership(let membership):
      guard let member = parties.index(of: membership.member) else { return }
      names.add(membership, party: member)
      groups[membership.group, default: []].insert(member)
      mention(member, record.id)
    case .accountLink(let link):
      if let party = parties.index(of: link.first) { mention(party, record.id) }
    case .trade(let trade): add(trade, record.id)
    case .delivery: break
    }
  }

  private mutating func add(_ contact: Contact, _ record: RecordID) {
    guard let party = parties.index(of: contact.contact) else { return }
    if contact.nature == .device {
      bookOwners.insert(party)
      return
    }
    names.add(contact, party: party)
    mention(party, record)
    guard let owner = contact.owner.flatMap(parties.index(of:)), owner != party else { return }
    // Whose address book lies in the case, his device does, also where a table names no owner of its own.
    if contact.nature == .friend || contact.nature == .deleted { bookOwners.insert(owner) }
    let said = ([contact.remark] + contact.tags).joined(separator: " ")
    let isSupplier = reader.lexicon.contains(.supplierLabel, in: said)
    let isBuyer = reader.lexicon.contains(.buyerLabel, in: said)
    guard isSupplier != isBuyer else { return }
    labels.append(
      CaseView.Label(
        supplier: isSupplier ? party : owner,
        buyer: isSupplier ? owner : party,
        record: record,
        isResale: reader.lexicon.contains(.resaleLabel, in: said)
      )
    )
  }

  private mutating func add(_ message: Message, _ record: RecordID) {
    guard until.map({ (message.sentAt ?? $0) >= $0 }) != true else { return }
    let content = content(of: message, record)
    guard let from = message.from.flatMap(parties.index(of:)) else { return }
    if let group = message.group {
      groups[group, default: []].insert(from)
      if let utterance = reader.readGroup(message, record: record) {
        groupOrders.add(utterance, by: from, in: group)
      }
    }
    guard message.group == nil, let to = message.to.flatMap(parties.index(of:)), to != from else {
      return mention(from, record)
    }
    mention(from, record)
    mention(to, record)
    let pair = CaseView.Pair(from, to)
    var utterance = reader.read(message, record: record)
    if let content {
      utterance.content = content
      utterance.file = attachments.attachments[content.attachment].key
    }
    guard utterance.matters else { return }
    if from == pair.low { utterance.flags.insert(.fromLow) }
    utterances[pair, default: []].append(utterance)
  }

  /// What the message's file holds; a file that only bears the same name is noted and no more.
  private mutating func content(of message: Message, _ record: RecordID) -> FileContent? {
    guard message.kind == .file, let file = message.file, let found = attachments.find(file) else {
      return nil
    }
    carriers[found.attachment, default: []].append(
      DeliveryFinding.Carrier(
        record: record,
        strength: found.strength,
        from: message.from.flatMap(parties.index(of:)),
        to: message.group == nil ? message.to.flatMap(parties.index(of:)) : nil,
        at: message.sentAt?.milliseconds ?? .min
      )
    )
    guard found.strength < .name else { return nil }
    let attachment = attachments.attachments[found.attachment]
    guard attachment.identified > 0 else { return nil }
    return FileContent(
      attachment: found.attachment,
      rows: attachment.identified,
      isSensitive: attachment.isSensitive,
      categories: reader.lexicon.categoryMask(of: attachment)
    )
  }

  private mutating func add(_ transfer: Transfer, _ record: RecordID) {
    guard until.map({ (transfer.at ?? $0) >= $0 }) != true else { return }
    mention(transfer.payer, transfer.payee, record)
    guard let payer = transfer.payer.flatMap(parties.index(of:)),
      let payee = transfer.payee.flatMap(parties.index(of:))
    else { return }
    money.add(transfer, payer: payer, payee: payee, record: record)
  }

  private mutating func add(_ trade: Trade, _ record: RecordID) {
    guard until.map({ (trade.at ?? $0) >= $0 }) != true else { return }
    mention(trade.supplier, trade.buyer, record)
    guard let supplier = parties.index(of: trade.supplier),
      let buyer = parties.index(of: trade.buyer), supplier != buyer
    else { return }
    trades.append((trade, supplier, buyer, record))
  }

  private mutating func mention(_ one: Account?, _ other: Account?, _ record: RecordID) {
    for account in [one, other].compactMap(\.self) {
      if let party = parties.index(of: account) { mention(party, record) }
    }
  }

  private mutating func mention(_ party: Int, _ record: RecordID) {
    var records = mentions[party] ?? []
    if records.count < Self.mentionLimit {
      guard !records.contains(record) else { return }
      records.append(record)
      records.sort()
    } else if let last = records.last, record < last, !records.contains(record) {
      records[records.count - 1] = record
      records.sort()
    } else {
      return
    }
    mentions[party] = records
  }
}
