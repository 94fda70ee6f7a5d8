public import ClewChain
public import ClewEvidence

/// How the chain grew, as tables.
public enum TimelineText {
  /// The tables with at most `limit` parties, with a line feed at their end.
  ///
  /// `until` names the first moment whose evidence was left out, if any was.
  public static func text(
    _ timeline: ChainTimeline,
    of analysis: ChainAnalysis,
    limit: Int,
    until: Timestamp? = nil
  ) -> String {
    var parts = zip(analysis.lines, timeline.lines).map { line($0.0, $0.1) }
    if parts.isEmpty { parts.append("No line: nobody is supplied and resells.") }
    if let until { parts.insert(Wording.without(until), at: 0) }
    parts += [delays(timeline), members(timeline, analysis, limit)]
    if timeline.undatedLinks > 0 {
      parts.append("\(timeline.undatedLinks) links have no time; no path in time counts over them")
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func day(_ moment: Int64?) -> String {
    moment.map { String(Timestamp(milliseconds: $0).shanghai.prefix(10)) } ?? "-"
  }

  private static func line(_ line: LineFinding, _ growth: ChainTimeline.Line) -> String {
    var rows = [["month", "entered", "members", "active", "dealings"]]
    for month in growth.months {
      rows.append([
        month.month, "\(month.entered)", "\(month.members)", "\(month.active)",
        "\(month.dealings)",
      ])
    }
    return "\(line.id) \(PlainText.safe(line.name, limit: 24)): \(day(growth.span?.lowerBound)) to "
      + "\(day(growth.span?.upperBound))\n" + PlainText.table(rows)
  }

  private static func delays(_ timeline: ChainTimeline) -> String {
    guard !timeline.delays.isEmpty else { return "" }
    var rows = [["tier", "goods passed on", "a quarter within", "half within", "three quarters"]]
    for delay in timeline.delays {
      rows.append([
        "\(delay.tier)", "\(delay.goods)", span(delay.lowerQuartile), span(delay.median),
        span(delay.upperQuartile),
      ])
    }
    return "How long goods stay with a reseller, by his tier\n" + PlainText.table(rows)
  }

  /// A span in the largest unit that fits.
  private static func span(_ milliseconds: Int64) -> String {
    let minutes = milliseconds / 60_000
    if minutes < 120 { return "\(minutes) min" }
    return minutes < 2880 ? "\(minutes / 60) h" : "\(minutes / 1440) d"
  }

  private static func members(
    _ timeline: ChainTimeline,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    let ranked = timeline.members.filter { $0.below > 0 }.sorted {
      $0.belowInTime != $1.belowInTime ? $0.belowInTime > $1.belowInTime : $0.party < $1.party
    }
    guard !ranked.isEmpty else { return "" }
    var rows = [["party", "", "entered", "last seen", "below", "in time"]]
    for member in ranked.prefix(limit) {
      let party = analysis.parties[member.party]
      rows.append([
        PlainText.safe(party.name, limit: 24), party.party.id, day(member.span?.lowerBound),
        day(member.span?.upperBound), "\(member.below)", "\(member.belowInTime)",
      ])
    }
    let more = ranked.count > limit ? "\n\(ranked.count - limit) more parties; see --limit" : ""
    return "Persons below a supplier by the links, and by paths whose times run the right way\n"
      + PlainText.table(rows) + more
  }
}

/// How the chain grew, as the document `clew.timeline/1`.
public enum TimelineJSON {
  /// The name and version of the document.
  public static let schema = "clew.timeline/1"

  /// The document, with a line feed at its end; where evidence was left out, `until` says from when.
  public static func text(
    _ timeline: ChainTimeline,
    of analysis: ChainAnalysis,
    until: Timestamp? = nil
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
      if let until { json.string("until", until.iso) }
      json.array("lines", zip(analysis.lines, timeline.lines)) { json, pair in
        json.object { json in
          json.string("id", pair.0.id)
          span(pair.1.span, to: &json)
          json.array("months", pair.1.months) { json, month in
            json.object { json in
              json.string("month", month.month)
              json.number("entered", month.entered)
              json.number("members", month.members)
              json.number("active", month.active)
              json.number("dealings", month.dealings)
            }
          }
        }
      }
      json.array("delays", timeline.delays) { json, delay in
        json.object { json in
          json.number("tier", delay.tier)
          json.number("goods", delay.goods)
          json.number("lowerQuartileSeconds", delay.lowerQuartile / 1000)
          json.number("medianSeconds", delay.median / 1000)
          json.number("upperQuartileSeconds", delay.upperQuartile / 1000)
        }
      }
      json.array("parties", timeline.members) { json, member in
        json.object { json in
          json.string("id", analysis.parties[member.party].party.id)
          span(member.span, to: &json)
          json.number("below", member.below)
          json.number("belowInTime", member.belowInTime)
        }
      }
      json.number("undatedLinks", timeline.undatedLinks)
    }
    return json.text + "\n"
  }

  private static func span(_ span: ClosedRange<Int64>?, to json: inout JSONWriter) {
    json.string("first", span.map { Timestamp(milliseconds: $0.lowerBound).iso })
    json.string("last", span.map { Timestamp(milliseconds: $0.upperBound).iso })
  }
}
