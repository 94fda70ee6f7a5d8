/// What can be wrong with a graph's input or with an option of an algorithm.
public enum GraphError: Error, Hashable, Sendable {
  /// A node is named that the graph does not have.
  case noSuchNode(NodeID, nodeCount: Int)
  /// The algorithm starts from nodes, and none was given.
  case noStartNodes
  /// There are more nodes than 32-bit ids.
  case tooManyNodes(Int)
  /// There are more edges than 32-bit offsets.
  case tooManyEdges(Int)
  /// An edge weighs less than 1.
  case nonPositiveWeight(source: NodeID, target: NodeID)
  /// The weights add up to more than 64 bits hold.
  case weightOverflow
  /// An option lies outside its range; `expected` says what the range is.
  case optionOutOfRange(option: String, expected: String)
  /// A list that holds one value for each node has another length.
  case wrongValueCount(expected: Int, found: Int)
  /// A file cannot be read; `reason` says why, in the system's words.
  case unreadableFile(reason: String)
  /// A file cannot be written; `reason` says why, in the system's words.
  case unwritableFile(reason: String)
  /// A file is no snapshot of a graph, or a damaged one.
  case unreadableSnapshot(SnapshotProblem)
  /// The caller has called the work off.
  case cancelled
  /// A line of an edge list cannot be read; lines count from 1.
  case unreadableLine(Int, EdgeListProblem)
}

/// What is wrong with a line of an edge list.
public enum EdgeListProblem: Error, Hashable, Sendable {
  /// The line has fewer than two columns.
  case missingColumn
  /// The line is parted by another separator than the first.
  case otherSeparator
  /// A name is empty.
  case emptyName
  /// The weight is no whole number from 1 to 9,223,372,036,854,775,807.
  case unreadableWeight
  /// A quotation mark opens a name and none closes it.
  case unclosedQuote
  /// The bytes are not UTF-8.
  case invalidText
  /// The header names no column for one end of the edges.
  case missingHeaderName
}

extension GraphError: CustomStringConvertible {
  /// Where it is wrong, what is wrong, and what would be right, in one line.
  public var description: String {
    switch self {
    case .noSuchNode(let node, let count):
      "node \(node) is not in the graph; expected a number below \(count)"
    case .noStartNodes:
      "no start node is given; expected at least one"
    case .tooManyNodes(let count):
      "there are \(count) nodes; expected at most 4294967294"
    case .tooManyEdges(let count):
      "there are \(count) edge entries; expected at most 4294967295"
    case .nonPositiveWeight(let source, let target):
      "the edge from node \(source) to node \(target) weighs less than 1; leave such edges out"
    case .weightOverflow:
      "the weights add up to more than 64 bits hold; choose a coarser unit"
    case .optionOutOfRange(let option, let expected):
      "option \"\(option)\" is out of range; expected \(expected)"
    case .wrongValueCount(let expected, let found):
      "\(found) values are given for \(expected) nodes; expected one for each node"
    case .unreadableFile(let reason):
      "the file cannot be read: \(reason)"
    case .unwritableFile(let reason):
      "the file cannot be written: \(reason)"
    case .unreadableSnapshot(let problem):
      "the graph snapshot cannot be used: \(problem)"
    case .cancelled:
      "the work was called off"
    case .unreadableLine(let line, let problem):
      "line \(line): \(problem)"
    }
  }
}

extension EdgeListProblem: CustomStringConvertible {
  /// What is wrong and what would be right, without the content of the line.
  public var description: String {
    switch self {
    case .missingColumn: "fewer than two columns; expected a source and a target"
    case .otherSeparator:
      "the columns are parted otherwise than on the first line; expected one separator throughout"
    case .emptyName: "a name is empty; expected a source and a target"
    case .unreadableWeight: "the weight is not a whole number of at least 1"
    case .unclosedQuote: "a quotation mark is not closed on the line"
    case .invalidText: "the bytes are not UTF-8; expected UTF-8 text"
    case .missingHeaderName:
      "the header does not name both ends; expected names such as source and target"
    }
  }
}
