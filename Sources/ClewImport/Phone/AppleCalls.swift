public import ClewEvidence

/// Reads the call log of an iPhone, `CallHistory.storedata`, and the older `call_history.db`.
///
/// A unit is a row of `ZCALLRECORD`, in seconds since 2001, or of `call`, in seconds since 1970. The
/// number may be stored as text or as bytes. The owner is the number of the message database beside
/// it, when both speak of the same people; otherwise unknown.
public struct AppleCalls: Importer {
  /// `ios-calls`.
  public let format = "ios-calls"
  /// The name of the format for people.
  public let title = "iPhone call log (CallHistory.storedata)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its table of calls.
  public func recognise(_ source: StagedSource) -> Recognition? {
    if source.hasTable("ZCALLRECORD", "ZDATE", "ZADDRESS", "ZORIGINATED") {
      return Recognition(confidence: 95, sign: "table ZCALLRECORD")
    }
    if source.hasTable("call", "address", "date", "duration", "flags") {
      return Recognition(confidence: 75, sign: "table call with address, flags")
    }
    return nil
  }

  /// The message database names the owner.
  public func wants(companion: StagedSource) -> Bool { AppleOwner.isMessages(companion) }

  /// Reads all rows.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    var numbers: Set<Account> = []
    for (table, column) in [("ZCALLRECORD", "ZADDRESS"), ("call", "address")] {
      try tables.database.forEachRow(of: table, columns: [column]) { row in
        guard numbers.count < 10_000, let text = (try? Self.text(row, 0)) ?? nil else { return }
        if let number = PhoneNumber.person(text) { numbers.insert(number) }
      }
    }
    let me =
      AppleOwner.report(source, numbers: numbers, to: sink) ?? UnknownOwner.account(of: source)
    var names = NamesSeen()
    try tables.read("ZCALLRECORD", Self.columns) { try Self.record($0, me, &names) }
    try tables.read("call", ["address", "date", "duration", "flags"]) { try Self.call($0, me) }
    tables.reportUnread()
    return tables.count
  }

  private static let columns = [
    "ZADDRESS", "ZDATE", "ZDURATION", "ZORIGINATED", "ZANSWERED", "ZCALLTYPE", "ZSERVICE_PROVIDER",
    "ZNAME",
  ]

  /// A row of `ZCALLRECORD`.
  private static func record(
    _ row: borrowing SeizedRow,
    _ me: Account,
    _ names: inout NamesSeen
  ) throws -> UnitOutcome {
    guard let isOut = row.integer(3), (0...1).contains(isOut) else {
      return .reject("ZORIGINATED is neither 0 nor 1")
    }
    guard let at = PhoneTime.appleSeconds(try row.text(1)) else {
      return .reject("ZDATE is no time in seconds since 2001")
    }
    guard let seconds = PhoneTime.duration(try row.text(2)) else {
      return .reject("ZDURATION is no number of seconds")
    }
    let isTaken = row.integer(4) != 0 || isOut == 1
    return try outcome(
      address: try text(row, 0) ?? "",
      isOut: isOut == 1,
      at: at,
      seconds: isTaken ? seconds : 0,
      channel: channel(kind: row.integer(5), provider: try row.text(6) ?? ""),
      me
    ) { peer in names.contact(peer, try row.text(7) ?? "", .friend) }
  }

  /// A row of `call`, in which the lowest bit of the flags means outgoing.
  private static func call(_ row: borrowing SeizedRow, _ me: Account) throws -> UnitOutcome {
    guard let flags = row.integer(3), flags >= 0 else { return .reject("flags is no number") }
    guard let at = PhoneTime.seconds(row.integer(1)) else {
      return .reject("date is no time in seconds since 1970")
    }
    guard let seconds = PhoneTime.duration(try row.text(2)) else {
      return .reject("duration is no number of seconds")
    }
    return try outcome(
      address: try text(row, 0) ?? "",
      isOut: flags & 1 == 1,
      at: at,
      seconds: seconds,
      channel: "phone",
      me
    ) { _ in [] }
  }

  private static func outcome(
    address: String,
    isOut: Bool,
    at: Timestamp,
    seconds: Int64,
    channel: String,
    _ me: Account,
    _ names: (Account) throws -> [EvidenceItem]
  ) throws -> UnitOutcome {
    if PhoneNumber.isWithheld(address) { return .skip("number withheld") }
    guard let peer = PhoneNumber.account(address) else {
      return .reject("the address is no telephone number")
    }
    let call = Call(
      from: isOut ? me : peer,
      to: isOut ? peer : me,
      at: at,
      seconds: seconds,
      channel: channel
    )
    return .items([.call(call)] + (try names(peer)))
  }

  /// Text that may be stored as bytes.
  private static func text(
    _ row: borrowing SeizedRow,
    _ column: Int
  ) throws -> String? {
    guard let bytes = row.bytes(column) else { return try row.text(column) }
    // Bytes that are no text are no number: refused as such.
    return String(validating: bytes, as: UTF8.self) ?? "?"
  }

  private static func channel(kind: Int64?, provider: String) -> String {
    switch kind {
    case 8, 16: "facetime"
    case 0:
      ["com.tencent.xin": "wechat", "net.whatsapp.WhatsApp": "whatsapp"][provider] ?? "app"
    default: provider.hasPrefix("com.apple.FaceTime") ? "facetime" : "phone"
    }
  }
}
