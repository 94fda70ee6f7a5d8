import ClewEvidence

/// The bill that somebody had WeChat Pay write of his own account (微信支付账单): peers by name only.
struct PayBill {
  private let path: String
  private let owner: CastHandle
  private var rows: [(time: Int64, serial: Int, cells: [String])] = []

  init(folder: String, owner: CastHandle) {
    self.owner = owner
    path = folder + "/微信支付账单.csv"
  }

  /// Adds a payment that the owner made or took.
  mutating func write(_ payment: StoryPayment, cast: Cast) {
    let isOut = payment.payer == owner
    let peer = cast.people[isOut ? payment.payee.person : payment.payer.person]
    let isPacket = payment.channel == .redPacket
    let state =
      payment.receivedAt == nil
      ? "已全额退款" : isPacket ? (isOut ? "支付成功" : "已存入零钱") : isOut ? "朋友已收钱" : "已存入零钱"
    let memo = payment.memo.isEmpty ? "微信转账" : payment.memo
    let cells = [
      WallClock.stamp(payment.time), isPacket ? "微信红包" : "转账", peer.nick,
      isPacket ? "/" : "转账备注:" + memo, isOut ? "支出" : "收入", "¥" + WeChatXML.yuan(payment.fen), "零钱",
      state, payment.transferID + "\t", payment.transactionID + "\t", "/",
    ]
    rows.append((payment.time, payment.serial, cells))
  }

  func finish(cast: Cast) throws(EvidenceError) {
    guard let first = rows.map(\.time).min(), let last = rows.map(\.time).max() else { return }
    let nick = cast.people[owner.person].nick
    let gap = String(repeating: ",", count: 10)
    var file = ExportText(path: path)
    try file.write("\u{FEFF}微信支付账单明细\(gap)\r\n微信昵称：[\(nick)]\(gap)\r\n")
    try file.write("起始时间：[\(WallClock.stamp(first))] 终止时间：[\(WallClock.stamp(last))]\(gap)\r\n")
    try file.write("导出类型：[全部]\(gap)\r\n共\(rows.count)笔记录\(gap)\r\n")
    try file.write("----------------------微信支付账单明细列表--------------------\(gap)\r\n")
    try file.write("交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\r\n")
    // The newest stands first.
    for row in rows.sorted(by: { ($0.time, $0.serial) > ($1.time, $1.serial) }) {
      try file.write(ExportText.row(row.cells, end: "\r\n"))
    }
    try file.flush()
  }
}
