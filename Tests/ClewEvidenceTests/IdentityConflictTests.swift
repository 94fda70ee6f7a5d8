import ClewEvidence
import Testing

@Suite struct `Contradictions about who holds an account` {
  private static let card = Account(.card, "6299990000000000053")
  private static let phone = Account(.phone, "+8613800000005")
  private static let one = Account(.identity, "990000199501010056")
  private static let two = Account(.identity, "990000199401010040")

  private func conflicts(_ items: [EvidenceItem]) -> [IdentityConflict] {
    var resolver = PartyResolver()
    var conflicts = IdentityConflicts()
    for (place, item) in items.enumerated() {
      let record = StoredRecord(id: RecordID(high: UInt64(place) << 32, low: 0), item: item)
      if case .accountLink(let link) = item { resolver.add(link, record: record.id) }
      conflicts.add(record)
    }
    return conflicts.conflicts(in: resolver.resolve())
  }

  private func link(
    _ first: Account,
    _ second: Account,
    _ basis: AccountLink.Basis = .registration,
    from: Int64? = nil,
    until: Int64? = nil,
    holder: String = ""
  ) -> EvidenceItem {
    .accountLink(
      AccountLink(
        first,
        second,
        basis: basis,
        validFrom: from.map { Timestamp(milliseconds: $0) },
        validUntil: until.map { Timestamp(milliseconds: $0) },
        holder: holder
      )
    )
  }

  private func registered(_ account: Account, _ name: String) -> EvidenceItem {
    .contact(Contact(owner: nil, contact: account, name: name, nature: .registration))
  }

  @Test func `list a link that would give one party two identity numbers`() {
    let found = conflicts([
      link(.ann, Self.one), link(.bob, Self.two), link(.ann, .bob, .bound),
    ])
    #expect(found.map(\.kind) == [.twoIdentityNumbers])
    #expect(found.first?.accounts == [.ann, .bob])
    #expect(found.first?.references.count == 1)
  }

  @Test func `list two registered names of one account`() {
    let found = conflicts([registered(Self.card, "戊五"), registered(Self.card, "丁四")])
    #expect(found.map(\.kind) == [.twoHolders])
    #expect(found.first?.names == ["丁四", "戊五"])
    #expect(found.first?.references.count == 2)
    #expect(conflicts([registered(Self.card, "戊五"), registered(Self.card, "*五")]).isEmpty)
  }

  @Test func `do not list a holder whose registration has ended`() {
    // P2 of the samples: 乙旧名 until 2018, 乙二 since.
    let found = conflicts([
      link(.ann, Self.two, from: 100, until: 200, holder: "乙旧名"),
      link(.ann, Self.one, from: 300, holder: "乙二"), registered(.ann, "乙二"),
    ])
    #expect(found.isEmpty)
  }

  @Test(arguments: [(150, 1), (200, 0)])
  func `list a telephone of two identity numbers at one time`(from: Int64, count: Int) {
    let found = conflicts([
      link(.ann, Self.one), link(.bob, Self.two),
      link(.ann, Self.phone, .bound, from: 100, until: 200),
      link(.bob, Self.phone, .bound, from: from),
    ])
    #expect(found.map(\.kind) == Array(repeating: .phoneOfTwoIdentities, count: count))
    if count > 0 { #expect(found.first?.accounts == [Self.two, Self.one, Self.phone]) }
  }
}
