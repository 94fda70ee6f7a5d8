import ClewEvidence

/// A bank statement as the police platforms return it, for the cards that were asked about.
struct BankSheet {
  private var file: TextFile
  private var balances: [Int: Int64] = [:]
  private(set) var rows = 0

  static let columns =
    "交易卡号 交易账号 账户开户名称 开户人证件号码 交易时间 交易金额 交易余额 收付标志 交易对手账卡号 现金标志 对手户名 对手身份证号 "
    + "对手开户银行 摘要说明 交易币种 交易网点名称 交易网点代码 交易发生地 交易是否成功 传票号 终端号 IP地址 MAC地址 "
    + "对手交易余额 交易流水号 日志号 凭证种类 凭证号 交易柜员号 商户名称 商户号 备注 交易类型 查询反馈结果原因"

  init(folder: String) throws(EvidenceError) {
    try TextFile.makeFolder(folder)
    file = TextFile(path: folder + "/交易明细信息.csv", encoding: .gb18030)
    try file.write(Self.columns.replacing(" ", with: ",") + "\r\n")
  }

  /// Adds a payment as the holder who was asked about sees it.
  mutating func write(_ payment: Payment, of asked: Int, cast: Cast) throws(EvidenceError) {
    let isOut = payment.payer.person == asked
    let own = cast.people[asked]
    let peer = cast.people[isOut ? payment.payee.person : payment.payer.person]
    let balance = max(0, (balances[asked] ?? 1_250_000) + (isOut ? -payment.fen : payment.fen))
    balances[asked] = balance
    rows += 1
    var cells = Array(repeating: "", count: 34)
    cells[0] = own.card + "\t"
    cells[1] = "99" + Invented.padded(asked + 1, 10) + "\t"
    cells[2] = own.realName
    cells[3] = own.identity + "\t"
    cells[4] = Clock.stamp(payment.time)
    cells[5] = WeChatXML.yuan(payment.fen)
    cells[6] = WeChatXML.yuan(balance)
    cells[7] = isOut ? "出" : "进"
    cells[8] = peer.card + (payment.serial % 5 == 0 ? "_1" : "") + "\t"
    cells[9] = "其它"
    cells[10] = peer.realName
    cells[12] = "演示银行"
    cells[13] = payment.memo.isEmpty ? "手机银行转账" : payment.memo
    cells[14] = "CNY"
    cells[18] = "成功"
    cells[24] = "CLEW" + Invented.padded(payment.serial, 8)
    try file.write(TextFile.row(cells, end: "\r\n"))
  }

  mutating func finish() throws(EvidenceError) { try file.flush() }
}
