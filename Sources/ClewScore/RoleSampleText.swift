public import ClewChain

/// What the role model saw of a case with the truth beside it, for `Scripts/fit-roles.py`.
public enum RoleSampleText {
  /// One JSON object on one line: the states, the traders with their true state and whether their
  /// dealings are seen in chats, and the links with their ties.
  public static func line(_ analysis: ChainAnalysis, against truth: TrueCase) -> String {
    let mapping = CaseMapping(FoundCase(analysis), truth)
    let samples = analysis.roleSamples
    let traders = samples.traders.map { trader in
      let person = mapping.people[trader.party].map { truth.people[$0] }
      let isLeading = mapping.people[trader.party].map { mapping.leading[$0] == trader.party }
      let features = trader.features.map { "\"\($0.name)\":\($0.thousandths)" }
      return
        "{\"truth\":\"\(person.map(state) ?? "")\",\"isChatSeen\":\(person?.isChatSeen == true),"
        + "\"view\":\"\(trader.view)\",\"isProven\":\(trader.isProven),\"otherHalf\":\"\(trader.otherHalf)\","
        + "\"isLeading\":\(isLeading == true),\"asks\":\(trader.asks),\"pays\":\(trader.pays),"
        + "\"ruled\":\"\(trader.ruled)\",\"beliefs\":\(trader.beliefs),"
        + "\"isKnown\":\(person != nil),\"role\":\"\(analysis.parties[trader.party].role.rawValue)\","
        + "\"features\":{\(features.joined(separator: ","))}}"
    }
    let bonds = samples.bonds.map { "[\($0.supplier),\($0.buyer),\"\($0.tie)\"]" }
    let states = samples.states.map { "\"\($0)\"" }
    var absent: [String: Int] = [:]
    for (place, person) in truth.people.enumerated() where person.isChatSeen {
      let role = mapping.leading[place].map { analysis.parties[$0].role } ?? .outsider
      if role == .outsider { absent[state(person), default: 0] += 1 }
    }
    let lost = absent.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return
      "{\"absent\":{\(lost.joined(separator: ","))},\"states\":[\(states.joined(separator: ","))],"
      + "\"traders\":[\(traders.joined(separator: ","))],"
      + "\"bonds\":[\(bonds.joined(separator: ","))]}\n"
  }

  private static func state(_ person: TrueCase.Person) -> String {
    switch person.role {
    case "source", "customer": person.role
    case "firstLevelAgent", "secondLevelAgent", "subAgent":
      "tier\(min(4, max(1, person.tier ?? 1)))"
    default: ""
    }
  }
}
