import ClewEvidence
import ClewTestSupport
import Testing

@Suite struct `A party resolver` {
  private static func account(_ number: Int) -> Account { Account(.wechat, "wxid_\(number)") }
  private static func identity(_ number: Int) -> Account { Account(.identity, "id\(number)") }

  private func resolve(_ links: [AccountLink], alone: [Account] = []) -> PartyTable {
    var resolver = PartyResolver()
    for account in alone { resolver.add(account) }
    for (place, link) in links.enumerated() {
      resolver.add(link, record: RecordID(high: UInt64(place), low: 0))
    }
    return resolver.resolve()
  }

  private func parties(_ table: PartyTable) -> Set<Set<Account>> {
    Set(table.parties.map { Set($0.accounts) })
  }

  @Test(arguments: AccountLink.Basis.allCases)
  func `merges by hard evidence only`(basis: AccountLink.Basis) {
    let table = resolve([AccountLink(.ann, .bob, basis: basis)])
    let isHard: Set<AccountLink.Basis> = [
      .registration, .ownAccount, .bound, .serverMatched, .alias, .statedHolder, .analyst,
    ]
    #expect(basis.isHard == isHard.contains(basis))
    #expect(table.parties.count == (basis.isHard ? 1 : 2))
    #expect(table.hints.count == (basis.isHard ? 0 : 1))
    #expect(table.parties.flatMap(\.merges).count == (basis.isHard ? 1 : 0))
  }

  @Test(arguments: AccountLink.Basis.allCases)
  func `never merges by a name`(basis: AccountLink.Basis) {
    let table = resolve([AccountLink(.ann, Account(.name, "王伟"), basis: basis)])
    #expect(table.parties.count == 2)
    #expect(table.hints.count == 1)
  }

  @Test func `never follows a link that has ended`() {
    let end = Timestamp(milliseconds: 0)
    let table = resolve([AccountLink(.ann, .bob, basis: .registration, validUntil: end)])
    #expect(table.parties.count == 2)
  }

  @Test func `takes groups and services for no party`() {
    let group = Account(.wechatGroup, "1@chatroom")
    let table = resolve(
      [AccountLink(.ann, group, basis: .registration)],
      alone: [Account(.service, "s")]
    )
    #expect(parties(table) == [[.ann]])
    #expect(table.index(of: group) == nil)
  }

  @Test func `does not give a card lender's customers one party`() {
    // The card is registered to 1; two others use it too.
    let card = Account(.card, "6299990000000000038")
    let (one, two) = (Self.identity(1), Self.identity(2))
    let table = resolve([
      AccountLink(one, card, basis: .registration), AccountLink(.ann, one, basis: .registration),
      AccountLink(.bob, two, basis: .registration), AccountLink(.bob, card, basis: .bound),
    ])
    #expect(parties(table) == [[.ann, one, card], [.bob, two]])
    #expect(table.conflicts.map(\.link.basis) == [.bound])
    #expect(table.index(of: card) == table.index(of: .ann))
  }

  @Test func `keeps its ids when other accounts join the leading one`() throws {
    let before = try #require(resolve([], alone: [.ann]).parties.first)
    let phone = Account(.phone, "+8613800000001")
    let after = try #require(resolve([AccountLink(phone, .ann, basis: .bound)]).parties.first)
    #expect(before.id == after.id)
    #expect(after.accounts == [.ann, phone])
    #expect(before.id.hasPrefix("P"))
    #expect(before.id.count == 13)
  }

  /// What the rules say, computed the slow way: links in order, sets merged one by one.
  private func oracle(
    _ links: [(AccountLink, RecordID)],
    accounts: Set<Account>
  ) -> Set<Set<Account>> {
    var sets = Set(accounts.map { Set([$0]) })
    let merges = links.map { Merge(record: $0.1, link: $0.0) }.sorted()
    for merge in merges where merge.link.basis.isHard && merge.link.validUntil == nil {
      guard let left = sets.first(where: { $0.contains(merge.link.first) }),
        let right = sets.first(where: { $0.contains(merge.link.second) }), left != right
      else { continue }
      let union = left.union(right)
      guard union.count(where: { $0.scheme == .identity }) < 2 else { continue }
      sets.remove(left)
      sets.remove(right)
      sets.insert(union)
    }
    return sets
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `gives one answer for every order of the records`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pool = (0..<10).map(Self.account) + (0..<4).map(Self.identity)
    let bases = AccountLink.Basis.allCases
    let links = (0..<18).map { place in
      let basis = bases[random.next(below: bases.count)]
      let end = random.next(below: 8) == 0 ? Timestamp(milliseconds: 5) : nil
      let first = pool[random.next(below: pool.count)]
      let link = AccountLink(
        first,
        pool[random.next(below: pool.count)],
        basis: basis,
        validUntil: end
      )
      return (link, RecordID(high: random.next(), low: UInt64(place)))
    }
    let mentioned = Set(links.flatMap { [$0.0.first, $0.0.second] })
    var first: PartyTable?
    for _ in 0..<6 {
      var resolver = PartyResolver()
      for (link, record) in random.shuffled(links) { resolver.add(link, record: record) }
      let table = resolver.resolve()
      #expect(parties(table) == oracle(links, accounts: mentioned))
      if let first {
        #expect(table.parties.map(\.id) == first.parties.map(\.id))
        #expect(table.parties.map(\.accounts) == first.parties.map(\.accounts))
        #expect(
          table.parties.map { $0.merges.sorted() } == first.parties.map { $0.merges.sorted() }
        )
        #expect(table.conflicts == first.conflicts)
        #expect(table.hints == first.hints)
      }
      first = first ?? table
    }
  }
}

@Suite struct `Party names` {
  @Test func `rank the own name over profile, group, remark and real name`() {
    var names = PartyNames()
    let (ann, bob) = (Account.ann, Account.bob)
    names.add(Contact(owner: nil, contact: ann, name: "真名", nature: .registration), party: 0)
    #expect(names.name(of: 0) == "真名")
    names.add(Contact(owner: bob, contact: ann, name: "", remark: "上家"), party: 0)
    #expect(names.name(of: 0) == "上家")
    names.add(
      Membership(group: Account(.group, "g"), member: ann, memberName: "群名"),
      party: 0
    )
    #expect(names.name(of: 0) == "群名")
    names.add(Contact(owner: bob, contact: ann, name: "昵称", remark: "上家"), party: 0)
    #expect(names.name(of: 0) == "昵称")
    names.add(Contact(owner: ann, contact: ann, name: "猎人", nature: .own), party: 0)
    #expect(names.names(of: 0) == ["猎人", "昵称", "群名", "上家", "真名"])
    #expect(names.name(of: 1) == nil)
    #expect(names.names(of: 1) == [])
  }

  @Test func `of one rank go by number, then by bytes`() {
    var names = PartyNames()
    for name in ["b", "a", "c", "c"] {
      names.add(Contact(owner: nil, contact: .ann, name: name), party: 3)
    }
    #expect(names.names(of: 3) == ["c", "a", "b"])
  }
}
