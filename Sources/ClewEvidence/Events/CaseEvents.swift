/// Groups the records of a case into events, after its accounts are resolved to parties.
///
/// `TransferEvents`, `CallEvents` and `MessageEvents` hold the rules; `docs/deduplication.md`
/// says why. A record that no rule joins to another is an event of its own.
public struct CaseEvents: Sendable {
  /// The events of a case.
  public struct Grouping: Sendable {
    /// The records of each payment, of two or more records, smallest first.
    public internal(set) var transfers: [[RecordID]] = []
    /// The records of each call, of two or more records, smallest first.
    public internal(set) var calls: [[RecordID]] = []
    /// The records of each message, of two or more records; the one that stands for it first.
    public internal(set) var messages: [[RecordID]] = []

    /// The records of messages for which another record stands.
    public var repeatedMessages: Set<RecordID> {
      Set(messages.lazy.flatMap { $0.dropFirst() })
    }
  }

  private let parties: PartyTable
  private let formats: [Int64: String]
  private var places = Interner<String>()
  private var formatNumbers = Interner<String>()
  private var others = Interner<Account>()
  private var transfers: [TransferEvents.Row] = []
  private var calls: [CallEvents.Row] = []
  private var messages: [MessageEvents.Row] = []

  /// Makes an empty collection.
  ///
  /// - Parameters:
  ///   - parties: The parties of the case.
  ///   - sources: The sources of the case.
  public init(parties: PartyTable, sources: [SourceSummary]) {
    self.parties = parties
    var formats: [Int64: String] = [:]
    for source in sources { formats[source.number] = source.format }
    self.formats = formats
  }

  /// Adds a record with the numbers of the sources that hold it; other kinds are passed over.
  public mutating func add(_ record: StoredRecord, sources: [Int64]) {
    switch record.item {
    case .transfer(let transfer): add(transfer, record.id, sources)
    case .call(let call): add(call, record.id, sources)
    case .message(let message): add(message, record.id, sources)
    default: break
    }
  }

  /// Groups what was added.
  public consuming func grouping() -> Grouping {
    var grouping = Grouping()
    grouping.transfers = TransferEvents(transfers).events()
      .filter { $0.count > 1 }.map { $0.map(\.record).sorted() }
    grouping.calls = CallEvents(calls).events()
      .filter { $0.count > 1 }.map { $0.map(\.record).sorted() }
    grouping.messages = MessageEvents(messages).events()
      .filter { $0.count > 1 }.map(Self.ranked)
    return grouping
  }

  /// The record that tells most comes first: with accounts, then with an id, then the earliest.
  private static func ranked(_ rows: [MessageEvents.Row]) -> [RecordID] {
    rows.sorted { left, right in
      if left.weakness != right.weakness { return left.weakness < right.weakness }
      let (a, b) = (left.message.text.isEmpty, right.message.text.isEmpty)
      if a != b { return b }
      let (c, d) = (left.message.serverID == nil, right.message.serverID == nil)
      if c != d { return d }
      return left.at != right.at ? left.at < right.at : left.record < right.record
    }.map(\.record)
  }

  private mutating func add(_ transfer: Transfer, _ record: RecordID, _ sources: [Int64]) {
    transfers.append(
      TransferEvents.Row(
        payer: party(transfer.payer),
        payee: party(transfer.payee),
        isPayerWeak: isWeak(transfer.payer),
        isPayeeWeak: isWeak(transfer.payee),
        transfer: transfer,
        record: record,
        sources: places(sources, channel: transfer.channel)
      )
    )
  }

  private mutating func add(_ call: Call, _ record: RecordID, _ sources: [Int64]) {
    calls.append(
      CallEvents.Row(
        from: end(call.from),
        to: end(call.to),
        isFromWeak: isWeak(call.from),
        isToWeak: isWeak(call.to),
        call: call,
        record: record,
        sources: places(sources, channel: "")
      )
    )
  }

  private mutating func add(_ message: Message, _ record: RecordID, _ sources: [Int64]) {
    messages.append(
      MessageEvents.Row(
        from: message.from.map { end($0) },
        to: message.to.map { end($0) },
        isFromWeak: isWeak(message.from),
        isToWeak: isWeak(message.to),
        message: message,
        record: record,
        sources: places(sources, channel: ""),
        formats: Set(sources.map { formatNumbers.number(of: formats[$0] ?? "") })
      )
    )
  }

  private func party(_ account: Account?) -> Int? { account.flatMap(parties.index(of:)) }

  /// The place of a party, or a number beyond for an account that is none, such as a service.
  private mutating func end(_ account: Account) -> Int {
    parties.index(of: account) ?? parties.parties.count + others.number(of: account)
  }

  /// Whether the account is a name only, and its party holds nothing better.
  private func isWeak(_ account: Account?) -> Bool {
    guard let account, account.scheme == .name else { return false }
    guard let party = parties.index(of: account) else { return true }
    return parties.parties[party].accounts.allSatisfy { $0.scheme == .name }
  }

  /// Numbers for sources.
  ///
  /// A canonical table holds rows of several original sources, which its
  /// channel column keeps apart.
  private mutating func places(_ sources: [Int64], channel: String) -> SourceSet {
    Set(
      sources.map { source in
        let isTable = formats[source]?.hasPrefix("canonical") == true
        return places.number(of: isTable ? "\(source) \(channel)" : "\(source)")
      }
    )
  }
}

/// Gives equal values one number.
struct Interner<Value: Hashable & Sendable>: Sendable {
  private var numbers: [Value: Int] = [:]

  mutating func number(of value: Value) -> Int {
    if let number = numbers[value] { return number }
    numbers[value] = numbers.count
    return numbers.count - 1
  }
}
