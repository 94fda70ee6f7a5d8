internal import ClewEvidence

/// The parties of a bill that a user exports: the owner, and counterparties known by name only.
///
/// A name on a bill is a nickname, a remark or a shop's sign, so it is bound to the owner of the
/// bill: the same name on two bills stays two accounts. A mask such as `138******04` is a pattern
/// and never an account; it only tells two bearers of one name apart.
struct BillParties {
  let owner: Account
  /// What stands behind each name.
  private let scope: String
  private var names = NamesSeen()

  /// A bill whose owner is known by an account.
  init(owner: Account) {
    self.owner = owner
    scope = owner.value
  }

  /// A bill whose owner is known by a nickname at most.
  init(nickname: String, _ source: StagedSource) {
    scope = String(source.sha256.prefix(12))
    owner =
      nickname.isEmpty
      ? UnknownOwner.account(of: source) : Account(.name, "\(nickname)#\(scope)")
  }

  /// Somebody of whom the bill gives a name, and perhaps a masked logon id.
  func person(_ name: String, mask: String) -> Account? {
    guard !name.isEmpty else { return nil }
    return Account(.name, mask.isEmpty ? "\(name)#\(scope)" : "\(name) \(mask)#\(scope)")
  }

  /// A shop; shops of the same name are not told apart, for they are nobody.
  static func shop(_ name: String) -> Account? {
    name.isEmpty ? nil : Account(.service, name)
  }

  /// The entry for a counterparty's name, said once; its mask stands as the remark.
  mutating func entry(
    _ account: Account?,
    name: String,
    mask: String = "",
    nature: Contact.Nature
  ) -> [EvidenceItem] {
    names.contact(account, name, nature).map { item in
      guard case .contact(var contact) = item else { return item }
      contact.owner = owner
      contact.remark = mask
      return .contact(contact)
    }
  }
}

/// Refunds that a bill tells twice: in the state of the payment and in a row of their own.
///
/// A first look through the bill collects what its payments say was refunded; a row of a refund that
/// one of them explains is passed over, so that it cannot void another payment of the same amount.
struct BillRefunds {
  private struct Key: Hashable {
    let name: String
    let fen: Int64
  }

  private var told: [Key: Int] = [:]
  private static let limit = 1_000_000

  /// Notes a refund that the state of a payment tells.
  mutating func tell(_ name: String, _ amount: Money) {
    guard told.count < Self.limit else { return }
    told[Key(name: name, fen: amount.fen), default: 0] += 1
  }

  /// Whether a payment of the bill explains the refund; each explains one.
  mutating func explains(_ name: String, _ amount: Money) -> Bool {
    let key = Key(name: name, fen: amount.fen)
    guard let left = told[key], left > 0 else { return false }
    told[key] = left - 1
    return true
  }
}
