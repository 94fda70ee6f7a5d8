internal import ClewEvidence

/// Reads rows of the Android table `message` and of the tables of the same shape.
struct WeChatMessages {
  /// The tables of this shape.
  static let tables = ["message", "qmessage", "tmessage", "textstatusmessage"]
  static let columns = ["msgId", "msgSvrId", "type", "isSend", "createTime", "talker", "content"]

  /// Why a row cannot be read.
  struct Refusal: Error { let reason: String }

  let names: WeChatNames
  /// The device's owner.
  let owner: Account

  /// What one row says.
  func items(of row: borrowing SeizedRow) throws(Refusal) -> [EvidenceItem] {
    guard let type = row.integer(2) else { throw Refusal(reason: "type is no number") }
    let talkerName = try text(row, 5) ?? ""
    guard let talker = names.account(talkerName) else { throw Refusal(reason: "talker is empty") }
    var body = Array((try text(row, 6) ?? "").utf8)[...]
    let serverID = row.integer(1).flatMap { $0 == 0 ? nil : String($0) }
    let sentAt = row.integer(4).flatMap(WeChatClock.timestamp(milliseconds:))
    var message = Message(
      platform: "wechat",
      serverID: serverID,
      from: nil,
      group: talker.scheme.isGroup ? talker : nil,
      sentAt: sentAt,
      text: ""
    )

    var sender: Account?
    let isSent = row.integer(3)
    if isSent == 0, talker.scheme.isGroup, let (name, rest) = Self.splitPrefix(body) {
      sender = names.account(name)
      body = rest
    }
    if type == 10000 || type == 10002 || Self.isSystem(body) {
      message.kind = .system
      message.to = talker.scheme.isGroup ? nil : talker
      message.text = Self.systemText(body)
      return [.message(message)]
    }
    switch isSent {
    case 1:
      sender = owner
      message.to = talker.scheme.isGroup ? nil : talker
    case 0:
      if !talker.scheme.isGroup { sender = talker }
      message.to = talker.scheme.isGroup ? nil : owner
    default: throw Refusal(reason: "isSend is neither 0 nor 1")
    }
    message.from = sender
    return try fill(&message, type: type, body: body)
  }

  /// Reads kind, text and payment from the body.
  private func fill(
    _ message: inout Message,
    type: Int64,
    body: ArraySlice<UInt8>
  ) throws(Refusal) -> [EvidenceItem] {
    // The app's large codes are flags on top of 49, the app message.
    if type & 0xFFFF == 49 {
      let app: WeChatAppMessage
      do {
        app = try WeChatAppMessage(WeChatXML(Array(body)), isCustomEmoji: type == 1_048_625)
      } catch {
        throw Refusal(reason: "feedesc is no amount with at most two decimals")
      }
      message.kind = app.kind
      message.text = app.text
      message.file = app.file
      message.quotes = app.quotes
      var items: [EvidenceItem] = [.message(message)]
      if let payment = app.payment { items.append(.transfer(transfer(payment, message))) }
      if let packet = app.redPacket { items.append(.transfer(transfer(packet, message))) }
      return items
    }
    let xml = WeChatXML(type == 1 ? [] : Array(body))
    let plain = body.first == UInt8(ascii: "<") ? "" : Self.string(body)
    switch type {
    case 1: (message.kind, message.text) = (.text, Self.string(body))
    case 3: message.kind = .image
    case 34: message.kind = .voice
    case 43, 62: message.kind = .video
    case 47: message.kind = .sticker
    case 42, 66: return card(&message, xml)
    case 48, -1_879_048_186:
      message.kind = .location
      message.text = ["poiname", "label"].compactMap { xml.nonEmpty("msg/location@\($0)") }
        .joined(separator: " ")
    case 50, 52, 53, 64:
      message.kind = .call
      message.text = plain.isEmpty ? xml.text("voipmsg/VoIPBubbleMsg/msg") ?? "" : plain
    default:
      message.kind = .other
      message.text = plain.isEmpty ? "type \(type)" : "type \(type)\n\(plain)"
    }
    return [.message(message)]
  }

  /// A name card: the text names the card's user name and nickname.
  private func card(_ message: inout Message, _ xml: WeChatXML) -> [EvidenceItem] {
    let username = xml.text("msg@username") ?? ""
    message.kind = .card
    message.text = [username, xml.text("msg@nickname") ?? ""].filter { !$0.isEmpty }
      .joined(separator: " ")
    var items: [EvidenceItem] = [.message(message)]
    if let account = names.account(username), account.scheme == .wechat,
      let alias = xml.nonEmpty("msg@alias").flatMap(WeChatNames.alias), alias != account
    {
      // A message may be forged, so its alias is a hint only.
      items.append(.accountLink(AccountLink(account, alias, basis: .mention)))
    }
    return items
  }

  private func transfer(_ payment: WeChatAppMessage.Payment, _ message: Message) -> Transfer {
    var payer = payment.payer.flatMap(names.account)
    var payee = payment.payee.flatMap(names.account)
    let state: Transfer.State
    switch payment.subtype {
    case 3, 5:
      state = .completed
      // The receiver sends the receipt; its direction is not the money's.
      payee = payee ?? message.from
      payer = payer ?? message.to
    case 4, 9: state = .returned
    default:
      state = .sent
      payer = payer ?? message.from
      payee = payee ?? message.to
    }
    return Transfer(
      payer: payer,
      payee: payee,
      amount: payment.amount,
      at: payment.beganAt ?? message.sentAt,
      channel: "wechat",
      memo: payment.memo,
      ids: payment.ids,
      state: state
    )
  }

  private func transfer(_ packet: WeChatAppMessage.RedPacket, _ message: Message) -> Transfer {
    Transfer(
      payer: message.from ?? packet.sender.flatMap(names.account),
      payee: message.to,
      amount: nil,
      at: message.sentAt,
      channel: "wechat-redpacket",
      memo: message.text,
      ids: packet.ids,
      state: .sent
    )
  }

  /// Splits `username:\n` off a received group message.
  private static func splitPrefix(
    _ body: ArraySlice<UInt8>
  ) -> (name: String, rest: ArraySlice<UInt8>)? {
    // Only as far as a user name can reach.
    let window = body.prefix(66)
    guard let colon = window.firstIndex(of: UInt8(ascii: ":")), colon + 1 < body.endIndex,
      body[colon + 1] == UInt8(ascii: "\n"), WeChatNames.isUserName(body[body.startIndex..<colon])
    else { return nil }
    return (string(body[body.startIndex..<colon]), body[(colon + 2)...])
  }

  private static func isSystem(_ body: ArraySlice<UInt8>) -> Bool {
    body.starts(with: "<sysmsg".utf8)
  }

  /// The readable part of a system note.
  private static func systemText(_ body: ArraySlice<UInt8>) -> String {
    guard isSystem(body) else { return string(body) }
    let xml = WeChatXML(Array(body))
    for path in [
      "sysmsg/revokemsg/replacemsg", "sysmsg/sysmsgtemplate/content_template/plain",
      "sysmsg/sysmsgtemplate/content_template/template",
    ] {
      if let text = xml.nonEmpty(path) { return text }
    }
    return string(body)
  }

  private func text(_ row: borrowing SeizedRow, _ index: Int) throws(Refusal) -> String? {
    do {
      return try row.text(index)
    } catch {
      throw Refusal(reason: error.description)
    }
  }

  /// The bytes come from a valid string and are cut at ASCII, so they are valid.
  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? ""
  }
}
