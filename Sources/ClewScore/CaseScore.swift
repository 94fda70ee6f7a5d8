/// How right an analysis is on a case of which the truth is known.
///
/// `CaseMapping` says how parties and people are matched, `LinkScore` how links are, and
/// ``ScoreBase`` of whom the figures speak.
public struct CaseScore: Sendable {
  /// How well the confidences of one kind of finding are earned.
  public struct Earned: Sendable {
    /// `role`, `tier` or `line`.
    public let kind: String
    /// The claims by tenths of confidence: from, how many, mean confidence, how many right.
    public let tenths: [(from: Double, count: Int, mean: Double?, right: Int)]
    /// The Brier score.
    public let brier: Double?
  }

  /// All figures.
  public private(set) var measures: [Measure] = []
  /// The found links of each grade: how many, how many of them right.
  public let grades: [(grade: String, count: Int, right: Int)]
  /// For people whose dealings are seen, and bystanders: true role, found role, how many.
  public let confusion: [(truth: String, found: String, count: Int)]
  /// The confidences of roles, tiers and lines.
  public let earned: [Earned]
  /// How many people are in each base, bystanders left out, and how many bystanders.
  public let traders: [(base: ScoreBase, traders: Int, bystanders: Int)]
  /// How many lines there are, how many were found, and how many true ones a found one is led by a true leader of.
  public let lines: (wanted: Int, found: Int, right: Int)
  /// Which model and lexicon spoke.
  public let modelVersion: String

  /// Scores findings against the truth.
  public init(_ found: FoundCase, against truth: TrueCase) {
    let mapping = CaseMapping(found, truth)
    modelVersion = found.modelVersion
    traders = ScoreBase.allCases.map { base in
      let people = truth.people.filter(base.holds)
      let bystanders = people.count { $0.isBystander }
      return (base, people.count - bystanders, bystanders)
    }
    lines = Self.lines(found, truth, mapping)
    let roles = RoleScore(found, truth, mapping, .dealt)
    confusion = roles.confusion
    let links = LinkScore(found.links, truth.links, mapping)
    grades = Self.grades(links)
    let claims = Claims(found, truth, mapping)
    earned = claims.earned
    measures += Self.identity(found, truth)
    let crossing = LinkScore(
      found.links.filter(\.isCross),
      truth.links.filter(\.isCross),
      mapping
    )
    for base in ScoreBase.allCases {
      if base != .seen { measures += links.measures("supply", base) }
      if base != .seen { measures += crossing.measures("crossLinks", base) }
      measures += RoleScore(found, truth, mapping, base).measures(base)
      measures += Self.places(found, truth, mapping, base)
      measures += HubScore(found, truth, mapping, base).measures(base)
    }
    measures += Self.accusations(found, truth, mapping)
    measures += claims.firm
    measures += UnseenScore(found.unseen, truth, mapping).measures
  }

  /// The figure of a name.
  public subscript(name: String, base: ScoreBase?) -> Measure? {
    measures.first { $0.name == name && $0.base == base }
  }

  /// Accounts that the case knows: all of them, all with only those pairs wanted that something in the
  /// exports ties, and those by which people chat.
  private static func identity(_ found: FoundCase, _ truth: TrueCase) -> [Measure] {
    var measures: [Measure] = []
    for name in ["identity", "identity.tied", "identity.handles"] {
      var (holders, parties): ([Int], [Int]) = ([], [])
      var ties: [Int] = []
      var numbers: [String: Int] = [:]
      for (place, party) in found.parties.enumerated() {
        for account in party.accounts {
          guard let holder = truth.holders[account],
            name != "identity.handles" || truth.handles.contains(account)
          else { continue }
          holders.append(holder)
          parties.append(place)
          // What nothing ties stands alone.
          let tie = truth.ties[account] ?? account
          let number = numbers[tie] ?? numbers.count
          numbers[tie] = number
          ties.append(number)
        }
      }
      let wanted = name == "identity.tied" ? ties : nil
      let pairs = PairAgreement(truth: holders, answer: parties, wanted: wanted)
      let score = pairs.score
      measures += [
        .share(name + ".precision", nil, Int(score.hits), of: Int(score.found.rounded())),
        .share(name + ".recall", nil, Int(score.wantedHits), of: Int(score.wanted)),
        .figure(name + ".f1", nil, score.f1, pairs.interval),
      ]
    }
    return measures
  }

  /// Exact tiers, and lines as groups.
  private static func places(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping,
    _ base: ScoreBase
  ) -> [Measure] {
    let people = truth.people.indices.filter { truth.people[$0].tier != nil }
      .filter { base.holds(truth.people[$0]) }
    let exact = people.count { person in
      mapping.leading[person].flatMap { found.parties[$0].tier } == truth.people[person].tier
    }
    let inLine = people.filter { !truth.people[$0].line.isEmpty }
    let shown = shownInLine(truth, base)
    func index(_ people: [Int]) -> RandIndex {
      RandIndex(
        truth: people.map { truth.people[$0].line },
        answer: people.map { person in mapping.leading[person].flatMap { found.parties[$0].line } }
      )
    }
    let (all, some) = (index(inLine), index(inLine.filter(shown.contains)))
    let clear = index(inLine.filter { truth.people[$0].isClear })
    return [
      .share("tier.exact", base, exact, of: people.count),
      .figure("lines.ari", base, all.index, all.interval),
      .figure("lines.shown.ari", base, some.index, some.interval),
      .figure("lines.clear.ari", base, clear.index, clear.interval),
    ]
  }

  /// Whose line the links of a base show: principals, who is supplied by a member of his line, and the
  /// sources who supply one of theirs.
  ///
  /// Of others the links show other lines only, so what gave them their line in truth is not to be seen.
  private static func shownInLine(_ truth: TrueCase, _ base: ScoreBase) -> Set<Int> {
    var shown = Set(truth.principals.values)
    for person in truth.people.indices where truth.people[person].role == "firstLevelAgent" {
      shown.insert(person)
    }
    for link in truth.links where base.holds(link) {
      guard truth.people[link.supplier].line == truth.people[link.buyer].line else { continue }
      shown.insert(link.buyer)
      if truth.people[link.supplier].role == "source" { shown.insert(link.supplier) }
    }
    return shown
  }

  /// Bystanders who appear in the exports and were taken for traders.
  ///
  /// Every party that holds one of their accounts, or one of their names that nobody else bears,
  /// counts, so that a wrong merge accuses too.
  private static func accusations(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping
  ) -> [Measure] {
    var measures: [Measure] = []
    for base in [ScoreBase.seen, .all] {
      let bystanders = truth.people.indices.filter {
        truth.people[$0].isBystander && base.holds(truth.people[$0])
      }
      let harmless = RoleScore.harmless
      for (name, spared) in [
        ("accused", harmless.union(["customer"])), ("accused.orCustomer", harmless),
      ] {
        let accused = bystanders.count { person in
          mapping.holding[person].contains { !spared.contains(found.parties[$0].role) }
        }
        measures.append(
          .share(name + ".per1000", base, accused, of: bystanders.count, scale: 1000)
        )
      }
    }
    let strangers = found.parties.indices.filter { mapping.people[$0] == nil }
    let accused = strangers.count { !RoleScore.harmless.contains(found.parties[$0].role) }
    measures.append(
      .share("accused.strangers.per1000", nil, accused, of: strangers.count, scale: 1000)
    )
    return measures
  }

  private static func lines(
    _ found: FoundCase,
    _ truth: TrueCase,
    _ mapping: CaseMapping
  ) -> (wanted: Int, found: Int, right: Int) {
    let people = Set(found.principals.values.joined().compactMap { mapping.people[$0] })
    let leaders = truth.leaders
    let right = truth.principals.keys.count { line in
      !people.isDisjoint(with: leaders[line] ?? [])
    }
    return (truth.principals.count, found.principals.count, right)
  }

  private static func grades(_ links: LinkScore) -> [(grade: String, count: Int, right: Int)] {
    var counts: [String: (count: Int, right: Int)] = [:]
    for pair in links.pairs {
      guard let link = pair.found else { continue }
      counts[link.grade, default: (0, 0)].count += 1
      if pair.truth != nil { counts[link.grade, default: (0, 0)].right += 1 }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.count, $0.value.right) }
  }
}
