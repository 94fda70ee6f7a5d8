internal import ClewEvidence

/// Reads the messages of an iPhone, with what its other tables say of correspondents and groups.
struct AppleChats {
  private struct Chat {
    var group: Account?
    var name = ""
    var login: Account?
    var peer: Account?
  }

  private var handles: [Int64: Account] = [:]
  private var chats: [Int64: Chat] = [:]
  private var chatOf: [Int64: Int64] = [:]
  private var files: [Int64: FileReference] = [:]
  private var fileOf: [Int64: [Int64]] = [:]
  private let me: Account

  static let columns = [
    "guid", "text", "handle_id", "service", "account", "date", "is_from_me", "attributedBody",
    "item_type",
  ]
  /// How many rows of the small tables are held.
  private static let limit = 5_000_000
  /// The style of a chat of more than two.
  private static let groupStyle: Int64 = 43

  init(_ database: SeizedDatabase, _ source: StagedSource, me: Account) throws {
    self.me = me
    let scope = source.sha256.prefix(12)
    var held = 0
    func hold() throws {
      held += 1
      guard held <= Self.limit else {
        throw ImportError.limitExceeded(
          path: source.displayPath,
          limit: "\(Self.limit) rows of chats and correspondents"
        )
      }
    }
    func cell(_ row: borrowing SeizedRow, _ column: Int) -> String {
      ((try? row.text(column)) ?? nil) ?? ""
    }
    try database.forEachRow(of: "handle", columns: ["id"]) { row in
      try hold()
      if let account = PhoneMessages.addresses(cell(row, 0)).first { handles[row.key] = account }
    }
    let columns = ["guid", "style", "chat_identifier", "account_login", "display_name"]
    try database.forEachRow(of: "chat", columns: columns) { row in
      try hold()
      var chat = Chat(name: cell(row, 4), login: AppleOwner.login(cell(row, 3)))
      if row.integer(1) == Self.groupStyle {
        chat.group = Account(.group, "\(cell(row, 2))#\(scope)")
      } else {
        chat.peer = PhoneMessages.addresses(cell(row, 2)).first
      }
      chats[row.key] = chat
    }
    try database.forEachRow(of: "chat_message_join", columns: ["chat_id", "message_id"]) { row in
      try hold()
      if let chat = row.integer(0), let message = row.integer(1) { chatOf[message] = chat }
    }
    let parts = ["transfer_name", "filename", "total_bytes"]
    try database.forEachRow(of: "attachment", columns: parts) { row in
      try hold()
      let path = cell(row, 1).split(separator: "/").last.map(String.init) ?? ""
      let name = cell(row, 0)
      files[row.key] = FileReference(name: name.isEmpty ? path : name, bytes: row.integer(2))
    }
    let joins = ["message_id", "attachment_id"]
    try database.forEachRow(of: "message_attachment_join", columns: joins) { row in
      try hold()
      if let message = row.integer(0), let file = row.integer(1) {
        fileOf[message, default: []].append(file)
      }
    }
  }

  /// A row of `chat_handle_join`: a membership where the chat is a group.
  func member(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let chat = row.integer(0).flatMap({ chats[$0] }) else {
      return .reject("chat_id names no chat")
    }
    guard let group = chat.group else { return .skip("correspondent of a private chat") }
    guard let member = row.integer(1).flatMap({ handles[$0] }) else {
      return .reject("handle_id names no correspondent")
    }
    return .items([.membership(Membership(group: group, groupName: chat.name, member: member))])
  }

  /// A row of `message`.
  func message(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let isOwn = row.integer(6), (0...1).contains(isOwn) else {
      return .reject("is_from_me is neither 0 nor 1")
    }
    guard let at = PhoneTime.appleMessage(try row.text(5)) else {
      return .reject("date is no time in seconds or nanoseconds since 2001")
    }
    let chat = chatOf[row.key].flatMap { chats[$0] }
    let login = try row.text(4).flatMap(AppleOwner.login)
    let own = chat?.login ?? login ?? me
    let peer = row.integer(2).flatMap { handles[$0] } ?? chat?.peer
    let group = chat?.group
    guard peer != nil || (isOwn == 1 && group != nil) else {
      return .reject("handle_id names no correspondent")
    }
    let isSystem = row.integer(8) ?? 0 != 0
    let service = try row.text(3) ?? "SMS"
    let isInternet = service == "iMessage"
    var text = try row.text(1) ?? ""
    if text.isEmpty, let body = row.bytes(7) { text = TypedStreamText.text(in: body) ?? "" }
    let attached = fileOf[row.key, default: []].compactMap { files[$0] }
    // Only iMessage gives a message one id on both phones.
    let id = isInternet ? try row.text(0) : nil
    let parts: [FileReference?] = attached.isEmpty ? [nil] : attached
    return .items(
      parts.enumerated().map { place, file in
        .message(
          Message(
            platform: isInternet ? "imessage" : PhoneMessages.platform,
            serverID: place == 0 ? id : id.map { "\($0)/\(place)" },
            from: isSystem ? nil : (isOwn == 1 ? own : peer),
            to: group != nil ? nil : (isOwn == 1 ? peer : own),
            group: group,
            sentAt: at,
            kind: isSystem ? .system : (file == nil ? .text : .file),
            // The mark U+FFFC stands in the text for each file.
            text: place == 0 ? text.replacing("\u{FFFC}", with: "") : "",
            file: file
          )
        )
      }
    )
  }
}

/// Finds the text in an `attributedBody`, a serialised attributed string of Apple.
///
/// The class name `NSString` is followed by five bytes, the length (one byte, or `0x81` and two, or
/// `0x82` and four, little-endian) and the text in UTF-8.
enum TypedStreamText {
  /// The text, or `nil` when the bytes are laid out otherwise.
  static func text(in bytes: [UInt8]) -> String? {
    let mark = Array("NSString".utf8)
    guard bytes.count >= mark.count,
      let start = (0...(bytes.count - mark.count)).first(where: {
        bytes[$0] == mark[0] && bytes[$0..<($0 + mark.count)].elementsEqual(mark)
      })
    else { return nil }
    var rest = bytes[(start + mark.count)...].dropFirst(5)
    let size: Int
    switch rest.popFirst() {
    case 0x81: size = 2
    case 0x82: size = 4
    case .some(let length) where length < 0x80: return take(rest, Int(length))
    default: return nil
    }
    guard rest.count >= size else { return nil }
    let length = rest.prefix(size).reversed().reduce(0) { $0 << 8 | Int($1) }
    return take(rest.dropFirst(size), length)
  }

  private static func take(_ rest: ArraySlice<UInt8>, _ length: Int) -> String? {
    guard rest.count >= length else { return nil }
    return String(validating: rest.prefix(length), as: UTF8.self)
  }
}
