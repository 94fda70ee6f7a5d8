internal import ClewEvidence

/// What a message does in trade, as far as its words tell.
struct UtteranceFlags: OptionSet, Sendable, Hashable {
  let rawValue: UInt16
  /// Asks for something.
  static let request = UtteranceFlags(rawValue: 1)
  /// Asks in words that are rarely used but for lookups.
  static let strongRequest = UtteranceFlags(rawValue: 1 << 1)
  /// Says that something has come or goes out.
  static let deliver = UtteranceFlags(rawValue: 1 << 2)
  /// Says that something cannot be had.
  static let negative = UtteranceFlags(rawValue: 1 << 3)
  /// Offers goods or a price.
  static let offer = UtteranceFlags(rawValue: 1 << 4)
  /// Belongs to private life.
  static let privateLife = UtteranceFlags(rawValue: 1 << 5)
  /// Carries a file.
  static let file = UtteranceFlags(rawValue: 1 << 6)
  /// Carries a file whose name or type says that it holds data.
  static let dataFile = UtteranceFlags(rawValue: 1 << 7)
  /// Carries a file whose name says that it is harmless.
  static let harmlessFile = UtteranceFlags(rawValue: 1 << 8)
  /// Carries a picture.
  static let picture = UtteranceFlags(rawValue: 1 << 9)
  /// Sent by the party with the lower place in the party table.
  static let fromLow = UtteranceFlags(rawValue: 1 << 10)
  /// Asks the other to name a number: 车牌报一下.
  static let askData = UtteranceFlags(rawValue: 1 << 11)
  /// Talks of an everyday service: insurance, repairs, rent, taxis.
  static let service = UtteranceFlags(rawValue: 1 << 12)
  /// Is built like a record: rows or labelled fields around a target.
  static let record = UtteranceFlags(rawValue: 1 << 13)
  /// Names data of persons in words that no other trade uses.
  static let personalList = UtteranceFlags(rawValue: 1 << 14)
  /// Carries a file of a type that can hold rows, under a name that is not harmless.
  static let list = UtteranceFlags(rawValue: 1 << 15)
}

/// A private message, reduced to what the projection weighs; the words are not kept.
struct Utterance: Sendable {
  let record: RecordID
  /// Milliseconds since 1970; messages without a time sort first.
  let at: Int64
  var flags: UtteranceFlags = []
  /// One bit for each category that is named.
  var categories: UInt32 = 0
  var targets: [Target] = []
  var quantity: Int64 = 0
  var priceFen: Int64 = 0
  /// How many different field labels (姓名, 身份证 …) it holds.
  var fieldLabels: UInt8 = 0
  /// How many records it holds, if it is built like records.
  var records: Int = 0
  /// How many separated values stand beside a target.
  var besides: Int = 0
  /// Digests of short words beside a target, names among them.
  var words: Set<UInt64> = []
  /// Whether an address stands beside a target.
  var holdsAddress = false
  /// How long the text is, in bytes.
  var length: Int = 0
  /// Digest of the file that it carries; 0 when there is none.
  var file: UInt64 = 0
  /// What the file holds, where it lies in the case.
  var content: FileContent?

  /// Whether it can be of any weight; all others are not kept.
  var matters: Bool {
    !flags.isEmpty || categories != 0 || !targets.isEmpty || fieldLabels > 0 || priceFen > 0
      || quantity >= PairTimeline.bulk
  }
}

/// What is known of a file that a message carries.
struct FileContent: Sendable {
  /// Its place in the index.
  let attachment: Int
  /// How many rows hold an identifier.
  let rows: Int64
  /// Whether they hold more than phones.
  let isSensitive: Bool
  /// The category that the kinds of data suggest; no bit where they suggest none.
  let categories: UInt32
}

/// Reads messages into utterances.
struct UtteranceReader: Sendable {
  let lexicon: Lexicon

  /// Reads one private message; the direction is left to the caller.
  func read(_ message: Message, record: RecordID) -> Utterance {
    var utterance = Utterance(record: record, at: message.sentAt?.milliseconds ?? .min)
    switch message.kind {
    case .text, .quote: readText(message.text, into: &utterance)
    case .file: readFile(message, into: &utterance)
    case .image: utterance.flags.insert(.picture)
    default: break
    }
    return utterance
  }

  /// Reads one message of a group; `nil` where it can be no order and no answer to one.
  func readGroup(_ message: Message, record: RecordID) -> Utterance? {
    // Most of what is said in groups names no number, and need not be read.
    guard message.kind == .text || message.kind == .quote, message.text.utf8.count >= 8,
      message.text.utf8.count(where: { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0xEF }) >= 5
    else { return nil }
    let utterance = read(message, record: record)
    return GroupOrders.matters(utterance) ? utterance : nil
  }

  private func readText(_ text: String, into utterance: inout Utterance) {
    var text = text
    utterance.length = text.utf8.count
    var fields: Set<Int> = []
    var promises = false
    text.withUTF8 { buffer in
      let bytes = unsafe Span<UInt8>(_unsafeElements: buffer)
      lexicon.forEachSense(in: bytes) { sense, term, end in
        switch sense {
        case .category(let number): utterance.categories |= 1 << UInt32(number)
        case .request: utterance.flags.insert(.request)
        case .strongRequest: utterance.flags.insert(.strongRequest)
        case .deliver: utterance.flags.insert(.deliver)
        case .negative: utterance.flags.insert(.negative)
        case .offer: utterance.flags.insert(.offer)
        case .privateLife: utterance.flags.insert(.privateLife)
        case .askData: utterance.flags.insert(.askData)
        case .service: utterance.flags.insert(.service)
        case .personalList: utterance.flags.insert(.personalList)
        case .ack: promises = true
        case .field where Self.endsLabel(bytes, at: end): fields.insert(term)
        default: break
        }
      }
    }
    // 我查下 promises, it asks for nothing.
    if promises { utterance.flags.subtract([.request, .strongRequest]) }
    utterance.fieldLabels = UInt8(clamping: fields.count)
    let numbers = TargetScanner.scan(text)
    utterance.targets = numbers.targets
    if utterance.isTerse {
      for target in numbers.targets {
        utterance.categories |= lexicon.initials(in: text, beside: target.kind)
      }
    }
    utterance.quantity = numbers.quantity
    if numbers.takes {
      utterance.flags.insert(.request)
      if numbers.priceFen == 0 { utterance.flags.remove(.offer) }
    }
    utterance.priceFen = numbers.priceFen
    let shape = RecordShape(text, targets: numbers.targets)
    utterance.records = shape.records
    utterance.besides = shape.besides
    utterance.words = shape.words
    utterance.holdsAddress = shape.holdsAddress
    if shape.records > 0 || fields.count >= 3 { utterance.flags.insert(.record) }
    if shape.holdsAddress, Self.sendsGoods(text, utterance) {
      utterance.flags.subtract([.request, .strongRequest])
      utterance.flags.insert(.service)
    }
  }

  /// Whether an order with an address asks for wares to be sent there, and not what is known of its target.
  private static func sendsGoods(_ text: String, _ utterance: Utterance) -> Bool {
    utterance.categories == 0 && utterance.flags.contains(.strongRequest)
      && !text.unicodeScalars.contains(where: lookups.contains)
  }

  /// The verbs by which people ask to have something looked up.
  private static let lookups = Set("查跑调調拉搜".unicodeScalars)

  /// Whether a field label is followed by a colon, as in filled-in rows.
  private static func endsLabel(_ bytes: Span<UInt8>, at end: Int) -> Bool {
    var index = end
    // `身份证号：` and `联系电话:` carry a few more characters before the colon.
    let limit = min(bytes.count, end + 7)
    while index < limit {
      if bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=") { return true }
      if index + 2 < bytes.count, bytes[index] == 0xEF, bytes[index + 1] == 0xBC,
        bytes[index + 2] == 0x9A
      {
        return true
      }
      if bytes[index] == UInt8(ascii: "\n") { return false }
      index += 1
    }
    return false
  }

  /// A number in a file name that is a count and no date: hundreds, up to ten millions (`车主5000.txt`).
  private static func roundNumber(in name: String) -> Int64 {
    var best: Int64 = 0
    for run in name.utf8.split(whereSeparator: { $0 < 0x30 || $0 > 0x39 }) where run.count <= 8 {
      let value = run.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
      let isYear = value >= 1900 && value <= 2100
      if value >= PairTimeline.bulk, value % 100 == 0, value <= 10_000_000, !isYear {
        best = max(best, value)
      }
    }
    return best
  }

  /// Whether a file is the second or a later part of an archive: what its name states counts once.
  private static func isLaterPart(_ name: String) -> Bool {
    let pieces = name.lowercased().split(separator: ".")
    guard pieces.count >= 3 else { return false }
    let part = pieces[pieces.count - 2]
    if part.hasPrefix("part"), let number = Int(part.dropFirst(4)) { return number > 1 }
    guard let number = Int(pieces[pieces.count - 1]) else { return false }
    return pieces[pieces.count - 1].utf8.count == 3 && number > 1 && tables.contains(String(part))
  }

  private static let tables: Set<String> = ["xlsx", "xls", "csv", "txt", "zip", "rar", "7z", "db"]

  private func readFile(_ message: Message, into utterance: inout Utterance) {
    let name = message.file?.name ?? message.text
    utterance.flags.insert(.file)
    utterance.categories = lexicon.categoryMask(of: name)
    utterance.length = name.utf8.count
    let numbers = TargetScanner.scan(name)
    utterance.quantity = numbers.quantity
    utterance.targets = numbers.targets.filter { $0.kind != .code }
    if let digest = message.file?.digest { utterance.file = AttachmentIndex.key(digest) }
    let isTable = name.lastIndex(of: ".").map {
      Self.tables.contains(name[name.index(after: $0)...].lowercased())
    }
    let isHarmless = lexicon.contains(.harmlessName, in: name)
    if isTable == true, !isHarmless { utterance.flags.insert(.list) }
    if lexicon.contains(.personalList, in: name) { utterance.flags.insert(.personalList) }
    if utterance.quantity == 0 { utterance.quantity = Self.roundNumber(in: name) }
    if Self.isLaterPart(name) { utterance.quantity = 0 }
    if isTable == true, utterance.quantity >= PairTimeline.bulk {
      utterance.flags.insert(.dataFile)
    } else if isHarmless {
      utterance.flags.insert(.harmlessFile)
    } else if isTable == true, utterance.categories & ~lexicon.generalCategories != 0 {
      // 名单 or 数据 alone says nothing: school friends have lists, too.
      utterance.flags.insert(.dataFile)
    }
  }
}
