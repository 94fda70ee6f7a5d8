/// A payment of the story.
struct StoryPayment {
  enum Channel { case wechat, qqWallet, alipay, bank, redPacket, cash }

  let serial: Int
  let time: Int64
  let payer: CastHandle
  let payee: CastHandle
  let fen: Int64
  let channel: Channel
  let memo: String
  /// When the payee took it; `nil` for a payment that went back.
  let receivedAt: Int64?

  /// The id that the transfer message and the return share.
  var transferID: String {
    let head = channel == .redPacket ? "10000399" : "10000500"
    return head + "01" + WallClock.compactDate(time) + InventedIdentifiers.padded(serial, 10)
  }
  var transactionID: String {
    (channel == .redPacket ? "10000399" : "53010000") + "00" + WallClock.compactDate(time)
      + InventedIdentifiers.padded(serial, 10)
  }
  var alipayOrder: String {
    WallClock.compactDate(time) + "20004001" + InventedIdentifiers.padded(serial, 12)
  }
}

/// A file that passes from hand to hand.
struct FileItem {
  let name: String
  let md5: String
  let bytes: Int
  /// What it holds, if it is really written beside the chats.
  var content: [UInt8]?
  /// The same content under another name.
  func renamed(_ name: String) -> FileItem {
    FileItem(name: name, md5: md5, bytes: bytes, content: content)
  }
  var fileExtension: String {
    name.split(separator: ".").last.map(String.init) ?? ""
  }
}

/// What one message carries.
enum ChatBody {
  case text(String)
  case image(String)
  case voice(Int)
  case video
  case file(FileItem)
  /// A transfer: 1 paid, 3 received, 4 returned.
  case transfer(StoryPayment, Int)
  case redPacket(StoryPayment, String)
  case card(CastHandle)
  case sticker
  case location(String)
  case call(Int)
  case system(String)
}

/// Where a message is said.
enum ChatPlace {
  case pair(CastHandle, CastHandle)
  case group(Int)
}

/// One message of the story.
struct ChatEvent {
  let time: Int64
  let serial: Int
  let place: ChatPlace
  let from: CastHandle
  let body: ChatBody
}

/// One thing asked for: who orders from whom, all the way up.
struct StoryRequest {
  let start: Int64
  /// Link indices from the last buyer up to where the data comes from.
  let climb: [Int]
  let category: TradedData
  let count: Int
}
