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
  /// Accounts with an entry of their own; one of them may be the owner.
  private(set) var listed: Set<Account> = []
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
    listed.insert(account)
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
  /// A book that may belong to a database of messages.
  struct Candidate {
    var book: WeChatBook
    /// The paths of the databases that it was read from.
    var paths: [String]
  }

  /// Takes over what another database of the same device knows.
  mutating func merge(_ other: WeChatBook) {
    names.officials.formUnion(other.names.officials)
    userNames.merge(other.userNames) { mine, _ in mine }
    roomNames.merge(other.roomNames) { mine, _ in mine }
    rooms.merge(other.rooms) { $0.union($1) }
    labels.merge(other.labels) { mine, _ in mine }
    others.formUnion(other.others)
    listed.formUnion(other.listed)
    personal.formUnion(other.personal)
  }

  /// The books of neighbours, each content once.
  static func candidates(
    _ neighbours: [StagedSource],
    load: (SeizedDatabase) throws -> WeChatBook
  ) -> [Candidate] {
    var seen: Set<String> = []
    return neighbours.compactMap { source in
      // A damaged neighbour is refused where it is read as a source of its own.
      guard seen.insert(source.sha256).inserted, let database = try? SeizedDatabase(source),
        let book = try? load(database)
      else { return nil }
      return Candidate(book: book, paths: [source.displayPath])
    }
  }

  /// The candidate that fits the chats best.
  ///
  /// A neighbour may belong to another phone, and people who know each other share contacts. A book
  /// must therefore know at least half of the chats, and no other may know as many. The sink is told
  /// which neighbour was taken, or that none was.
  static func best(
    for chats: Set<String>,
    among candidates: [Candidate],
    telling sink: any UnitSink
  ) -> WeChatBook? {
    func none(_ reason: String) -> WeChatBook? {
      sink.setDecision("contacts", reason)
      return nil
    }
    guard !candidates.isEmpty else { return none("no contact database beside it") }
    let fitting = candidates.filter { $0.book.fits(chats) }
    guard let most = fitting.map({ $0.book.fit(chats).known }).max() else {
      return none("none of those beside it fits")
    }
    let best = fitting.filter { $0.book.fit(chats).known == most }
    guard best.count == 1, let chosen = best.first else {
      return none("several of those beside it fit equally; none was used")
    }
    let count = chosen.book.fit(chats).of
    sink.setDecision(
      "contacts",
      "\(chosen.paths.joined(separator: ", ")), knows \(most) of \(count) chats"
    )
    return chosen.book
  }
}
