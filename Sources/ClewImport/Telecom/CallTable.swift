internal import ClewEvidence

/// Reads call logs that backup apps of phones write as a table: 号码, 姓名, 类型, 时间, 时长.
///
/// The file does not say whose phone it is, unless its name or a title line holds one number.
struct CallTable: Importer {
  let format = "calls-csv"
  let title = "Call log as a table (backup apps)"
  let version = 1

  private static let signature = TabularSignature(
    required: [
      ["号码", "电话号码", "电话", "手机号码", "手机号", "联系电话"], ["类型", "通话类型", "呼叫类型"],
      ["时间", "通话时间", "日期", "开始时间", "日期时间"], ["时长", "通话时长", "时长(秒)", "通话时长(秒)"],
    ],
    forbidden: TelecomColumns.peers + ["本机号码", "主叫号码", "金额"],
    headerRows: 10
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 70, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let places = Self.signature.required.map { columns.index(anyOf: $0) }
    let name = columns.index("姓名", "名称", "联系人")
    let title = TelecomTitle(source, table.layout)
    let me = title.owner ?? UnknownOwner.account(of: source)
    PhoneOwner.report(title.owner, to: sink)
    var names = NamesSeen()
    return try table.run(into: sink) { row throws(RowFault) in
      let number = row.clean(places[0])
      if PhoneNumber.isWithheld(number) { return .skip("number withheld") }
      guard let peer = PhoneNumber.account(number) else {
        throw .cell("号码", expected: "telephone number")
      }
      guard let direction = CallWords.direction(row.clean(places[1])) else {
        throw .cell("类型", expected: "direction")
      }
      guard let at = title.time(row.clean(places[2])) else { throw .cell("时间", expected: "time") }
      guard let seconds = CallWords.seconds(row.clean(places[3])) else {
        throw .cell("时长", expected: "duration")
      }
      let call = Call(
        from: direction.isOut ? me : peer,
        to: direction.isOut ? peer : me,
        at: at,
        seconds: direction.isTaken ? seconds : 0
      )
      return .accept([.call(call)] + names.contact(peer, row.clean(name), .friend))
    }
  }
}
