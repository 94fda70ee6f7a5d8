internal import ClewEvidence

/// Reads rows of the tables `Chat_<digest>` of WeChat for iPhones and of WeChat 3 for Macs.
///
/// The two differ in the names of the columns only. A received group message has its sender before
/// the text; own messages never do. The direction column is 0 for own messages.
struct WeChatAppleMessages {
  /// The names of tables and columns of one platform.
  struct Layout {
    let prefixes: [String]
    let serverID: String
    let type: String
    let direction: String
    let time: String
    let content: String

    /// The columns in the order in which rows are read.
    var columns: [String] { [serverID, type, direction, time, content] }

    /// WeChat for iPhones; `Hello_` holds the words with which strangers introduce themselves.
    static let phone = Layout(
      prefixes: ["Chat_", "Hello_"],
      serverID: "MesSvrID",
      type: "Type",
      direction: "Des",
      time: "CreateTime",
      content: "Message"
    )

    /// WeChat 3 for Macs.
    static let mac = Layout(
      prefixes: ["Chat_"],
      serverID: "mesSvrID",
      type: "messageType",
      direction: "mesDes",
      time: "msgCreateTime",
      content: "msgContent"
    )
  }

  private let layout: Layout
  private let reader: WeChatMessageReader

  /// Makes a reader.
  init(_ layout: Layout, _ reader: WeChatMessageReader) {
    self.layout = layout
    self.reader = reader
  }

  /// What one row of the chat says.
  func items(of row: borrowing SeizedRow, talker: Account) throws -> [EvidenceItem] {
    guard let type = row.integer(1) else {
      throw RowRefusal(reason: "\(layout.type) is no number")
    }
    let direction: WeChatMessageRow.Direction =
      switch row.integer(2) {
      case .none: .unreadable("\(layout.direction) is no number")
      case .some(0): .sent
      case .some: .received
      }
    return try reader.items(
      of: WeChatMessageRow(
        type: type,
        serverID: row.integer(0),
        sentAt: row.integer(3).flatMap(WeChatClock.timestamp(seconds:)),
        talker: talker,
        direction: direction,
        body: Array((try row.text(4) ?? "").utf8)
      )
    )
  }

  /// The first pass over all messages.
  static func survey(of database: SeizedDatabase, _ layout: Layout) throws -> WeChatSurvey {
    var survey = WeChatSurvey()
    for (table, digest) in WeChatChats.tables(database.tables, prefixes: layout.prefixes) {
      survey.note(digest)
      try database.forEachRow(of: table, columns: layout.columns) { row in
        guard let type = row.integer(1), type != 10000, type != 10002,
          let direction = row.integer(2), let text = (try? row.text(4)) ?? nil
        else { return }
        let body = Array(text.utf8)
        guard direction == 0 else {
          survey.noteReceived(digest, from: WeChatMessageReader.splitPrefix(body[...])?.name)
          return
        }
        survey.noteSent(digest)
        if type & 0xFFFF == 49 { survey.noteOwnTransfer(digest, body) }
      }
    }
    return survey
  }

  /// Whether one of the database's tables is of this layout.
  static func recognises(_ source: StagedSource, _ layout: Layout) -> Bool {
    guard let tables = source.tables else { return false }
    return WeChatChats.tables(tables, prefixes: layout.prefixes).contains {
      WeChatTables.has(layout.columns, tables[$0.table])
    }
  }

  /// Reads all messages of a source and answers how many rows there were.
  static func read(
    _ source: StagedSource,
    into sink: any UnitSink,
    _ layout: Layout,
    books: [WeChatBook.Candidate]
  ) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let survey = try survey(of: reading.database, layout)
    let book = WeChatBook.best(
      for: Set(survey.chats.keys),
      among: books,
      telling: sink
    )
    let chats = WeChatChats(
      reading.database,
      prefixes: layout.prefixes,
      userNames: survey.userNames.merging(book?.userNames ?? [:]) { _, listed in listed },
      names: book?.names ?? WeChatNames()
    )
    chats.report(to: sink)
    var search = WeChatOwnerSearch()
    if let book { search.add(book) }
    search.add(survey, names: chats.names, talker: chats.known)
    search.add(path: source.displayPath, userNames: chats.userNames, names: chats.names)
    let messages = WeChatAppleMessages(
      layout,
      WeChatMessageReader(
        names: chats.names,
        owner: search.tell(sink) ?? UnknownOwner.account(of: source)
      )
    )
    for (table, digest) in chats.tables {
      let talker = chats.known(digest) ?? unknown(digest, survey)
      try reading.read(table, layout.columns) {
        .items(try messages.items(of: $0, talker: talker))
      }
    }
    reading.reportUnread()
    return reading.count
  }

  /// What stands for an unknown chat: a group when each received message names its sender.
  private static func unknown(_ digest: String, _ survey: WeChatSurvey) -> Account {
    let chat = survey.chats[digest]
    let isGroup = chat.map { !$0.senders.isEmpty && !$0.hasAnonymous } ?? false
    return WeChatChats.unknown(digest, isGroup: isGroup)
  }
}
