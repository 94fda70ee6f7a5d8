/// Every single error of an analysis, for whoever wants to know why.
public enum ScoreErrors {
  /// A comma-separated table: what kind of error, who, what is true, what was found, and how much of
  /// it the exports show.
  ///
  /// Kinds: `missedLink`, `falseLink`, `missedCross`, `falseCross`, `role`, `tier`, `line`, `split`
  /// (one person, several parties), `merge` (one party, several people), `accused`.
  public static func table(_ found: FoundCase, against truth: TrueCase) -> String {
    let mapping = CaseMapping(found, truth)
    var rows = ["error,person,other,party,otherParty,truth,found,messages,payments,of"]
    rows += links(found, truth, mapping, isCross: false)
    rows += links(found, truth, mapping, isCross: true)
    rows += people(found, truth, mapping)
    rows += identities(found, truth, mapping)
    return rows.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: String...) -> String { cells.joined(separator: ",") }

  private static func links(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping,
    isCross: Bool
  ) -> [String] {
    let score = LinkScore(
      found.links.filter { !isCross || $0.isCross },
      truth.links.filter { !isCross || $0.isCross },
      mapping
    )
    return score.pairs.compactMap { pair in
      if pair.found == nil, let link = pair.truth {
        return row(
          isCross ? "missedCross" : "missedLink",
          truth.people[link.supplier].key,
          truth.people[link.buyer].key,
          mapping.leading[link.supplier].map { found.parties[$0].id } ?? "",
          mapping.leading[link.buyer].map { found.parties[$0].id } ?? "",
          "\(truth.people[link.supplier].role)>\(truth.people[link.buyer].role)",
          "orders \(link.orders)",
          "\(link.seen.messages)",
          "\(link.seen.payments)",
          link.isSeen ? "dealt" : "all"
        )
      }
      guard let link = pair.found, pair.truth == nil else { return nil }
      let ends = [mapping.people[link.supplier], mapping.people[link.buyer]]
      let keys = ends.map { $0.map { truth.people[$0].key } ?? "" }
      let roles = ends.map { $0.map { truth.people[$0].role } ?? "nobody" }
      let isTurned = truth.links.contains { $0.supplier == ends[1] && $0.buyer == ends[0] }
      return row(
        isCross ? "falseCross" : "falseLink",
        keys[0],
        keys[1],
        found.parties[link.supplier].id,
        found.parties[link.buyer].id,
        "\(roles[0])>\(roles[1])" + (isTurned ? " turned" : ""),
        link.grade,
        "",
        "",
        ""
      )
    }
  }

  private static func people(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping
  ) -> [String] {
    var rows: [String] = []
    let lineOf = lineNames(found, truth, mapping)
    for (place, person) in truth.people.enumerated() where person.isSeen {
      let base = ScoreBase.dealt.holds(person) ? "dealt" : "seen"
      let party = mapping.leading[place].map { found.parties[$0] }
      func add(_ kind: String, _ real: String, _ what: String) {
        rows.append(row(kind, person.key, "", party?.id ?? "", "", real, what, "", "", base))
      }
      let role = party?.role ?? "missing"
      if role != person.role && !(person.isBystander && party == nil) {
        let confidence = party.map { " \($0.roleConfidence)" } ?? ""
        add(person.isBystander ? "accused" : "role", person.role, role + confidence)
      }
      guard let tier = person.tier else { continue }
      if party?.tier != tier { add("tier", "\(tier)", party?.tier.map { "\($0)" } ?? "none") }
      let line = party?.line.map { lineOf[$0] ?? $0 + "?" } ?? "none"
      if !person.line.isEmpty && line != person.line { add("line", person.line, line) }
    }
    return rows
  }

  /// The true line of each found one, by its principal.
  private static func lineNames(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping
  ) -> [String: String] {
    var names: [String: String] = [:]
    for (line, parties) in found.principals {
      let person = parties.lazy.compactMap { mapping.people[$0] }.first
      if let person { names[line] = truth.people[person].line }
    }
    return names
  }

  private static func identities(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping
  ) -> [String] {
    var parties: [[Int]] = truth.people.map { _ in [] }
    var rows: [String] = []
    for (place, party) in found.parties.enumerated() {
      let holders = Set(party.accounts.compactMap { truth.holders[$0] }).sorted()
      for holder in holders { parties[holder].append(place) }
      guard holders.count > 1 else { continue }
      let keys = holders.map { truth.people[$0].key }.joined(separator: " ")
      rows.append(row("merge", keys, "", party.id, "", "", "", "", "", ""))
    }
    for (person, parties) in zip(truth.people, parties) where parties.count > 1 {
      let ids = parties.map {
        found.parties[$0].id + " " + found.parties[$0].accounts.joined(separator: " ")
      }
      rows.append(
        row("split", person.key, "", ids.joined(separator: " | "), "", person.role, "", "", "", "")
      )
    }
    return rows
  }
}
