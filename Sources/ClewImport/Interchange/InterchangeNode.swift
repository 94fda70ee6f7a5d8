internal import ClewEvidence

/// A named value of a node or an edge.
struct InterchangeAttribute: Sendable, Hashable {
  let name: String
  let value: String
  /// What the attribute is about, by its name.
  let sense: AttributeSense?

  init(_ name: String, _ value: String) {
    self.init(name, value, sense: InterchangeWords.sense(of: name))
  }

  /// An attribute whose sense was found before, as for the cells of one column.
  init(_ name: String, _ value: String, sense: AttributeSense?) {
    self.name = name
    self.value = value
    self.sense = sense
  }
}

/// A node as the file of an analysis tool describes it: somebody's drawing of a person or account.
struct InterchangeNode: Sendable {
  /// The name by which the edges of the file call it.
  var id: String
  /// The name for people.
  var label = ""
  /// Everything else that the file says of it.
  var attributes: [InterchangeAttribute] = []

  /// What people call the node: its label, else the first attribute that is a name.
  var shownLabel: String {
    let label = TabularCell.trim(label)
    if !label.isEmpty { return label }
    for attribute in attributes where attribute.sense == .label {
      let value = TabularCell.trim(attribute.value)
      if !value.isEmpty { return value }
    }
    return ""
  }

  /// The accounts that the node states, the leading one first, and how many values that should be
  /// accounts are none (masked or damaged numbers).
  func accounts() -> (found: [Account], unreadable: Int) {
    var found: [Account] = []
    var known: Set<Account> = []
    var unreadable = 0
    func add(_ account: Account) {
      if account.scheme != .name, known.insert(account).inserted { found.append(account) }
    }
    for text in [id, label] {
      if let account = Self.stated(text) { add(account) }
    }
    for attribute in attributes {
      guard let sense = attribute.sense else { continue }
      for value in Self.values(attribute.value, isKey: sense == .accountKey) {
        switch Self.account(sense, value) {
        case .some(.some(let account)): add(account)
        case .some(.none): unreadable += 1
        case .none: break
        }
      }
    }
    return (Self.sorted(found), unreadable)
  }

  /// An account of the form `scheme:value`, normalised; a bare name is none.
  static func stated(_ text: String) -> Account? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let scheme = AccountScheme(rawValue: String(text[..<colon])), scheme != .name
    else { return nil }
    return AccountNormalizer.canonical(text)
  }

  /// The account in a value of an attribute.
  ///
  /// - Returns: `nil` for an attribute that is about something else, `.some(nil)` for a value that
  ///   should be an account and is none.
  static func account(_ sense: AttributeSense, _ value: String) -> Account?? {
    switch sense {
    case .account(let scheme): .some(AccountNormalizer.account(scheme, value))
    case .wechatAlias: .some(AccountNormalizer.wechatAlias(value))
    case .bankNumber: .some(AccountNormalizer.bankNumber(value))
    case .accountKey:
      // A column named account may hold anything; only what names its scheme is an account.
      stated(value).map { .some(.some($0)) } ?? .none
    default: .none
    }
  }

  /// The values of a list in one cell; lists of accounts with their schemes are parted by `;` alone.
  static func values(_ text: String, isKey: Bool = false) -> [String] {
    text.unicodeScalars.split { $0 == ";" || (!isKey && ["；", "|", "、", ","].contains($0)) }
      .map { TabularCell.clean(String($0)) }
      .filter { !$0.isEmpty }
  }

  /// Puts the account by which a node is known first; the rest stays as the file has it.
  static func sorted(_ accounts: [Account]) -> [Account] {
    func rank(_ account: Account) -> Int {
      InterchangeWords.leading.firstIndex(of: account.scheme) ?? InterchangeWords.leading.count
    }
    guard let first = accounts.indices.min(by: { rank(accounts[$0]) < rank(accounts[$1]) }) else {
      return []
    }
    return [accounts[first]] + accounts.indices.filter { $0 != first }.map { accounts[$0] }
  }
}
