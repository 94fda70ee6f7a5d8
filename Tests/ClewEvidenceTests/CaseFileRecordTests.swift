import ClewEvidence
import ClewTestSupport
import Testing

@Suite struct `A stored record` {
  private static let when = Timestamp(milliseconds: 1_700_000_000_123, zone: .assumedShanghai)
  /// Texts that storage must not change.
  private static let texts = [
    "", "泥鳅", "a\u{1F}b", "\u{1F}", "\u{10}1", "\u{1E}\u{10}", "a\0b", "\0", "é", "e\u{301}",
    "\u{FEFF}x", "‮txt", "\r\n", "' OR 1=1 --", "😀👨‍👩‍👧",
  ]

  private static let plain: [EvidenceItem] = [
    .contact(Contact(owner: nil, contact: .ann)),
    .message(Message(platform: "", from: nil, sentAt: nil, kind: .system, text: "")),
    .message(
      Message(
        platform: "qq",
        serverID: "9",
        from: .ann,
        group: Account(.qqGroup, "77"),
        sentAt: when,
        kind: .file,
        text: "t",
        file: FileReference(name: "", bytes: 0, digest: "md5:00"),
        quotes: "8",
        senderIsAssumed: true
      )
    ),
    .transfer(Transfer(payer: nil, payee: .bob, amount: nil, at: nil, channel: "")),
    .transfer(
      Transfer(
        payer: .ann,
        payee: .bob,
        amount: Money(fen: .min, currency: "USD"),
        at: when,
        channel: "bank",
        memo: "m",
        ids: ["", "2", ""],
        state: .refund
      )
    ),
    .call(Call(from: .ann, to: .bob, at: nil, seconds: 0, channel: "")),
    .call(Call(from: .ann, to: .bob, at: when, seconds: .max)),
    .membership(
      Membership(
        group: Account(.wechatGroup, "1@chatroom"),
        member: .ann,
        role: "owner",
        invitedBy: .bob
      )
    ),
    .accountLink(AccountLink(.ann, .bob, basis: .mention)),
    .accountLink(
      AccountLink(.ann, .bob, basis: .registration, validFrom: when, validUntil: when, holder: "h")
    ),
    .trade(Trade(supplier: .ann, buyer: .bob)),
    .trade(
      Trade(
        supplier: .ann,
        buyer: .bob,
        category: "c",
        items: -1,
        amount: Money(fen: 0),
        at: when
      )
    ),
    .delivery(Delivery(name: "")),
    .delivery(
      Delivery(
        name: "n",
        bytes: .max,
        digests: [""],
        rows: .max,
        repeated: 3,
        invalid: -1,
        kinds: [.plate: 1, .address: 0]
      )
    ),
  ]

  private static func items(with text: String) -> [EvidenceItem] {
    let account = Account(.name, text)
    return [
      .contact(
        Contact(
          owner: .ann,
          contact: account,
          name: text,
          remark: text,
          tags: [text, "", text],
          nature: .deleted
        )
      ),
      .message(
        Message(
          platform: text,
          serverID: text.isEmpty ? nil : text,
          from: account,
          to: .bob,
          sentAt: when,
          text: text,
          file: FileReference(name: text, digest: text),
          quotes: text.isEmpty ? nil : text
        )
      ),
      .transfer(
        Transfer(
          payer: account,
          payee: .bob,
          amount: Money(fen: 1, currency: text),
          at: when,
          channel: text,
          memo: text,
          ids: [text, text]
        )
      ),
      .call(Call(from: account, to: .bob, at: when, seconds: 3, channel: text)),
      .membership(
        Membership(
          group: Account(.group, text),
          groupName: text,
          member: account,
          memberName: text,
          role: text
        )
      ),
      .accountLink(AccountLink(.bob, .cat, basis: .analyst, holder: text)),
      .trade(Trade(supplier: account, buyer: .bob, category: text)),
      .delivery(Delivery(name: text, sheet: text, digests: [text, text], rows: 2, identified: 1)),
    ]
  }

  @Test func `is the item that went in, for every kind and any text`() throws {
    let items = Self.plain + Self.texts.flatMap(Self.items)
    for item in items { #expect(RecordRow(item).item == item) }
    let bench = try CaseBench()
    let file = try CaseFile.open(bench.path)
    try bench.take("a", items.map { .items([$0], original: "row") }, into: file)
    var stored: Set<EvidenceItem> = []
    try file.forEachRecord { stored.insert($0.item) }
    #expect(stored == Set(items))
    #expect(try file.verify { _ in nil }.problems == [])
  }

  @Test func `puts the ends of an account link in order`() {
    let link = AccountLink(.bob, .ann, basis: .bound)
    #expect(
      RecordRow(.accountLink(link)).item == .accountLink(AccountLink(.ann, .bob, basis: .bound))
    )
  }

  @Test func `gives its original back byte by byte`() throws {
    let bench = try CaseBench()
    let file = try CaseFile.open(bench.path)
    let units = Self.texts.enumerated().map { place, text in
      CaseBench.Unit.items([message("m\(place)", id: "\(place)")], original: text)
    }
    let raw: [UInt8] = [0xFF, 0x00, 0xFE]
    try bench.take("a", units + [.bytes([message("b", id: "b")], original: raw)], into: file)
    for (place, text) in Self.texts.enumerated() {
      let id = RecordIdentity.id(of: message("m\(place)", id: "\(place)"))
      guard case .text(let kept) = try #require(file.sightings(of: id).first).original else {
        Issue.record("no text")
        continue
      }
      #expect(Array(kept.utf8) == Array(text.utf8))
    }
    let id = RecordIdentity.id(of: message("b", id: "b"))
    #expect(try file.sightings(of: id).map(\.original) == [.bytes(raw)])
  }

  @Test func `bears a number of R and twelve letters, the first sixty bits`() throws {
    #expect(RecordID(high: 0, low: 0).description == "R000000000000")
    #expect(RecordID(high: .max, low: 0).description == "RZZZZZZZZZZZZ")
    // 1 << 59 sets the last bit of the first five: 00001.
    #expect(RecordID(high: 1 << 59, low: 7).description == "R100000000000")
    let number = RecordID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    #expect(RecordID(bytes: number.bytes) == number)
    #expect(number.bytes.prefix(3) == [0x01, 0x23, 0x45])
    #expect(RecordID(bytes: [1, 2, 3]) == nil)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `is found by the beginning of its number, in either case`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let number = RecordID(high: random.next(), low: random.next())
    let length = 5 + random.next(below: 9)
    let prefix = String(number.description.prefix(length))
    for text in [prefix, prefix.lowercased()] {
      let bounds = try #require(RecordID.bounds(text: text))
      #expect(bounds.lowest <= number.high && number.high <= bounds.highest)
      #expect(RecordID(high: bounds.lowest, low: 0).description.hasPrefix(prefix))
      #expect(RecordID(high: bounds.highest, low: 0).description.hasPrefix(prefix))
      if bounds.lowest > 0 {
        #expect(!RecordID(high: bounds.lowest - 1, low: 0).description.hasPrefix(prefix))
      }
    }
  }

  @Test(arguments: ["", "R", "R12", "R123", "P1234", "RILOU", "R1234567890123", "1234", "猎人"])
  func `is not found by what is no number`(text: String) {
    #expect(RecordID.bounds(text: text) == nil)
  }
}
