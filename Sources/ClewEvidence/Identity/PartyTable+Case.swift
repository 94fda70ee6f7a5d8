extension PartyTable {
  /// Resolves the accounts of a case by its links and by its analysts' decisions.
  ///
  /// - Parameters:
  ///   - file: The case.
  ///   - trying: A decision to be tried, which is not in the case.
  /// - Throws: ``EvidenceError`` when the case cannot be read.
  public init(of file: CaseFile, trying: Decision? = nil) throws {
    self = try Self.read(file, trying: trying).table
  }

  /// Resolves the accounts of a case, and tells on which platforms an id does not settle which
  /// messages are the same.
  package static func read(
    _ file: some CaseReading,
    trying: Decision? = nil
  ) throws -> (table: PartyTable, openPlatforms: Set<String>) {
    var resolver = PartyResolver()
    // QQ numbers its messages on every device anew.
    var openPlatforms: Set<String> = ["qq"]
    try file.forEachRecord { record in
      if case .message(let message) = record.item, message.serverID == nil {
        openPlatforms.insert(message.platform)
      }
      resolver.add(record)
    }
    for source in try file.sources() { resolver.add(source.owner) }
    for account in file.omitted.accounts { resolver.add(account) }
    openPlatforms.formUnion(file.omitted.openPlatforms)
    for decision in try file.holdingDecisions() { resolver.add(decision) }
    if let trying { resolver.add(trying) }
    return (resolver.resolve(), openPlatforms)
  }
}

extension PartyResolver {
  /// Adds the accounts that a record names, and its link if it is one.
  mutating func add(_ record: StoredRecord) {
    switch record.item {
    case .contact(let contact):
      add(contact.owner)
      add(contact.contact)
    case .message(let message):
      add(message.from)
      add(message.to)
    case .transfer(let transfer):
      add(transfer.payer)
      add(transfer.payee)
    case .call(let call):
      add(call.from)
      add(call.to)
    case .membership(let membership):
      add(membership.member)
      add(membership.invitedBy)
    case .accountLink(let link): add(link, record: record.id)
    case .trade(let trade):
      add(trade.supplier)
      add(trade.buyer)
    case .delivery: break
    }
  }
}
