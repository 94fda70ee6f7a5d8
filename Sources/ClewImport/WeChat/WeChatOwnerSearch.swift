internal import ClewEvidence

/// Finds whose device a database is when no table names the owner.
///
/// Two kinds of evidence count. *Statements*: messages that only the owner can have written name
/// another account than the chat's; every statement must name the same one. *Elimination*: of the
/// members that all groups have in common in which the owner wrote, one remains who wrote no
/// received message and is in nobody's eyes somebody else; a contact is nearly always somebody else,
/// so that one of them must remain in three groups. Where the two disagree, or where more
/// than one account remains, the owner stays unknown: a wrong owner would put words into somebody's
/// mouth.
struct WeChatOwnerSearch {
  /// What was found, with its ground for the record.
  struct Finding: Equatable {
    var owner: Account?
    var ground: String
  }

  /// How many groups must agree before a contact is taken for the owner's own entry.
  private static let groupsForContact = 3

  /// Accounts that are somebody else's.
  private var others: Set<Account> = []
  /// Accounts among the contacts.
  private var listed: Set<Account> = []
  private var stated: Set<Account> = []
  /// Groups in which the owner wrote.
  private var ownRooms: Set<Account> = []
  private var rooms: [Account: Set<Account>] = [:]
  /// The account whose digest a folder of the source bears.
  private var folderOwner: Account?

  /// Makes a search that knows nothing.
  init() {}

  /// Makes a search for the owner of a contact database in the messages beside it that fit.
  init(
    _ book: WeChatBook,
    neighbours: [StagedSource],
    survey: (SeizedDatabase) throws -> WeChatSurvey
  ) {
    add(book)
    // The same file may lie there twice.
    var seen: Set<String> = []
    for neighbour in neighbours where seen.insert(neighbour.sha256).inserted {
      guard let database = try? SeizedDatabase(neighbour), let survey = try? survey(database),
        book.fits(survey.chats.keys)
      else { continue }
      add(survey, names: book.names) { book.userNames[$0].flatMap(book.names.account) }
    }
  }

  /// Adds what a contact database knows.
  mutating func add(_ book: WeChatBook) {
    others.formUnion(book.others)
    listed.formUnion(book.listed)
    for (room, members) in book.rooms { rooms[room, default: []].formUnion(members) }
  }

  /// Adds what the chats of a database tell.
  ///
  /// `talker` gives the other account or the group of a chat, `nil` when it is unknown.
  mutating func add(
    _ survey: WeChatSurvey,
    names: WeChatNames,
    talker: (String) -> Account?
  ) {
    for (digest, chat) in survey.chats {
      guard let talker = talker(digest) else { continue }
      if talker.scheme.isGroup {
        if chat.hasSent { ownRooms.insert(talker) }
        others.formUnion(chat.senders.compactMap(names.account))
        continue
      }
      if chat.hasReceived { others.insert(talker) }
      for ends in chat.ends {
        let (payer, payee) = (names.account(ends.payer), names.account(ends.payee))
        if payer == talker, let payee { stated.insert(payee) }
        if payee == talker, let payer { stated.insert(payer) }
      }
      stated.formUnion(chat.speakers.compactMap(names.account).filter { $0 != talker })
    }
    stated = stated.filter { $0.scheme == .wechat }
  }

  /// Looks for a folder in the source's path that bears the digest of a known user name, as the
  /// app's own folder on an iPhone or Mac does.
  mutating func add(path: String, userNames: [String: String], names: WeChatNames) {
    for part in path.utf8.split(separator: UInt8(ascii: "/")).dropLast() where part.count == 32 {
      guard let digest = String(part), let name = userNames[digest],
        let account = names.account(name), account.scheme == .wechat
      else { continue }
      folderOwner = account
    }
  }

  /// The owner, if there is only one, told to the sink with its ground.
  func tell(_ sink: any UnitSink) -> Account? {
    let finding = finding()
    sink.setDecision("owner", finding.ground)
    if let owner = finding.owner { sink.setOwner(owner) }
    return finding.owner
  }

  /// The owner, if the evidence leaves only one.
  func finding() -> Finding {
    if let folderOwner {
      return Finding(owner: folderOwner, ground: "a folder bears the digest of its user name")
    }
    let lists = ownRooms.compactMap { rooms[$0] }.filter { !$0.isEmpty }
    let common = lists.dropFirst().reduce(lists.first ?? []) { $0.intersection($1) }
    let left = common.subtracting(others).filter { $0.scheme == .wechat }
    if let account = stated.first {
      guard stated.count == 1, !others.contains(account),
        lists.isEmpty || common.contains(account)
      else { return Finding(ground: "not stated; the messages contradict each other") }
      return Finding(
        owner: account,
        ground: "inferred: own private messages name it beside the other party"
      )
    }
    if left.count == 1, let account = left.first,
      !listed.contains(account) || lists.count >= Self.groupsForContact
    {
      return Finding(
        owner: account,
        ground: "inferred: of the members of \(lists.count) group(s) with own messages the one "
          + "who is nobody else"
      )
    }
    return Finding(ground: "not stated; own messages stand under a name that never merges")
  }
}
