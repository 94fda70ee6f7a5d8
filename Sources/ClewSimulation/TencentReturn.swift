import ClewEvidence

/// What Tencent answers about one account: its registration and its payments.
struct TencentReturn {
  let account: Handle
  private var trades: TextFile
  private let folder: String
  private var balance: Int64
  private(set) var rows = 0

  static let tradeColumns =
    "用户ID 交易单号 大单号 用户侧账号名称 借贷类型 交易业务类型 交易用途类型 交易时间 交易金额(分) 账户余额(分) 用户银行卡号 "
    + "用户侧网银联单号 网联/银联 第三方账户名称 对手方ID 对手侧账户名称 对手方银行卡号 对手侧银行名称 对手侧网银联单号 "
    + "网联/银联 基金公司信息 间联/非间联交易 第三方账户名称 对手方接收时间 对手方接收金额(分) 备注1 备注2"
  static let registrationColumns = "账户状态 账号 注册姓名 注册时间 注册身份证号 绑定手机 绑定状态 开户行信息 银行账号"

  init(root: String, account: Handle, cast: Cast, dice: inout Dice) throws(EvidenceError) {
    self.account = account
    let person = cast.people[account.person]
    let name = cast.id(account)
    folder = "\(root)/财付通_\(dice.hex(32))/TP\(dice.hex(8).uppercased())/IDCARD/\(person.identity)/\(name)"
    try TextFile.makeFolder(folder)
    trades = TextFile(path: folder + "/TenpayTrades.txt")
    balance = Int64(dice.range(200...900_000))
    try trades.write(Self.tradeColumns.replacing(" ", with: "\t") + "\r\n")
    try writeRegistration(person, name, dice: &dice)
    if account.slot == 0 { try writeWeChat(root, person, dice: &dice) }
  }

  private func writeRegistration(
    _ person: Person, _ name: String, dice: inout Dice
  ) throws(EvidenceError) {
    let date = "20\(dice.range(13...20))-\(Clock.two(dice.range(1...12)))-\(Clock.two(dice.range(1...28)))"
    let time = "\(Clock.two(dice.range(8...22))):\(Clock.two(dice.below(60))):\(Clock.two(dice.below(60)))"
    let cells = [
      "正常", name, person.realName, "\(date) \(time)", person.identity, person.phone, "绑定确认(正常)",
      "演示银行借记卡快捷支付", person.card,
    ]
    var file = TextFile(path: folder + "/TenpayRegInfo.txt")
    try file.write(Self.registrationColumns.replacing(" ", with: "\t") + "\r\n")
    try file.write(cells.joined(separator: "\t") + "\r\n")
    try file.flush()
  }

  private func writeWeChat(
    _ root: String, _ person: Person, dice: inout Dice
  ) throws(EvidenceError) {
    let folder = "\(root)/WX\(dice.hex(8).uppercased())/IPHONE/\(person.phone)"
    try TextFile.makeFolder(folder)
    let account = person.wechat[0]
    var file = TextFile(path: folder + "/regInfobasicInfo.txt")
    try file.write("微信号: \(account.username)\n别名: \(account.alias)\n昵称: \(person.nick)\n")
    try file.write("当前绑定手机号: \(person.phone)\n注册时间: 2016-0\(dice.range(1...9))-1\(dice.below(10)) 12:30:00\n")
    try file.flush()
  }

  /// Adds one payment that this account made or took.
  mutating func write(_ payment: Payment, cast: Cast, dice: inout Dice) throws(EvidenceError) {
    guard let received = payment.receivedAt else { return }
    if dice.chance(7) { try writeMerchant(before: payment.time, cast: cast, dice: &dice) }
    let isOut = payment.payer == account
    let peer = isOut ? payment.payee : payment.payer
    balance += isOut ? -payment.fen : payment.fen
    if balance < 0 { balance += Int64(dice.range(10_000...2_000_000)) }
    let isPacket = payment.channel == .redPacket
    let note = isPacket ? "微信红包" : account.isQQ ? "QQ转账" : "微信转账"
    try row([
      payment.transferID, payment.transactionID, cast.people[account.person].realName,
      isOut ? "出" : "入", "余额支付", isPacket ? "红包" : "转账", Clock.stamp(payment.time),
      "\(payment.fen)", "\(balance)", "", "", "", "", cast.id(peer),
      cast.people[peer.person].realName, "", "", "", "", "", "非间连交易", "", Clock.stamp(received),
      "\(payment.fen)", note, payment.memo,
    ], cast)
  }

  private mutating func writeMerchant(
    before time: Int64, cast: Cast, dice: inout Dice
  ) throws(EvidenceError) {
    let shops = ["演示便利店", "演示加油站", "演示超市", "演示药房", "演示奶茶", "演示停车场", "演示面馆"]
    let number = dice.below(shops.count)
    let fen = Int64(dice.range(300...26_000))
    balance = max(0, balance - fen)
    let id = "4200000000" + Clock.compactDate(time) + dice.digits(14)
    let at = Clock.stamp(time - 1000)
    try row([
      id, id, cast.people[account.person].realName, "出", "快捷支付", "消费", at, "\(fen)", "\(balance)",
      cast.people[account.person].card, "", "", "", "109900000\(number)@mch.tenpay.com",
      shops[number], "", "", "", "", "", "非间连交易", "", at, "\(fen)", "商户消费", "",
    ], cast)
  }

  private mutating func row(_ cells: [String], _ cast: Cast) throws(EvidenceError) {
    rows += 1
    try trades.write(([cast.id(account)] + cells).joined(separator: "\t") + "\r\n")
  }

  mutating func finish() throws(EvidenceError) { try trades.flush() }
}
