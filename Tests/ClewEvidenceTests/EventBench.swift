import ClewEvidence

/// Records of made-up sources, grouped into events.
struct EventBench {
  private var records: [(item: EvidenceItem, sources: [Int64])] = []

  mutating func add(_ item: EvidenceItem, in sources: Int64...) { records.append((item, sources)) }

  /// The places of the records of each event with more than one.
  func events(reversed: Bool = false) -> Set<Set<Int>> {
    Set(groups(reversed: reversed).map(Set.init))
  }

  /// The place of the record that stands for each of these events.
  func mainRecords() -> Set<Int> { Set(groups(reversed: false).compactMap(\.first)) }

  private func groups(reversed: Bool) -> [[Int]] {
    var resolver = PartyResolver()
    for (item, _) in records {
      switch item {
      case .transfer(let transfer):
        resolver.add(transfer.payer)
        resolver.add(transfer.payee)
      case .call(let call):
        resolver.add(call.from)
        resolver.add(call.to)
      case .message(let message):
        resolver.add(message.from)
        resolver.add(message.to)
      default: break
      }
    }
    var events = CaseEvents(parties: resolver.resolve(), sources: [])
    let order = reversed ? Array(records.indices.reversed()) : Array(records.indices)
    for place in order {
      let id = RecordID(high: UInt64(place), low: 0)
      events.add(
        StoredRecord(id: id, item: records[place].item),
        sources: records[place].sources
      )
    }
    let grouping = events.grouping()
    return (grouping.transfers + grouping.calls + grouping.messages).map { $0.map { Int($0.high) } }
  }

  static func time(_ second: Int64) -> Timestamp {
    Timestamp(milliseconds: 1_709_380_800_000 + second * 1000)
  }
}
