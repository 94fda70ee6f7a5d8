import ClewEvidence

/// Writes what the seized phones and the asked companies hold of a story, as the story goes on.
struct ExportWriter {
  let root: String
  private var phones: [WeChatPhone] = []
  private var phoneOf: [CastHandle: Int] = [:]
  private var desktops: [WeChatDesktop] = []
  private var desktopOf: [CastHandle: Int] = [:]
  private var exports: [QQExport] = []
  private var exportOf: [CastHandle: Int] = [:]
  private var returns: [TencentReturn] = []
  private var returnOf: [CastHandle: Int] = [:]
  private var bills: [PayBill] = []
  private var billOf: [CastHandle: Int] = [:]
  private var alipay: AlipayReturn?
  private var bank: BankSheet?
  private let bankHolders: [Int]
  private let groupPhones: [[Int]]
  private let groupExports: [[Int]]
  private let groupDesktops: [[Int]]
  private var dice: Dice
  private(set) var messageRows = 0
  /// What of the people and their dealings stands in what is written.
  private(set) var seen = SeenInExports()
  /// How many people's devices were seized.
  let devices: Int

  init(
    cast: Cast,
    root: String,
    seed: UInt64,
    start: Int64,
    bankHolders: [Int] = []
  ) throws(EvidenceError) {
    self.root = root
    self.bankHolders = bankHolders
    dice = Dice(seed: seed, stream: "exports")
    let book = AddressBook(cast: cast, dice: &dice)
    try ExportText.makeFolder(root)
    var device = 0
    for person in cast.people.indices where cast.people[person].isSeized {
      device += 1
      seen.note(person)
      seen.ties.tie(cast.handles(of: person).map(cast.account))
      let folder = "\(root)/\(WallClock.two(device))_\(cast.people[person].realName)"
      for handle in cast.handles(of: person) {
        if handle.isQQ {
          exportOf[handle] = exports.count
          exports.append(QQExport(folder: "\(folder)/QQ_\(cast.id(handle))", owner: handle))
        } else {
          for entry in book.entries(of: handle) {
            seen.note(entry.contact.person)
            seen.ties.tie(cast.names(entry.contact))
          }
          seen.ties.tie(cast.names(handle))
          let path = handle.slot == 0 ? folder : folder + "/微信分身"
          try ExportText.makeFolder(path)
          if handle.slot == 0 && cast.people[person].hasBill {
            billOf[handle] = bills.count
            bills.append(PayBill(folder: path, owner: handle))
          }
          if cast.people[person].hasDesktop {
            desktopOf[handle] = desktops.count
            desktops.append(
              try WeChatDesktop(
                folder: path + "/电脑微信",
                owner: handle,
                entries: book.entries(of: handle)
              )
            )
            continue
          }
          phoneOf[handle] = phones.count
          phones.append(
            try WeChatPhone(
              folder: path,
              owner: handle,
              cast: cast,
              entries: book.entries(of: handle),
              start: start,
              dice: &dice
            )
          )
          if handle.slot == 0 { seen.ties.tie([cast.account(handle), cast.phone(person)]) }
          for friend in phones[phones.count - 1].uploaded {
            let first = CastHandle(person: friend, slot: 0)
            seen.ties.tie([cast.account(first), cast.phone(friend)])
          }
        }
      }
      if dice.chance(45) {
        let entries = try VCardFile.write(
          path: folder + "/通讯录.vcf",
          owner: person,
          cast: cast,
          dice: &dice
        )
        for entry in entries {
          seen.note(entry.person)
          guard entry.hasQQ, let qq = cast.people[entry.person].qq else { continue }
          seen.ties.tie([cast.phone(entry.person), "qq:" + qq])
        }
      }
    }
    devices = device
    groupPhones = cast.groups.map { [phoneOf] group in group.members.compactMap { phoneOf[$0] } }
    groupExports = cast.groups.map { [exportOf] group in group.members.compactMap { exportOf[$0] } }
    groupDesktops = cast.groups.map { [desktopOf] group in
      group.members.compactMap { desktopOf[$0] }
    }
    try openReturns(cast)
  }

  private mutating func openReturns(_ cast: Cast) throws(EvidenceError) {
    let folder = root + "/腾讯调证/L-1702970000000"
    for person in cast.people.indices where cast.people[person].alipayReturned {
      seen.note(person)
      seen.ties.tie([
        cast.alipay(person), cast.phone(person), cast.card(person), cast.identity(person),
      ])
    }
    for person in bankHolders { seen.ties.tie([cast.card(person), cast.identity(person)]) }
    for person in cast.people.indices where cast.people[person].tenpayReturned {
      seen.note(person)
      for handle in cast.handles(of: person) {
        seen.ties.tie([
          cast.account(handle), cast.identity(person), cast.phone(person), cast.card(person),
        ])
        returnOf[handle] = returns.count
        returns.append(
          try TencentReturn(root: folder, account: handle, cast: cast, dice: &dice)
        )
      }
    }
    let asked = cast.people.filter(\.alipayReturned)
    if !asked.isEmpty {
      alipay = try AlipayReturn(folder: root + "/支付宝调证", people: asked, dice: &dice)
    }
    if !bankHolders.isEmpty { bank = try BankSheet(folder: root + "/银行流水") }
  }

  mutating func write(_ events: [ChatEvent], cast: Cast) throws(EvidenceError) {
    for event in events {
      note(event, cast)
      switch event.place {
      case .pair(let first, let second):
        for handle in [first, second] {
          if let phone = phoneOf[handle] { try phones[phone].write(event, cast: cast) }
          if let desktop = desktopOf[handle] { try desktops[desktop].write(event, cast: cast) }
          if let export = exportOf[handle] { exports[export].write(event, cast: cast) }
        }
      case .group(let number):
        for phone in groupPhones[number] { try phones[phone].write(event, cast: cast) }
        for desktop in groupDesktops[number] { try desktops[desktop].write(event, cast: cast) }
        for export in groupExports[number] { exports[export].write(event, cast: cast) }
      }
    }
  }

  /// Notes who is seen by a message; the members of a WeChat group stand in contact lists already.
  private mutating func note(_ event: ChatEvent, _ cast: Cast) {
    switch event.place {
    case .pair(let first, let second):
      let isSeen = [first, second].contains {
        phoneOf[$0] != nil || desktopOf[$0] != nil || exportOf[$0] != nil
      }
      guard isSeen else { return }
      seen.noteMessage(first.person, second.person)
      noteIntroduction(event, cast)
    case .group(let number):
      if ![groupPhones, groupDesktops, groupExports].allSatisfy({ $0[number].isEmpty }) {
        seen.note(event.from.person)
      }
    }
  }

  /// A contact card shows somebody; one's own, or one's QQ number in words, ties two accounts.
  private mutating func noteIntroduction(_ event: ChatEvent, _ cast: Cast) {
    switch event.body {
    case .card(let shown):
      seen.note(shown.person)
      guard shown.person == event.from.person else { return }
      seen.ties.tie([cast.account(event.from), cast.account(shown)])
    case .text(let text):
      guard let qq = cast.people[event.from.person].qq, text.contains(qq) else { return }
      seen.ties.tie([cast.account(event.from), "qq:" + qq])
    default: return
    }
  }

  mutating func write(_ payments: [StoryPayment], cast: Cast) throws(EvidenceError) {
    for payment in payments {
      if isReturned(payment, cast) { seen.notePayment(payment.payer.person, payment.payee.person) }
      switch payment.channel {
      case .wechat, .redPacket, .qqWallet:
        for handle in [payment.payer, payment.payee] {
          if payment.channel != .qqWallet, let number = billOf[handle] {
            bills[number].write(payment, cast: cast)
          }
          guard let number = returnOf[handle] else { continue }
          try returns[number].write(payment, cast: cast, dice: &dice)
        }
      case .alipay:
        for person in [payment.payer.person, payment.payee.person]
        where cast.people[person].alipayReturned {
          try alipay?.write(payment, of: person, cast: cast)
        }
      case .bank:
        for person in [payment.payer.person, payment.payee.person]
        where bankHolders.contains(person) {
          try bank?.write(payment, of: person, cast: cast)
        }
      case .cash: break
      }
    }
  }

  /// Whether a company's answer holds a payment; what chats hold of it counts as their messages.
  private func isReturned(_ payment: StoryPayment, _ cast: Cast) -> Bool {
    let ends = [payment.payer, payment.payee]
    return switch payment.channel {
    case .wechat, .redPacket:
      ends.contains { billOf[$0] != nil }
        || payment.receivedAt != nil && ends.contains { returnOf[$0] != nil }
    case .qqWallet: payment.receivedAt != nil && ends.contains { returnOf[$0] != nil }
    case .alipay: ends.contains { cast.people[$0.person].alipayReturned }
    case .bank: ends.contains { bankHolders.contains($0.person) }
    case .cash: false
    }
  }

  mutating func finish(cast: Cast) throws(EvidenceError) {
    for phone in phones {
      messageRows += phone.rows
      try phone.finish()
    }
    for desktop in desktops {
      messageRows += desktop.count
      try desktop.finish(cast: cast)
    }
    for export in exports {
      messageRows += export.messages
      try export.finish(cast: cast)
    }
    for bill in bills { try bill.finish(cast: cast) }
    for number in returns.indices { try returns[number].finish() }
    try alipay?.finish()
    try bank?.finish()
  }
}
