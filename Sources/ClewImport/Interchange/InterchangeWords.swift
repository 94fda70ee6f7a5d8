internal import ClewEvidence

/// What an edge of a chart says of its two ends.
enum LinkKind: Sendable, Hashable {
  /// The first supplied the second.
  case supply
  /// The first paid the second.
  case payment
  /// The first called the second.
  case call
  /// The first wrote to the second.
  case message
  /// The first is the holder of the second, an account.
  case ownership
  /// The first owns the second, whatever that is: a firm is not its owner, so this only hints.
  case possession
  /// The first is a member of the second, a group.
  case membership
  /// The first knows the second.
  case acquaintance
}

/// What an attribute of a node or an edge is about.
enum AttributeSense: Sendable, Hashable {
  /// An account of a kind; see ``InterchangeNode/account(_:_:)``.
  case account(AccountScheme)
  /// A WeChat alias.
  case wechatAlias
  /// A bank number that may be a card or an account.
  case bankNumber
  /// An account with its scheme in front.
  case accountKey
  /// A name for people.
  case label
  case kind, amount, amountInFen, currency, time, clock, memo, category, items, duration, id, text
}

/// The words by which charts of analysis tools are understood: a table of data, nothing else.
///
/// Kinds of edges are compared without capitals, spaces and the marks `_ - .`: `HAS_ACCOUNT`,
/// `hasAccount` and `has account` are one word. A kind that is not here is no known kind, and its
/// edge says no more than that somebody drew a line between two nodes.
enum InterchangeWords {
  /// The kinds of edges.
  static let kinds: [(LinkKind, [String])] = [
    (
      .supply,
      [
        "supply", "supplies", "supplied", "suppliedto", "suppliesto", "sell", "sells", "sold",
        "soldto", "sellsto", "sale", "resell", "resells", "resold", "deliver", "delivers",
        "delivered", "deliveredto", "delivery", "供货", "供应", "供料", "供给", "出售", "售卖",
        "卖", "卖给", "卖出", "转卖", "倒卖", "提供", "提供给", "交付", "发货",
      ]
    ),
    (
      .payment,
      [
        "pay", "pays", "paid", "paysto", "paidto", "payment", "payments", "remit", "remits",
        "remitted", "remittance", "moneytransfer", "付款", "支付", "转账", "转帐", "汇款", "打款",
        "付给", "付款给", "支付给", "转账给", "汇款给", "打款给",
      ]
    ),
    (
      .call,
      ["call", "calls", "called", "phonecall", "phonecalls", "通话", "呼叫", "拨打", "打电话"]
    ),
    (
      .message,
      [
        "message", "messages", "messaged", "msg", "sms", "texted", "wroteto", "短信", "消息",
        "发消息", "发短信",
      ]
    ),
    (.ownership, ["hasaccount", "hasphone", "hasnumber", "hascard", "hasidentifier"]),
    (.possession, ["owns", "own", "holds", "持有", "拥有", "名下"]),
    (
      .membership,
      ["member", "memberof", "membership", "ismemberof", "joined", "成员", "群成员", "加入", "入群"]
    ),
    (
      .acquaintance,
      [
        "knows", "know", "friend", "friends", "friendof", "contact", "contacts", "acquaintance",
        "认识", "相识", "好友", "朋友", "熟人", "联系人",
      ]
    ),
  ]

  /// Kinds that are payments only where an amount is stated: files and data are transferred too.
  static let paymentsByAmount = [
    "transfer", "transfers", "transferred", "transferto", "transaction",
  ]

  /// Verbs that may begin a longer text, such as `supplied list A to`; nouns may not, for a delivery
  /// address is no delivery.
  static let verbs: Set<String> = [
    "supplied", "supplies", "sold", "sells", "resold", "resells", "delivered", "delivers", "paid",
    "pays", "remitted", "remits", "called", "calls", "messaged", "texted",
  ]

  /// Words that take an edge's meaning back or leave it open.
  static let doubts: Set<String> = [
    "not", "no", "non", "never", "without", "denied", "denies", "refused", "refuses", "alleged",
    "allegedly", "suspected", "suspect", "suspects", "possible", "possibly", "probable", "probably",
    "maybe", "perhaps", "unknown", "unconfirmed", "disputed", "false", "attempt", "attempted",
    "failed", "cancelled", "canceled", "void", "returned", "refund", "refunded", "planned",
    "offered", "would", "may", "might",
  ]

  /// Characters that do the same in Chinese.
  static let doubtfulCharacters: Set<Unicode.Scalar> = [
    "未", "不", "没", "無", "无", "疑", "拟", "欲", "退", "否", "?", "？",
  ]

  /// The attributes, by names without capitals, spaces and the marks `_ -`.
  static let attributes: [(AttributeSense, [String])] = [
    (.account(.wechat), ["wechat", "weixin", "wx", "wxid", "wechatid", "微信", "微信id", "微信账号"]),
    (.wechatAlias, ["wechatalias", "微信号"]),
    (.account(.qq), ["qq", "qqnumber", "qqid", "uin", "qq号", "qq号码"]),
    (
      .account(.phone),
      [
        "phone", "phones", "phonenumber", "tel", "telephone", "mobile", "mobilephone", "msisdn",
        "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话",
      ]
    ),
    (.account(.alipay), ["alipay", "alipayid", "支付宝", "支付宝账号"]),
    (.account(.card), ["card", "cardnumber", "bankcard", "cardno", "银行卡", "银行卡号", "卡号"]),
    (.bankNumber, ["accountnumber", "bankaccount", "bankaccountnumber", "银行账号"]),
    (
      .account(.identity),
      [
        "idnumber", "idcard", "idno", "identitynumber", "nationalid", "身份证", "身份证号",
        "身份证号码", "证件号码",
      ]
    ),
    (.account(.email), ["email", "mail", "emailaddress", "邮箱", "电子邮件", "电子邮箱"]),
    (.account(.telegram), ["telegram", "telegramid"]),
    (.accountKey, ["account", "accounts", "accountkey"]),
    (
      .label,
      ["label", "name", "nickname", "caption", "displayname", "姓名", "名称", "名字", "昵称", "标签"]
    ),
    (
      .kind,
      [
        "kind", "type", "relation", "relationship", "relationtype", "linktype", "edgetype",
        "关系", "类型", "关系类型",
      ]
    ),
    (.amount, ["amount", "amountyuan", "amountcny", "money", "sum", "金额", "交易金额", "转账金额"]),
    (.amountInFen, ["amountfen"]),
    (.currency, ["currency", "币种"]),
    (.time, ["date", "datetime", "timestamp", "when", "sentat", "日期", "交易时间", "发生时间"]),
    (.clock, ["time", "时间"]),
    (.memo, ["memo", "note", "remark", "purpose", "description", "备注", "用途", "说明", "摘要"]),
    (.category, ["category", "datakind", "goods", "类别", "数据类别", "数据类型"]),
    (.items, ["items", "quantity", "条数", "数量"]),
    (.duration, ["duration", "durations", "durationseconds", "seconds", "通话时长", "时长"]),
    (.id, ["transactionnumber", "transactionid", "transferid", "orderid", "交易单号", "流水号"]),
    (.text, ["text", "body", "bodytext", "messagetext", "内容"]),
  ]

  /// By which account a node with several is known: chat accounts before numbers and cards.
  static let leading: [AccountScheme] = [
    .wechat, .qq, .telegram, .alipay, .phone, .identity, .tenpay, .card, .bankAccount, .email,
  ]

  private static let kindOf = Dictionary(
    kinds.flatMap { kind, words in words.map { ($0, kind) } },
    uniquingKeysWith: { first, _ in first }
  )
  private static let senseOf = Dictionary(
    attributes.flatMap { sense, words in words.map { ($0, sense) } },
    uniquingKeysWith: { first, _ in first }
  )

  /// The sense of an attribute by its name; `nil` for a name that is not in the table.
  static func sense(of name: String) -> AttributeSense? {
    guard name.utf8.count <= 64 else { return nil }
    let folded = String(
      String.UnicodeScalarView(
        TabularCell.headerName(name).unicodeScalars.filter { $0 != "_" && $0 != "-" }
      )
    )
    return senseOf[folded]
  }

  /// The kind that a text names: the whole text is a word of the table, or its first word is one of
  /// the verbs, and no word takes it back.
  static func kind(of text: String) -> LinkKind? {
    guard !isDoubtful(text) else { return nil }
    let words = words(of: text)
    if let kind = kindOf[words.joined()] { return kind }
    return words.first.flatMap { verbs.contains($0) ? kindOf[$0] : nil }
  }

  /// Whether the whole text is a word of the table, which says nothing beyond the kind.
  static func isBareKind(_ text: String) -> Bool { kindOf[words(of: text).joined()] != nil }

  /// Whether the text is a kind that an amount makes a payment.
  static func isPaymentByAmount(_ text: String) -> Bool {
    !isDoubtful(text) && paymentsByAmount.contains(words(of: text).joined())
  }

  /// Whether a text says that something did not happen, or perhaps did not.
  static func isDoubtful(_ text: String) -> Bool {
    guard text.utf8.count <= 1024 else { return true }
    return text.unicodeScalars.contains(where: doubtfulCharacters.contains)
      || words(of: text).contains(where: doubts.contains)
  }

  /// The words of a text: letters and digits together, ASCII in lower case.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z":
        word.append(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value + 0x20)))
      case "a"..."z", "0"..."9": word.append(scalar)
      case _ where scalar.value >= 0x80 && !scalar.properties.isWhitespace: word.append(scalar)
      default:
        if !word.isEmpty { words.append(String(word)) }
        word = String.UnicodeScalarView()
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }
}
