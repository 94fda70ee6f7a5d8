internal import ClewEvidence

/// What a first pass over a QQ text export learns: who speaks in each chat, and which names have
/// one number.
struct QQChats {
  /// One chat of the file.
  struct Chat {
    let section: String
    let title: String
    /// Eight hex digits of the first message: they set the names of this chat apart from equal
    /// names elsewhere, and are equal in every export that begins with the same message.
    var mark = ""
    /// The first three names that speak without a number.
    var names: [String] = []
    /// The first three numbers that speak.
    var speakers: [Account] = []

    /// Whether two persons talk; private chats show names only.
    var isPrivate: Bool {
      for word in ["群", "讨论组", "多人聊天"] where section.contains(word) { return false }
      if section.contains("好友"), names.count + speakers.count <= 2 { return true }
      return speakers.isEmpty && names.count <= 2
    }

    /// The group's account: its number where the title gives it, else title and mark.
    var group: Account {
      let digits = QQChats.number(in: title)
      if let digits { return Account(.qqGroup, digits) }
      return Account(.qqGroup, "\(title)#\(mark)")
    }
  }

  private(set) var chats: [Chat] = []
  /// The account of each name that bears exactly one; `nil` for names with several.
  private var accounts: [Account: Account?] = [:]

  /// Learns from the events of the first pass.
  mutating func learn(_ event: QQEvent) {
    switch event {
    case .chat(let section, let title):
      chats.append(Chat(section: section, title: title))
    case .stray:
      break
    case .message(let draft):
      guard chats.indices.contains(draft.chat) else { return }
      if chats[draft.chat].mark.isEmpty {
        chats[draft.chat].mark = Self.mark(draft.headerText + "\n" + draft.text)
      }
      guard !draft.header.isSystem else { return }
      let name = draft.header.name
      guard let account = draft.header.account else {
        if chats[draft.chat].names.count < 3,
          !chats[draft.chat].names.contains(where: { $0.utf8.elementsEqual(name.utf8) })
        {
          chats[draft.chat].names.append(name)
        }
        return
      }
      if chats[draft.chat].speakers.count < 3, !chats[draft.chat].speakers.contains(account) {
        chats[draft.chat].speakers.append(account)
      }
      guard !name.isEmpty else { return }
      let key = Account(.name, name)
      if let known = accounts[key] {
        if known != account { accounts[key] = .some(nil) }
      } else {
        accounts[key] = account
      }
    }
  }

  /// The account of a name in a chat: the number that the name has in this file if it has one only,
  /// else a name account of this chat.
  func account(named name: String, in chat: Chat) -> Account {
    if let known = accounts[Account(.name, name)], let account = known { return account }
    return Account(.name, "\(name)#\(chat.mark)")
  }

  /// The other side of a private chat.
  func partner(of draft: QQDraft, in chat: Chat) -> Account? {
    if let sender = draft.header.account {
      if let other = chat.speakers.first(where: { $0 != sender }) { return other }
    }
    let name = draft.header.name
    let others = chat.names.filter { !$0.utf8.elementsEqual(name.utf8) }
    if let other = others.first { return account(named: other, in: chat) }
    guard !chat.title.isEmpty, !chat.title.utf8.elementsEqual(name.utf8) else { return nil }
    return account(named: chat.title, in: chat)
  }

  /// The last bracketed number of a group's title, or the title if it is one.
  private static func number(in title: String) -> String? {
    let parts = title.utf8.split { byte in !(0x30...0x39).contains(byte) }
    guard let last = parts.last, (5...11).contains(last.count) else { return nil }
    let digits = String(last) ?? ""
    let isBracketed = ["(\(digits))", "（\(digits)）"].contains { title.hasSuffix($0) }
    return isBracketed || title.utf8.elementsEqual(digits.utf8) ? digits : nil
  }

  /// FNV-1a over the UTF-8 of the text, folded to 32 bits, as eight hex digits.
  ///
  /// > Source: G. Fowler, L. C. Noll, K.-P. Vo, FNV hash, draft-eastlake-fnv.
  static func mark(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let folded = UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    let digits = String(folded, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
