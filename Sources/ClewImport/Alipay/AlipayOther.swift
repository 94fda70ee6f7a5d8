internal import ClewEvidence

/// Reads the sheet 登陆日志 of an Alipay return, and recognises 余额明细, whose rows are passed over.
///
/// The login log ties the logon ids that were used to the user id, each once; further logins with
/// the same ids are passed over. The balance sheet repeats, by order number, what the account
/// statement says with both parties.
struct AlipayOther: Importer {
  let format = "alipay-return-other"
  let title = "Alipay return: login log, balance sheet (not read)"
  let version = 2

  private static let logins = TabularSignature(
    required: [["操作发生时间"], ["客户端ip"], ["登陆账号", "登录账号"]])
  private static let balances = TabularSignature(
    required: [["收入金额(+)(元)", "收入金额(元)"], ["支出金额(-)(元)", "支出金额(元)"], ["账户"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    for signature in [Self.logins, Self.balances]
    where TabularLayout.detect(source, signature) != nil {
      return Recognition(confidence: 85, sign: signature.sign)
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let isLogins = TabularLayout.detect(source, Self.logins) != nil
    let table = try TabularImport(source, isLogins ? Self.logins : Self.balances)
    let columns = table.layout.columns
    let logon = columns.index("登陆账号", "登录账号")
    let user = columns.index("支付宝用户id", "用户id")
    let name = columns.index("账户名", "账户名称")
    var names = NamesSeen()
    var known: Set<AccountLink> = []
    return try table.run(into: sink) { row throws(RowFault) in
      guard isLogins else { return .skip("balance sheet") }
      let text = row.clean(user)
      let account = AccountNormalizer.alipay(text)
      guard account != nil || text.isEmpty else {
        throw .cell("支付宝用户ID", expected: "user id of 16 digits")
      }
      let holder = row.clean(name)
      var items = names.contact(account, holder, .registration)
      if let account, let id = Self.logon(row.clean(logon)), id != account {
        let link = AccountLink(account, id, basis: .registration, holder: holder)
        if known.count < 1_000_000, known.insert(link).inserted { items.append(.accountLink(link)) }
      }
      return items.isEmpty ? .skip("login that is known") : .accept(items)
    }
  }

  /// A logon id that can be a person's; a mask is none.
  private static func logon(_ text: String) -> Account? {
    AccountNormalizer.alipayLogon(text).flatMap { $0.scheme.isPersonal ? $0 : nil }
  }
}
