internal import ClewEvidence

/// Reads the bill that a user exports from Alipay, in its three layouts since about 2019.
///
/// The lines above the header name the owner by logon id and, since 2022, by real name. 收入 and
/// 支出 are seen from the owner's side. Closed orders are kept as failed payments. What counts as
/// neither is passed over: the owner's own accounts, and, by another rule, payments whose direction
/// the owner took off the bill. The lines below the table are passed over.
struct AlipayBill: Importer {
  let format = "alipay-bill"
  let title = "Alipay bill (支付宝交易明细)"
  let version = 1

  private static let signature = TabularSignature(
    required: [
      ["交易对方"], ["收/支"], ["交易状态", "资金状态"], ["交易订单号", "交易号"], ["金额", "金额(元)"],
    ],
    forbidden: ["用户信息", "交易对方信息", "对应的协查数据", "交易单号"]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 85, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let preamble = TabularPreamble(source, table.layout)
    let logon = preamble.value(of: "支付宝账户", "账号", "支付宝账号").flatMap {
      AccountNormalizer.alipayLogon($0)
    }
    let name = preamble.value(of: "姓名", "用户") ?? ""
    let owner = logon.flatMap { $0.scheme.isPersonal ? $0 : nil }
    var rows = AlipayBillRows(
      AlipayBillColumns(table.layout.columns),
      owner.map { BillParties(owner: $0) } ?? BillParties(nickname: name, source),
      ownerName: name
    )
    _ = try TabularImport(source, Self.signature).run(into: SilentSink()) { row throws(RowFault) in
      rows.learn(row)
      return .skip("")
    }
    sink.setOwner(rows.owner)
    if owner == nil { sink.setDecision("owner", "no logon id: a name that never merges") }
    return try table.run(into: sink) { row throws(RowFault) in try rows.outcome(row) }
  }
}

/// Where the columns of an Alipay bill stand.
struct AlipayBillColumns {
  let time, paid, kind, peer, peerLogon, goods, direction, amount: Int?
  let state, order, shopOrder, refunded, remark: Int?

  init(_ columns: TabularColumns) {
    time = columns.index("交易时间", "交易创建时间")
    paid = columns.index("付款时间")
    kind = columns.index("交易分类", "类型")
    peer = columns.index("交易对方")
    peerLogon = columns.index("对方账号")
    goods = columns.index("商品说明", "商品名称")
    direction = columns.index("收/支")
    amount = columns.index("金额", "金额(元)")
    state = columns.index("交易状态")
    order = columns.index("交易订单号", "交易号")
    shopOrder = columns.index("商家订单号")
    refunded = columns.index("成功退款(元)")
    remark = columns.index("备注")
  }
}
