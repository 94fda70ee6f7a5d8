/// What one unit of a source says, in the words of the case.
///
/// A unit (a row, a card, a message) may say several things at once: a WeChat transfer message is
/// a message and a transfer.
public enum EvidenceItem: Hashable, Sendable {
  /// A name, remark or tag that somebody or some institution gives to an account.
  case contact(Contact)
  /// A chat message.
  case message(Message)
  /// A movement of money between two accounts.
  case transfer(Transfer)
  /// A telephone or app call.
  case call(Call)
  /// The membership of an account in a group.
  case membership(Membership)
  /// Two accounts of one holder.
  case accountLink(AccountLink)
  /// A sale that the evidence states outright.
  case trade(Trade)
  /// A file of personal data, such as chat messages hand over.
  case delivery(Delivery)
}

/// A name, remark or tag that somebody or some institution gives to an account.
public struct Contact: Hashable, Sendable {
  /// Where such an entry comes from.
  public enum Nature: String, Sendable, Hashable, CaseIterable {
    /// A friend or an entry of an address book.
    case friend
    /// Known only because both are in one group, or from a card.
    case stranger
    /// A deleted entry.
    case deleted
    /// The owner's own profile: `owner` and `contact` are the same account.
    case own
    /// The real name in a registration or an institution's own table.
    case registration
    /// The real name of a counterparty as a payment institution prints it.
    case counterparty
    /// No entry: that the account's own device or its provider's return is in the case, as a table states.
    case device
  }

  /// The account in whose device or book the entry stands, if the file tells.
  public var owner: Account?
  /// The account that the entry is about.
  public var contact: Account
  /// The name that the account gives itself, or its real name (see ``nature``).
  public var name: String
  /// What the owner calls the contact.
  public var remark: String
  /// The owner's tags, such as 上家.
  public var tags: [String]
  /// Where the entry comes from.
  public var nature: Nature

  /// Makes an entry.
  public init(
    owner: Account?,
    contact: Account,
    name: String = "",
    remark: String = "",
    tags: [String] = [],
    nature: Nature = .friend
  ) {
    self.owner = owner
    self.contact = contact
    self.name = name
    self.remark = remark
    self.tags = tags
    self.nature = nature
  }
}

/// A chat message.
public struct Message: Hashable, Sendable {
  /// What a message carries.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case text, image, voice, video, file, card, link, quote, transfer, redPacket, call, system
    /// An animated sticker or custom emoji.
    case sticker
    /// A place or a shared live position.
    case location
    /// Several messages forwarded as one.
    case forward
    /// Anything else; ``Message/text`` says what the file calls it.
    case other
  }

  /// The platform, such as `wechat` or `qq`.
  public var platform: String
  /// The platform's message id, the same on every participant's device; `nil` where none exists.
  public var serverID: String?
  /// The sender; `nil` for system notes.
  public var from: Account?
  /// The receiver of a private message; `nil` in groups.
  public var to: Account?
  /// The group; `nil` for private messages.
  public var group: Account?
  /// When it was sent.
  public var sentAt: Timestamp?
  /// What it carries.
  public var kind: Kind
  /// The readable text: body, file title, memo or system note.
  public var text: String
  /// The file that it carries, if any.
  public var file: FileReference?
  /// The platform id of the message that it quotes, if any.
  public var quotes: String?
  /// Whether the sender is known only by a name that is unique in its chat.
  public var senderIsAssumed: Bool

  /// Makes a message.
  public init(
    platform: String,
    serverID: String? = nil,
    from: Account?,
    to: Account? = nil,
    group: Account? = nil,
    sentAt: Timestamp?,
    kind: Kind = .text,
    text: String,
    file: FileReference? = nil,
    quotes: String? = nil,
    senderIsAssumed: Bool = false
  ) {
    self.platform = platform
    self.serverID = serverID
    self.from = from
    self.to = to
    self.group = group
    self.sentAt = sentAt
    self.kind = kind
    self.text = text
    self.file = file
    self.quotes = quotes
    self.senderIsAssumed = senderIsAssumed
  }
}

/// A file that a message carries, as far as the message describes it.
public struct FileReference: Hashable, Sendable {
  /// The file's name as sent; names change when a file is passed on.
  public var name: String
  /// Its size in bytes, if stated.
  public var bytes: Int64?
  /// A digest with its kind in front, `md5:…` or `sha256:…`, lower-case hex; the same for every copy.
  public var digest: String?

  /// Makes a reference.
  public init(name: String, bytes: Int64? = nil, digest: String? = nil) {
    self.name = name
    self.bytes = bytes
    self.digest = digest
  }
}

/// A movement of money between two accounts.
public struct Transfer: Hashable, Sendable {
  /// What a row says of the money.
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// The payer has sent it; nothing is said of its arrival.
    case sent
    /// It arrived, or the institution books it as done.
    case completed
    /// It went back to the payer: the whole transfer is void.
    case returned
    /// It never happened: a failed or closed order.
    case failed
    /// A repayment of an earlier transfer, from the earlier payee to the earlier payer.
    case refund
  }

  /// Who pays; `nil` where the row does not say (cash).
  public var payer: Account?
  /// Who is paid; `nil` where the row does not say.
  public var payee: Account?
  /// How much; `nil` where the row does not say (a red packet in a chat).
  public var amount: Money?
  /// When.
  public var at: Timestamp?
  /// The way of payment, such as `wechat`, `wechat-redpacket`, `alipay` or `bank`.
  public var channel: String
  /// The payer's note or the institution's summary.
  public var memo: String
  /// Every id that the row gives the transfer, the most specific first.
  public var ids: [String]
  /// What the row says of the money.
  public var state: State

  /// Makes a transfer.
  public init(
    payer: Account?,
    payee: Account?,
    amount: Money?,
    at: Timestamp?,
    channel: String,
    memo: String = "",
    ids: [String] = [],
    state: State = .completed
  ) {
    self.payer = payer
    self.payee = payee
    self.amount = amount
    self.at = at
    self.channel = channel
    self.memo = memo
    self.ids = ids
    self.state = state
  }
}

/// A telephone or app call.
public struct Call: Hashable, Sendable {
  /// Who called.
  public var from: Account
  /// Who was called.
  public var to: Account
  /// When it began.
  public var at: Timestamp?
  /// How long they spoke, in seconds; 0 for a call that nobody took.
  public var seconds: Int64
  /// The way of the call, such as `phone` or `wechat`.
  public var channel: String

  /// Makes a call.
  public init(
    from: Account,
    to: Account,
    at: Timestamp?,
    seconds: Int64,
    channel: String = "phone"
  ) {
    self.from = from
    self.to = to
    self.at = at
    self.seconds = seconds
    self.channel = channel
  }
}

/// The membership of an account in a group.
public struct Membership: Hashable, Sendable {
  /// The group.
  public var group: Account
  /// The group's name.
  public var groupName: String
  /// The member.
  public var member: Account
  /// The name that the member bears in the group.
  public var memberName: String
  /// `owner`, `admin` or empty.
  public var role: String
  /// Who invited the member, if known.
  public var invitedBy: Account?

  /// Makes a membership.
  public init(
    group: Account,
    groupName: String = "",
    member: Account,
    memberName: String = "",
    role: String = "",
    invitedBy: Account? = nil
  ) {
    self.group = group
    self.groupName = groupName
    self.member = member
    self.memberName = memberName
    self.role = role
    self.invitedBy = invitedBy
  }
}

/// Two accounts of one holder, and how firmly the evidence says so.
public struct AccountLink: Hashable, Sendable {
  /// What the link rests on; ``isHard`` tells whether it may merge.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// A registration return of the platform or bank.
    case registration
    /// A table that the device keeps about its own account.
    case ownAccount
    /// A phone or card that the institution reports as bound to the account.
    case bound
    /// A phone book entry that the platform's server itself matched to an account.
    case serverMatched
    /// The alias that the platform shows for a user name.
    case alias
    /// A canonical accounts table that names one holder for both.
    case statedHolder
    /// An analyst's decision, with its reason in the audit log.
    case analyst
    /// Typed by somebody into a contact entry: a hint only.
    case contactEntry
    /// Read in free text: a hint only.
    case mention
    /// A name that is unique inside one chat: a hint only.
    case assumedName

    /// Whether a link on this basis merges two accounts into one party.
    public var isHard: Bool {
      switch self {
      case .registration, .ownAccount, .bound, .serverMatched, .alias, .statedHolder, .analyst:
        true
      case .contactEntry, .mention, .assumedName: false
      }
    }
  }

  /// One account.
  public var first: Account
  /// The other account.
  public var second: Account
  /// What the link rests on.
  public var basis: Basis
  /// Since when it holds, if stated.
  public var validFrom: Timestamp?
  /// Until when it held; a link that has ended does not merge.
  public var validUntil: Timestamp?
  /// The holder's name in the same row, if any.
  public var holder: String

  /// Makes a link.
  public init(
    _ first: Account,
    _ second: Account,
    basis: Basis,
    validFrom: Timestamp? = nil,
    validUntil: Timestamp? = nil,
    holder: String = ""
  ) {
    self.first = first
    self.second = second
    self.basis = basis
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.holder = holder
  }
}

/// A sale that the evidence states outright.
public struct Trade: Hashable, Sendable {
  /// Who supplied.
  public var supplier: Account
  /// Who bought.
  public var buyer: Account
  /// What kind of data, as the row says.
  public var category: String
  /// How many items; `nil` where the row does not say.
  public var items: Int64?
  /// For how much.
  public var amount: Money?
  /// When.
  public var at: Timestamp?

  /// Makes a sale.
  public init(
    supplier: Account,
    buyer: Account,
    category: String = "",
    items: Int64? = nil,
    amount: Money? = nil,
    at: Timestamp? = nil
  ) {
    self.supplier = supplier
    self.buyer = buyer
    self.category = category
    self.items = items
    self.amount = amount
    self.at = at
  }
}
