public import ClewEvidence

/// Reads the call log of an Android phone, `calllog.db` or Samsung's `logs.db`.
///
/// A unit is a row of `calls` or `logs`; times are milliseconds since 1970. Where the row names the
/// SIM's own number it is the owner, otherwise the owner is unknown.
public struct AndroidCalls: Importer {
  /// `android-calls`.
  public let format = "android-calls"
  /// The name of the format for people.
  public let title = "Android call log (calllog.db, logs.db)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its table of calls.
  public func recognise(_ source: StagedSource) -> Recognition? {
    if source.hasTable("calls", "number", "date", "duration", "type") {
      return Recognition(confidence: 80, sign: "table calls")
    }
    if source.hasTable("logs", "number", "date", "duration", "type", "logtype") {
      return Recognition(confidence: 75, sign: "table logs")
    }
    return nil
  }

  /// Reads all rows.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    let calls = AndroidCallRows(source)
    try tables.read("calls", AndroidCallRows.columns) { try calls.call($0) }
    // Samsung's table also lists messages, which stand elsewhere.
    try tables.read("logs", AndroidCallRows.columns + ["logtype"]) { row in
      if let kind = row.integer(AndroidCallRows.columns.count), kind != 100 {
        return .skip("log entry that is no call")
      }
      return try calls.call(row)
    }
    PhoneOwner.report(calls.owner, to: sink)
    tables.reportUnread()
    return tables.count
  }
}

/// Reads rows of an Android table of calls.
final class AndroidCallRows {
  static let columns = ["number", "date", "duration", "type", "name", "phone_account_address"]

  /// The first SIM number that a row names.
  private(set) var owner: Account?
  private let unknown: Account
  private var names = NamesSeen()

  init(_ source: StagedSource) { unknown = UnknownOwner.account(of: source) }

  /// A row of `calls`.
  func call(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let kind = row.integer(3), (1...7).contains(kind) else {
      return .reject("type is no known kind of call")
    }
    guard let at = PhoneTime.milliseconds(row.integer(1)) else {
      return .reject("date is no time in milliseconds since 1970")
    }
    guard let seconds = PhoneTime.duration(try row.text(2)) else {
      return .reject("duration is no number of seconds")
    }
    let number = try row.text(0) ?? ""
    if PhoneNumber.isWithheld(number) { return .skip("number withheld") }
    guard let peer = PhoneNumber.account(number) else {
      return .reject("number is no telephone number")
    }
    let own = try row.text(5).flatMap(PhoneNumber.person)
    if owner == nil { owner = own }
    let me = own ?? unknown
    let isOut = kind == 2
    // Nobody spoke in a missed, rejected or blocked call, nor with a mailbox.
    let isTaken = [1, 2, 7].contains(kind)
    let call = Call(
      from: isOut ? me : peer,
      to: isOut ? peer : me,
      at: at,
      seconds: isTaken ? seconds : 0
    )
    return .items([.call(call)] + names.contact(peer, try row.text(4) ?? "", .friend))
  }
}

/// Numbers as phones log them.
enum PhoneNumber {
  /// Whether the network withheld the number: empty, `-1`, `-2`, `-3`, `unknown`.
  static func isWithheld(_ text: String) -> Bool {
    switch TabularCell.trim(text).lowercased() {
    case "", "-1", "-2", "-3", "+", "unknown", "private", "anonymous", "未知", "未知号码", "私人号码",
      "隐藏号码", "无号码":
      true
    default: false
    }
  }

  /// The account behind a number; an address for calls and messages of apps.
  static func account(_ text: String) -> Account? {
    if let phone = AccountNormalizer.phone(text) { return phone }
    return AccountNormalizer.email(text)
  }

  /// A number that can be a person's.
  static func person(_ text: String) -> Account? {
    AccountNormalizer.phone(text).flatMap { $0.scheme == .phone ? $0 : nil }
  }
}
