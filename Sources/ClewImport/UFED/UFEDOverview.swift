internal import ClewEvidence

/// What must be known of a UFED report before its models can be read: whose device it is, and what
/// stands behind the messages of a chat.
///
/// The report is read once for it; the accounts of the owner stand at its end, its calls and chats
/// before them.
struct UFEDOverview {
  /// The owner.
  private(set) var owner: ForensicOwner
  /// By which sign the owner is known.
  private(set) var ownerSign = ""
  /// How times are written.
  private(set) var clock = ForensicTime()
  /// What the log of decisions says of day and month.
  private(set) var orderDecision: String?
  /// The fields of chats that stand behind their messages, by the number of the chat.
  private(set) var lateFields: [Int: [XMLElement]] = [:]

  private var numbers: [Account] = []
  private var accountPhones: Set<Account> = []
  private var ambiguous: Set<String> = []
  private var chats = 0

  init(_ source: StagedSource) throws {
    owner = ForensicOwner(source)
    var order = ForensicDateOrder()
    do {
      try learn(XMLReader(source), &order)
    } catch is XMLFault {
      // The reading of the models meets the same place and accounts for it.
    }
    clock.order = order.order
    orderDecision = order.decision
    for platform in ambiguous { owner.accounts[platform] = nil }
    if let first = numbers.first {
      owner.phone = first
      ownerSign = "MSISDN of the device"
      if numbers.count > 1 { ownerSign += "; the first of \(numbers.count) different ones" }
    } else if accountPhones.count == 1, let only = accountPhones.first {
      owner.phone = only
      ownerSign = "the only number of the user accounts"
    } else {
      ownerSign = "the user accounts"
    }
  }

  private mutating func learn(_ reader: XMLReader, _ order: inout ForensicDateOrder) throws {
    var typeDepth = Int.max - 1
    while let event = try reader.next() {
      guard case .start(let start) = event else { continue }
      switch start.name {
      case "modelType": typeDepth = start.depth
      case "item" where start.attribute("name") == "MSISDN":
        let (item, _) = try reader.element(start)
        if let item { add(number: item.text) }
      case "model" where start.depth == typeDepth + 1:
        switch start.attribute("type") {
        case "UserAccount":
          if let account = try reader.element(start).element { add(UFEDModel(account)) }
        case "SIMData":
          guard let data = try reader.element(start).element.map(UFEDModel.init),
            TabularCell.holds(data.text("Name").lowercased(), "msisdn")
          else { continue }
          add(number: data.text("Value"))
        case "Chat": try learnChat(start, reader, &order)
        default: continue
        }
      case "value" where start.attribute("type") == "TimeStamp":
        if let value = try reader.element(start).element { order.see(value.text) }
      default: continue
      }
    }
  }

  private mutating func add(number: String) {
    guard let number = AccountNormalizer.phone(number), number.scheme == .phone,
      !numbers.contains(number)
    else { return }
    numbers.append(number)
  }

  private mutating func add(_ model: UFEDModel) {
    let account = UFEDContacts.Own(model)
    for phone in account.accounts where phone.scheme == .phone { accountPhones.insert(phone) }
    let platform = account.app.platform
    guard let main = account.main, !account.app.isPhone else { return }
    if let known = owner.accounts[platform], known != main { ambiguous.insert(platform) }
    owner.accounts[platform] = main
  }

  /// Keeps the fields that follow the messages of a chat.
  private mutating func learnChat(
    _ chat: XMLStart,
    _ reader: XMLReader,
    _ order: inout ForensicDateOrder
  ) throws {
    let number = chats
    chats += 1
    var hasMessages = false
    while let event = try reader.next() {
      switch event {
      case .end(let end) where end.depth == chat.depth: return
      case .start(let start) where start.depth == chat.depth + 1:
        if start.attribute("name") == "Messages" {
          hasMessages = true
        } else if hasMessages, UFEDChats.headerFields.contains(start.attribute("name") ?? "") {
          if let field = try reader.element(start).element {
            lateFields[number, default: []].append(field)
          }
        }
      case .start(let start)
      where start.name == "value" && start.attribute("type") == "TimeStamp":
        if let value = try reader.element(start).element { order.see(value.text) }
      default: continue
      }
    }
  }
}
