internal import ClewEvidence

/// Reads the sheet 登陆日志 of an Alipay return: the logon ids that were used for a user id.
///
/// Each is tied to the user id once; further logins with the same ids are passed over.
struct AlipayLogins: Importer {
  let format = "alipay-return-logins"
  let title = "Alipay return: login log"
  let version = 3

  private static let signature = TabularSignature(
    required: [["操作发生时间"], ["客户端ip"], ["登陆账号", "登录账号"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 85, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let logon = columns.index("登陆账号", "登录账号")
    let user = columns.index("支付宝用户id", "用户id")
    let name = columns.index("账户名", "账户名称")
    var names = NamesSeen()
    var known: Set<AccountLink> = []
    return try table.run(into: sink) { row throws(RowFault) in
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
