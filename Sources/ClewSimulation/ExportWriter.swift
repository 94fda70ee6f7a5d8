import ClewEvidence

/// Writes what the seized phones and the asked companies hold of a story, as the story goes on.
struct ExportWriter {
  let root: String
  private var phones: [WeChatPhone] = []
  private var phoneOf: [Handle: Int] = [:]
  private var exports: [QQExport] = []
  private var exportOf: [Handle: Int] = [:]
  private var returns: [TencentReturn] = []
  private var returnOf: [Handle: Int] = [:]
  private var alipay: AlipayReturn?
  private var bank: BankSheet?
  private let bankHolders: [Int]
  private let groupPhones: [[Int]]
  private let groupExports: [[Int]]
  private var dice: Dice
  private(set) var messageRows = 0
  /// How many people's devices were seized.
  let devices: Int

  init(
    cast: Cast, root: String, seed: UInt64, start: Int64, bankHolders: [Int] = []
  ) throws(EvidenceError) {
    self.root = root
    self.bankHolders = bankHolders
    dice = Dice(seed: seed, stream: "exports")
    let book = AddressBook(cast: cast, dice: &dice)
    try TextFile.makeFolder(root)
    var device = 0
    for person in cast.people.indices where cast.people[person].isSeized {
      device += 1
      let folder = "\(root)/\(Clock.two(device))_\(cast.people[person].realName)"
      for handle in cast.handles(of: person) {
        if handle.isQQ {
          let path = "\(folder)/QQ_\(cast.id(handle))"
          try TextFile.makeFolder(path)
          exportOf[handle] = exports.count
          exports.append(QQExport(path: path + "/全部消息记录.txt", owner: handle))
        } else {
          let path = handle.slot == 0 ? folder : folder + "/微信分身"
          try TextFile.makeFolder(path)
          phoneOf[handle] = phones.count
          phones.append(
            try WeChatPhone(
              path: path + "/EnMicroMsg.db", owner: handle, cast: cast,
              entries: book.entries(of: handle), start: start, dice: &dice))
        }
      }
      if dice.chance(45) {
        try VCardFile.write(path: folder + "/通讯录.vcf", owner: person, cast: cast, dice: &dice)
      }
    }
    devices = device
    groupPhones = cast.groups.map { [phoneOf] group in group.members.compactMap { phoneOf[$0] } }
    groupExports = cast.groups.map { [exportOf] group in group.members.compactMap { exportOf[$0] } }
    try openReturns(cast)
  }

  private mutating func openReturns(_ cast: Cast) throws(EvidenceError) {
    let folder = root + "/腾讯调证/L-1702970000000"
    for person in cast.people.indices where cast.people[person].tenpayReturned {
      for handle in cast.handles(of: person) {
        returnOf[handle] = returns.count
        returns.append(
          try TencentReturn(root: folder, account: handle, cast: cast, dice: &dice))
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
      switch event.place {
      case .pair(let first, let second):
        for handle in [first, second] {
          if let phone = phoneOf[handle] { try phones[phone].write(event, cast: cast) }
          if let export = exportOf[handle] { exports[export].write(event, cast: cast) }
        }
      case .group(let number):
        for phone in groupPhones[number] { try phones[phone].write(event, cast: cast) }
        for export in groupExports[number] { exports[export].write(event, cast: cast) }
      }
    }
  }

  mutating func write(_ payments: [Payment], cast: Cast) throws(EvidenceError) {
    for payment in payments {
      switch payment.channel {
      case .wechat, .redPacket, .qqWallet:
        for handle in [payment.payer, payment.payee] {
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
      }
    }
  }

  mutating func finish(cast: Cast) throws(EvidenceError) {
    for phone in phones {
      messageRows += phone.rows
      try phone.finish()
    }
    for export in exports {
      messageRows += export.messages
      try export.finish(cast: cast)
    }
    for number in returns.indices { try returns[number].finish() }
    try alipay?.finish()
    try bank?.finish()
  }
}
