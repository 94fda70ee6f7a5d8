internal import ClewEvidence

/// A party as the tables of an Alipay return write it.
struct AlipayParty {
  /// The account; a bare name is a merchant.
  let account: Account
  /// The name beside it.
  let name: String

  /// Reads `2088…(name)`, `2088…`, `name(bank)(card)`, `(bank)card`, a logon id or a bare name.
  ///
  /// - Returns: `nil` for an empty cell and for a mask.
  init?(_ text: String) {
    guard !text.isEmpty, !AccountNormalizer.isMasked(text) else { return nil }
    if let holder = AccountNormalizer.alipayHolder(text) {
      self.init(holder.account, holder.name)
    } else if let logon = AccountNormalizer.alipayLogon(text), logon.scheme != .service {
      self.init(logon, "")
    } else if let card = Self.card(text) {
      self.init(card.account, card.name)
    } else {
      self.init(Account(.service, text), text)
    }
  }

  private init(_ account: Account, _ name: String) {
    self.account = account
    self.name = name
  }

  /// The last run of digits that is a bank number, and the text before the first bracket.
  private static func card(_ text: String) -> (account: Account, name: String)? {
    let parts = text.unicodeScalars.split { scalar in
      "()\u{FF08}\u{FF09}".unicodeScalars.contains(scalar)
    }
    guard let last = parts.last, parts.count >= 2,
      let account = AccountNormalizer.bankNumber(String(last))
    else { return nil }
    let startsWithBracket = text.hasPrefix("(") || text.hasPrefix("（")
    return (account, startsWithBracket ? "" : TabularCell.trim(String(parts[0])))
  }
}

/// What an Alipay return says of an order.
enum AlipayState {
  /// Reads 交易状态; an unknown word says only that the money was sent.
  static func state(_ text: String) -> Transfer.State {
    let failed = ["关闭", "失败", "等待", "CLOSED", "WAIT", "取消", "撤销", "未支付", "待付款"]
    if failed.contains(where: { text.contains($0) }) { return .failed }
    if text.contains("退款") || text.contains("REFUND") { return .refund }
    let done = ["成功", "SUCCESS", "FINISHED", "完成"]
    if text.isEmpty || done.contains(where: { text.contains($0) }) { return .completed }
    return .sent
  }
}
