internal import ClewEvidence

/// Reads the sheets that come with bank statements: 账户信息, 人员信息, 子账户信息.
///
/// They tie a card to its account, to sub-accounts, and to the holder's identity number and
/// telephone, as the bank registered them. A sheet is known by columns that only banks write:
/// lists of names with identity numbers are what is traded, and are not read.
struct BankHolders: Importer {
  let format = "bank-holders"
  let title = "Bank return: accounts and holders"
  let version = 1

  private static let money = ["交易时间", "交易日期", "交易金额", "收付标志", "借贷标志"]
  private static let accounts = TabularSignature(
    required: [
      ["账户开户名称", "户名", "账户名称"], ["交易卡号", "卡号"], ["账户状态"],
      ["账号开户时间", "开户时间", "账户余额", "账户类型"],
    ],
    forbidden: money
  )
  private static let persons = TabularSignature(
    required: [
      ["客户名称", "姓名"], ["证照号码", "证件号码"], ["联系手机", "联系电话", "手机号码"],
      ["代办人姓名", "国税纳税号", "法人代表", "证照类型", "查询反馈结果原因"],
    ],
    forbidden: money
  )
  private static let subaccounts = TabularSignature(
    required: [
      ["子账户账号", "子账号"], ["交易卡号", "卡号", "账号", "主账号", "交易账号"],
      ["子账户序号", "子账户类别", "账户状态", "子账户余额", "余额"],
    ],
    forbidden: money
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    for signature in [Self.accounts, Self.subaccounts, Self.persons]
    where TabularLayout.detect(source, signature) != nil {
      return Recognition(confidence: 75, sign: signature.sign)
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let all = [Self.accounts, Self.subaccounts, Self.persons]
    let fitting = all.first { TabularLayout.detect(source, $0) != nil }
    let table = try TabularImport(source, fitting ?? Self.accounts)
    let columns = BankHolderColumns(table.layout.columns)
    var badIdentities = 0
    let units = try table.run(into: sink) { row throws(RowFault) in
      let name = row.clean(columns.name)
      let checked = AccountNormalizer.identity(row.clean(columns.identity))
      if checked?.isValid == false { badIdentities += 1 }
      let numbers = [columns.card, columns.account, columns.subaccount].compactMap {
        AccountNormalizer.bankNumber(row.clean($0))
      }
      let phones = columns.phones.compactMap { PhoneNumber.person(row.clean($0)) }
      let accounts = Self.distinct(numbers + [checked?.account].compactMap(\.self) + phones)
      guard let first = accounts.first else {
        throw RowFault("the row holds no card, account, identity number or telephone number")
      }
      var items: [EvidenceItem] = []
      if !name.isEmpty {
        items.append(
          .contact(Contact(owner: nil, contact: first, name: name, nature: .registration))
        )
      }
      items += accounts.dropFirst().map { account in
        .accountLink(AccountLink(first, account, basis: .registration, holder: name))
      }
      return items.isEmpty ? .skip("number without holder") : .accept(items)
    }
    if badIdentities > 0 {
      sink.setDecision("identity numbers that fail their check", String(badIdentities))
    }
    return units
  }

  private static func distinct(_ accounts: [Account]) -> [Account] {
    var kept: [Account] = []
    for account in accounts where !kept.contains(account) { kept.append(account) }
    return kept
  }
}

/// Where the columns of the sheets of holders stand.
private struct BankHolderColumns {
  let name, identity, card, account, subaccount: Int?
  let phones: [Int]

  init(_ columns: TabularColumns) {
    name = columns.index("账户开户名称", "客户名称", "姓名", "户名", "账户名称")
    identity = columns.index("开户人证件号码", "证照号码", "证件号码", "身份证号")
    card = columns.index("交易卡号", "卡号")
    account = columns.index("交易账号", "账号", "主账号")
    subaccount = columns.index("子账户账号", "子账号")
    phones = ["联系手机", "手机号码", "联系电话", "绑定手机"].compactMap { columns.index($0) }
  }
}
