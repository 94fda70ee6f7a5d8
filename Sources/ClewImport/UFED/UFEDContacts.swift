internal import ClewEvidence

/// Reads the models `Contact` and `UserAccount` of a UFED report.
struct UFEDContacts {
  let owner: ForensicOwner
  /// The mark of the file to which names without account are bound.
  let scope: String

  /// What a report says of one contact, whether as a model or as a row.
  struct Person {
    let app: ForensicApp
    let name: String
    /// The owner's account as the report writes it; empty where it does not.
    let account: String
    let kind: String
    let remark: String
    let isDeleted: Bool
    var entries: Entries
  }

  /// A contact: an entry for each of its accounts, linked to the first.
  func contact(_ model: UFEDModel) throws(RowFault) -> RowOutcome {
    let app = ForensicApp(model.text("Source"))
    return try contact(
      Person(
        app: app,
        name: model.text("Name"),
        account: model.text("Account"),
        kind: model.text("Type"),
        remark: Self.remark(model),
        isDeleted: model.isDeleted,
        entries: Entries(model, app)
      )
    )
  }

  /// The same for a contact of any form.
  func contact(_ person: Person) throws(RowFault) -> RowOutcome {
    var accounts = person.entries.accounts
    if accounts.isEmpty, !person.name.isEmpty {
      accounts = [Account(.name, "\(person.name)#\(scope)")]
    }
    guard let first = accounts.first else {
      throw RowFault("the contact holds neither a name nor an account")
    }
    let owner = person.app.account(person.account) ?? self.owner.account(on: person.app)
    let isOwn = accounts.contains(owner)
    let nature: Contact.Nature =
      if isOwn {
        .own
      } else if person.isDeleted {
        .deleted
      } else if Self.strangers.contains(where: { TabularCell.holds(person.kind, $0) }) {
        .stranger
      } else {
        .friend
      }
    let isNamed = owner.scheme != .name
    var items: [EvidenceItem] = accounts.map { account in
      .contact(
        Contact(
          owner: isOwn ? account : isNamed ? owner : nil,
          contact: account,
          name: person.name,
          remark: person.remark,
          nature: nature
        )
      )
    }
    // Linked to the first only: many numbers in one entry must not make a clique.
    items += accounts.dropFirst().map { account in
      let isAlias = person.entries.aliases.contains(account) && first.scheme == .wechat
      return .accountLink(AccountLink(first, account, basis: isAlias ? .alias : .contactEntry))
    }
    return .accept(items)
  }

  private static let strangers = ["Stranger", "stranger", "GroupMember", "Group member", "Unknown"]

  private static func remark(_ model: UFEDModel) -> String {
    let pairs = model.models("AdditionalInfo").filter { pair in
      let key = pair.text("Key").lowercased()
      return TabularCell.holds(key, "remark") || TabularCell.holds(key, "备注")
    }
    let notes = model.texts("Notes") + model.models("Notes").map { $0.text("Body") }
    return (pairs.map { $0.text("Value") } + notes).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// An account of the device's owner: linked by the device itself.
  func own(_ model: UFEDModel) throws(RowFault) -> RowOutcome {
    let own = Own(model)
    guard let main = own.main ?? own.accounts.first else {
      let name = model.text("Name")
      return name.isEmpty
        ? .skip("user account without identifier") : .skip("account of no known kind")
    }
    var items: [EvidenceItem] = [
      .contact(Contact(owner: main, contact: main, name: model.text("Name"), nature: .own))
    ]
    for account in own.accounts where account != main && account.scheme != .name {
      guard main.scheme != .name else { continue }
      items.append(.accountLink(AccountLink(main, account, basis: .ownAccount)))
    }
    return .accept(items)
  }

  /// The accounts of a `UserAccount`.
  struct Own {
    let app: ForensicApp
    /// The account by which the app knows its user.
    let main: Account?
    /// All accounts, ``main`` included.
    let accounts: [Account]

    init(_ model: UFEDModel) {
      let service = model.text("ServiceType")
      app = ForensicApp(service.isEmpty ? model.text("Source") : service)
      var entries = Entries(model, app)
      let user = model.text("Username")
      if !user.isEmpty {
        // Beside a WeChat user name, what people log in with is the alias.
        let hasID = entries.users.contains { !entries.aliases.contains($0) }
        let account =
          app.platform == "wechat" && hasID ? WeChatNames.alias(user) : app.account(user)
        if let account { entries.add(account, isUser: true, isAlias: hasID) }
      }
      main =
        entries.users.first { !entries.aliases.contains($0) } ?? entries.users.first
      accounts = entries.accounts
    }
  }
}

extension UFEDContacts {
  /// The accounts in the entries of a contact, each once, in the order of the report but the app's
  /// own user name first.
  struct Entries {
    fileprivate(set) var accounts: [Account] = []
    /// Those that are user names of the app.
    private(set) var users: [Account] = []
    /// Those that are changeable WeChat ids.
    private(set) var aliases: Set<Account> = []

    init(_ model: UFEDModel, _ app: ForensicApp) {
      let entries = model.models("Entries").map { entry in
        Entry(
          type: entry.type,
          category: entry.text("Category"),
          domain: entry.text("Domain"),
          value: entry.text("Value")
        )
      }
      self.init(entries, app)
    }

    init(_ entries: [Entry], _ app: ForensicApp) {
      for entry in entries { add(entry, app) }
      if let main = users.first(where: { !aliases.contains($0) }) ?? users.first,
        let index = accounts.firstIndex(of: main)
      {
        accounts.remove(at: index)
        accounts.insert(main, at: 0)
      }
    }

    /// One entry: what it is called, and its value.
    struct Entry {
      var type = ""
      let category: String
      var domain = ""
      let value: String
    }

    private mutating func add(_ entry: Entry, _ app: ForensicApp) {
      let kind = [entry.type, entry.domain].joined(separator: " ").lowercased()
      let category = entry.category.lowercased()
      if TabularCell.holds(kind, "phone") {
        for account in VCard.phones(entry.value) { add(account) }
      } else if TabularCell.holds(kind, "mail") {
        for account in ForensicNumber.mail(entry.value) { add(account) }
      } else if TabularCell.holds(kind, "user") {
        let named = ForensicApp(entry.category)
        // The phone book itself names users of apps by the category only.
        let app = app.isPhone || (named.isKnown && !named.isPhone) ? named : app
        guard app.isKnown, !app.isPhone else {
          if !app.isPhone, let account = app.account(entry.value) { add(account, isUser: true) }
          return
        }
        let isAlias =
          app.platform == "wechat"
          && ["wechat id", "wechatid", "alias", "微信号"].contains { TabularCell.holds(category, $0) }
        let account = isAlias ? WeChatNames.alias(entry.value) : app.account(entry.value)
        if let account { add(account, isUser: true, isAlias: isAlias) }
      }
    }

    fileprivate mutating func add(
      _ account: Account,
      isUser: Bool = false,
      isAlias: Bool = false
    ) {
      if isUser, !users.contains(account) { users.append(account) }
      guard !accounts.contains(account) else { return }
      accounts.append(account)
      if isAlias { aliases.insert(account) }
    }
  }
}
