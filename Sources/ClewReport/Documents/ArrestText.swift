public import ClewChain
public import ClewEvidence

/// The arrest plan as tables.
public enum ArrestText {
  /// The plan, with a line feed at its end.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - analysis: The findings for which it was made.
  ///   - until: The first moment whose evidence was left out, if any was.
  /// - Returns: The tables.
  public static func text(
    _ plan: ArrestPlan,
    of analysis: ChainAnalysis,
    until: Timestamp? = nil
  ) -> String {
    var parts = until.map { [Wording.without($0)] } ?? []
    parts.append("now       " + left(plan.before))
    if plan.start != plan.before { parts.append("custody   " + left(plan.start)) }
    guard !plan.steps.isEmpty else {
      let nobody = "Nobody supplies who may be chosen. " + provinces(analysis)
      return parts.joined(separator: "\n")
        + "\n\n\(plan.candidates == 0 ? nobody : "Nothing is supplied.")\n"
    }
    return parts.joined(separator: "\n") + "\n\n" + choices(plan, analysis) + "\n\n"
      + comparison(plan) + "\n\n" + sameness(plan, analysis) + notes(plan) + "\n"
  }

  /// Of how many suppliers the case holds an identity number, by its first two digits.
  private static func provinces(_ analysis: ChainAnalysis) -> String {
    let suppliers = Set(analysis.links.map(\.supplier))
    var counts: [String: Int] = [:]
    for supplier in suppliers {
      if let code = Province.code(of: analysis.parties[supplier].party) {
        counts[code, default: 0] += 1
      }
    }
    let known = counts.values.reduce(0, +)
    let places = counts.sorted { $0.key < $1.key }.map { code, count in
      let name = Province.names.first { $0.code == code }?.name
      return "\(code) \(name.map { $0 + " " } ?? "")(\(count))"
    }
    return "Of \(suppliers.count) suppliers the case holds \(known) identity numbers"
      + (known == 0 ? "." : "; they begin with \(places.joined(separator: ", ")).")
  }

  /// Whom else one has arrested where two parties are one person.
  private static func sameness(_ plan: ArrestPlan, _ analysis: ChainAnalysis) -> String {
    let rows = plan.steps.flatMap { step in
      twins(step.party, analysis).map { other in
        [step.party, other].flatMap {
          [PlainText.safe(analysis.parties[$0].name, limit: 24), analysis.parties[$0].party.id]
        }
      }
    }
    guard !rows.isEmpty else { return "" }
    return "Possibly one person, so that one arrest cuts off what both supply; clew merge decides\n"
      + PlainText.table(rows) + "\n\n"
  }

  private static func left(_ left: SupplyLeft) -> String {
    "\(PlainText.grouped(left.persons)) persons supplied, \(PlainText.grouped(left.customers)) of them "
      + "customers, \(PlainText.grouped(left.records)) records to customers"
  }

  private static func choices(_ plan: ArrestPlan, _ analysis: ChainAnalysis) -> String {
    var rows = [
      ["arrest", "", "party", "role", "line", "cuts off", "customers", "records", "robust"]
    ]
    for (place, step) in plan.steps.enumerated() {
      let party = analysis.parties[step.party]
      rows.append([
        "\(place + 1)", PlainText.safe(party.name, limit: 24), party.party.id,
        Wording.role(party.role, .zh), party.line.map { analysis.lines[$0].id } ?? "-",
        "\(step.persons)", "\(step.customers)", PlainText.grouped(step.records),
        "\(step.stays)/\(plan.draws)" + (step.isConfirmed ? "" : " NOT CONFIRMED"),
      ])
    }
    return "Whom to arrest: persons, customers and records cut off by each step\n"
      + PlainText.table(rows)
  }

  private static func comparison(_ plan: ArrestPlan) -> String {
    var rows = [
      [
        "after", "customers", "19 of 20", "records", "degree", "records", "betweenness", "records",
        "chance",
        "records",
      ]
    ]
    for (place, step) in plan.steps.enumerated() {
      var row = [
        "\(place + 1)", "\(step.left.customers)",
        step.customersLeft.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "-",
        PlainText.grouped(step.left.records),
      ]
      for curve in [plan.byDegree, plan.byBetweenness] {
        row +=
          place < curve.count
          ? ["\(curve[place].customers)", PlainText.grouped(curve[place].records)] : ["-", "-"]
      }
      row +=
        place < plan.byChance.count
        ? [
          JSONWriter.decimal(plan.byChance[place].customers, unit: 100),
          PlainText.grouped(plan.byChance[place].records / 100),
        ] : ["-", "-"]
      rows.append(row)
    }
    return "Customers and records still supplied, against other orders\n" + PlainText.table(rows)
  }

  private static func notes(_ plan: ArrestPlan) -> String {
    """
    What is left was found by removing the persons and following supply again. Robust: in how many of \
    \(plan.draws) networks drawn anew from the dealings the person is chosen too; 19 of 20: how many \
    customers are left in most of these, in which some have none to begin with. Supply that was not \
    seen is not counted, nor that somebody finds a new supplier.
    """
  }
}

/// Other traders who are possibly the same person as one.
private func twins(_ party: Int, _ analysis: ChainAnalysis) -> [Int] {
  analysis.possiblySame.compactMap { pair in
    guard pair.first == party || pair.second == party else { return nil }
    let other = pair.first == party ? pair.second : pair.first
    return analysis.parties[other].role == .outsider ? nil : other
  }.sorted()
}

/// The arrest plan as the document `clew.arrest/1`.
public enum ArrestJSON {
  /// The name and version of the document.
  public static let schema = "clew.arrest/1"

  /// The document, with a line feed at its end.
  public static func text(
    _ plan: ArrestPlan,
    of analysis: ChainAnalysis,
    planner: ArrestPlanner,
    province: String? = nil,
    until: Timestamp? = nil
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
      if let until { json.string("until", until.iso) }
      json.object("constraints") { json in
        json.number("limit", planner.limit)
        json.string("aim", planner.aim.rawValue)
        json.strings("inCustody", planner.inCustody.sorted().map { analysis.parties[$0].party.id })
        json.string("province", province)
        json.bool("sourcesFirst", planner.sourcesFirst)
        json.number("candidates", plan.candidates)
      }
      json.object("before") { add(plan.before, to: &$0) }
      json.object("start") { add(plan.start, to: &$0) }
      json.array("steps", plan.steps) { json, step in
        let party = analysis.parties[step.party]
        json.object { json in
          json.string("party", party.party.id)
          json.string("name", party.name)
          json.string("role", party.role.rawValue)
          json.string("line", party.line.map { analysis.lines[$0].id })
          json.object("cut") { json in
            json.number("persons", step.persons)
            json.number("customers", step.customers)
            json.number("records", step.records)
          }
          json.object("left") { add(step.left, to: &$0) }
          json.bool("confirmed", step.isConfirmed)
          if let range = step.customersLeft {
            json.numbers("customersLeft", [range.lowerBound, range.upperBound])
          }
          json.strings(
            "possiblySame",
            twins(step.party, analysis).map { analysis.parties[$0].party.id }
          )
          json.number("stays", step.stays)
        }
      }
      json.array("byDegree", plan.byDegree) { json, left in json.object { add(left, to: &$0) } }
      json.array("byBetweenness", plan.byBetweenness) { json, left in
        json.object { add(left, to: &$0) }
      }
      json.array("byChance", plan.byChance) { json, mean in
        json.object { json in
          json.value("customers", JSONWriter.decimal(mean.customers, unit: 100))
          json.value("records", JSONWriter.decimal(mean.records, unit: 100))
        }
      }
      json.number("draws", plan.draws)
      json.number("chances", plan.chances)
    }
    return json.text + "\n"
  }

  private static func add(_ left: SupplyLeft, to json: inout JSONWriter) {
    json.number("persons", left.persons)
    json.number("customers", left.customers)
    json.number("records", left.records)
  }
}
