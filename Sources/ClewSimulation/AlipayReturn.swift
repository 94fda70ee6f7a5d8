import ClewEvidence

/// What Alipay answers about several people: registrations, account rows and transfers.
struct AlipayReturn {
  private var accounts: TextFile
  private var transfers: TextFile
  private var registrations: TextFile
  private(set) var rows = 0

  init(folder: String, people: [Person], dice: inout Dice) throws(EvidenceError) {
    try TextFile.makeFolder(folder)
    let head = "\(folder)/99\(dice.digits(7))_"
    registrations = TextFile(path: head + "注册信息_20231220110000.csv", encoding: .gb18030)
    accounts = TextFile(path: head + "账户明细_20231220110100_part1.csv", encoding: .gb18030)
    transfers = TextFile(path: head + "转账明细_20231220110200.csv", encoding: .gb18030)
    try registrations.write("用户Id,登陆邮箱,登陆手机,账户名称,证件类型,证件号,可用余额,绑定手机,绑定银行卡,对应的协查数据\r\n")
    for person in people {
      let cells = [
        person.alipay + "\t", "", person.phone + "\t", person.realName, "身份证",
        person.identity + "\t", "\(dice.below(9000)).\(Clock.two(dice.below(100)))",
        person.phone + "\t", "借记卡:DEMO:\(person.card);", person.identity + "\t",
      ]
      try registrations.write(TextFile.row(cells, end: "\r\n"))
    }
    try accounts.write(
      "交易号,商户订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,用户信息,交易对方信息,消费名称,金额（元）,收/支,交易状态,备注,对应的协查数据\r\n")
    try transfers.write("交易号,付款方支付宝账号,收款方支付宝账号,收款机构信息,到账时间,转账金额（元）,转账产品名称,交易发生地,提现流水号,对应的协查数据\r\n")
  }

  /// Adds a payment as the one who was asked about sees it.
  mutating func write(_ payment: Payment, of asked: Int, cast: Cast) throws(EvidenceError) {
    let isOut = payment.payer.person == asked
    let own = cast.people[asked]
    let peer = cast.people[isOut ? payment.payee.person : payment.payer.person]
    let at = Clock.stamp(payment.time)
    let yuan = WeChatXML.yuan(payment.fen)
    rows += 1
    let cells = [
      payment.alipayOrder + "\t", "\t", at, at, Clock.stamp(payment.time + 1000),
      "其他（包括阿里巴巴和外部商家）", "即时到账交易", "\(own.alipay)(\(own.realName))",
      "\(peer.alipay)(\(peer.realName))", payment.memo.isEmpty ? "转账" : payment.memo, yuan,
      isOut ? "支出" : "收入", "交易成功结束", "", own.identity + "\t",
    ]
    try accounts.write(TextFile.row(cells, end: "\r\n"))
    let (payer, payee) = isOut ? (own, peer) : (peer, own)
    let transfer = [
      payment.alipayOrder + "\t", payer.alipay + "\t", payee.alipay + "\t", "", at, yuan,
      "转账到支付宝账户", "", "", own.identity + "\t",
    ]
    try transfers.write(TextFile.row(transfer, end: "\r\n"))
  }

  mutating func finish() throws(EvidenceError) {
    try registrations.flush()
    try accounts.flush()
    try transfers.flush()
  }
}
