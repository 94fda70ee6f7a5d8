internal import ClewEvidence

/// Reads the sheet 注册信息 of an Alipay return: user id, phone, identity number, cards.
///
/// 对应的协查数据 repeats what was asked and is no property of the account.
struct AlipayRegistration: Importer {
  let format = "alipay-return-registration"
  let title = "Alipay return: registration"
  let version = 1

  private static let signature = TabularSignature(
    required: [["用户id", "支付宝用户id"], ["账户名称"], ["证件号"], ["绑定手机", "绑定银行卡"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let user = columns.index("用户id", "支付宝用户id")
    let mail = columns.index("登陆邮箱", "登录邮箱")
    let logon = columns.index("登陆手机", "登录手机")
    let name = columns.index("账户名称")
    let kind = columns.index("证件类型")
    let identity = columns.index("证件号")
    let phone = columns.index("绑定手机")
    let cards = columns.index("绑定银行卡")
    var badIdentities = 0
    let units = try table.run(into: sink) { row throws(RowFault) in
      guard let account = AccountNormalizer.alipay(row.clean(user)) else {
        throw .cell("用户Id", expected: "user id of 16 digits")
      }
      let holder = row.clean(name)
      var items: [EvidenceItem] = [
        .contact(Contact(owner: nil, contact: account, name: holder, nature: .registration))
      ]
      func link(_ other: Account?, _ basis: AccountLink.Basis) {
        guard let other, other.scheme.isPersonal else { return }
        let item = EvidenceItem.accountLink(
          AccountLink(account, other, basis: basis, holder: holder))
        if !items.contains(item) { items.append(item) }
      }
      link(AccountNormalizer.email(row.clean(mail)), .registration)
      link(AccountNormalizer.phone(row.clean(logon)), .registration)
      let phoneAccount = AccountNormalizer.phone(row.clean(phone))
      if phoneAccount != AccountNormalizer.phone(row.clean(logon)) { link(phoneAccount, .bound) }
      let document = row.clean(kind)
      if document.isEmpty || document.contains("身份证"),
        let checked = AccountNormalizer.identity(row.clean(identity))
      {
        if !checked.isValid { badIdentities += 1 }
        link(checked.account, .registration)
      }
      for card in Self.cards(row.clean(cards)) { link(card, .bound) }
      return .accept(items)
    }
    if badIdentities > 0 {
      sink.setDecision("identity numbers that fail their check", String(badIdentities))
    }
    return units
  }

  /// The numbers of `借记卡:BANK:6222…;信用卡:…;`.
  private static func cards(_ text: String) -> [Account] {
    text.unicodeScalars.split { $0 == ";" || $0 == "\u{FF1B}" || $0 == "," }
      .compactMap { entry in
        entry.split { $0 == ":" || $0 == "\u{FF1A}" }.last.flatMap {
          AccountNormalizer.bankNumber(String($0))
        }
      }
  }
}
