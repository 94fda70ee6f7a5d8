/// How many rows, records and events a case holds of each kind: what a user counts and what counts.
public struct EventTotals: Sendable, Hashable {
  /// The counts of one kind.
  public struct Line: Sendable, Hashable {
    /// What is counted, such as `messages wechat`, `calls phone` or `transfers`.
    public let kind: String
    /// Rows of all sources.
    public internal(set) var rows: Int64
    /// Records: rows that say the same under one id are one.
    public internal(set) var records: Int64
    /// Events: records of different sources that tell of the same are one.
    public internal(set) var events: Int64
  }

  /// The kinds in order of their names.
  public let lines: [Line]

  /// Counts a case.
  ///
  /// - Throws: ``EvidenceError`` when the case cannot be read.
  public init(of file: CaseFile) throws {
    let parties = try PartyTable.read(file)
    var events = CaseEvents(parties: parties.table, sources: try file.sources())
    var lines: [String: Line] = [:]
    var kindOf: [RecordID: String] = [:]
    try file.forEachRecord(counting: .everything) { record, sources in
      guard let kind = Self.kind(record.item) else { return }
      let known = lines[kind] ?? Line(kind: kind, rows: 0, records: 0, events: 0)
      lines[kind] = Line(
        kind: kind,
        rows: known.rows + Int64(sources.count),
        records: known.records + 1,
        events: known.events + 1
      )
      if case .message(let message) = record.item,
        !parties.openPlatforms.contains(message.platform)
      {
        return
      }
      kindOf[record.id] = kind
      events.add(record, sources: sources)
    }
    let grouping = events.grouping()
    for group in grouping.transfers + grouping.calls + grouping.messages {
      guard let kind = group.first.flatMap({ kindOf[$0] }) else { continue }
      lines[kind]?.events -= Int64(group.count - 1)
    }
    self.lines = lines.values.sorted { $0.kind.utf8.lexicographicallyPrecedes($1.kind.utf8) }
  }

  private static func kind(_ item: EvidenceItem) -> String? {
    switch item {
    case .message(let message):
      message.platform == "sms" ? "short messages" : "messages \(message.platform)"
    case .transfer: "transfers"
    case .call(let call): "calls \(call.channel)"
    default: nil
    }
  }
}
