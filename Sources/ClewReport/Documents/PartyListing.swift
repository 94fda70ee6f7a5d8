public import ClewChain
public import ClewEvidence

/// The parties of a case as text: all, the pairs that are possibly one, the contradictions, the
/// analysts' decisions.
public struct PartyListing {
  private let analysis: ChainAnalysis
  /// How many rows of a list are written.
  public var limit = 100

  /// Makes a listing of the findings of a case.
  public init(_ analysis: ChainAnalysis) { self.analysis = analysis }

  /// Every party with its role and accounts, by id.
  public func parties() -> String {
    var rows = [["party", "role", "name", "accounts"]]
    for party in analysis.parties.prefix(limit) {
      rows.append([
        party.party.id, party.role.rawValue, PlainText.safe(party.name, limit: 24),
        PlainText.safe(party.party.accounts.map(\.description).joined(separator: " "), limit: 400),
      ])
    }
    return PlainText.table(rows) + "\n" + more(analysis.parties.count)
  }

  /// The pairs that are possibly one, the likeliest first, with every sign and its records.
  public func possible() -> String {
    let pairs = analysis.possiblySame.sorted { left, right in
      if left.score != right.score { return left.score > right.score }
      return left.first != right.first ? left.first < right.first : left.second < right.second
    }
    guard !pairs.isEmpty else { return "no two parties are possibly one\n" }
    var out = "possibly one person, not merged (clew merge CASE A B --reason TEXT)\n"
    for pair in pairs.prefix(limit) {
      out += "\n\(Wording.score(pair.score))  \(title(pair.first))  ~  \(title(pair.second))\n"
      out += Self.signs(pair)
    }
    return out + more(pairs.count)
  }

  /// One line for each sign of a pair.
  static func signs(_ pair: SoftLink) -> String {
    var out = ""
    for sign in pair.signs {
      out += "    \(sign.weight < 0 ? "" : "+")\(Wording.score(sign.weight))  "
      out += Wording.sign(sign.kind)
      if !sign.detail.isEmpty { out += " “\(PlainText.safe(sign.detail, limit: 60))”" }
      for (place, record) in sign.records.enumerated() {
        out += place == 0 ? "  \(record)" : " \(record)"
      }
      out += "\n"
    }
    return out
  }

  /// Where the evidence contradicts itself about who holds an account.
  public func conflicts() -> String {
    guard !analysis.identityConflicts.isEmpty else { return "no contradiction\n" }
    return analysis.identityConflicts.prefix(limit).map(Self.conflict).joined()
      + more(analysis.identityConflicts.count)
  }

  static func conflict(_ conflict: IdentityConflict) -> String {
    let accounts = conflict.accounts.map { PlainText.safe($0.description) }
    let names = conflict.names.map { "“\(PlainText.safe($0, limit: 60))”" }
    return "\(Wording.conflict(conflict.kind)): \((accounts + names).joined(separator: " · "))"
      + "  \(conflict.references.joined(separator: " "))\n"
  }

  /// Every decision of the analysts, those that were taken back too.
  public static func decisions(_ decisions: [Decision]) -> String {
    guard !decisions.isEmpty else { return "no decision\n" }
    let holding = Set(decisions.holding.map(\.number))
    return PlainText.table(
      decisions.map { decision in
        let what =
          decision.undoes.map { "decision \($0)" }
          ?? [decision.first, decision.second].compactMap { $0?.description }
          .joined(separator: decision.kind == .split ? " ≠ " : " = ")
        let state =
          decision.kind == .undo ? "" : holding.contains(decision.number) ? "holds" : "undone"
        return [
          "\(decision.number)", decision.kind.rawValue + (decision.isForced ? ", forced" : ""),
          state, PlainText.safe(what, limit: 120), PlainText.safe(decision.user, limit: 40),
          decision.at, PlainText.safe(decision.reason, limit: 400),
        ]
      }
    ) + "\n"
  }

  private func title(_ place: Int) -> String {
    let party = analysis.parties[place]
    let leading = PlainText.safe(party.party.accounts[0].description, limit: 60)
    return "\(PlainText.safe(party.name, limit: 24)) \(leading) \(party.party.id)"
  }

  private func more(_ count: Int) -> String {
    count > limit ? "\(count - limit) more; see --limit\n" : ""
  }
}

/// The identity part of a case as the document `clew.parties/1`.
public enum PartyJSON {
  /// The pairs, contradictions and decisions, without the parties, which `clew.analysis/1` has.
  public static func text(_ analysis: ChainAnalysis, decisions: [Decision]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", "clew.parties/1")
      json.string("weights", SoftLinkWeights.standard.version)
      possible(analysis, to: &json)
      conflicts(analysis, to: &json)
      self.decisions(decisions, to: &json)
    }
    return json.text + "\n"
  }

  static func possible(_ analysis: ChainAnalysis, to json: inout JSONWriter) {
    json.array("possiblySame", analysis.possiblySame) { json, pair in
      json.object { json in
        json.string("a", analysis.parties[pair.first].party.id)
        json.string("b", analysis.parties[pair.second].party.id)
        json.value("score", JSONWriter.decimal(Int64(pair.score), unit: 1000))
        json.array("signs", pair.signs) { json, sign in
          json.object { json in
            json.string("kind", sign.kind.rawValue)
            json.value("weight", JSONWriter.decimal(Int64(sign.weight), unit: 1000))
            json.string("detail", sign.detail)
            json.strings("records", sign.records.map(\.description))
          }
        }
      }
    }
  }

  static func conflicts(_ analysis: ChainAnalysis, to json: inout JSONWriter) {
    json.array("conflicts", analysis.identityConflicts) { json, conflict in
      json.object { json in
        json.string("kind", conflict.kind.rawValue)
        json.strings("accounts", conflict.accounts.map(\.description))
        json.strings("names", conflict.names)
        json.strings("evidence", conflict.references)
      }
    }
  }

  static func decisions(_ decisions: [Decision], to json: inout JSONWriter) {
    let holding = Set(decisions.holding.map(\.number))
    json.array("decisions", decisions) { json, decision in
      json.object { json in
        json.number("number", decision.number)
        json.string("kind", decision.kind.rawValue)
        json.string("a", decision.first?.description)
        json.string("b", decision.second?.description)
        json.number("undoes", decision.undoes)
        json.bool("forced", decision.isForced)
        json.bool("holds", holding.contains(decision.number))
        json.string("reason", decision.reason)
        json.string("user", decision.user)
        json.string("at", decision.at)
      }
    }
  }
}
