internal import ClewEvidence

/// Where the columns of a bank statement stand, under all names that they bear.
struct BankColumns {
  static let own = ["交易卡号", "卡号", "查询卡号", "本方卡号", "交易账号", "账号", "本方账号"]
  static let times = ["交易时间", "交易日期", "交易日期时间"]
  static let amounts = ["交易金额", "交易金额(元)", "发生额", "金额", "金额(元)"]
  static let directions = ["收付标志", "借贷标志", "收支标志", "借贷方向", "收付方向", "借贷"]
  static let peers = [
    "交易对手账卡号", "对手账卡号", "对手账号", "对手卡号", "对方账号卡号", "交易对手账号", "对方账号",
    "对方卡号", "查询账号",
  ]

  let card, account, holder, holderIdentity, amount, balance, direction: Int?
  let peer, peerName, peerIdentity, summary, remark, merchant, currency, success, serial: Int?
  private let moment, date: Int?

  init(_ columns: TabularColumns) {
    card = columns.index("交易卡号", "卡号", "查询卡号", "本方卡号")
    account = columns.index("交易账号", "账号", "本方账号")
    holder = columns.index("账户开户名称", "交易户名", "户名", "账户名称", "本方户名")
    holderIdentity = columns.index("开户人证件号码", "交易证件号", "证件号码")
    moment = columns.index("交易时间", "交易日期时间")
    date = columns.index("交易日期")
    amount = columns.index(anyOf: Self.amounts)
    balance = columns.index("交易余额", "余额", "账户余额", "交易余额(元)")
    direction = columns.index(anyOf: Self.directions)
    peer = columns.index(anyOf: Self.peers)
    peerName = columns.index(
      "对手户名", "对方账号姓名", "对方户名", "交易对手名称", "对手名称", "对方姓名")
    peerIdentity = columns.index("对手身份证号", "对方身份证号", "对手证件号码")
    summary = columns.index("摘要说明", "交易摘要", "摘要")
    remark = columns.index("备注")
    merchant = columns.index("商户名称")
    currency = columns.index("交易币种", "币种")
    success = columns.index("交易是否成功", "交易结果", "交易状态")
    serial = columns.index("交易流水号", "流水号")
  }

  /// Date and time, which may stand in one column or in two.
  func time(_ row: TabularRow) throws(RowFault) -> Timestamp {
    let clock = row.clean(moment)
    let day = row.clean(date)
    if let time = Timestamp(parsing: clock) { return time }
    let both = clock.isEmpty ? day : "\(day) \(Self.clock(clock))"
    guard !day.isEmpty, let time = Timestamp(parsing: Self.separated(both)) else {
      throw .cell("交易时间", expected: "time")
    }
    return time
  }

  /// `hhmmss` with colons.
  private static func clock(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
    return "\(text.prefix(2)):\(text.dropFirst(2).prefix(2)):\(text.suffix(2))"
  }

  /// `yyyyMMdd hh:mm:ss` with dashes.
  private static func separated(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count > 9, bytes[8] == 0x20,
      bytes[..<8].allSatisfy({ (0x30...0x39).contains($0) })
    else { return text }
    return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6))"
  }
}

/// The words of banks.
enum BankWords {
  /// Whether the word means that money leaves the account; `nil` when it is no known word.
  static func isOut(_ word: String) -> Bool? {
    switch word {
    case "出", "D", "d", "借", "借方", "支出", "转出", "取", "支", "O", "付": true
    case "进", "C", "c", "贷", "贷方", "收入", "转入", "存", "入", "收", "I", "+": false
    default: nil
    }
  }

  /// What 交易是否成功 says; an empty cell means success.
  static func state(_ word: String) -> Transfer.State {
    switch word {
    case "", "成功", "1", "是", "Y", "交易成功", "正常", "01", "00": .completed
    case "失败", "0", "否", "N", "交易失败", "冲正", "撤销", "02": .failed
    default: word.contains("失败") ? .failed : word.contains("成功") ? .completed : .sent
    }
  }

  static func currency(_ word: String) -> String {
    switch word {
    case "", "CNY", "RMB", "人民币", "人民币元", "156", "01": "CNY"
    case "美元", "840": "USD"
    case "港币", "港元", "344": "HKD"
    default: word
    }
  }

  /// Whether the name is a payment platform's, whose account only passes money on.
  static func isPlatform(_ name: String) -> Bool {
    [
      "财付通", "支付宝", "微信支付", "微信转账", "微信零钱", "网银在线", "备付金", "待清算", "清算资金",
      "网联清算", "中国银联", "拉卡拉", "通联支付", "快钱支付", "京东支付",
    ].contains { name.contains($0) }
  }
}
