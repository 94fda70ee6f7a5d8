internal import ClewEvidence

/// A message as its platform's table states it, before its body is read.
struct WeChatMessageRow {
  /// Who sent the message, as far as the row's own columns tell.
  enum Direction {
    /// The owner of the device. The body never has a sender in front.
    case sent
    /// Somebody else. In a group the sender stands in front of the body.
    case received
    /// This account, by a column of its own; `nil` when the row of a group names nobody.
    case by(Account?)
    /// A column that should tell holds something else, for this reason.
    case unreadable(String)
  }

  /// The app's code, without the sub type that 4.x packs above it.
  var type: Int64
  /// The type of an app message that a column repeats, for messages whose XML is lost.
  var appType: Int64?
  /// The server's number; 0 when the message never reached it.
  var serverID: Int64?
  var sentAt: Timestamp?
  /// The other account of a private chat, or the group.
  var talker: Account
  var direction: Direction
  /// UTF-8, unpacked.
  var body: [UInt8]
}

/// Turns the messages of all WeChat platforms into records.
///
/// One message that several devices hold gives one and the same record: platform `wechat`, the
/// server's id, both ends or the group, kind, text, file, payment. Only the time may differ below
/// the second, for Android counts milliseconds and every other platform seconds; each source keeps
/// the time that it states.
struct WeChatMessageReader {
  let names: WeChatNames
  /// The device's owner.
  let owner: Account

  /// What one message says.
  func items(of row: WeChatMessageRow) throws(RowRefusal) -> [EvidenceItem] {
    let isGroup = row.talker.scheme.isGroup
    var body = row.body[...]
    var message = Message(
      platform: "wechat",
      serverID: row.serverID.flatMap { $0 == 0 ? nil : String($0) },
      from: nil,
      group: isGroup ? row.talker : nil,
      sentAt: row.sentAt,
      text: ""
    )
    var sender: Account?
    if case .received = row.direction {
      if !isGroup {
        sender = row.talker
      } else if let (name, rest) = Self.splitPrefix(body) {
        sender = names.account(name)
        body = rest
      }
    }
    if row.type == 10000 || row.type == 10002 || Self.isSystem(body) {
      message.kind = .system
      message.to = isGroup ? nil : row.talker
      message.text = Self.systemText(body)
      return [.message(message)]
    }
    switch row.direction {
    case .sent: sender = owner
    case .received: break
    case .by(let account): sender = account
    case .unreadable(let reason): throw RowRefusal(reason: reason)
    }
    message.from = sender
    if !isGroup { message.to = sender == row.talker ? owner : row.talker }
    return try fill(&message, type: row.type, appType: row.appType, body: body)
  }

  /// Reads kind, text and payment from the body.
  private func fill(
    _ message: inout Message,
    type: Int64,
    appType: Int64?,
    body: ArraySlice<UInt8>
  ) throws(RowRefusal) -> [EvidenceItem] {
    // The app's large codes are flags on top of 49, the app message.
    if type & 0xFFFF == 49 {
      let app: WeChatAppMessage
      do {
        app = try WeChatAppMessage(
          WeChatXML(Array(body)),
          isCustomEmoji: type == 1_048_625,
          statedType: appType
        )
      } catch {
        throw RowRefusal(reason: "feedesc is no amount with at most two decimals")
      }
      message.kind = app.kind
      message.text = app.text
      message.file = app.file
      message.quotes = app.quotes
      if let payment = app.payment { turn(&message, with: payment) }
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

  /// Lets the notice of a returned transfer run with the money, from payee to payer.
  ///
  /// The server writes that notice, and each of the two devices shows it as received from the other
  /// end; without a rule the two would contradict each other.
  private func turn(_ message: inout Message, with payment: WeChatAppMessage.Payment) {
    guard payment.isReturn, let payer = payment.payer.flatMap(names.account),
      let payee = payment.payee.flatMap(names.account), let from = message.from,
      let to = message.to, Set([payer, payee]) == Set([from, to])
    else { return }
    (message.from, message.to) = (payee, payer)
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
    case _ where payment.isReturn: state = .returned
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

  /// Splits `username:\n` off a received group message; `nil` when no user name stands there.
  static func splitPrefix(
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

  /// The bytes come from a valid string and are cut at ASCII, so they are valid.
  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? ""
  }
}
