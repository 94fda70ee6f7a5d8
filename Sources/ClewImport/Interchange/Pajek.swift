internal import ClewEvidence

/// Reads a network in Pajek's format (`.net`): vertices, arcs, edges, also as lists and matrices.
///
/// A section is a line that begins with `*`; `*Arcs :2 "pay"` begins the arcs of a named relation,
/// which is their kind. Edges have no direction. A second `*Vertices` begins another network, whose
/// numbers are other vertices.
struct Pajek: Importer {
  let format = "pajek"
  let title = "Pajek network"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    let lines = InterchangeLines.head(source, lines: 60)
    let first = lines.first { $0.utf8.first != UInt8(ascii: "%") }
    guard let first else { return nil }
    let word = Section.keyword(first)
    if word == "vertices" { return Recognition(confidence: 90, sign: "first section *Vertices") }
    guard word == "network", lines.contains(where: { Section.keyword($0) == "vertices" }) else {
      return nil
    }
    return Recognition(confidence: 90, sign: "sections *Network, *Vertices")
  }

  /// A line that begins a section.
  private struct Section {
    enum Part { case vertices, arcs, edges, arcsList, edgesList, matrix, other }
    let part: Part
    /// The name of the relation, or its number.
    var relation = ""
    var size: Int64?

    static func keyword(_ line: String) -> String? {
      guard line.utf8.first == UInt8(ascii: "*") else { return nil }
      let word = line.dropFirst().prefix { $0.isASCII && $0.isLetter }
      return word.lowercased()
    }

    init(_ line: String) throws(RowFault) {
      guard let words = InterchangeLines.words(line) else {
        throw RowFault("a quote opens and does not close")
      }
      switch Section.keyword(line) {
      case "vertices": part = .vertices
      case "arcs": part = .arcs
      case "edges": part = .edges
      case "arcslist": part = .arcsList
      case "edgeslist": part = .edgesList
      case "matrix": part = .matrix
      default: part = .other
      }
      relation = words.dropFirst().first { $0.isQuoted }?.text ?? ""
      size = words.dropFirst().first.flatMap { Int64($0.text) }
    }
  }

  /// Where the reader is.
  private struct State {
    var section: Section?
    var network = 0
    var vertices: Int64 = 0
    var matrixRow: Int64 = 0

    /// The id of a vertex: numbers of another network are other vertices.
    func id(_ number: Int64) -> String { network < 2 ? "\(number)" : "\(network)/\(number)" }

    mutating func enter(_ next: Section) {
      if next.part == .vertices {
        network += 1
        vertices = next.size ?? 0
      }
      matrixRow = 0
      section = next
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let lines = try InterchangeLines(source)
    var book = NodeBook(source)
    var state = State()
    let mark = "\(source.sha256.prefix(8))/"
    let count = try lines.run(into: sink) { line throws(RowFault) in
      let text = line.text
      if text.utf8.first == UInt8(ascii: "%") { return .skip("comment") }
      if text.utf8.first == UInt8(ascii: "*") {
        state.section = nil
        state.enter(try Section(text))
        return .skip("begin of a section")
      }
      guard let section = state.section else { throw RowFault("the line stands in no section") }
      if section.part == .other { return .skip("section of no vertices and no lines") }
      guard let words = InterchangeLines.words(text) else {
        throw RowFault("a quote opens and does not close")
      }
      if section.part == .vertices {
        let node = try Self.vertex(words, state)
        switch book.enter(node) {
        case .new: return .accept(book.items(of: node))
        case .again, .conflict: throw RowFault("an earlier line describes the same vertex")
        case .full: throw RowFault("more than \(NodeBook.limit) vertices")
        }
      }
      guard line.isComplete || section.part != .matrix else {
        throw RowFault("the file ends inside this line")
      }
      let links = try Self.links(words.map(\.text), section, &state)
      var items: [EvidenceItem] = []
      for (number, link) in links.enumerated() {
        items += try InterchangeLink(
          source: book.account(of: state.id(link.from)),
          target: book.account(of: state.id(link.to)),
          kind: section.relation,
          label: link.label,
          weight: link.weight,
          isDirected: section.part != .edges && section.part != .edgesList,
          place: mark + "\(line.number)" + (links.count > 1 ? ".\(number + 1)" : "")
        ).items()
      }
      return items.isEmpty ? .skip("row of zeros") : .accept(items)
    }
    InterchangeDecision.note(unreadable: book.unreadable, in: sink)
    return count
  }

  private static func vertex(
    _ words: [(text: String, isQuoted: Bool)],
    _ state: State
  ) throws(RowFault) -> InterchangeNode {
    guard let number = words.first.flatMap({ Int64($0.text) }), number >= 1,
      number <= state.vertices
    else { throw RowFault("the number of the vertex lies outside of those declared") }
    let label = words.count > 1 ? words[1].text : ""
    return InterchangeNode(id: state.id(number), label: label)
  }

  private struct Line {
    let from: Int64
    let to: Int64
    var weight = ""
    var label = ""
  }

  private static let lineLimit = 100_000

  /// The lines that one line of text draws.
  private static func links(
    _ words: [String],
    _ section: Section,
    _ state: inout State
  ) throws(RowFault) -> [Line] {
    if section.part == .matrix {
      state.matrixRow += 1
      guard state.matrixRow <= state.vertices, words.count <= lineLimit,
        words.count == state.vertices,
        words.allSatisfy({ Double($0) != nil })
      else { throw RowFault("the row of the matrix has not as many numbers as there are vertices") }
      let row = state.matrixRow
      return words.enumerated().compactMap { place, value in
        InterchangeAmount.plain(Array(value.utf8)) == "0"
          ? nil : Line(from: row, to: Int64(place + 1), weight: value)
      }
    }
    guard words.count <= lineLimit else {
      throw RowFault("one line draws more than \(lineLimit) lines")
    }
    let isList = section.part == .arcsList || section.part == .edgesList
    let numbers = (isList ? words[...] : words.prefix(2)).compactMap { Int64($0) }
    guard numbers.count == (isList ? words.count : 2), numbers.count >= 2,
      numbers.allSatisfy({ $0 >= 1 && $0 <= state.vertices })
    else { throw RowFault("an end of the line is no vertex of those declared") }
    if isList { return numbers.dropFirst().map { Line(from: numbers[0], to: $0) } }
    var line = Line(from: numbers[0], to: numbers[1])
    if words.count > 2 {
      guard Double(words[2]) != nil else { throw RowFault("the weight is no number") }
      line.weight = words[2]
    }
    if let mark = words.dropFirst(3).firstIndex(of: "l"), mark + 1 < words.count {
      line.label = words[mark + 1]
    }
    return [line]
  }
}
