internal import ClewEvidence

/// Reads `TenpayTrades.txt`, the payment records of a Tencent return, in its current layout.
///
/// One row is one transfer. The amount is what the counterparty received, because a red packet sent
/// to a group stands as one row for each receiver with the total on every row. A row with more
/// cells than the header has tabs in its remark; they are joined. Mirror rows and the rows that
/// overlapping queries repeat are left to the case file.
struct TencentTrades: Importer {
  let format = "tencent-trades"
  let title = "Tencent return: payment records (TenpayTrades)"
  let version = 1

  static let signature = TabularSignature(
    required: [["用户id"], ["交易单号"], ["借贷类型"], ["交易时间"], ["对手方id"]],
    dialects: [.plainTab] + TabularDialect.quoted
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = TenpayColumns(table.layout.columns)
    var names = NamesSeen()
    var owner: Account?
    return try table.run(into: sink) { row throws(RowFault) in
      guard let user = AccountNormalizer.tenpay(row.clean(columns.user)) else {
        throw .cell("用户ID", expected: "account")
      }
      if owner == nil {
        owner = user
        sink.setOwner(user)
      }
      let peer = AccountNormalizer.tenpay(row.clean(columns.peer))
      if peer == nil, !row.clean(columns.peer).isEmpty {
        throw .cell("对手方ID", expected: "account")
      }
      let isOut = try TenpayColumns.isOut(row.clean(columns.direction))
      guard let at = Timestamp(parsing: row.clean(columns.time)) else {
        throw .cell("交易时间", expected: "time")
      }
      let memo = columns.memo(row)
      let transfer = Transfer(
        payer: isOut ? user : peer,
        payee: isOut ? peer : user,
        amount: try columns.amount(row),
        at: at,
        channel: columns.isRedPacket(row) ? "wechat-redpacket" : "wechat",
        memo: memo,
        ids: TenpayColumns.distinct([row.clean(columns.order), row.clean(columns.bigOrder)])
      )
      return .accept(
        [.transfer(transfer)]
          + names.contact(user, row.clean(columns.userName), .registration)
          + names.contact(peer, row.clean(columns.peerName), .counterparty)
      )
    }
  }
}

/// Where the columns of a current TenpayTrades table stand.
struct TenpayColumns {
  let user, order, bigOrder, userName, direction, purpose, time: Int?
  let peer, peerName, remark, moreRemark: Int?
  private let amounts: [(column: Int, name: String, isFen: Bool)]
  private let width: Int

  init(_ columns: TabularColumns) {
    user = columns.index("用户id")
    order = columns.index("交易单号")
    bigOrder = columns.index("大单号")
    userName = columns.index("用户侧账号名称", "用户侧账户名称")
    direction = columns.index("借贷类型")
    purpose = columns.index("交易用途类型", "交易用途")
    time = columns.index("交易时间")
    peer = columns.index("对手方id")
    peerName = columns.index("对手侧账户名称", "对手侧账号名称")
    remark = columns.index("备注1", "备注")
    moreRemark = columns.index("备注2")
    width = columns.names.count
    var amounts: [(column: Int, name: String, isFen: Bool)] = []
    for name in ["对手方接收金额", "交易金额"] {
      for (unit, isFen) in [("(分)", true), ("(元)", false), ("", true)] {
        guard let column = columns.index(name + unit) else { continue }
        amounts.append((column, name, isFen))
        break
      }
    }
    self.amounts = amounts
  }

  /// 出 is money that leaves the queried user, 入 money that reaches him.
  static func isOut(_ text: String) throws(RowFault) -> Bool {
    switch text {
    case "出": return true
    case "入": return false
    default: throw .cell("借贷类型", expected: "入 or 出")
    }
  }

  /// The counterparty's share, else the amount of the trade; the header tells fen from yuan.
  func amount(_ row: TabularRow) throws(RowFault) -> Money {
    for (column, name, isFen) in amounts {
      let text = row.clean(column)
      if text.isEmpty { continue }
      guard let money = isFen ? Money(fenText: text) : Money(parsing: text), money.fen >= 0 else {
        throw .cell(name, expected: "amount")
      }
      return money
    }
    throw .cell("交易金额", expected: "amount")
  }

  /// Both remarks and what overflows the header; without any, the purpose.
  func memo(_ row: TabularRow) -> String {
    var parts = [row.clean(remark), row.clean(moreRemark)]
    if row.count > width { parts += (width..<row.count).map { row.clean($0) } }
    let memo = Self.distinct(parts).joined(separator: " ")
    return memo.isEmpty ? row.clean(purpose) : memo
  }

  func isRedPacket(_ row: TabularRow) -> Bool {
    TabularCell.holds(row.clean(purpose), "红包")
      || TabularCell.holds(row.clean(remark), "红包")
  }

  /// The texts that are not empty, each once, in their order.
  static func distinct(_ texts: [String]) -> [String] {
    var kept: [String] = []
    for text in texts where !text.isEmpty && !kept.contains(text) { kept.append(text) }
    return kept
  }
}
