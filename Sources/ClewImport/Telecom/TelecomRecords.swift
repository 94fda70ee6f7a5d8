internal import ClewEvidence

/// Reads call detail records (话单) as operators return them or show them on the web.
///
/// Knows the layout of the police platforms and the columns of 移动, 联通 and 电信. 主叫 is what the
/// number called or sent, 被叫 what it received; rows of text messages become messages without text.
/// Prefixes of IP telephony are cut. Masts, IMSI and IMEI stay in the original row. Without a column
/// of the own number it is taken from a title line or the file's name.
struct TelecomRecords: Importer {
  let format = "telecom-records"
  let title = "Call detail records (话单)"
  let version = 1

  static let signatures = [
    TabularSignature(
      required: [
        TelecomColumns.peers, TelecomColumns.kinds,
        TelecomColumns.times + TelecomColumns.messageTimes + ["通话日期"],
        TelecomColumns.durations + TelecomColumns.messageTimes,
      ],
      forbidden: ["收/支", "交易金额", "借贷标志"]
    ),
    TabularSignature(
      required: [
        ["主叫号码", "主叫"], ["被叫号码", "被叫"],
        TelecomColumns.times + TelecomColumns.messageTimes + ["通话日期"],
        TelecomColumns.durations,
      ],
      forbidden: ["收/支", "交易金额"]
    ),
  ]

  func recognise(_ source: StagedSource) -> Recognition? {
    for signature in Self.signatures where TabularLayout.detect(source, signature) != nil {
      return Recognition(confidence: 75, sign: signature.sign)
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let fitting = Self.signatures.first { TabularLayout.detect(source, $0) != nil }
    let table = try TabularImport(source, fitting ?? Self.signatures[0])
    var rows = TelecomRows(source, table.layout)
    let units = try table.run(into: sink) { row throws(RowFault) in try rows.outcome(row) }
    PhoneOwner.report(rows.owner, to: sink)
    if rows.forwarded > 0 {
      sink.setDecision("callers taken from 前转主叫号码", String(rows.forwarded))
    }
    return units
  }
}

/// Where the columns of call detail records stand.
struct TelecomColumns {
  static let peers = ["对方号码", "对端号码", "对方电话", "对方电话号码", "通话号码"]
  static let kinds = ["话单类型", "呼叫类型", "通信方式", "主被叫", "主叫/被叫", "呼叫方式", "通话类型"]
  static let times = [
    "呼叫开始时间", "通话起始时间", "起始时间", "开始时间", "通话日期时间", "通话开始时间", "通话时间",
  ]
  static let messageTimes = ["短信发送接收时间", "短信时间", "发送时间"]
  static let durations = [
    "呼叫时长", "通话时长", "通信时长", "时长", "时长(秒)", "通话时长(秒)", "呼叫时长(秒)",
  ]

  let own, peer, caller, callee, moment, date, messageTime, duration, forwarded: Int?
  let kinds: [Int]

  init(_ columns: TabularColumns) {
    own = columns.index("本机号码", "本方号码", "用户号码", "主机号码")
    peer = columns.index(anyOf: Self.peers)
    caller = columns.index("主叫号码", "主叫")
    callee = columns.index("被叫号码", "被叫")
    moment = columns.index(anyOf: Self.times)
    date = columns.index("通话日期", "日期")
    messageTime = columns.index(anyOf: Self.messageTimes)
    duration = columns.index(anyOf: Self.durations)
    forwarded = columns.index("前转主叫号码")
    kinds = (Self.kinds + ["通信类型", "业务类型"]).compactMap { columns.index($0) }
  }
}

/// Reads rows of call detail records.
private struct TelecomRows {
  let columns: TelecomColumns
  let title: TelecomTitle
  private let unknown: Account
  /// The first own number that a row or the title names.
  private(set) var owner: Account?
  /// How many calls were forwarded by somebody whom the row names.
  private(set) var forwarded = 0

  init(_ source: StagedSource, _ layout: TabularLayout) {
    columns = TelecomColumns(layout.columns)
    title = TelecomTitle(source, layout)
    unknown = UnknownOwner.account(of: source)
    if columns.own == nil { owner = title.owner }
  }

  mutating func outcome(_ row: TabularRow) throws(RowFault) -> RowOutcome {
    let words = columns.kinds.map { row.clean($0) }
    if words.contains(where: CallWords.isTraffic) { return .skip("data traffic") }
    let isMessage = words.contains(where: CallWords.isMessage)
    let direction = words.lazy.compactMap(CallWords.direction).first
    guard let (from, to) = try ends(row, direction, isMessage) else {
      return .skip("number withheld")
    }
    let at = try time(row, isMessage)
    if isMessage {
      return .accept([
        .message(
          Message(platform: PhoneMessages.platform, from: from, to: to, sentAt: at, text: "")
        )
      ])
    }
    guard let seconds = CallWords.seconds(row.clean(columns.duration)) else {
      throw .cell("呼叫时长", expected: "duration")
    }
    let isTaken = direction?.isTaken ?? true
    return .accept([.call(Call(from: from, to: to, at: at, seconds: isTaken ? seconds : 0))])
  }

  /// Who called whom; `nil` where the network withheld the other number.
  private mutating func ends(
    _ row: TabularRow,
    _ direction: CallWords.Direction?,
    _ isMessage: Bool
  ) throws(RowFault) -> (from: Account, to: Account)? {
    let own = try ownNumber(row)
    guard columns.peer != nil else {
      guard let from = try number(row, columns.caller, "主叫号码"),
        let to = try number(row, columns.callee, "被叫号码")
      else { return nil }
      return (from, to)
    }
    guard let peer = try number(row, columns.peer, "对方号码") else { return nil }
    guard let direction else { throw .cell("话单类型", expected: "direction") }
    if direction.isOut { return (own, peer) }
    if !isMessage, let real = PhoneNumber.person(row.clean(columns.forwarded)), real != own {
      forwarded += 1
      return (real, own)
    }
    return (peer, own)
  }

  private mutating func ownNumber(_ row: TabularRow) throws(RowFault) -> Account {
    let text = row.clean(columns.own)
    if text.isEmpty { return title.owner ?? unknown }
    guard let own = PhoneNumber.account(text) else {
      throw .cell("本机号码", expected: "telephone number")
    }
    if owner == nil { owner = own }
    return own
  }

  private func number(
    _ row: TabularRow,
    _ column: Int?,
    _ name: String
  ) throws(RowFault) -> Account? {
    // `-` and `null` are nothing to other cells, and a withheld number here.
    let text = row.clean(column)
    if PhoneNumber.isWithheld(text) { return nil }
    guard let number = PhoneNumber.account(text) else {
      throw .cell(name, expected: "telephone number")
    }
    return number
  }

  /// The begin of a call or the time of a message; date and clock may stand in two columns.
  private func time(_ row: TabularRow, _ isMessage: Bool) throws(RowFault) -> Timestamp {
    let begin = row.clean(columns.moment)
    let sent = row.clean(columns.messageTime)
    let first = isMessage && !sent.isEmpty ? sent : (begin.isEmpty ? sent : begin)
    if let time = title.time(first) { return time }
    let day = row.clean(columns.date)
    if !day.isEmpty, let time = title.time(first.isEmpty ? day : "\(day) \(first)") { return time }
    throw .cell(isMessage ? "短信发送接收时间" : "呼叫开始时间", expected: "time")
  }
}
