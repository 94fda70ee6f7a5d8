internal import ClewEvidence

/// Reads rows of the Android table `message` and of the tables of the same shape.
struct WeChatMessages {
  /// The tables of this shape.
  static let tables = ["message", "qmessage", "tmessage", "textstatusmessage"]
  static let columns = ["msgId", "msgSvrId", "type", "isSend", "createTime", "talker", "content"]

  private let reader: WeChatMessageReader

  /// Makes a reader.
  init(_ reader: WeChatMessageReader) { self.reader = reader }

  /// What one row says.
  func items(of row: borrowing SeizedRow) throws -> [EvidenceItem] {
    guard let type = row.integer(2) else { throw RowRefusal(reason: "type is no number") }
    guard let talker = reader.names.account(try row.text(5) ?? "") else {
      throw RowRefusal(reason: "talker is empty")
    }
    let direction: WeChatMessageRow.Direction =
      switch row.integer(3) {
      case 0: .received
      case 1: .sent
      default: .unreadable("isSend is neither 0 nor 1")
      }
    return try reader.items(
      of: WeChatMessageRow(
        type: type,
        serverID: row.integer(1),
        sentAt: row.integer(4).flatMap(WeChatClock.timestamp(milliseconds:)),
        talker: talker,
        direction: direction,
        body: Array((try row.text(6) ?? "").utf8)
      )
    )
  }
}
