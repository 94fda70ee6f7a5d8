internal import ClewEvidence

/// What the importers of ALEAPP's and iLEAPP's tables share: tabs, times in UTC, names of columns
/// that differ from version to version.
enum LEAPPTable {
  /// How the tables are written.
  static let dialects = TabularDialect.quoted.filter { $0.delimiter == UInt8(ascii: "\t") }
  /// Times without a zone are UTC.
  static let clock = ForensicTime(order: .dayFirst, statedOffset: 0)

  static let numbers = [
    "partner", "phonenumber", "number", "address", "phone", "contactnumber", "participant",
  ]
  static let times = [
    "calldate", "timestamp", "startingtimestamp", "starttime", "startdate", "date",
    "messagetimestamp",
    "calltimestamp", "datetime", "date/time",
  ]
  static let kinds = ["type", "calltype", "direction", "calldirection", "messagedirection"]
  static let durations = [
    "durationinsecs", "callduration", "duration", "duration(s)", "durationinseconds",
    "duration(seconds)", "durationseconds",
  ]

  /// The signature of a table.
  static func signature(_ required: [[String]], forbidden: [String] = []) -> TabularSignature {
    TabularSignature(required: required, forbidden: forbidden, dialects: dialects, headerRows: 1)
  }

  /// The time of a row.
  static func time(_ row: ForensicRow, _ names: [String]) throws(RowFault) -> Timestamp? {
    for name in names {
      let text = row.text(name)
      if text.isEmpty { continue }
      guard let time = clock.timestamp(text) else { throw .cell(name, expected: "time") }
      return time
    }
    return nil
  }

  /// The first value under one of the names.
  static func text(_ row: ForensicRow, _ names: [String]) -> String {
    for name in names {
      let text = row.text(name)
      if !text.isEmpty { return text }
    }
    return ""
  }

  static func report(_ owner: ForensicOwner, to sink: any UnitSink) {
    owner.report(to: sink, sign: "")
    sink.setDecision("times without zone", "UTC, as LEAPP writes them")
  }
}

/// Reads the call logs that ALEAPP and iLEAPP export as TSV.
///
/// A unit is a row. Where the row names the telephone's own number, that is the owner's side.
struct LEAPPCalls: Importer {
  let format = "leapp-calls"
  let title = "ALEAPP/iLEAPP call log (TSV)"
  let version = 1

  private static let signature = LEAPPTable.signature(
    [
      LEAPPTable.numbers, LEAPPTable.times, LEAPPTable.kinds, LEAPPTable.durations,
      // Columns that no other tool's call log has.
      [
        "phoneaccountaddress", "durationinsecs", "partnerlocation", "endingtimestamp",
        "serviceprovider", "disconnectedcause",
      ],
    ],
    forbidden: ["body", "message"]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 65, sign: "tabs, header Partner, Call Date, Type, Duration")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let owner = ForensicOwner(source)
    LEAPPTable.report(owner, to: sink)
    var names = NamesSeen()
    return try table.run(into: sink) { tabular throws(RowFault) in
      let row = ForensicRow(tabular, columns)
      let number = LEAPPTable.text(row, LEAPPTable.numbers)
      guard let others = try ForensicEnds.others(number, ForensicApp(""), column: "Partner") else {
        return .skip("number withheld")
      }
      let words = LEAPPTable.kinds.map { row.text($0) }
      guard let isOut = words.lazy.compactMap(ForensicWords.isOutgoing).first else {
        throw .cell("Type", expected: "direction")
      }
      let at = try LEAPPTable.time(row, LEAPPTable.times)
      guard let seconds = ForensicWords.seconds(LEAPPTable.text(row, LEAPPTable.durations)) else {
        throw .cell("Duration", expected: "duration")
      }
      let isTaken =
        !words.contains(where: ForensicWords.isUntaken) && row.text("answered").lowercased() != "no"
      let app = Self.channel(row.text("serviceprovider", "app"))
      let own = AccountNormalizer.phone(row.text("phoneaccountaddress"))
      let me = own.flatMap { $0.scheme == .phone ? $0 : nil } ?? owner.account(on: ForensicApp(""))
      let calls = ForensicEnds.ends(others, owner: me, isOut: isOut).map { end in
        EvidenceItem.call(
          Call(
            from: end.from,
            to: end.to,
            at: at,
            seconds: isTaken ? seconds : 0,
            channel: app
          )
        )
      }
      let name = row.text("name", "contactname", "partnername")
      return .accept(calls + names.contact(others.first, name, .friend))
    }
  }

  private static func channel(_ provider: String) -> String {
    let name = provider.lowercased()
    if TabularCell.holds(name, "facetime") { return "facetime" }
    let app = ForensicApp(provider)
    return app.isKnown ? app.platform : "phone"
  }
}
