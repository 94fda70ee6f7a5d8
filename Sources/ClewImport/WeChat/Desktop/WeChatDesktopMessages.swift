internal import ClewEvidence

/// Reads rows of the tables `Msg_<digest>` of WeChat 4.
///
/// Every row names its sender by a number of the table `Name2Id` in the same file. In groups the
/// sender stands before received texts once more. The type is packed with the sub type above it,
/// the content may be a Zstandard frame.
struct WeChatDesktopMessages {
  static let prefixes = ["Msg_"]
  static let columns = [
    "server_id", "local_type", "real_sender_id", "create_time", "message_content",
    "compress_content",
  ]
  /// The columns without which a table is none of messages.
  static let signature = ["local_type", "real_sender_id", "create_time", "message_content"]

  private let reader: WeChatMessageReader
  /// User names by their numbers in the same file.
  private let senders: [Int64: String]
  private let frames: ZstdFrames?

  /// Makes a reader.
  init(_ reader: WeChatMessageReader, senders: [Int64: String]) {
    self.reader = reader
    self.senders = senders
    frames = ZstdFrames()
  }

  /// What one row of the chat says.
  func items(of row: borrowing SeizedRow, talker: Account) throws -> [EvidenceItem] {
    guard let packed = row.integer(1) else {
      throw RowRefusal(reason: "local_type is no number")
    }
    let name = row.integer(2).flatMap { senders[$0] } ?? ""
    let sender = reader.names.account(name)
    var body = try content(row)
    if talker.scheme.isGroup, !name.isEmpty, body.starts(with: Array((name + ":\n").utf8)) {
      body.removeFirst(name.utf8.count + 2)
    }
    let direction: WeChatMessageRow.Direction =
      sender == nil && !talker.scheme.isGroup
      ? .unreadable("real_sender_id names nobody in Name2Id") : .by(sender)
    return try reader.items(
      of: WeChatMessageRow(
        type: Int64(Int32(truncatingIfNeeded: packed)),
        appType: packed >> 32 > 0 ? packed >> 32 : nil,
        serverID: row.integer(0),
        sentAt: row.integer(3).flatMap(WeChatClock.timestamp(seconds:)),
        talker: talker,
        direction: direction,
        body: body
      )
    )
  }

  /// The readable content as UTF-8; text and frames stand in the same column.
  private func content(_ row: borrowing SeizedRow) throws -> [UInt8] {
    for (index, column) in [(4, "message_content"), (5, "compress_content")] {
      guard let bytes = row.bytes(index), !bytes.isEmpty else { continue }
      guard bytes.starts(with: ZstdFrames.magic) else {
        return Array((try Self.text(bytes, column)).utf8)
      }
      guard let content = frames?.unpacked(bytes) else {
        throw RowRefusal(reason: "\(column) is no Zstandard frame of at most 16 MiB")
      }
      return Array((try Self.text(content, column)).utf8)
    }
    return []
  }

  private static func text(_ bytes: [UInt8], _ column: String) throws(RowRefusal) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RowRefusal(reason: "\(column) holds bytes that are not UTF-8")
    }
    return text
  }

  /// The user names by their numbers, the keys of the rows of `Name2Id`.
  static func senders(of database: SeizedDatabase) throws -> [Int64: String] {
    var senders: [Int64: String] = [:]
    try database.forEachRow(of: "Name2Id", columns: ["user_name"]) { row in
      if let name = (try? row.text(0)) ?? nil, !name.isEmpty { senders[row.key] = name }
    }
    return senders
  }

  /// The first pass over all messages: who wrote in which chat.
  static func survey(of database: SeizedDatabase) throws -> WeChatSurvey {
    let senders = try senders(of: database)
    var survey = WeChatSurvey()
    for name in senders.values { survey.talkers[NameHash.md5(name)] = name }
    for (table, digest) in WeChatChats.tables(database.tables, prefixes: prefixes) {
      survey.note(digest)
      try database.forEachRow(of: table, columns: ["local_type", "real_sender_id"]) { row in
        guard let type = row.integer(0), Int32(truncatingIfNeeded: type) != 10000,
          let name = row.integer(1).flatMap({ senders[$0] })
        else { return }
        survey.noteSpeaker(digest, name)
      }
    }
    return survey
  }
}
