internal import ClewEvidence

/// Where the value of a field comes from.
struct MapField: Sendable, Equatable {
  /// Columns whose texts are joined by a space; empty for a constant.
  var columns: [MapColumn] = []
  /// The value of every row.
  var constant: String?
  /// How accounts are written.
  var scheme: MapScheme = .auto
  /// Whether an amount is in fen instead of yuan.
  var isFen = false
  /// How a time is written.
  var time: MapTime = .auto
}

/// One column of a table; the same name may stand more than once in a header.
struct MapColumn: Sendable, Equatable {
  var name: String
  /// Which of the columns of this name, from 1.
  var occurrence = 1
}

/// How a time is written.
enum MapTime: String, Sendable, CaseIterable {
  case auto, seconds, milliseconds
}

/// How an account is written in a column.
enum MapScheme: Sendable, Equatable {
  /// `scheme:value` as in Clew's own tables.
  case auto
  /// A card or an account of a bank, told by its digits.
  case bank
  case wechatAlias
  case alipayLogon
  case known(AccountScheme)

  static let names =
    ["auto", "bank", "wechat-alias", "alipay-logon"]
    + AccountScheme.allCases.map(\.rawValue)

  init?(_ name: String) {
    switch name {
    case "auto": self = .auto
    case "bank": self = .bank
    case "wechat-alias": self = .wechatAlias
    case "alipay-logon": self = .alipayLogon
    default:
      guard let scheme = AccountScheme(rawValue: name) else { return nil }
      self = .known(scheme)
    }
  }

  /// The account in a cell, or `nil`.
  func account(_ text: String) -> Account? {
    switch self {
    case .auto: AccountNormalizer.canonical(text)
    case .bank: AccountNormalizer.bankNumber(text)
    case .wechatAlias: AccountNormalizer.wechatAlias(text)
    case .alipayLogon: AccountNormalizer.alipayLogon(text)
    case .known(let scheme): AccountNormalizer.account(scheme, text)
    }
  }
}

/// How a row tells which way money or a call goes.
struct MapDirection: Sendable, Equatable {
  /// The column with the words; `nil` where the sign of the amount tells.
  var column: MapColumn?
  /// Words for: away from the row's own account.
  var out: [String] = []
  /// Words for: to the row's own account.
  var into: [String] = []
}

/// Which rows are read.
struct MapFilter: Sendable, Equatable {
  var column: MapColumn
  var words: [String]
  /// Whether rows with one of the words are the ones that are read.
  var keeps: Bool
  /// The rule by which the other rows are skipped.
  var rule: String
}

/// The fields that each kind of record takes.
enum MapFields {
  /// Fields that hold accounts.
  static let accounts: Set<String> = [
    "account", "peer", "payer", "payee", "from", "to", "group", "owner", "contact", "member",
    "invited-by", "other", "supplier", "buyer",
  ]

  static func allowed(_ record: TableMap.Record) -> [String] {
    switch record {
    case .contact: ["owner", "contact", "name", "remark", "tags"]
    case .message: ["from", "to", "group", "account", "peer", "time", "text", "id", "platform"]
    case .transfer:
      [
        "payer", "payee", "account", "peer", "account-name", "peer-name", "payer-name",
        "payee-name", "amount", "currency", "time", "channel", "memo", "id",
      ]
    case .call: ["from", "to", "account", "peer", "time", "seconds", "channel"]
    case .membership: ["group", "group-name", "member", "name", "role", "invited-by"]
    case .accountLink: ["account", "other", "name"]
    case .trade: ["supplier", "buyer", "category", "items", "amount", "currency", "time"]
    }
  }

  /// Sets of fields of which one must be there.
  static func required(_ record: TableMap.Record) -> [[String]] {
    switch record {
    case .contact: [["contact"]]
    case .message: [["from", "text"], ["account", "peer", "direction", "text"]]
    case .transfer:
      [["payer", "amount"], ["payee", "amount"], ["account", "direction", "amount"]]
    case .call: [["from", "to"], ["account", "peer", "direction"]]
    case .membership: [["group", "member"]]
    case .accountLink: [["account", "other"]]
    case .trade: [["supplier", "buyer"]]
    }
  }
}
