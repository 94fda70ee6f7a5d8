internal import GraphCore

/// How often roles, tiers and lines stay the same when the evidence is drawn again.
///
/// Each dealing of each link is drawn a Poisson(1) number of times (the bootstrap of a stream), the
/// structure is computed anew, and the shares of agreement are the confidences. The draws depend
/// only on the link's two parties and the seed, so they are the same on every machine.
///
/// > Source: B. Efron, "Bootstrap methods: another look at the jackknife", *Ann. Stat.* 7(1), 1979.
/// > [doi](https://doi.org/10.1214/aos/1176344552)
struct Resampling: Sendable {
  /// How often each party kept its role, tier and line.
  struct Agreement: Sendable {
    var role: [Int: Int] = [:]
    var tier: [Int: Int] = [:]
    var line: [Int: Int] = [:]
  }

  /// How many times the evidence is drawn.
  var draws = 60
  /// Where the draws start.
  var seed: UInt64 = 0x436C_6577

  /// Poisson(1), cumulated, in 65536ths.
  private static let poisson: [UInt64] = [24_109, 48_219, 60_273, 64_291, 65_296, 65_497, 65_530]
  /// Dealings beyond this many are drawn in blocks.
  private static let drawLimit: Int64 = 32

  func agreement(
    with base: ChainStructure,
    links: [(link: Market.Link, isFirm: Bool, key: UInt64)],
    seized: Set<Int>,
    background: RoleEvidence.Background,
    model: RoleModel
  ) -> Agreement {
    var agreement = Agreement()
    for draw in 0..<draws {
      var drawn: [Market.Link] = []
      for (link, isFirm, key) in links {
        var generator = SplitMix(state: key ^ (seed &+ UInt64(draw) &* 0x9E37_79B9_7F4A_7C15))
        var copy = link
        copy.dealings = Self.draw(link.dealings, isFirm: isFirm, &generator)
        if copy.dealings > 0 { drawn.append(copy) }
      }
      let structure = ChainStructure(
        links: drawn,
        seized: seized,
        background: background,
        model: model
      )
      count(structure, against: base, in: &agreement)
    }
    return agreement
  }

  /// How many dealings one draw gives a link.
  static func draw(
    _ dealings: Int64,
    isFirm: Bool,
    _ generator: inout SplitMix
  ) -> Int64 {
    // A link of grade C or D is drawn as if half of its dealings were errors.
    let trials = min(isFirm ? dealings : (dealings + 1) / 2, drawLimit)
    var sum: Int64 = 0
    for _ in 0..<max(1, trials) {
      let value = generator.next() & 0xFFFF
      sum += Int64(poisson.firstIndex { value < $0 } ?? poisson.count)
    }
    return sum * max(1, dealings) / max(1, trials)
  }

  private func count(
    _ other: ChainStructure,
    against base: ChainStructure,
    in agreement: inout Agreement
  ) {
    let change = StructureChange(from: base, to: other)
    let (roles, tiers, lines) = (Set(change.roles), Set(change.tiers), Set(change.lines))
    for party in base.market.parties where other.market.node(of: party) != nil {
      if !roles.contains(party) { agreement.role[party, default: 0] += 1 }
      if !tiers.contains(party) { agreement.tier[party, default: 0] += 1 }
      if !lines.contains(party) { agreement.line[party, default: 0] += 1 }
    }
  }
}

/// A small seeded generator (Steele, Lea, Flood 2014) for the draws.
struct SplitMix: Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
