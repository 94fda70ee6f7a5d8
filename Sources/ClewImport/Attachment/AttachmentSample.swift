internal import ClewEvidence

/// The first rows of a file that may be a list of personal data.
struct AttachmentSample {
  /// How many rows were looked at.
  private(set) var count = 0
  /// The cells of the rows before the first identifier, as names of columns.
  private(set) var headings: [[String]] = []
  /// How many rows follow.
  private(set) var rows = 0
  /// How many of them hold an identifier.
  private(set) var identified = 0
  /// The kinds of identifiers that occur.
  private(set) var kinds: Set<PersonalDataKind> = []

  private var sensitive = 0
  private var clocked = 0
  private var calls = 0
  private var occurrences: [[UInt8]: Int] = [:]
  private var fingerprints: Set<UInt64> = []

  mutating func add(_ row: TabularRow) {
    count += 1
    let data = PersonalRow(row.text)
    guard data.isIdentified || identified > 0 else {
      headings.append((0..<row.count).map { TabularCell.headerName(row.exact($0)) })
      return
    }
    rows += 1
    guard let fingerprint = data.fingerprint else { return }
    identified += 1
    fingerprints.insert(fingerprint)
    let found = PersonalDataKind.allCases.filter { $0.isIdentifier && data.holds($0) }
    kinds.formUnion(found)
    if found.contains(where: \.isSensitive) { sensitive += 1 }
    for identifier in data.identifiers { occurrences[identifier, default: 0] += 1 }
    guard data.hasClock else { return }
    clocked += 1
    if data.callableCount >= 2 { calls += 1 }
  }

  /// Whether the table looks like what people or institutions keep of somebody's own dealings.
  var isOwnRecords: Bool {
    let isAboutOne = occurrences.values.contains { $0 >= 3 && $0 * 2 >= identified }
    let isRepeating = fingerprints.count * 10 < identified * 8
    let isClocked = clocked * 2 >= identified
    return isAboutOne || calls * 2 >= identified || (isClocked && isRepeating)
      || isDealings || (isAddressBook && sensitive * 2 < identified)
  }

  private var isDealings: Bool {
    holds(Self.timeOrMoney) && holds(Self.dealings)
  }

  private var isAddressBook: Bool {
    headings.contains { heading in
      heading.count { name in Self.addressBook.contains { TabularCell.holds(name, $0) } } >= 2
    }
  }

  private func holds(_ words: [String]) -> Bool {
    headings.contains { heading in
      heading.contains { name in words.contains { TabularCell.holds(name, $0) } }
    }
  }

  /// Parts of names of columns, as ``TabularCell/headerName(_:)`` writes them.
  private static let timeOrMoney = [
    "时间", "日期", "金额", "发生额", "余额", "费", "time", "date", "amount", "balance",
  ]
  private static let dealings = [
    "对方", "对手", "付款方", "付款人", "付款账", "收款", "主叫", "被叫", "呼叫", "通话", "时长", "借贷", "收支",
    "收/支", "流水", "交易", "转账", "发送", "接收", "消息", "聊天", "短信", "payer", "payee",
    "counterparty", "caller", "callee", "duration", "debit", "credit", "transaction",
    "direction", "incoming", "outgoing", "calltype", "sender", "receiver", "recipient", "message",
  ]
  private static let addressBook = [
    "分组", "群组", "备注", "昵称", "联系人", "生日", "邮箱", "邮件", "职务", "公司", "家庭电话", "单位电话", "办公电话",
    "group", "notes", "nickname", "firstname", "lastname", "givenname", "familyname", "e-mail",
    "email", "homephone", "businessphone", "mobilephone", "organization", "company", "phone1",
    "birthday", "labels",
  ]
}
