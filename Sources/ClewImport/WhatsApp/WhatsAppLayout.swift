internal import ClewEvidence

/// What a first pass over a WhatsApp text export learns: how its lines are written and who speaks.
struct WhatsAppLayout {
  /// How headers are written; that of the first.
  private(set) var style: WhatsAppHeader.Style?
  /// Whether the month stands before the day.
  private(set) var isMonthFirst = false
  /// By what the order of day and month is known.
  private(set) var orderNote = ""
  /// Whether every message ends in CRLF while some lines end in a bare LF.
  private(set) var endsInCRLF = false
  /// The name of the chat, from the name of the file; empty where it does not tell.
  let title: String
  /// The title, where it is known, and who else speaks in a private chat; `nil` in a group.
  private(set) var pair: [String]?
  /// Whether more than two speak in what is a private chat by its title.
  private var isCrowded = false
  /// Eight hex digits of the first message, which set its names apart from equal names elsewhere.
  private(set) var mark = ""

  private var names: Set<Account> = []
  private var order: [Account] = []
  private var firstAbove12 = 0
  private var secondAbove12 = 0
  private var backward = (dayFirst: 0, monthFirst: 0)
  private var last: (dayFirst: Timestamp?, monthFirst: Timestamp?)
  private var headersAfterLF = 0
  private var bareLF = 0
  private var isAfterCRLF = true
  private var firstText: String?
  private static let nameLimit = 4096

  /// Makes a layout that knows nothing yet.
  init(title: String) { self.title = title }

  /// Learns from one line.
  mutating func learn(_ line: TextLine) {
    let text = line.text ?? ""
    if let header = WhatsAppHeader(text), style == nil || header.style == style {
      if style != nil, !isAfterCRLF { headersAfterLF += 1 }
      style = header.style
      learn(header)
    }
    isAfterCRLF = line.source.suffix(2).elementsEqual([0x0D, 0x0A])
    if !isAfterCRLF, line.source.last == 0x0A { bareLF += 1 }
  }

  private mutating func learn(_ header: WhatsAppHeader) {
    if !header.style.isYearFirst {
      if header.date.0 > 12 { firstAbove12 += 1 }
      if header.date.1 > 12 { secondAbove12 += 1 }
      let (day, month) = (header.time(monthFirst: false), header.time(monthFirst: true))
      if let day, let last = last.dayFirst, day.milliseconds < last.milliseconds {
        backward.dayFirst += 1
      }
      if let month, let last = last.monthFirst, month.milliseconds < last.milliseconds {
        backward.monthFirst += 1
      }
      last = (day ?? last.dayFirst, month ?? last.monthFirst)
    }
    guard let (name, text) = header.spoken, !WhatsAppContent.isNote(text, header.style) else {
      return
    }
    // The same in every export of the chat: names and seconds differ from phone to phone.
    if firstText == nil { firstText = "\(header.clock / 60)\n\(text)" }
    let key = Account(.name, name)
    if order.count < Self.nameLimit, names.insert(key).inserted { order.append(key) }
  }

  /// Decides when the whole file was seen.
  mutating func decide() {
    mark = QQChats.mark(firstText ?? "")
    endsInCRLF = bareLF > 0 && headersAfterLF == 0
    decideOrder()
    decidePair()
  }

  private mutating func decideOrder() {
    if style?.isYearFirst == true {
      orderNote = "year first"
    } else if firstAbove12 != secondAbove12 {
      isMonthFirst = secondAbove12 > firstAbove12
      orderNote = "\(name(of: isMonthFirst)), by values above 12"
    } else if backward.dayFirst != backward.monthFirst {
      isMonthFirst = backward.monthFirst < backward.dayFirst
      orderNote = "\(name(of: isMonthFirst)), by the order of the messages"
    } else {
      orderNote = "day/month, assumed: nothing in the file tells"
    }
  }

  private func name(of isMonthFirst: Bool) -> String { isMonthFirst ? "month/day" : "day/month" }

  /// In a private chat the title is one speaker and only one other speaks; without a title, two are
  /// a private chat.
  private mutating func decidePair() {
    let titleKey = Account(.name, title)
    if title.isEmpty {
      if order.count <= 2 { pair = order.map(\.value) }
    } else if order.contains(titleKey) || order.count <= 1 {
      let others = order.filter { $0 != titleKey }
      pair = [title] + (others.count == 1 ? others.map(\.value) : [])
      isCrowded = others.count > 1
    }
  }

  /// Whether a name speaks in a chat of two where others but the title speak too; which of them is
  /// true cannot be told.
  func isDoubtful(_ name: String?) -> Bool {
    guard isCrowded, let name else { return false }
    return !name.utf8.elementsEqual(title.utf8)
  }

  /// The other side of a private chat, where it is known: of all names but the title, the title.
  func partner(of name: String) -> String? {
    guard let pair, let first = pair.first else { return nil }
    return first.utf8.elementsEqual(name.utf8) ? pair.dropFirst().first : first
  }

  /// A speaker: the telephone number that stands for an unsaved contact, else a name of this chat.
  func account(_ name: String) -> Account {
    if name.utf8.first == UInt8(ascii: "+"), let phone = AccountNormalizer.phone(name),
      phone.scheme == .phone
    {
      return phone
    }
    return Account(.name, "\(name)#\(mark)")
  }

  /// The group; `nil` in a private chat.
  var group: Account? { pair == nil ? Account(.group, "\(title)#\(mark)") : nil }

  /// The name of the chat in the name of the file or of the archive around it.
  static func title(_ source: StagedSource) -> String {
    let archive = source.displayPath.split(separator: "/").reversed()
      .first { $0.hasSuffix("!") }.map { String($0.dropLast()) }
    for name in [source.name, archive ?? ""] {
      var stem = name[...]
      for ending in [".txt", ".zip"] where stem.hasSuffix(ending) { stem = stem.dropLast(4) }
      for (before, after) in frames where stem.hasPrefix(before) && stem.hasSuffix(after) {
        let title = stem.dropFirst(before.count)
        guard title.count > after.count else { continue }
        return String(title.dropLast(after.count))
      }
    }
    return ""
  }

  /// What stands around the title in a file's name.
  private static let frames = [
    ("WhatsApp Chat with ", ""), ("WhatsApp Chat - ", ""), ("与", "的 WhatsApp 聊天"),
    ("与", "的WhatsApp聊天"), ("与", "的 WhatsApp 对话"), ("和", "的 WhatsApp 聊天"),
    ("WhatsApp 聊天 - ", ""),
  ]
}
