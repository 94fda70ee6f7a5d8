internal import ClewEvidence

/// Reads rows of the table `MSG` of WeChat 3 for Windows.
///
/// The text never has a sender in front, in groups neither: the sender of a received group message
/// stands in `BytesExtra`. App messages are packed in `CompressContent`. `Sequence` is no clock.
struct WeChatPCMessages {
  static let columns = [
    "MsgSvrID", "Type", "SubType", "IsSender", "CreateTime", "StrTalker", "StrContent",
    "DisplayContent", "CompressContent", "BytesExtra", "TalkerId",
  ]

  private let reader: WeChatMessageReader
  /// User names by their numbers in the same file.
  private let talkers: [Int64: String]

  /// Makes a reader.
  init(_ reader: WeChatMessageReader, talkers: [Int64: String]) {
    self.reader = reader
    self.talkers = talkers
  }

  /// What one row says.
  func items(of row: borrowing SeizedRow) throws -> [EvidenceItem] {
    guard let type = row.integer(1) else { throw RowRefusal(reason: "Type is no number") }
    guard let talker = reader.names.account(try Self.talker(row, talkers)) else {
      throw RowRefusal(reason: "StrTalker is empty")
    }
    let isSystem = type == 10000 || type == 10002
    let direction: WeChatMessageRow.Direction =
      switch row.integer(3) {
      case 1: .sent
      case 0 where talker.scheme.isGroup && !isSystem:
        .by(try Self.sender(row).flatMap(reader.names.account))
      case 0: .received
      default: .unreadable("IsSender is neither 0 nor 1")
      }
    return try reader.items(
      of: WeChatMessageRow(
        type: type,
        appType: row.integer(2),
        serverID: row.integer(0),
        sentAt: row.integer(4).flatMap(WeChatClock.timestamp(seconds:)),
        talker: talker,
        direction: direction,
        body: try Self.body(row, type: type)
      )
    )
  }

  private static func talker(
    _ row: borrowing SeizedRow,
    _ talkers: [Int64: String]
  ) throws -> String {
    if let name = try row.text(5), !name.isEmpty { return name }
    return row.integer(10).flatMap { talkers[$0] } ?? ""
  }

  /// The readable content as UTF-8: unpacked for app messages and where there is no plain text.
  private static func body(_ row: borrowing SeizedRow, type: Int64) throws -> [UInt8] {
    let plain = try row.text(6) ?? ""
    if type & 0xFFFF == 49 || plain.isEmpty, let packed = row.bytes(8), !packed.isEmpty {
      guard var content = LZ4Block.unpacked(packed) else {
        throw RowRefusal(reason: "CompressContent is no LZ4 block of at most 16 MiB")
      }
      while content.last == 0 { content.removeLast() }
      guard String(validating: content, as: UTF8.self) != nil else {
        throw RowRefusal(reason: "CompressContent holds bytes that are not UTF-8")
      }
      return content
    }
    // The text of a call stands apart from its XML.
    if type == 50, let shown = try row.text(7), !shown.isEmpty { return Array(shown.utf8) }
    return Array(plain.utf8)
  }

  /// The sender of a received group message; `nil` when the row names none.
  private static func sender(_ row: borrowing SeizedRow) throws(RowRefusal) -> String? {
    guard let bytes = row.bytes(9), !bytes.isEmpty else { return nil }
    guard let fields = ProtobufReader.fields(of: bytes[...]) else {
      throw RowRefusal(reason: "BytesExtra cannot be read")
    }
    for field in fields where field.number == 3 {
      guard let item = field.bytes.flatMap(ProtobufReader.fields(of:)) else {
        throw RowRefusal(reason: "BytesExtra cannot be read")
      }
      guard item.contains(where: { $0.number == 1 && $0.varint == 1 }) else { continue }
      guard let name = item.first(where: { $0.number == 2 })?.bytes, !name.isEmpty else { continue }
      guard WeChatNames.isUserName(name) else {
        throw RowRefusal(reason: "BytesExtra names a sender that is no user name")
      }
      return String(validating: name, as: UTF8.self)
    }
    return nil
  }

  /// The user names by their numbers, the keys of the rows of `Name2ID`.
  static func talkers(of database: SeizedDatabase) throws -> [Int64: String] {
    var talkers: [Int64: String] = [:]
    try database.forEachRow(of: "Name2ID", columns: ["UsrName"]) { row in
      if let name = (try? row.text(0)) ?? nil { talkers[row.key] = name }
    }
    return talkers
  }

  /// The first pass over all messages.
  static func survey(of database: SeizedDatabase) throws -> WeChatSurvey {
    let talkers = try talkers(of: database)
    var survey = WeChatSurvey()
    var digests: [String: String] = [:]
    try database.forEachRow(of: "MSG", columns: columns) { row in
      guard let name = try? talker(row, talkers), !name.isEmpty, let type = row.integer(1) else {
        return
      }
      let digest = digests[name] ?? NameHash.md5(name)
      digests[name] = digest
      survey.talkers[digest] = name
      // Also a chat of nothing but system notes is a chat of this device.
      survey.note(digest)
      guard type != 10000, type != 10002 else { return }
      switch row.integer(3) {
      case 0:
        let sender = WeChatNames.isRoom(name) ? (try? sender(row)) ?? nil : nil
        survey.noteReceived(digest, from: sender)
      case 1:
        survey.noteSent(digest)
        if type & 0xFFFF == 49, row.integer(2) == 2000, let body = try? body(row, type: type) {
          survey.noteOwnTransfer(digest, body)
        }
      default: break
      }
    }
    return survey
  }
}
