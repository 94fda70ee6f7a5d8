/// Compares the roles of people with those of their leading parties.
///
/// For each role: the people who have it and got it, those who got it, those who have it. A person
/// without a party got `missing`; a party that trades and stands for nobody is a false find of its
/// role.
struct RoleScore {
  /// The roles over which the macro mean goes, those that nobody has left out.
  static let roles = ["source", "firstLevelAgent", "secondLevelAgent", "subAgent", "customer"]
  /// Roles that say nothing against anybody.
  static let harmless: Set<String> = ["outsider", "undetermined"]

  /// The true and the found role of each person, and `nobody` for a party without a person.
  let judged: [(truth: String, found: String)]

  init(_ found: FoundCase, _ truth: TrueCase, _ mapping: CaseMapping, _ base: ScoreBase) {
    var judged: [(truth: String, found: String)] = []
    for (place, person) in truth.people.enumerated() where base.holds(person) {
      judged.append(
        (person.role, mapping.leading[place].map { found.parties[$0].role } ?? "missing")
      )
    }
    for (place, party) in found.parties.enumerated()
    where mapping.people[place] == nil && !Self.harmless.contains(party.role) {
      judged.append(("nobody", party.role))
    }
    self.judged = judged
  }

  init(judged: [(truth: String, found: String)]) { self.judged = judged }

  func measures(_ base: ScoreBase) -> [Measure] {
    var measures: [Measure] = []
    for role in Self.roles {
      let units = units(role)
      let relevant = units.filter { $0.isFound || $0.isWanted }
      measures.append(
        .figure(
          "role.\(role).f1",
          base,
          FScore(relevant).f1,
          Bootstrap.interval(relevant.count) { FScore(relevant, $0).f1 }
        )
      )
    }
    let byRole = Self.roles.map(units)
    measures.append(
      .figure(
        "role.macro.f1",
        base,
        Self.macro(byRole, judged.indices.map(\.self)),
        Bootstrap.interval(judged.count) { Self.macro(byRole, $0) }
      )
    )
    return measures
  }

  private func units(_ role: String) -> [FScore.Unit] {
    judged.map {
      FScore.Unit(
        isFound: $0.found == role,
        isTrue: $0.truth == role,
        isWanted: $0.truth == role
      )
    }
  }

  private static func macro(_ byRole: [[FScore.Unit]], _ places: borrowing [Int]) -> Double? {
    var values: [Double] = []
    for units in byRole {
      let score = FScore(units, places)
      if score.wanted > 0 { values.append(score.f1 ?? 0) }
    }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// How often each true role was taken for each found one, by the order of the names.
  var confusion: [(truth: String, found: String, count: Int)] {
    var counts: [String: [String: Int]] = [:]
    for pair in judged { counts[pair.truth, default: [:]][pair.found, default: 0] += 1 }
    return counts.keys.sorted().flatMap { truth in
      (counts[truth] ?? [:]).sorted { $0.key < $1.key }.map { (truth, $0.key, $0.value) }
    }
  }
}
