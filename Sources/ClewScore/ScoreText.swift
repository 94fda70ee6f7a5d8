internal import Foundation

/// The figures of a score for people.
public enum ScoreText {
  /// A table with one figure a line, and what stands behind them, with a line feed at its end.
  public static func table(_ score: CaseScore) -> String {
    var text = ""
    for group in score.traders {
      text += "\(pad(group.base.rawValue, 6)) \(group.traders) traders, "
      text += "\(group.bystanders) bystanders\n"
    }
    text += "lines  \(score.lines.wanted), found \(score.lines.found), "
    text += "with the true principal \(score.lines.right)\n\n"
    text += row("measure", "of", "value", "95 % interval", "counts")
    for measure in score.measures {
      let interval = measure.interval.map { number($0.lowerBound) + " – " + number($0.upperBound) }
      let counts = measure.counts.map { "\($0.part)/\($0.whole)" }
      text += row(
        measure.name,
        measure.base?.rawValue ?? "",
        number(measure.value),
        interval ?? "",
        counts ?? ""
      )
    }
    text += "\ngrade    links  right\n"
    for grade in score.grades {
      text += "\(pad(grade.grade, 5)) \(left(grade.count, 8)) \(left(grade.right, 6))\n"
    }
    text += "\n" + confusion(score)
    for earned in score.earned {
      text += "\nconfidence of the \(earned.kind)  findings  mean  right\n"
      for tenth in earned.tenths where tenth.count > 0 {
        let share = Double(tenth.right) / Double(tenth.count)
        text += "from \(number(tenth.from)) \(left(tenth.count, 22))  \(number(tenth.mean))"
        text += "  \(number(share))\n"
      }
    }
    return text + "\nmodel \(score.modelVersion)\n"
  }

  private static func confusion(_ score: CaseScore) -> String {
    var text = "true role          found role         people\n"
    for entry in score.confusion {
      text += "\(pad(entry.truth, 18)) \(pad(entry.found, 18)) \(left(entry.count, 6))\n"
    }
    return text
  }

  /// One line for each figure: `measure,of,value,low,high,part,whole`, for other programs.
  public static func commaSeparated(_ score: CaseScore) -> String {
    var text = "measure,of,value,low,high,part,whole\n"
    for measure in score.measures {
      var cells: [String] = [measure.name, measure.base?.rawValue ?? ""]
      for figure in [measure.value, measure.interval?.lowerBound, measure.interval?.upperBound] {
        cells.append(figure == nil ? "" : number(figure))
      }
      for count in [measure.counts?.part, measure.counts?.whole] {
        cells.append(count.map(String.init) ?? "")
      }
      text += cells.joined(separator: ",") + "\n"
    }
    for (name, count) in [
      ("lines.wanted", score.lines.wanted), ("lines.found", score.lines.found),
      ("lines.right", score.lines.right),
    ] { text += "\(name),,\(count),,,,\n" }
    return text
  }

  private static func row(
    _ name: String,
    _ base: String,
    _ value: String,
    _ interval: String,
    _ counts: String
  ) -> String {
    let line =
      "\(pad(name, 32)) \(pad(base, 6)) \(pad(value, 8)) \(pad(interval, 18)) \(counts)"
    return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
  }

  /// A figure with four digits behind the point; a dash where it is undefined.
  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "-" }
    return String(format: "%.4f", value)
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func left(_ number: Int, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - "\(number)".count)) + "\(number)"
  }
}
