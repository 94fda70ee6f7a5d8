internal import ClewEvidence

/// Reads `TenpayTrades.txt` in the layout of about 2018 and before, with sender and receiver columns.
///
/// A receiver that is missing on an incoming row, or a sender on an outgoing one, is the queried user.
struct TencentLegacyTrades: Importer {
  let format = "tencent-trades-legacy"
  let title = "Tencent return: payment records, older layout"
  let version = 1

  private static let signature = TabularSignature(
    required: [["用户id", "账号"], ["交易单号"], ["借贷类型"], ["发送方"], ["接收方"]],
    dialects: [.plainTab] + TabularDialect.quoted
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let places = Places(columns)
    var owner: Account?
    return try table.run(into: sink) { row throws(RowFault) in
      guard let user = AccountNormalizer.tenpay(row.clean(places.user)) else {
        throw .cell("用户ID", expected: "account")
      }
      if owner == nil {
        owner = user
        sink.setOwner(user)
      }
      let isOut = try TenpayColumns.isOut(row.clean(places.direction))
      let payer = try Self.account(row.clean(places.sender), "发送方") ?? (isOut ? user : nil)
      let merchant = row.clean(places.merchant)
      let fallback = isOut ? (merchant.isEmpty ? nil : Account(.service, merchant)) : user
      let payee = try Self.account(row.clean(places.receiver), "接收方") ?? fallback
      guard let at = Timestamp(parsing: row.clean(places.time)) else {
        throw .cell("交易时间", expected: "time")
      }
      let memo = TenpayColumns.distinct([row.clean(places.note), merchant])
        .joined(separator: " ")
      let transfer = Transfer(
        payer: payer,
        payee: payee,
        amount: try places.amount(row),
        at: at,
        channel: TabularCell.holds(memo, "红包") ? "wechat-redpacket" : "wechat",
        memo: memo,
        ids: TenpayColumns.distinct([row.clean(places.order)])
      )
      return .accept([.transfer(transfer)])
    }
  }

  private static func account(_ text: String, _ column: String) throws(RowFault) -> Account? {
    if text.isEmpty { return nil }
    guard let account = AccountNormalizer.tenpay(text) else {
      throw .cell(column, expected: "account")
    }
    return account
  }

  private struct Places {
    let user, order, direction, time, note, merchant, sender, receiver: Int?
    private let amounts: [(column: Int, name: String, isFen: Bool)]

    init(_ columns: TabularColumns) {
      user = columns.index("用户id", "账号")
      order = columns.index("交易单号")
      direction = columns.index("借贷类型")
      time = columns.index("交易时间")
      note = columns.index("交易说明")
      merchant = columns.index("商户名称")
      sender = columns.index("发送方")
      receiver = columns.index("接收方")
      var amounts: [(column: Int, name: String, isFen: Bool)] = []
      for name in ["接收金额", "发送金额", "交易金额"] {
        for (unit, isFen) in [("(分)", true), ("(元)", false), ("", true)] {
          guard let column = columns.index(name + unit) else { continue }
          amounts.append((column, name, isFen))
          break
        }
      }
      self.amounts = amounts
    }

    func amount(_ row: TabularRow) throws(RowFault) -> Money {
      for (column, name, isFen) in amounts {
        let text = row.clean(column)
        if text.isEmpty { continue }
        guard let money = isFen ? Money(fenText: text) : Money(parsing: text), money.fen >= 0
        else { throw .cell(name, expected: "amount") }
        return money
      }
      throw .cell("交易金额", expected: "amount")
    }
  }
}
