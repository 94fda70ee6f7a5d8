internal import ClewEvidence

/// What a contact database says that is needed to read the messages beside it.
struct WeChatBook {
  /// Knows official accounts whose user names do not show it.
  private(set) var names = WeChatNames()
  /// User names by the digest after which apps name their chat tables.
  private(set) var userNames: [String: String] = [:]
  private(set) var roomNames: [Account: String] = [:]
  /// The members of each group.
  private(set) var rooms: [Account: Set<Account>] = [:]
  /// Accounts that cannot be the owner's own: those with a remark, strangers, deleted entries.
  private(set) var others: Set<Account> = []
  /// Names of labels by their numbers.
  var labels: [String: String] = [:]
  /// The digests of people and groups; services are everybody's contacts and tell nothing.
  private var personal: Set<String> = []

  /// Adds an entry.
  ///
  /// A plain friend has no remark, is no stranger and not deleted: it may be the owner's own entry.
  mutating func add(
    _ userName: String,
    nickname: String,
    isPlainFriend: Bool,
    isOfficial: Bool
  ) {
    guard let account = names.account(userName) else { return }
    let digest = NameHash.md5(userName)
    userNames[digest] = userName
    if account.scheme == .wechatGroup {
      roomNames[account] = nickname
    } else if isOfficial {
      names.officials.insert(account)
    } else if !isPlainFriend {
      others.insert(account)
    }
    if !isOfficial, account.scheme != .service { personal.insert(digest) }
  }

  /// Adds the members of a group, who need no entry of their own.
  mutating func add(_ room: WeChatRoom) {
    for member in room.members where !member.username.isEmpty {
      userNames[NameHash.md5(member.username)] = member.username
    }
    rooms[room.account] = Set(room.members.compactMap { names.account($0.username) })
  }

  /// The tags behind a list of label numbers such as `1,2`; one without a name stands for itself.
  func tags(_ ids: String?) -> [String] {
    (ids ?? "").utf8.split(separator: UInt8(ascii: ",")).compactMap {
      String($0).map { labels[$0] ?? $0 }
    }
  }

  /// How many of the chats, by digest, the book knows, and of how many, services not counted.
  func fit(_ chats: some Sequence<String>) -> (known: Int, of: Int) {
    var (known, count) = (0, 0)
    for chat in chats {
      if personal.contains(chat) {
        known += 1
      } else if userNames[chat] != nil || WeChatNames.systemDigests.contains(chat) {
        continue
      }
      count += 1
    }
    return (known, count)
  }

  /// Whether messages with these chats may be from the same device: at least half are known.
  func fits(_ chats: some Sequence<String>) -> Bool {
    let (known, count) = fit(chats)
    return known > 0 && known >= count - known
  }
}

extension WeChatBook {
  /// The book among the neighbours that fits the chats best.
  ///
  /// A neighbour may belong to another phone, and people who know each other share contacts. A book
  /// must therefore know at least half of the chats, and no other may know as many. The sink is told
  /// which neighbour was taken, or that none was.
  static func best(
    for chats: Set<String>,
    among neighbours: [StagedSource],
    telling sink: any UnitSink,
    load: (SeizedDatabase) throws -> WeChatBook
  ) -> WeChatBook? {
    var best: (book: WeChatBook, source: StagedSource, known: Int)?
    var isTied = false
    for source in neighbours {
      // A damaged neighbour is refused where it is read as a source of its own.
      guard let database = try? SeizedDatabase(source), let book = try? load(database),
        book.fits(chats), best?.source.sha256 != source.sha256
      else { continue }
      let known = book.fit(chats).known
      if let current = best, known <= current.known {
        isTied = isTied || known == current.known
        continue
      }
      best = (book, source, known)
      isTied = false
    }
    guard let best else {
      sink.setDecision(
        "contacts",
        neighbours.isEmpty ? "no contact database beside it" : "none of those beside it fits"
      )
      return nil
    }
    guard !isTied else {
      sink.setDecision("contacts", "several of those beside it fit equally; none was used")
      return nil
    }
    let (known, count) = best.book.fit(chats)
    sink.setDecision("contacts", "\(best.source.displayPath), knows \(known) of \(count) chats")
    return best.book
  }
}
