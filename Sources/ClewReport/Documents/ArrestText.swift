public import ClewChain
internal import ClewEvidence

/// The arrest plan as tables.
public enum ArrestText {
  /// The plan, with a line feed at its end.
  public static func text(_ plan: ArrestPlan, of analysis: ChainAnalysis) -> String {
    var parts = ["now       " + left(plan.before)]
    if plan.start != plan.before { parts.append("custody   " + left(plan.start)) }
    guard !plan.steps.isEmpty else {
      return parts.joined(separator: "\n")
        + "\n\n\(plan.candidates == 0 ? "Nobody supplies who may be chosen." : "Nothing is supplied.")\n"
    }
    return parts.joined(separator: "\n") + "\n\n" + choices(plan, analysis) + "\n\n"
      + comparison(plan) + "\n\n" + notes(plan) + "\n"
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
        "after", "customers", "records", "degree", "records", "betweenness", "records", "chance",
        "records",
      ]
    ]
    for (place, step) in plan.steps.enumerated() {
      var row = ["\(place + 1)", "\(step.left.customers)", PlainText.grouped(step.left.records)]
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
    \(plan.draws) networks drawn anew from the dealings the person is chosen too. Supply that was not \
    seen is not counted, nor that somebody finds a new supplier.
    """
  }
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
    province: String? = nil
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
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
