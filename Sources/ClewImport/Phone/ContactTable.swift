internal import ClewEvidence

/// Reads address books that Google, Outlook or an app of a phone writes as a table.
///
/// A unit is a row, one person. Columns are found by name, in English or Chinese. Each number and
/// address becomes an entry with the person's name, note and labels, linked to the first one as a
/// hint. A list of names and numbers without labels or groups is no address book: traded data looks
/// like that, nicknames included. The file does not say whose address book it is.
struct ContactTable: Importer {
  let format = "contacts-csv"
  let title = "Address book as a table (Google, Outlook, phone apps)"
  let version = 1

  private static let signatures: [(name: String, confidence: Int, TabularSignature)] = [
    (
      "Google", 80,
      TabularSignature(
        required: [
          ["phone1-value", "e-mail1-value"], ["firstname", "givenname", "name"],
          ["labels", "groupmembership", "notes"],
        ],
        headerRows: 3
      )
    ),
    (
      "Outlook", 75,
      TabularSignature(
        required: [
          ["firstname"], ["lastname"], ["mobilephone", "businessphone", "homephone"],
          ["e-mailaddress", "emailaddress", "categories", "company"],
        ],
        headerRows: 3
      )
    ),
    (
      "Outlook, Chinese", 75,
      TabularSignature(
        required: [
          ["姓"], ["名"], ["移动电话", "商务电话", "住宅电话"],
          ["电子邮件地址", "类别", "附注", "单位"],
        ],
        headerRows: 3
      )
    ),
    (
      "phone app", 45,
      TabularSignature(
        required: [
          ["姓名", "联系人", "联系人姓名", "名称", "显示名称"],
          ["手机号", "手机号码", "手机", "移动电话", "电话号码", "电话"],
          ["分组", "群组", "联系人分组"],
        ],
        forbidden: identityColumns,
        headerRows: 3
      )
    ),
  ]

  /// Columns of data that is traded, and of tables of other kinds.
  private static let identityColumns = [
    "身份证", "身份证号", "身份证号码", "证件号码", "证件号", "银行卡", "银行卡号", "卡号", "性别", "年龄",
    "户籍地址", "收货地址", "对方号码", "通话时长", "时长", "交易时间", "交易金额", "金额",
  ]

  func recognise(_ source: StagedSource) -> Recognition? {
    for (name, confidence, signature) in Self.signatures
    where TabularLayout.detect(source, signature) != nil {
      return Recognition(confidence: confidence, sign: "\(name): \(signature.sign)")
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let kind = Self.signatures.first { TabularLayout.detect(source, $0.2) != nil }
    let table = try TabularImport(source, kind?.2 ?? Self.signatures[0].2)
    let columns = ContactColumns(table.layout.columns)
    let scope = String(source.sha256.prefix(12))
    var unread: [Int64] = []
    var unreadCount = 0
    let units = try table.run(into: sink) { row throws(RowFault) in
      let accounts = columns.accounts(row)
      if let bad = accounts.unread {
        guard !accounts.found.isEmpty else {
          throw .cell(bad, expected: "telephone number or address")
        }
        unreadCount += 1
        if unread.count < 20 { unread.append(row.line) }
      }
      let items = columns.person(row).items(for: accounts.found, scope: scope)
      guard !items.isEmpty else { throw RowFault("the row holds neither a name nor an account") }
      return .accept(items)
    }
    if let kind { sink.setDecision("layout", kind.name) }
    if unreadCount > 0 {
      let lines = unread.map(String.init).joined(separator: ", ")
      sink.setDecision(
        "rows with a cell that holds no number or address",
        "\(unreadCount): lines \(lines)"
      )
    }
    return units
  }
}

/// Where the columns of an address book stand.
struct ContactColumns {
  private let columns: TabularColumns
  private let phones: [Int]
  private let mails: [Int]
  private let messengers: [(value: Int, service: Int?, name: String)]
  private let tags: [Int]
  private let notes: [Int]

  init(_ columns: TabularColumns) {
    self.columns = columns
    var phones: [Int] = []
    var mails: [Int] = []
    var messengers: [(value: Int, service: Int?, name: String)] = []
    var tags: [Int] = []
    var notes: [Int] = []
    for (place, name) in columns.names.enumerated() {
      switch Self.role(name) {
      case .phone: phones.append(place)
      case .mail: mails.append(place)
      case .messenger(let service):
        let label = name.hasSuffix("-value") ? String(name.dropLast(5)) + "service" : ""
        messengers.append((place, columns.index(label), service))
      case .tag: tags.append(place)
      case .note: notes.append(place)
      case nil: continue
      }
    }
    self.phones = phones
    self.mails = mails
    self.messengers = messengers
    self.tags = tags
    self.notes = notes
  }

  private enum Role {
    case phone, mail, tag, note
    case messenger(String)
  }

  /// What a column is, by the words of its name.
  private static func role(_ name: String) -> Role? {
    switch name {
    case "notes", "note", "备注", "附注", "便笺", "说明": return .note
    case "labels", "groupmembership", "categories", "类别", "分组", "群组", "联系人分组": return .tag
    case "qq", "qq号", "qq号码": return .messenger("qq")
    case "微信", "微信号", "微信账号", "wechat": return .messenger("wechat")
    default: break
    }
    func holds(_ words: String...) -> Bool { words.contains { TabularCell.holds(name, $0) } }
    // The assistant's number is somebody else's.
    if holds("assistant", "助理") { return nil }
    if holds("phonetic", "拼音", "-label", "-type", "类型", "displayname", "显示名称") { return nil }
    if name.hasPrefix("im"), name.hasSuffix("-value") { return .messenger("") }
    if holds("e-mail", "email", "邮件地址", "邮箱", "电子邮件") { return .mail }
    if name.hasPrefix("phone"), name.hasSuffix("-value") { return .phone }
    if holds("phone", "fax", "pager", "mobile", "电话", "手机", "号码", "传真") { return .phone }
    return nil
  }

  /// The accounts of a row, each once, and the first column whose text is no account.
  func accounts(_ row: TabularRow) -> (found: [Account], unread: String?) {
    var found: [Account] = []
    var unread: String?
    func add(_ column: Int, _ read: (String) -> [Account]) {
      for value in Self.values(row.trimmed(column)) {
        let accounts = read(value)
        if accounts.isEmpty { unread = unread ?? columns.names[column] }
        for account in accounts where !found.contains(account) { found.append(account) }
      }
    }
    for column in phones { add(column, PhoneBookValue.phones) }
    for column in mails { add(column, PhoneBookValue.mail) }
    for (column, service, name) in messengers {
      let service = service.map { row.trimmed($0).lowercased() } ?? name
      // Messengers that Clew does not know stay in the original.
      guard ["qq", "wechat", "weixin", "微信"].contains(where: { TabularCell.holds(service, $0) })
      else { continue }
      add(column) { PhoneBookValue.messenger($0, service: service).map { [$0] } ?? [] }
    }
    return (found, unread)
  }

  /// The person of a row, without accounts.
  func person(_ row: TabularRow) -> PhoneBookPerson {
    func text(_ names: String...) -> String {
      columns.index(anyOf: names).map { row.trimmed($0) } ?? ""
    }
    let full = PhoneBookPerson.fullName(
      given: text("firstname", "givenname", "名"),
      middle: text("middlename", "additionalname", "中间名"),
      family: text("lastname", "familyname", "姓")
    )
    let names = [
      text("name", "姓名", "联系人", "联系人姓名", "名称"), full, text("fileas", "显示名称", "displayname"),
      text("nickname", "昵称"),
      text("organizationname", "organization1-name", "company", "单位", "公司"),
    ]
    var person = PhoneBookPerson()
    person.name = names.first { !$0.isEmpty } ?? ""
    for column in notes where !row.trimmed(column).isEmpty { _ = person.addNote(row.exact(column)) }
    for column in tags {
      for tag in Self.values(row.trimmed(column)) {
        // Google marks its own labels by a star.
        let plain = tag.hasPrefix("* ") ? String(tag.dropFirst(2)) : tag
        if !person.tags.contains(plain) { person.tags.append(plain) }
      }
    }
    return person
  }

  /// Google joins several values of one cell by ` ::: `, Outlook labels by `;`.
  private static func values(_ text: String) -> [String] {
    text.replacing(" ::: ", with: ";").unicodeScalars.split { $0 == ";" || $0 == "\u{FF1B}" }
      .map { TabularCell.trim(String($0)) }.filter { !$0.isEmpty }
  }
}
