public import GraphCore

/// A graph whose nodes are known outside by names, which may be plain numbers.
public struct NamedGraph: Sendable {
  /// The nodes and edges.
  public let graph: Graph
  private let names: Names

  private enum Names: Sendable {
    case numbers(NodeNumbers)
    case labels(NodeTable)
  }

  /// Nodes known by numbers, which take a hundredth of the room of names.
  public init(_ numbered: NumberedGraph) {
    graph = numbered.graph
    names = .numbers(numbered.numbers)
  }

  /// Nodes known by names.
  public init(_ labelled: LabelledGraph) {
    graph = labelled.graph
    names = .labels(labelled.table)
  }

  /// The name of a node.
  public func label(of node: NodeID) -> String {
    switch names {
    case .numbers(let numbers): String(numbers[node])
    case .labels(let table): table[node]
    }
  }

  /// The node of a name, spelled as in the source.
  public func node(for label: String) -> NodeID? {
    switch names {
    case .labels(let table): return table.node(for: label)
    case .numbers(let numbers):
      // No number was read with a leading zero or a sign.
      guard let number = UInt64(label), String(number) == label else { return nil }
      return numbers.node(for: number)
    }
  }
}
