import ClewEvidence
import Foundation
import Testing

@Suite struct `An analyst's decision` {
  private static let phone = Account(.phone, "+8613800000002")
  private static let card = Account(.card, "6299990000000000020")
  private static let one = Account(.identity, "99000019920101002X")
  private static let two = Account(.identity, "990000199301010035")

  private func decision(
    _ number: Int64,
    _ kind: Decision.Kind,
    _ first: Account,
    _ second: Account,
    isForced: Bool = false
  ) -> Decision {
    Decision(
      number: number,
      kind: kind,
      first: first,
      second: second,
      isForced: isForced,
      reason: "r",
      user: "u"
    )
  }

  private func resolve(_ links: [AccountLink], _ decisions: Decision...) -> PartyTable {
    var resolver = PartyResolver()
    for (place, link) in links.enumerated() {
      resolver.add(link, record: RecordID(high: UInt64(place), low: 0))
    }
    for account in [Account.ann, .bob, .cat] { resolver.add(account) }
    for decision in decisions.reversed() { resolver.add(decision) }
    return resolver.resolve()
  }

  private func sets(_ table: PartyTable) -> Set<Set<Account>> {
    Set(table.parties.map { Set($0.accounts) }).filter { $0.count > 1 }
  }

  @Test func `merges two parties and says so`() {
    let table = resolve([], decision(1, .merge, .ann, .bob))
    #expect(sets(table) == [[.ann, .bob]])
    #expect(table.parties.flatMap(\.merges).map(\.reference) == ["decision 1"])
    #expect(table.parties.flatMap(\.merges).map(\.link.basis) == [.analyst])
  }

  @Test func `merges a name, which evidence never does`() {
    let name = Account(.name, "风筝#1a2b3c4d")
    let table = resolve(
      [AccountLink(.cat, name, basis: .assumedName)],
      decision(1, .merge, .ann, name)
    )
    #expect(sets(table) == [[.ann, name]])
  }

  @Test func `to split overrules the weakest links between two accounts`() {
    let links = [
      AccountLink(.ann, Self.phone, basis: .registration),
      AccountLink(Self.phone, .bob, basis: .serverMatched),
      AccountLink(.bob, Self.card, basis: .bound),
    ]
    #expect(sets(resolve(links)) == [[.ann, Self.phone, .bob, Self.card]])
    let table = resolve(links, decision(1, .split, .ann, .bob))
    #expect(sets(table) == [[.ann, Self.phone], [.bob, Self.card]])
    #expect(table.severed.map(\.link.basis) == [.serverMatched])
    #expect(table.severed.first?.decision == 1)
  }

  @Test func `to split cuts every way between two accounts`() {
    let links = [
      AccountLink(.ann, .bob, basis: .alias), AccountLink(.ann, .cat, basis: .bound),
      AccountLink(.cat, .bob, basis: .serverMatched), AccountLink(.ann, Self.phone, basis: .bound),
      AccountLink(Self.phone, .bob, basis: .serverMatched),
    ]
    let table = resolve(links, decision(1, .split, .ann, .bob))
    #expect(table.index(of: .ann) != table.index(of: .bob))
    #expect(sets(table) == [[.ann, .cat, Self.phone]])
    #expect(table.severed.count == 3)
  }

  @Test func `to split outlasts a merge on the way`() {
    let table = resolve(
      [AccountLink(.ann, .cat, basis: .bound)],
      decision(1, .split, .ann, .bob),
      decision(2, .merge, .cat, .bob)
    )
    #expect(sets(table) == [[.ann, .cat]])
    #expect(table.severed.map(\.decision) == [1])
  }

  @Test func `to merge two identity numbers must be forced, and takes no evidence away`() {
    let links = [
      AccountLink(.ann, Self.one, basis: .registration),
      AccountLink(.bob, Self.two, basis: .registration),
    ]
    let plain = resolve(links, decision(1, .merge, .ann, .bob))
    #expect(sets(plain) == [[.ann, Self.one], [.bob, Self.two]])
    #expect(plain.conflicts.map(\.decision) == [1])
    let forced = resolve(links, decision(1, .merge, .ann, .bob, isForced: true))
    #expect(sets(forced) == [[.ann, Self.one, .bob, Self.two]])
  }

  @Test func `taken back leaves no trace in the parties`() throws {
    let bench = try CaseBench()
    let file = try CaseFile.open(bench.path)
    let link = AccountLink(.ann, Self.phone, basis: .bound)
    try bench.take(
      "a",
      [.items([message("hello", id: "1"), .accountLink(link)], original: "")],
      into: file
    )
    func ids() throws -> [String] { try PartyTable(of: file).parties.map(\.id) }
    let before = try ids()
    let merge = try file.decide(decision(0, .merge, .ann, .bob))
    #expect(merge.number == 1)
    #expect(try ids().count == before.count - 1)
    let split = try file.decide(decision(0, .split, .ann, Self.phone))
    #expect(split.number == 2)
    #expect(try ids().count == before.count)
    for number in [2, 1] as [Int64] {
      let undo = Decision(number: 0, kind: .undo, undoes: number, reason: "wrong", user: "u")
      _ = try file.decide(undo)
    }
    #expect(try ids() == before)
    #expect(try file.decisions().map(\.kind) == [.merge, .split, .undo, .undo])
    #expect(try file.decisions().holding.isEmpty)
    let again = Decision(number: 0, kind: .undo, undoes: 1, reason: "again", user: "u")
    #expect(throws: EvidenceError.self) { try file.decide(again) }
    let details = try file.auditLog().filter { $0.action == "decision" }.map(\.detail)
    #expect(details.count == 4)
    #expect(details[0].hasPrefix("decision 1 merge entry "))
    #expect(details[0].hasSuffix(" user u reason r"))
    #expect(details.allSatisfy { !$0.contains("wxid") })
    #expect(try file.verify { _ in nil }.problems == [])
    try file.close()
  }

  @Test(arguments: [
    "UPDATE decision SET reason = 'x'", "UPDATE decision SET first = second",
    "DELETE FROM decision WHERE number = 1", "UPDATE decision SET user = 'somebody else'",
  ])
  func `cannot be changed unseen`(sql: String) throws {
    let bench = try CaseBench()
    let file = try CaseFile.open(bench.path)
    _ = try file.decide(decision(0, .merge, .ann, .bob))
    try file.close()
    _ = try SQLiteMaker(bench.path, sql)
    let again = try CaseFile.openForReading(bench.path)
    #expect(
      try again.verify { _ in nil }.problems
        == ["the analysts' decisions are not as noted in the audit log"]
    )
    try again.close()
  }
}
