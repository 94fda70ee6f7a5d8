public import ClewEvidence

/// Reads the messages of an Android phone, `mmssms.db`.
///
/// A unit is a row of `sms`, of `pdu` (MMS) or of a table that explains them. SMS count milliseconds,
/// MMS seconds. Drafts and messages that were not sent are passed over by name. The owner is the one
/// number to which all received MMS are addressed, if there is exactly one; otherwise unknown.
public struct AndroidMessages: Importer {
  /// `android-sms`.
  public let format = "android-sms"
  /// The name of the format for people.
  public let title = "Android SMS and MMS (mmssms.db)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its table of SMS.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard source.hasTable("sms", "address", "date", "type", "body") else { return nil }
    return Recognition(confidence: 90, sign: "table sms with address, body")
  }

  /// Reads all rows.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    let multimedia = try AndroidMultimedia(tables.database, source)
    PhoneOwner.report(multimedia.owner, to: sink)
    let me = multimedia.owner ?? UnknownOwner.account(of: source)
    try tables.read("sms", ["address", "date", "type", "body"]) { row in
      try Self.message(row, me)
    }
    try tables.read("pdu", AndroidMultimedia.columns) { try multimedia.message($0, me) }
    try tables.pass("addr", "part", "threads", "canonical_addresses")
    tables.reportUnread()
    return tables.count
  }

  /// A row of `sms`.
  private static func message(_ row: borrowing SeizedRow, _ me: Account) throws -> UnitOutcome {
    let isReceived: Bool
    switch row.integer(2) {
    case 1: isReceived = true
    case 2: isReceived = false
    case 3: return .skip("draft")
    case 4, 5, 6: return .skip("message that was not sent")
    default: return .reject("type is no known kind of message")
    }
    guard let at = PhoneTime.milliseconds(row.integer(1)) else {
      return .reject("date is no time in milliseconds since 1970")
    }
    let address = try row.text(0) ?? ""
    let peers = PhoneMessages.addresses(address)
    guard !peers.isEmpty else { return .reject("address is no telephone number") }
    let body = try row.text(3) ?? ""
    return .items(
      peers.map { peer in
        .message(
          Message(
            platform: PhoneMessages.platform,
            from: isReceived ? peer : me,
            to: isReceived ? me : peer,
            sentAt: at,
            text: body
          )
        )
      }
    )
  }
}

/// What all readers of text messages share.
enum PhoneMessages {
  /// The platform of messages that go through the telephone network.
  static let platform = "sms"

  /// The senders or receivers of a message: one, or several separated by `;` or `,`.
  ///
  /// A sender without a number (`BANK`) is a service; what cannot be read gives nothing.
  static func addresses(_ text: String) -> [Account] {
    let parts = text.unicodeScalars.split { $0 == ";" || $0 == "," || $0 == "\u{FF1B}" }
    var found: [Account] = []
    for part in parts {
      guard let account = address(TabularCell.trim(String(part))) else { return [] }
      if !found.contains(account) { found.append(account) }
    }
    return found
  }

  private static func address(_ text: String) -> Account? {
    if let account = PhoneNumber.account(text) { return account }
    let bytes = text.utf8
    guard (3...11).contains(bytes.count), !AccountNormalizer.isMasked(text),
      // A number that a spreadsheet wrote as `1.38E+10` is nobody's name.
      let first = bytes.first, (0x61...0x7A).contains(first | 0x20),
      bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    // Senders of this form are set by a gateway; nobody's telephone is called so.
    return Account(.service, text)
  }
}
