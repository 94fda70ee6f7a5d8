internal import ClewEvidence

/// One person of an address book: what the owner calls it, and what was noted of it.
struct PhoneBookPerson {
  /// Whose address book it is, if anything tells.
  var owner: Account?
  var name = ""
  var note = ""
  var tags: [String] = []
  var nature = Contact.Nature.friend
  /// The account to which the others are linked.
  var first: Account?

  /// The entry for one account, and its link to the person's first account as a hint: whoever typed
  /// them may be wrong, and hundreds of numbers on one entry must not make a clique.
  func items(for account: Account) -> [EvidenceItem] {
    var items = [entry(for: account, name: name)]
    if let first, first != account {
      items.append(.accountLink(AccountLink(first, account, basis: .contactEntry)))
    }
    return items
  }

  /// The entry that gives an account a name.
  func entry(for account: Account, name: String) -> EvidenceItem {
    .contact(
      Contact(
        owner: owner,
        contact: account,
        name: name,
        remark: note,
        tags: tags,
        nature: nature
      )
    )
  }

  /// Links to what the note mentions, as hints.
  func mentions() -> [EvidenceItem] {
    guard let first else { return [] }
    return NoteMentions.accounts(in: note).filter { $0 != first }.map { account in
      .accountLink(AccountLink(first, account, basis: .mention))
    }
  }

  /// Adds to the note, up to the limit: each account repeats it, and a hostile book has many of both.
  ///
  /// - Returns: Whether all of it is kept; the original row always holds the whole.
  mutating func addNote(_ text: String) -> Bool {
    guard !text.isEmpty else { return true }
    let room = Self.noteLimit - note.utf8.count - (note.isEmpty ? 0 : 1)
    guard room > 0 else { return false }
    if !note.isEmpty { note += "\n" }
    if text.utf8.count <= room {
      note += text
      return true
    }
    var end = text.utf8.index(text.startIndex, offsetBy: room)
    while end > text.startIndex, String.Index(end, within: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    note += text[..<end]
    return false
  }

  /// The bytes of one person's notes.
  private static let noteLimit = 16 << 10
  /// What the log of decisions says of longer ones.
  static let cutNotes = "beyond 16 KiB of one person only in the original rows"

  /// Everything that one row says which holds the whole person.
  func items(for accounts: [Account], scope: String) -> [EvidenceItem] {
    guard !accounts.isEmpty else {
      return PhoneBookPerson.named(name, scope: scope).map { [entry(for: $0, name: name)] } ?? []
    }
    var person = self
    person.first = accounts.first
    return accounts.flatMap { person.items(for: $0) } + person.mentions()
  }

  /// Family name and given name: without a space unless all is written in ASCII.
  static func fullName(given: String, middle: String, family: String) -> String {
    let parts = [family, middle, given].filter { !$0.isEmpty }
    let isLatin = parts.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    return isLatin
      ? [given, middle, family].filter { !$0.isEmpty }.joined(separator: " ") : parts.joined()
  }

  /// A person without any account: a name bound to its file, so that it merges with no namesake.
  static func named(_ name: String, scope: String) -> Account? {
    name.isEmpty ? nil : Account(.name, "\(name)#\(scope)")
  }
}

/// What address books hold besides names.
enum PhoneBookValue {
  /// The numbers of a cell; usually one, sometimes two.
  static func phones(_ text: String) -> [Account] { VCard.phones(text) }

  /// A mail address, and the QQ number when it is that number's mail box.
  static func mail(_ text: String) -> [Account] {
    let address = TabularCell.trim(text).lowercased()
    guard let account = AccountNormalizer.email(address) else { return [] }
    return account.scheme == .email ? [account] : [Account(.email, address), account]
  }

  /// A messenger account of a named service; `nil` for services that Clew does not know.
  static func messenger(_ handle: String, service: String) -> Account? {
    let service = service.lowercased()
    let handle = TabularCell.trim(handle)
    if ["wechat", "weixin", "微信"].contains(where: { TabularCell.holds(service, $0) }) {
      return WeChatNames.alias(handle)
    }
    guard TabularCell.holds(service, "qq"), let account = AccountNormalizer.qq(handle) else {
      return nil
    }
    return account.scheme == .qq ? account : nil
  }
}
