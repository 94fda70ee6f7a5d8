internal import ClewEvidence

/// Reads the owner's profile and the contacts of a Telegram export.
struct TelegramContacts {
  let owner: Account?

  /// The owner's profile.
  func profile(_ profile: JSONObject) -> UnitOutcome {
    let account = profile["user_id"]?.identifier.flatMap(Self.user)
    let phone = Self.phone(profile)
    guard let holder = account ?? phone else {
      return .reject("neither user_id nor phone_number names an account")
    }
    var items: [EvidenceItem] = [
      .contact(Contact(owner: holder, contact: holder, name: Self.name(profile), nature: .own))
    ]
    if let account, let phone {
      items.append(.accountLink(AccountLink(account, phone, basis: .ownAccount)))
    }
    return .items(items)
  }

  /// An entry of the address book; the user id is what the server found for the number.
  func contact(_ contact: JSONObject) -> UnitOutcome {
    let account = contact["user_id"]?.identifier.flatMap(Self.user)
    let phone = Self.phone(contact)
    guard let entry = account ?? phone else {
      return .reject("neither user_id nor phone_number names an account")
    }
    var items: [EvidenceItem] = [
      .contact(Contact(owner: owner, contact: entry, remark: Self.name(contact)))
    ]
    if let account, let phone, phone.scheme == .phone {
      items.append(.accountLink(AccountLink(account, phone, basis: .serverMatched)))
    }
    return .items(items)
  }

  /// An entry of the accounts that the owner writes to most.
  func frequent(_ entry: JSONObject) -> UnitOutcome {
    guard ["user", ""].contains(entry.text("type")) else {
      return .skip("frequent group or bot")
    }
    guard let account = entry["id"]?.identifier.flatMap(Self.user) else {
      return .reject("id is no number of a user")
    }
    return .items([
      .contact(
        Contact(owner: owner, contact: account, name: entry.text("name"), nature: .stranger)
      )
    ])
  }

  /// A user's number; 0 stands for a contact without Telegram.
  static func user(_ text: String) -> Account? {
    AccountNormalizer.telegram(text).flatMap { $0.value == "0" ? nil : $0 }
  }

  /// First and last name.
  static func name(_ person: JSONObject) -> String {
    [person.text("first_name"), person.text("last_name")].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private static func phone(_ person: JSONObject) -> Account? {
    AccountNormalizer.phone(person.text("phone_number"))
  }
}
