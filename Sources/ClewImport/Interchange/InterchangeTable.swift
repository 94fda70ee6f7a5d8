internal import ClewEvidence

/// The columns of a table of nodes or edges that are attributes, each with its sense.
struct InterchangeColumns {
  private let columns: [(place: Int, name: String, sense: AttributeSense?)]

  /// Takes the columns that a test lets pass; the test is told place and name.
  init(_ names: [String], where passes: (Int, String) -> Bool) {
    columns = names.enumerated().compactMap { place, name in
      guard !name.isEmpty, passes(place, name) else { return nil }
      return (place, name, InterchangeWords.sense(of: name))
    }
  }

  /// Takes columns whose attribute has another name than the column.
  init(_ attributes: [(place: Int, name: String)]) {
    columns = attributes.map { ($0.place, $0.name, InterchangeWords.sense(of: $0.name)) }
  }

  /// The attributes of a row; empty cells are none.
  func attributes(of row: TabularRow) -> [InterchangeAttribute] {
    columns.compactMap { place, name, sense in
      let value = row.clean(place)
      return value.isEmpty ? nil : InterchangeAttribute(name, value, sense: sense)
    }
  }
}

/// What the importers of graph files say of the file as a whole.
enum InterchangeDecision {
  /// Notes how many values that should be accounts are none.
  static func note(unreadable: Int, in sink: any UnitSink) {
    guard unreadable > 0 else { return }
    sink.setDecision(
      "attributes that should be accounts and are none",
      String(unreadable)
    )
  }
}
