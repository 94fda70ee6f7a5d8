/// The kinds of identifier that an account can be.
///
/// The raw value is the text before the colon of an account key, for example `wechat` in
/// `wechat:wxid_clewdemo000122`.
public enum AccountScheme: String, Sendable, CaseIterable, Hashable, Comparable {
  /// A WeChat user name (`wxid_…` or an older custom name) or, in lower case, a WeChat alias.
  case wechat
  /// A QQ number.
  case qq
  /// A telephone number in E.164 form.
  case phone
  /// An Alipay user id, sixteen digits that start with 2088.
  case alipay
  /// An opaque Tenpay wallet id such as `oe1_…@wx.tenpay.com`.
  case tenpay
  /// A bank card number, digits only.
  case card
  /// A bank account number that is not a card.
  case bankAccount = "account"
  /// An identity number of 18 characters.
  case identity = "id"
  /// An e-mail address in lower case.
  case email
  /// A Telegram user id.
  case telegram
  /// A merchant or service number: never a person.
  case service = "svc"
  /// A WeChat group.
  case wechatGroup = "wechatgroup"
  /// A QQ group.
  case qqGroup = "qqgroup"
  /// A group of another platform, or one that a canonical table names.
  case group
  /// A bare name where a file gives nothing better: a weak key that never merges.
  case name

  /// Whether accounts of this kind are groups of people.
  public var isGroup: Bool {
    self == .wechatGroup || self == .qqGroup || self == .group
  }

  /// Whether an account of this kind can belong to one person or shop.
  public var isPersonal: Bool { !isGroup && self != .service }

  /// Orders by the name of the scheme.
  public static func < (left: AccountScheme, right: AccountScheme) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// One identifier under which a person, a shop or a group appears in the evidence.
///
/// The value is already normalised (see ``AccountNormalizer``). Two accounts are equal when their
/// bytes are equal: Swift's canonical equivalence of strings is deliberately not used.
public struct Account: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// What kind of identifier this is.
  public let scheme: AccountScheme
  /// The normalised identifier.
  public let value: String

  /// Makes an account from a value that is already normalised.
  public init(_ scheme: AccountScheme, _ value: String) {
    self.scheme = scheme
    self.value = value
  }

  /// Reads `scheme:value` as the canonical tables write it, without normalising the value.
  ///
  /// - Returns: `nil` when the text before the first colon is no scheme or the value is empty.
  public init?(key: String) {
    guard let colon = key.utf8.firstIndex(of: UInt8(ascii: ":")),
      let scheme = AccountScheme(rawValue: String(key[..<colon]))
    else { return nil }
    // By bytes: a combining mark behind the colon belongs to the value.
    let value = String(key[key.utf8.index(after: colon)...])
    guard !value.isEmpty else { return nil }
    self.init(scheme, value)
  }

  /// The account as `scheme:value`.
  public var description: String { "\(scheme.rawValue):\(value)" }

  /// Compares scheme and bytes.
  public static func == (left: Account, right: Account) -> Bool {
    left.scheme == right.scheme && left.value.hasSameBytes(as: right.value)
  }

  /// Digests scheme and bytes, as equality compares them.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(scheme)
    var value = value
    value.withUTF8 { bytes in unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
  }

  /// Orders by scheme, then by bytes.
  public static func < (left: Account, right: Account) -> Bool {
    if left.scheme != right.scheme { return left.scheme < right.scheme }
    return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
  }
}
