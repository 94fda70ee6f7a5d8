import ClewEvidence

/// Collects what one QQ account saw and writes it as the client's text export does.
struct QQExport {
  let owner: Handle
  private let path: String
  private var chats: [Int: [String]] = [:]
  private var groups: [Int: [String]] = [:]
  private(set) var messages = 0

  init(path: String, owner: Handle) {
    self.path = path
    self.owner = owner
  }

  mutating func write(_ event: ChatEvent, cast: Cast) {
    let body = Self.text(of: event.body)
    let name = cast.people[event.from.person].nick
    let stamp = Clock.unpaddedStamp(event.time)
    messages += 1
    switch event.place {
    case .pair(let first, let second):
      let peer = first == owner ? second : first
      chats[peer.person, default: []].append("\(stamp) \(name)\n\(body)\n")
    case .group(let number):
      let group = cast.groups[number]
      let place = group.members.firstIndex(of: event.from)
      let card = place.map { group.cards[$0] } ?? ""
      let shown = card.isEmpty ? name : card
      let rank = event.from == group.owner ? "【群主】" : ""
      groups[number, default: []].append("\(stamp) \(rank)\(shown)(\(cast.id(event.from)))\n\(body)\n")
    }
  }

  private static func text(of body: Body) -> String {
    switch body {
    case .text(let text): text
    case .image: "[图片]"
    case .voice: "[语音]"
    case .video: "[视频]"
    case .file(let file): "[文件]\(file.name)"
    case .transfer: "[转账]"
    case .redPacket: "[QQ红包]"
    case .card: "[名片]"
    case .sticker: "[表情]"
    case .location: "[位置]"
    case .call: "[语音通话]"
    case .system(let text): text
    }
  }

  func finish(cast: Cast) throws(EvidenceError) {
    let rule = String(repeating: "=", count: 64)
    var file = TextFile(path: path)
    try file.write("消息记录（此消息记录为文本格式，不支持重新导入）\n\n")
    for peer in chats.keys.sorted() {
      try file.write("\(rule)\n消息分组:我的好友\n\(rule)\n消息对象:\(cast.people[peer].nick)\n\(rule)\n\n")
      for entry in chats[peer] ?? [] { try file.write(entry + "\n") }
      try file.write("\n\n")
    }
    for number in groups.keys.sorted() {
      try file.write(
        "\(rule)\n消息分组:我的QQ群\n\(rule)\n消息对象:\(cast.groups[number].name)\n\(rule)\n\n")
      for entry in groups[number] ?? [] { try file.write(entry + "\n") }
      try file.write("\n\n")
    }
    try file.flush()
  }
}
