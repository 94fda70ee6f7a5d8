internal import ClewEvidence

/// Finds out whose iPhone a database is from.
///
/// Only the message database names the account by which the phone sends. A neighbour may be from
/// another phone: it counts when it shares a correspondent with the database at hand.
enum AppleOwner {
  /// Whether a source is the message database of an iPhone.
  static func isMessages(_ source: StagedSource) -> Bool {
    source.hasTable("message", "handle_id", "is_from_me", "date") && source.hasTable("handle", "id")
  }

  /// The owner by a neighbouring message database, told to the sink.
  @discardableResult
  static func report(
    _ source: StagedSource,
    numbers: Set<Account>,
    to sink: any UnitSink
  ) -> Account? {
    var owners: Set<Account> = []
    var used: [String] = []
    for companion in source.companions {
      guard let database = try? SeizedDatabase(companion) else { continue }
      let accounts = logins(of: database)
      guard accounts.count == 1, let account = accounts.first,
        shares(database, numbers)
      else { continue }
      owners.insert(account)
      used.append(companion.name)
    }
    let owner = owners.count == 1 ? owners.first : nil
    if owner != nil {
      sink.setDecision("owner", "by \(used.joined(separator: ", ")), which shares numbers with it")
      if let owner { sink.setOwner(owner) }
    } else {
      PhoneOwner.report(nil, to: sink)
    }
    return owner
  }

  /// The numbers by which the phone sends, sorted; mail addresses only where there is no number.
  static func logins(of database: SeizedDatabase) -> [Account] {
    var phones: Set<Account> = []
    var mails: Set<Account> = []
    for (table, column) in [("chat", "account_login"), ("message", "account")] {
      _ = try? database.forEachRow(of: table, columns: [column]) { row in
        guard phones.count < 100, mails.count < 100, let text = (try? row.text(0)) ?? nil,
          let account = login(text)
        else { return }
        if account.scheme == .phone { phones.insert(account) } else { mails.insert(account) }
      }
    }
    return (phones.isEmpty ? mails : phones).sorted()
  }

  /// The account of `P:+86…` or `E:name@example.com`.
  static func login(_ text: String) -> Account? {
    let bytes = text.utf8
    guard bytes.count > 2, bytes.dropFirst().first == UInt8(ascii: ":") else { return nil }
    let value = String(text.dropFirst(2))
    switch bytes.first {
    case UInt8(ascii: "P"), UInt8(ascii: "p"): return PhoneNumber.person(value)
    case UInt8(ascii: "E"), UInt8(ascii: "e"): return AccountNormalizer.email(value)
    default: return nil
    }
  }

  private static func shares(_ database: SeizedDatabase, _ numbers: Set<Account>) -> Bool {
    var isShared = false
    _ = try? database.forEachRow(of: "handle", columns: ["id"]) { row in
      guard !isShared, let text = (try? row.text(0)) ?? nil else { return }
      if let number = PhoneNumber.person(text), numbers.contains(number) { isShared = true }
    }
    return isShared
  }
}
