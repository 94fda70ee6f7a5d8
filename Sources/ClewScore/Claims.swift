/// What an analysis claims of each party that trades, and whether that is so.
///
/// There is one claim about the role, one about the tier and one about the line of those who have one.
/// Claims about nobody are wrong. A line is that of its leaders: the claim is right where somebody who leads
/// the found line leads the person's own.
struct Claims {
  private let groups: [(kind: String, claims: [Calibration.Claim])]

  init(_ found: FoundCase, _ truth: TrueCase, _ mapping: CaseMapping) {
    let leaders = truth.leaders
    let led = found.principals.mapValues { places in
      Set(places.compactMap { mapping.people[$0] })
    }
    var (roles, tiers, lines): ([Calibration.Claim], [Calibration.Claim], [Calibration.Claim]) =
      ([], [], [])
    for (place, party) in found.parties.enumerated()
    where !RoleScore.harmless.contains(party.role) {
      let person = mapping.people[place].map { truth.people[$0] }
      roles.append(
        Calibration.Claim(confidence: party.roleConfidence, isRight: person?.role == party.role)
      )
      if let tier = party.tier {
        tiers.append(
          Calibration.Claim(confidence: party.tierConfidence, isRight: person?.tier == tier)
        )
      }
      if let line = party.line {
        let own = person.flatMap { leaders[$0.line] } ?? []
        lines.append(
          Calibration.Claim(
            confidence: party.lineConfidence,
            isRight: !own.isDisjoint(with: led[line] ?? [])
          )
        )
      }
    }
    groups = [("role", roles), ("tier", tiers), ("line", lines)]
  }

  var earned: [CaseScore.Earned] {
    groups.map { kind, claims in
      let calibration = Calibration(claims)
      return CaseScore.Earned(
        kind: kind,
        tenths: calibration.tenths.map { ($0.from, $0.count, $0.mean, $0.right) },
        brier: calibration.brier
      )
    }
  }

  /// Of the findings of at least 0.9, the share that is right.
  var firm: [Measure] {
    (groups + [("all", groups.flatMap(\.claims))]).flatMap { kind, claims in
      let calibration = Calibration(claims)
      return [
        Measure.share(
          "confidence.\(kind).firm",
          nil,
          calibration.firm.right,
          of: calibration.firm.count
        ),
        Measure.figure("confidence.\(kind).brier", nil, calibration.brier),
      ]
    }
  }
}
