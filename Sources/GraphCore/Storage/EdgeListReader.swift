/// Reads a graph from a text with one edge on each line.
///
/// ```swift
/// let graph = try EdgeListReader().graph(from: Array("a b 3\nb c".utf8))
/// ```
///
/// - Columns are parted by commas, tabs or runs of spaces, whichever the first line has, in this
///   order; a line that is parted otherwise is refused. Between commas a name may stand in quotation
///   marks, with two for one inside; between spaces it has no comma.
/// - The first column is the source, the second the target, the third, where there is one, the
///   weight. Where the first line is a header (it holds names such as `source` and `target`, or
///   `from` and `to`), its names say which column is which, and only a column named `weight`, `count`
///   or `value` is a weight.
/// - Empty lines and lines that begin with `#` or `%` are passed over, and so is a byte order mark.
/// - An empty weight, or none, is 1. Edges that occur again are folded.
public struct EdgeListReader: Hashable, Sendable {
  /// Whether the first line names the columns.
  public enum Header: Hashable, Sendable {
    /// It does when it holds names for both ends.
    case automatic
    /// It does.
    case present
    /// It does not.
    case absent
  }

  /// Whether direction counts.
  public var isDirected: Bool
  /// What becomes of edges that leave and enter the same node.
  public var selfLoops: GraphBuilder.SelfLoops
  /// What becomes of lines between the same two nodes.
  public var repeats: GraphBuilder.Repeats
  /// How node ids run.
  public var order: NodeOrder
  /// Whether the first line names the columns.
  public var header: Header
  /// Whether weights are read; otherwise each line weighs 1.
  public var readsWeights: Bool

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - isDirected: Whether direction counts.
  ///   - selfLoops: What becomes of self-loops.
  ///   - order: How node ids run.
  ///   - header: Whether the first line names the columns.
  ///   - readsWeights: Whether weights are read.
  ///   - repeats: What becomes of lines between the same two nodes.
  public init(
    isDirected: Bool = true,
    selfLoops: GraphBuilder.SelfLoops = .kept,
    order: NodeOrder = .sorted,
    header: Header = .automatic,
    readsWeights: Bool = true,
    repeats: GraphBuilder.Repeats = .summed
  ) {
    self.repeats = repeats
    self.isDirected = isDirected
    self.selfLoops = selfLoops
    self.order = order
    self.header = header
    self.readsWeights = readsWeights
  }

  /// Reads a text.
  ///
  /// - Parameter bytes: The text in UTF-8.
  /// - Returns: The graph with its names.
  /// - Throws: ``GraphError/unreadableLine(_:_:)`` for the first line that cannot be read, or what
  ///   ``GraphBuilder/build(workers:)`` throws.
  /// - Complexity: O(*b*) for *b* bytes, and O(*n* log *n*) more where ids are sorted.
  ///
  /// > Repeatable: With sorted ids the same graph for any order of the lines.
  public func graph(from bytes: [UInt8]) throws(GraphError) -> LabelledGraph {
    try graph(from: bytes.span)
  }

  /// Reads a text without copying it.
  ///
  /// - Parameter bytes: The text in UTF-8.
  /// - Returns: The graph with its names.
  /// - Throws: ``GraphError/unreadableLine(_:_:)`` for the first line that cannot be read, or what
  ///   ``GraphBuilder/build(workers:)`` throws.
  /// - Complexity: O(*b*) for *b* bytes, and O(*n* log *n*) more where ids are sorted.
  public func graph(from bytes: Span<UInt8>) throws(GraphError) -> LabelledGraph {
    var edges = EdgeListEdges(isDirected: isDirected, selfLoops: selfLoops, repeats: repeats)
    var columns: EdgeListColumns?
    var fields: [EdgeListField] = []
    var place = bytes.startsWithByteOrderMark ? 3 : 0
    var line = 0
    while place < bytes.count {
      line += 1
      let range = bytes.line(from: place)
      place = range.upperBound + 1
      let text = bytes.trimmed(range)
      guard let first = text.first, bytes[first] != .hash, bytes[first] != .percent else {
        continue
      }
      let known = columns
      let separator = known?.separator ?? bytes.separator(of: text)
      do throws(EdgeListProblem) {
        let row = separator == .tab ? bytes.trimmed(range, keeping: .tab) : text
        try bytes.split(row, by: separator, into: &fields)
        if fields.count < 2, known != nil, bytes.isParted(text) { throw .otherSeparator }
        if let known {
          try edges.add(fields, of: bytes, as: known)
        } else {
          var named = try EdgeListColumns(
            header: header,
            fields: fields,
            of: bytes,
            separator: separator
          )
          if !readsWeights { named.weight = nil }
          columns = named
          if !named.isHeader { try edges.add(fields, of: bytes, as: named) }
        }
      } catch {
        throw .unreadableLine(line, error)
      }
    }
    return try LabelledGraph(edges: edges.builder, labels: edges.names.labels, order: order)
  }
}

/// The edges read so far, and the names of their ends.
private struct EdgeListEdges {
  var builder: GraphBuilder
  var names = LabelInterner()

  init(
    isDirected: Bool,
    selfLoops: GraphBuilder.SelfLoops,
    repeats: GraphBuilder.Repeats
  ) {
    builder = GraphBuilder(isDirected: isDirected, selfLoops: selfLoops, repeats: repeats)
  }

  mutating func add(
    _ fields: [EdgeListField],
    of text: Span<UInt8>,
    as columns: EdgeListColumns
  ) throws(EdgeListProblem) {
    guard fields.count > max(columns.source, columns.target) else { throw .missingColumn }
    let (source, target) = (fields[columns.source], fields[columns.target])
    guard !source.range.isEmpty, !target.range.isEmpty else { throw .emptyName }
    // Had the list commas in names, nobody could tell them from those between columns.
    if columns.separator == .space, text.hasComma(source.range) || text.hasComma(target.range) {
      throw .otherSeparator
    }
    var weight: Int64 = 1
    if let column = columns.weight, column < fields.count, !fields[column].range.isEmpty {
      guard let number = text.positiveNumber(in: fields[column].range) else {
        throw .unreadableWeight
      }
      weight = number
    }
    let from = try node(source, of: text)
    builder.addEdge(from: from, to: try node(target, of: text), weight: weight)
  }

  private mutating func node(
    _ field: EdgeListField,
    of text: Span<UInt8>
  ) throws(EdgeListProblem) -> NodeID {
    guard field.hasDoubledQuotes else { return try names.intern(text, field.range) }
    let bytes = text.bytes(of: field)
    return try names.intern(bytes.span, bytes.indices)
  }
}

/// Which column of an edge list holds what.
private struct EdgeListColumns {
  var separator: UInt8
  var source = 0
  var target = 1
  var weight: Int? = 2
  /// Whether the line it was made from is a header and holds no edge.
  var isHeader = false

  static let sourceNames: Set = ["source", "from", "src"]
  static let targetNames: Set = ["target", "to", "dst", "dest"]
  static let weightNames: Set = ["weight", "count", "value"]

  init(
    header: EdgeListReader.Header,
    fields: [EdgeListField],
    of text: Span<UInt8>,
    separator: UInt8
  ) throws(EdgeListProblem) {
    self.separator = separator
    guard header != .absent else { return }
    var names: [String] = []
    for field in fields {
      names.append(String(decoding: text.bytes(of: field), as: UTF8.self).lowercased())
    }
    let source = names.firstIndex { Self.sourceNames.contains($0) }
    let target = names.firstIndex { Self.targetNames.contains($0) }
    guard let source, let target else {
      if header == .present { throw .missingHeaderName }
      return
    }
    self.source = source
    self.target = target
    weight = names.firstIndex { Self.weightNames.contains($0) }
    isHeader = true
  }
}
