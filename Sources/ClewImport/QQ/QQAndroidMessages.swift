internal import ClewEvidence

/// Reads the messages of one chat of a legacy QQ database.
struct QQAndroidMessages {
  let chat: QQChatTable
  let owner: Account
  let key: QQKey

  static let columns = [
    "senderuin", "frienduin", "selfuin", "issend", "istroop", "time", "msgtype", "msgData",
    "uniseq",
    "shmsgseq",
  ]

  /// One row.
  func message(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let number = try plain(row, 1), !chat.isHashed || chat.isNamed(for: number) else {
      return .reject("frienduin does not give the name of its table")
    }
    let group = chat.kind == .friend ? nil : QQAndroidProfile.group(number)
    let peer = chat.kind == .friend ? AccountNormalizer.qq(number) : nil
    guard group != nil || peer != nil else { return .reject("frienduin is no number") }
    guard let seconds = row.integer(5), (1..<4_102_444_800).contains(seconds) else {
      return .reject("time holds no seconds since 1970")
    }
    guard let type = row.integer(6) else { return .reject("msgtype is no number") }
    guard let issend = row.integer(3), issend == 0 || issend == 1 else {
      return .reject("issend is neither 0 nor 1")
    }
    let stated = try plain(row, 0).flatMap(AccountNormalizer.qq)
    let sender = issend == 1 ? owner : stated ?? peer
    guard let sender else { return .reject("senderuin is no QQ number") }
    var message = Message(
      platform: "qq",
      from: sender,
      to: peer.map { issend == 1 ? $0 : owner },
      group: group,
      sentAt: Timestamp(milliseconds: seconds * 1000),
      text: ""
    )
    let body = row.bytes(7) ?? []
    guard let plain = key.bytes(body) else {
      return .reject("msgData reaches beyond what is known of the key")
    }
    let text = Self.text(plain)
    message.kind = Self.kind(type)
    switch message.kind {
    case .text:
      guard let text else { return .reject("msgData is no UTF-8 text under the key") }
      message.text = text
      message.kind = QQReading.kind(text)
    default:
      // Bodies of other kinds are messages of a form that is not known; some are plain text.
      let isReadable = text.map { $0.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A } } ?? false
      message.text = isReadable ? text ?? "" : ""
      if message.kind == .other { message.text = "type \(type)\n\(message.text)" }
    }
    return .items([.message(message)])
  }

  /// The kinds that are known of `msgtype`.
  private static func kind(_ type: Int64) -> Message.Kind {
    switch type {
    case -1000, -1049, -1051, -1035: .text
    case -2000: .image
    case -2002: .voice
    case -2025: .redPacket
    case -2011, -5008: .link
    default: .other
    }
  }

  /// UTF-8 in which the byte 20 and the one behind it stand for an emoticon.
  private static func text(_ bytes: [UInt8]) -> String? {
    guard bytes.contains(0x14) else { return String(validating: bytes, as: UTF8.self) }
    var plain: [UInt8] = []
    var isIndex = false
    for byte in bytes {
      if isIndex {
        isIndex = false
      } else if byte == 0x14 {
        isIndex = true
        plain += Array("[表情]".utf8)
      } else {
        plain.append(byte)
      }
    }
    return String(validating: plain, as: UTF8.self)
  }

  private func plain(_ row: borrowing SeizedRow, _ index: Int) throws -> String? {
    try row.text(index).flatMap(key.text)
  }
}
