import ClewEvidence
import ClewTestSupport
import Testing

@Suite struct `Possibly one person` {
  private static let lantern = Account(.wechat, "wxid_clewdemo000322")
  private static let qq = Account(.qq, "9990000003")
  private static let kite = Account(.wechat, "wxid_clewdemo000222")
  private static let telegram = Account(.telegram, "990000002")

  private func remark(
    _ account: Account,
    _ name: String,
    _ remark: String = "",
    by owner: Account
  )
    -> EvidenceItem
  {
    .contact(Contact(owner: owner, contact: account, name: name, remark: remark))
  }

  private func member(_ account: Account, _ name: String) -> EvidenceItem {
    .membership(
      Membership(group: Account(.qqGroup, "999000001"), member: account, memberName: name)
    )
  }

  private func link(_ one: Account, _ other: Account, _ basis: AccountLink.Basis) -> EvidenceItem {
    .accountLink(AccountLink(one, other, basis: basis))
  }

  /// The pairs by their leading accounts, with their kinds of sign.
  private func pairs(
    _ items: [EvidenceItem],
    decisions: [Decision] = []
  ) -> [Set<Account>: SoftLink] {
    var resolver = PartyResolver()
    let records = items.enumerated().map {
      StoredRecord(id: RecordID(high: UInt64($0.offset), low: 0), item: $0.element)
    }
    for record in records {
      switch record.item {
      case .contact(let contact):
        resolver.add(contact.owner)
        resolver.add(contact.contact)
      case .membership(let membership): resolver.add(membership.member)
      case .message(let message):
        resolver.add(message.from)
        resolver.add(message.to)
      case .accountLink(let link): resolver.add(link, record: record.id)
      default: break
      }
    }
    let table = resolver.resolve()
    var results: [[SoftLink]] = []
    for order in [records, records.reversed()] {
      var finder = SoftLinkFinder(parties: table)
      for record in order { finder.add(record, sources: [1]) }
      results.append(finder.links(decisions: decisions))
    }
    #expect(results[0] == results[1])
    var found: [Set<Account>: SoftLink] = [:]
    for link in results[0] {
      let ends = [link.first, link.second].map { table.parties[$0].accounts[0] }
      found[Set(ends)] = link
    }
    return found
  }

  @Test func `is listed by a group card that holds the other's nickname`() {
    let found = pairs([
      remark(Self.lantern, "灯笼", "灯笼(老客)", by: Self.kite), member(Self.qq, "灯笼(下家)"),
    ])
    let pair = found[[Self.lantern, Self.qq]]
    #expect(found.count == 1)
    #expect(pair?.signs.map(\.kind) == [.namePart])
    // 3.4 less the logarithm of two bearers.
    #expect(pair?.score == 3400 - 693)
    #expect(pair?.signs.first?.detail == "灯笼")
    #expect(pair?.signs.first?.records.count == 2)
  }

  @Test func `is listed by the same handle on another platform`() {
    let found = pairs([
      remark(Self.kite, "风筝", by: Self.lantern),
      remark(Self.telegram, "风筝", by: Account(.telegram, "990000003")),
    ])
    #expect(found[[Self.kite, Self.telegram]]?.score == 4000 - 693)
  }

  @Test func `weighs less the more parties bear the name`() {
    func bearers(_ count: Int) -> [EvidenceItem] {
      (0..<count).map { number in
        let account =
          number % 2 == 0 ? Account(.wechat, "wxid_\(number)") : Account(.qq, "999\(number)9")
        return remark(account, "王伟", by: Account(.phone, "+8613800000001"))
      }
    }
    let two = pairs(bearers(2)).values.map(\.score).max() ?? 0
    let five = pairs(bearers(5)).values.map(\.score).max() ?? 0
    #expect(two == 4000 - 693)
    #expect(five == 4000 - 1609)
    #expect(pairs(bearers(13)).isEmpty)
  }

  @Test(arguments: ["妈妈", "快递", "上家", "我", "Me", "本机", "13800", "李", "ab"])
  func `is nobody by a name that says what somebody is`(name: String) {
    #expect(
      pairs([remark(Self.lantern, name, by: Self.kite), remark(Self.qq, name, by: Self.telegram)])
        .isEmpty
    )
  }

  @Test func `is doubted where the two talk to each other or are on one platform`() {
    let second = Account(.wechat, "wxid_second")
    let named = [
      remark(Self.lantern, "灯笼", by: Self.kite), remark(second, "灯笼", by: Self.kite),
    ]
    let entry = link(Self.lantern, second, .contactEntry)
    #expect(pairs(named).isEmpty)
    #expect(pairs(named + [entry])[[Self.lantern, second]]?.score == 5000 - 1500)
    #expect(pairs(named + [entry, message("你好", from: Self.lantern, to: second)]).isEmpty)
  }

  @Test func `weighs more where several owners call both so`() {
    func called(by owners: [Account]) -> [EvidenceItem] {
      owners.flatMap { owner in
        [remark(Self.lantern, "", "灯笼", by: owner), remark(Self.qq, "", "灯笼", by: owner)]
      }
    }
    let one = pairs(called(by: [Self.kite]))
    let two = pairs(called(by: [Self.kite, Self.telegram]))
    #expect(one[[Self.lantern, Self.qq]]?.score == 4000 - 693)
    #expect(two[[Self.lantern, Self.qq]]?.score == 4000 - 693 + 800)
  }

  @Test func `is not said against two identity numbers or two real names`() {
    let named = [
      remark(Self.lantern, "灯笼", by: Self.kite), remark(Self.qq, "灯笼", by: Self.kite),
    ]
    let one = Account(.identity, "990000199301010035")
    let other = Account(.identity, "990000199401010040")
    #expect(
      pairs(named + [link(Self.lantern, one, .registration), link(Self.qq, other, .registration)])
        .isEmpty
    )
    func registered(_ account: Account, _ name: String) -> EvidenceItem {
      .contact(Contact(owner: nil, contact: account, name: name, nature: .registration))
    }
    #expect(
      pairs(named + [registered(Self.lantern, "丙三"), registered(Self.qq, "丁四")]).isEmpty
    )
  }

  @Test func `is listed where an address book holds both, the more with a second book`() {
    let phone = Account(.phone, "+8613800000001")
    let qq = Account(.qq, "9990000001")
    let once = pairs([link(phone, qq, .contactEntry)])
    #expect(once[[phone, qq]]?.score == 5000)
    let twice = pairs([
      link(phone, qq, .contactEntry),
      .accountLink(AccountLink(phone, qq, basis: .contactEntry, holder: "泥鳅")),
    ])
    #expect(twice[[phone, qq]]?.score == 5700)
  }

  @Test func `is listed by a masked telephone, and by a number in a remark`() {
    let phone = Account(.phone, "+8613800000004")
    let masked = Account(.name, "丁四#138******04")
    let found = pairs([
      remark(phone, "", by: Self.kite), remark(masked, "", by: Self.kite),
      remark(Self.lantern, "", "送货 13800000004", by: Self.kite),
    ])
    #expect(found[[phone, masked]]?.signs.map(\.kind) == [.phoneMask])
    #expect(found[[phone, Self.lantern]]?.signs.map(\.kind) == [.numberInName])
  }

  @Test func `is not listed where an analyst keeps them apart`() {
    let split = Decision(
      number: 1,
      kind: .split,
      first: Self.lantern,
      second: Self.qq,
      reason: "r",
      user: "u"
    )
    let items = [
      remark(Self.lantern, "灯笼", by: Self.kite), remark(Self.qq, "灯笼", by: Self.kite),
    ]
    #expect(pairs(items).count == 1)
    #expect(pairs(items, decisions: [split]).isEmpty)
  }

  @Test func `has a weight and a reason for every sign`() {
    #expect(SoftLinkWeights.standard.isComplete)
    #expect(SoftLinkWeights.standard.threshold == 2000)
  }
}

@Suite struct `The owner of a device` {
  @Test(arguments: ["我", "本机", " Me ", "ADMINISTRATOR", "自己", "Owner", "local user", "Ｍｅ"])
  func `goes by many names`(name: String) { #expect(OwnerAlias.isOwner(name)) }

  @Test(arguments: ["", "我爱你", "Megan", "老我", "owner2", "机主王伟"])
  func `is not everybody`(name: String) {
    #expect(!OwnerAlias.isOwner(name))
    #expect(OwnerAlias.count > 30)
  }

  @Test func `is called by no such name`() {
    var names = PartyNames()
    names.add(Contact(owner: nil, contact: .ann, name: "我", nature: .own), party: 0)
    names.add(Contact(owner: nil, contact: .ann, name: "灯笼"), party: 0)
    #expect(names.names(of: 0) == ["灯笼"])
  }
}
