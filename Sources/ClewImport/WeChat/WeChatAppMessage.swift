internal import ClewEvidence

/// What the XML of an app message (`<msg><appmsg>`) says, the same on every platform.
struct WeChatAppMessage {
  /// The payment of a transfer message.
  struct Payment {
    var subtype: Int64
    var payer: String?
    var payee: String?
    /// `nil` when the message states none, which old versions do.
    var amount: Money?
    var beganAt: Timestamp?
    var memo: String
    var ids: [String]

    /// Whether the money went back to the payer.
    var isReturn: Bool { subtype == 4 || subtype == 9 }
  }

  /// The red packet of a red-packet message; it never states an amount.
  struct RedPacket {
    var sender: String?
    var ids: [String]
  }

  /// An amount that is none.
  struct UnreadableAmount: Error {}

  var kind: Message.Kind
  var text: String
  var file: FileReference?
  var quotes: String?
  var payment: Payment?
  var redPacket: RedPacket?

  /// Reads the fragment.
  ///
  /// - Parameters:
  ///   - xml: The fragment.
  ///   - isCustomEmoji: Whether the message's own type already says that it is a sticker.
  ///   - statedType: The type that a column states, for fragments that lack theirs.
  /// - Throws: ``UnreadableAmount`` when a transfer states an amount that is none.
  init(
    _ xml: WeChatXML,
    isCustomEmoji: Bool,
    statedType: Int64? = nil
  ) throws(UnreadableAmount) {
    let type = xml.text("msg/appmsg/type").flatMap { Int64($0) } ?? statedType
    let title = xml.text("msg/appmsg/title") ?? ""
    kind = .other
    text = title
    switch type {
    case _ where isCustomEmoji, 8: kind = .sticker
    case 1: kind = .text
    case 6, 74:
      kind = .file
      file = FileReference(
        name: title,
        bytes: xml.text("msg/appmsg/appattach/totallen").flatMap { Int64($0) }.flatMap {
          $0 >= 0 ? $0 : nil
        },
        digest: xml.text("msg/appmsg/md5").flatMap(Hexadecimal.md5)
      )
    case 3, 4, 5, 33, 36, 51, 63, 92:
      kind = .link
      if let url = xml.nonEmpty("msg/appmsg/url") { text = Self.joined([title, url]) }
    case 19:
      kind = .forward
      text = Self.joined([title] + Self.forwarded(xml))
    case 57:
      kind = .quote
      quotes = xml.nonEmpty("msg/appmsg/refermsg/svrid").flatMap { $0 == "0" ? nil : $0 }
    case 2000: try readPayment(xml)
    case 2001: readRedPacket(xml)
    default:
      text = Self.joined([type.map { "appmsg type \($0)" } ?? "appmsg", title])
    }
  }

  private mutating func readPayment(_ xml: WeChatXML) throws(UnreadableAmount) {
    let pay = "msg/appmsg/wcpayinfo/"
    let amount = xml.nonEmpty(pay + "feedesc")
    let money = amount.flatMap { Money(parsing: $0) }
    if amount != nil, money.map({ $0.fen < 0 }) ?? true { throw UnreadableAmount() }
    let began = xml.text(pay + "begintransfertime").flatMap { Int64($0) }
    kind = .transfer
    text = xml.text(pay + "pay_memo") ?? ""
    payment = Payment(
      subtype: xml.text(pay + "paysubtype").flatMap { Int64($0) } ?? 0,
      payer: xml.nonEmpty(pay + "payer_username"),
      payee: xml.nonEmpty(pay + "receiver_username"),
      amount: money,
      beganAt: began.flatMap(WeChatClock.timestamp(seconds:)),
      memo: text,
      ids: [xml.nonEmpty(pay + "transferid"), xml.nonEmpty(pay + "transcationid")].compactMap(
        \.self
      )
    )
  }

  private mutating func readRedPacket(_ xml: WeChatXML) {
    let pay = "msg/appmsg/wcpayinfo/"
    let url = xml.text(pay + "nativeurl") ?? ""
    var ids: [String] = []
    for id in [Self.query("sendid", in: url), xml.nonEmpty(pay + "paymsgid")] {
      if let id, !ids.contains(id) { ids.append(id) }
    }
    kind = .redPacket
    text = xml.nonEmpty(pay + "receivertitle") ?? xml.text(pay + "sendertitle") ?? ""
    redPacket = RedPacket(sender: Self.query("sendusername", in: url), ids: ids)
  }

  /// The forwarded messages as lines of sender, time and text.
  private static func forwarded(_ xml: WeChatXML) -> [String] {
    let inner = xml.text("msg/appmsg/recorditem").map { WeChatXML(Array($0.utf8)) } ?? xml
    let root =
      xml.text("msg/appmsg/recorditem") == nil
      ? "msg/appmsg/recorditem/recordinfo/datalist/dataitem" : "recordinfo/datalist/dataitem"
    let leaves = ["sourcename", "sourcetime", "datadesc", "datatitle"]
    return inner.elements(root, leaves: leaves).map { item in
      let said = item["datadesc"] ?? item["datatitle"] ?? ""
      return [item["sourcename"], item["sourcetime"]].compactMap(\.self).joined(separator: " ")
        + ": " + said
    }
  }

  private static func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The value of a parameter behind the `?` of an address.
  private static func query(_ name: String, in url: String) -> String? {
    let bytes = Array(url.utf8)
    guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    let wanted = Array(name.utf8) + [UInt8(ascii: "=")]
    for part in bytes[(mark + 1)...].split(separator: UInt8(ascii: "&"))
    where part.starts(with: wanted) && part.count > wanted.count {
      return String(validating: part.dropFirst(wanted.count), as: UTF8.self)
    }
    return nil
  }
}

/// Turns the app's counters into times.
enum WeChatClock {
  /// From 2000 to 2100; what lies outside is no time of a message.
  private static let plausible: Range<Int64> = 946_684_800_000..<4_102_444_800_000

  /// A time from milliseconds since 1970, or `nil` when it cannot be one.
  static func timestamp(milliseconds: Int64) -> Timestamp? {
    plausible.contains(milliseconds) ? Timestamp(milliseconds: milliseconds) : nil
  }

  /// A time from seconds since 1970, or `nil` when it cannot be one.
  static func timestamp(seconds: Int64) -> Timestamp? {
    let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? nil : timestamp(milliseconds: milliseconds)
  }
}
