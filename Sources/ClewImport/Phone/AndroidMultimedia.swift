internal import ClewEvidence

/// Reads MMS: heads in `pdu`, addresses in `addr`, content in `part`.
struct AndroidMultimedia {
  private struct Content {
    var text = ""
    var kind = Message.Kind.text
    var file: FileReference?
  }

  private var contents: [Int64: Content] = [:]
  private var senders: [Int64: String] = [:]
  private var receivers: [Int64: [String]] = [:]
  /// The number to which all received MMS are addressed, when there is exactly one.
  private(set) var owner: Account?

  static let columns = ["_id", "date", "msg_box", "m_type", "sub"]
  /// How many rows of `part` and `addr` are held.
  private static let limit = 2_000_000
  /// How PDU headers number the fields of addresses.
  private static let from: Int64 = 137
  private static let to: Set<Int64> = [151, 130, 129]
  /// What stands for the device itself.
  private static let token = "insert-address-token"

  init(_ database: SeizedDatabase, _ source: StagedSource) throws {
    var held = 0
    func hold() throws {
      held += 1
      guard held <= Self.limit else {
        throw ImportError.limitExceeded(
          path: source.displayPath,
          limit: "\(Self.limit) parts and addresses of MMS"
        )
      }
    }
    try database.forEachRow(of: "addr", columns: ["msg_id", "address", "type"]) { row in
      try hold()
      guard let id = row.integer(0), let address = (try? row.text(1)) ?? nil,
        let kind = row.integer(2)
      else { return }
      if kind == Self.from { senders[id] = address }
      if Self.to.contains(kind) { receivers[id, default: []].append(address) }
    }
    let parts = ["mid", "ct", "text", "name", "fn", "cl"]
    try database.forEachRow(of: "part", columns: parts) { row in
      try hold()
      guard let id = row.integer(0), let type = (try? row.text(1)) ?? nil else { return }
      var content = contents[id] ?? Content()
      if type == "text/plain" {
        let text = ((try? row.text(2)) ?? nil) ?? ""
        content.text += (content.text.isEmpty || text.isEmpty ? "" : "\n") + text
      } else if type != "application/smil", content.file == nil {
        let names = [3, 4, 5].map { ((try? row.text($0)) ?? nil) ?? "" }
        content.file = FileReference(name: names.first { !$0.isEmpty } ?? "")
        content.kind = Self.kind(type)
      }
      contents[id] = content
    }
    var candidates: Set<Account> = []
    try database.forEachRow(of: "pdu", columns: ["_id", "msg_box"]) { row in
      guard row.integer(1) == 1, candidates.count < 2 else { return }
      let own = receivers[row.integer(0) ?? row.key, default: []].compactMap(PhoneNumber.person)
      if own.count == 1 { candidates.insert(own[0]) }
    }
    if candidates.count == 1 { owner = candidates.first }
  }

  /// A row of `pdu`.
  func message(_ row: borrowing SeizedRow, _ me: Account) throws -> UnitOutcome {
    let id = row.integer(0) ?? row.key
    let isReceived: Bool
    switch (row.integer(2), row.integer(3)) {
    case (_, 134), (_, 136), (_, 135): return .skip("report of a delivery")
    case (1, _): isReceived = true
    case (2, _): isReceived = false
    case (3, _): return .skip("draft")
    case (4, _), (5, _): return .skip("message that was not sent")
    default: return .reject("msg_box is no known box")
    }
    guard let at = PhoneTime.seconds(row.integer(1)) else {
      return .reject("date is no time in seconds since 1970")
    }
    let sender = senders[id] ?? ""
    let content = contents[id] ?? Content()
    let subject = try row.text(4) ?? ""
    func message(from: Account, to: Account) -> EvidenceItem {
      .message(
        Message(
          platform: PhoneMessages.platform,
          from: from,
          to: to,
          sentAt: at,
          kind: content.kind,
          text: [subject, content.text].filter { !$0.isEmpty }.joined(separator: "\n"),
          file: content.file
        )
      )
    }
    if isReceived {
      guard let from = PhoneMessages.addresses(sender).first else {
        return .reject("no row of addr names the sender")
      }
      return .items([message(from: from, to: me)])
    }
    let to = receivers[id, default: []].filter { $0 != Self.token }
      .flatMap(PhoneMessages.addresses)
    guard !to.isEmpty else { return .reject("no row of addr names a receiver") }
    return .items(to.map { message(from: me, to: $0) })
  }

  private static func kind(_ type: String) -> Message.Kind {
    for (prefix, kind) in [("image/", Message.Kind.image), ("video/", .video), ("audio/", .voice)]
    where type.hasPrefix(prefix) { return kind }
    return ["text/x-vcard", "text/vcard"].contains(type.lowercased()) ? .card : .file
  }
}
