/// A payment of the story.
struct Payment {
  enum Channel { case wechat, qqWallet, alipay, bank, redPacket }

  let serial: Int
  let time: Int64
  let payer: Handle
  let payee: Handle
  let fen: Int64
  let channel: Channel
  let memo: String
  /// When the payee took it; `nil` for a payment that went back.
  let receivedAt: Int64?

  /// The id that the transfer message and the return share.
  var transferID: String {
    let head = channel == .redPacket ? "10000399" : "10000500"
    return head + "01" + Clock.compactDate(time) + Invented.padded(serial, 10)
  }
  var transactionID: String {
    (channel == .redPacket ? "10000399" : "53010000") + "00" + Clock.compactDate(time)
      + Invented.padded(serial, 10)
  }
  var alipayOrder: String { Clock.compactDate(time) + "20004001" + Invented.padded(serial, 12) }
}

/// A file that passes from hand to hand.
struct FileItem {
  let name: String
  let md5: String
  let bytes: Int
  /// The same content under another name.
  func renamed(_ name: String) -> FileItem { FileItem(name: name, md5: md5, bytes: bytes) }
  var fileExtension: String {
    name.split(separator: ".").last.map(String.init) ?? ""
  }
}

/// What one message carries.
enum Body {
  case text(String)
  case image(String)
  case voice(Int)
  case video
  case file(FileItem)
  /// A transfer: 1 paid, 3 received, 4 returned.
  case transfer(Payment, Int)
  case redPacket(Payment, String)
  case card(Handle)
  case sticker
  case location(String)
  case call(Int)
  case system(String)
}

/// Where a message is said.
enum Place {
  case pair(Handle, Handle)
  case group(Int)
}

/// One message of the story.
struct ChatEvent {
  let time: Int64
  let serial: Int
  let place: Place
  let from: Handle
  let body: Body
}

/// One thing asked for: who orders from whom, all the way up.
struct Request {
  let start: Int64
  /// Link indices from the last buyer up to where the data comes from.
  let climb: [Int]
  let category: DataCategory
  let count: Int
}
