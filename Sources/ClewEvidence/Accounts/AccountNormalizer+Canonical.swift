extension AccountNormalizer {
  /// An account as a cell of a canonical table holds it: `scheme:value`, normalised by its scheme.
  ///
  /// A cell whose text before the first colon is no scheme is a bare name. A value that has not the
  /// shape of its scheme stays as the table states it: other tools have ids of their own, and what a
  /// table states under a scheme is one account there as long as it is written the same.
  ///
  /// - Returns: `nil` for an empty cell, and for a masked value, which is a pattern and no account.
  public static func canonical(_ text: String) -> Account? {
    let bytes = AccountText.trim(Array(text.utf8))
    guard !bytes.isEmpty else { return nil }
    let cell = AccountText.string(bytes)
    guard let colon = cell.utf8.firstIndex(of: UInt8(ascii: ":")),
      let scheme = AccountScheme(rawValue: String(cell[..<colon]))
    else { return Account(.name, cell) }
    // By bytes: a combining mark behind the colon belongs to the value.
    let value = String(cell[cell.utf8.index(after: colon)...])
    if let account = account(scheme, value) { return account }
    return isMasked(value) ? nil : opaque(scheme, value)
  }

  /// A group as a canonical table holds it: `scheme:value`, or the bare name of a group.
  public static func canonicalGroup(_ text: String) -> Account? {
    guard let account = canonical(text) else { return nil }
    if account.scheme == .name { return Account(.group, account.value) }
    return account.scheme.isGroup ? account : nil
  }

  /// Normalises a value by its scheme.
  public static func account(_ scheme: AccountScheme, _ text: String) -> Account? {
    switch scheme {
    case .wechat, .wechatGroup: wechat(text)
    case .qq: qq(text)
    case .phone: phone(text)
    case .alipay: alipay(text)
    case .tenpay: tenpay(text)
    case .card: card(text)?.account
    case .identity: identity(text)?.account
    case .email: email(text)
    case .telegram: telegram(text)
    case .bankAccount: opaque(scheme, text.replacing(" ", with: ""))
    case .service, .qqGroup, .group: opaque(scheme, text)
    case .name: name(text)
    }
  }

  private static func opaque(_ scheme: AccountScheme, _ text: String) -> Account? {
    let bytes = AccountText.trim(Array(text.utf8))
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    return Account(scheme, AccountText.string(bytes))
  }
}
