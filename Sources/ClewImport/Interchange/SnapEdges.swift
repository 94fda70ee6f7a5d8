internal import ClewEvidence

/// Reads an edge list as SNAP publishes them: comments after `#`, then two ids in a line.
///
/// The ids are bare numbers. A comment such as `# Kind: pay` gives all edges their kind; without one
/// they are lines between numbers.
struct SnapEdges: Importer {
  let format = "snap-edges"
  let title = "SNAP edge list"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    let lines = InterchangeLines.head(source, lines: 40)
    let comments = lines.prefix { $0.utf8.first == UInt8(ascii: "#") }
    let isNamed = comments.contains { line in
      (TabularCell.holds(line, "Nodes:") && TabularCell.holds(line, "Edges:"))
        || (TabularCell.holds(line, "FromNodeId") && TabularCell.holds(line, "ToNodeId"))
    }
    guard isNamed, comments.count < lines.count else { return nil }
    guard Self.ends(lines[comments.count]) != nil else { return nil }
    return Recognition(confidence: 80, sign: "comments # Nodes: Edges:, then two ids in a line")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let lines = try InterchangeLines(source)
    let book = NodeBook(source)
    let place = "\(source.sha256.prefix(8))/"
    var kind = ""
    var isDirected = true
    let count = try lines.run(into: sink) { line throws(RowFault) in
      if line.text.utf8.first == UInt8(ascii: "#") {
        if let stated = Self.kind(line.text) { kind = stated }
        if TabularCell.holds(line.text.lowercased(), "undirected") { isDirected = false }
        return .skip("comment")
      }
      guard let ends = Self.ends(line.text) else {
        throw RowFault("the line holds no two ids")
      }
      let link = InterchangeLink(
        source: book.account(of: ends.from),
        target: book.account(of: ends.to),
        kind: kind,
        weight: ends.weight,
        isDirected: isDirected,
        place: place + String(line.number)
      )
      return .accept(try link.items())
    }
    sink.setDecision(
      "meaning",
      kind.isEmpty ? "no comment says what an edge means" : "kind of a comment"
    )
    return count
  }

  private static func ends(_ text: String) -> (from: String, to: String, weight: String)? {
    let words = (InterchangeLines.words(text) ?? []).map(\.text)
    guard words.count == 2 || words.count == 3 else { return nil }
    let numbers = words.dropFirst(2)
    guard numbers.allSatisfy({ Double($0) != nil }) else { return nil }
    return (words[0], words[1], numbers.first ?? "")
  }

  /// The kind in a comment of the form `# Kind: pay`.
  private static func kind(_ comment: String) -> String? {
    let parts = comment.utf8.dropFirst().split(maxSplits: 1) {
      $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=")
    }.map { TabularCell.trim(String($0) ?? "") }
    guard parts.count == 2,
      ["kind", "edge", "edges", "relation", "link"].contains(
        TabularCell.headerName(parts[0])
      ), InterchangeWords.kind(of: parts[1]) != nil
    else { return nil }
    return parts[1]
  }
}
