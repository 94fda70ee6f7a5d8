internal import ClewReport

/// The figures of a score as the document `clew.score/1`.
public enum ScoreJSON {
  /// The name and version of the document.
  public static let schema = "clew.score/1"

  /// The document, with a line feed at its end; the same score gives the same bytes.
  public static func text(_ score: CaseScore) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
      json.string("modelVersion", score.modelVersion)
      json.array("bases", score.traders) { json, group in
        json.object { json in
          json.string("of", group.base.rawValue)
          json.number("traders", group.traders)
          json.number("bystanders", group.bystanders)
        }
      }
      json.object("lines") { json in
        json.number("wanted", score.lines.wanted)
        json.number("found", score.lines.found)
        json.number("right", score.lines.right)
      }
      json.array("measures", score.measures) { json, measure in
        json.object { add(measure, to: &$0) }
      }
      json.array("grades", score.grades) { json, grade in
        json.object { json in
          json.string("grade", grade.grade)
          json.number("links", grade.count)
          json.number("right", grade.right)
        }
      }
      json.array("confusion", score.confusion) { json, entry in
        json.object { json in
          json.string("truth", entry.truth)
          json.string("found", entry.found)
          json.number("people", entry.count)
        }
      }
      json.array("confidence", score.earned) { json, earned in
        json.object { add(earned, to: &$0) }
      }
    }
    return json.text + "\n"
  }

  private static func add(_ measure: Measure, to json: inout JSONWriter) {
    json.string("name", measure.name)
    json.string("of", measure.base?.rawValue)
    json.value("value", number(measure.value))
    json.value("low", number(measure.interval?.lowerBound))
    json.value("high", number(measure.interval?.upperBound))
    json.number("part", measure.counts?.part)
    json.number("whole", measure.counts?.whole)
  }

  private static func add(_ earned: CaseScore.Earned, to json: inout JSONWriter) {
    json.string("kind", earned.kind)
    json.value("brier", number(earned.brier))
    json.array("tenths", earned.tenths) { json, tenth in
      json.object { json in
        json.value("from", number(tenth.from))
        json.number("findings", tenth.count)
        json.value("meanConfidence", number(tenth.mean))
        json.number("right", tenth.right)
      }
    }
  }

  private static func number(_ value: Double?) -> String {
    value.map(JSONWriter.score) ?? "null"
  }
}
