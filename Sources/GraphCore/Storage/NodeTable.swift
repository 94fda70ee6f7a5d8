/// The order in which labels become node ids.
public enum NodeOrder: Hashable, Sendable {
  /// As they were first seen; depends on the order of the input.
  case firstSeen
  /// By the bytes of their UTF-8 form; the same for any order of the input.
  case sorted
}

/// Which label belongs to which node, both ways.
///
/// ```swift
/// let table = NodeTable(["b", "a", "b"], order: .sorted)
/// table.labels              // ["a", "b"]
/// table.node(for: "b")      // node 1
/// ```
///
/// Labels are equal when their bytes are: unlike Swift strings, two ways of writing an accented
/// letter are two labels, as they are in a database.
public struct NodeTable: Equatable, Sendable {
  /// The label of each node, in node order.
  public private(set) var labels: [String] = []
  private var nodes: [LabelKey: NodeID] = [:]

  /// A table without labels.
  public init() {}

  /// Numbers labels, each once.
  ///
  /// - Parameters:
  ///   - labels: The labels, in any order and with repeats.
  ///   - order: How the ids run.
  /// - Complexity: O(*k*) for *k* labels, and O(*k* log *k*) where sorted.
  public init(_ labels: some Sequence<String>, order: NodeOrder) {
    for label in labels { insert(label) }
    if order == .sorted {
      self = NodeTable(distinct: self.labels.placesInByteOrder.map { self.labels[$0] })
    }
  }

  /// Numbers labels by their places; the caller promises that each comes once.
  init(distinct labels: [String]) {
    nodes.reserveCapacity(labels.count)
    self.labels.reserveCapacity(labels.count)
    for label in labels { insert(label) }
  }

  /// The number of labels.
  public var count: Int { labels.count }

  /// Finds the node of a label.
  ///
  /// - Parameter label: Any text.
  /// - Returns: The node, or nil where the table lacks the label.
  public func node(for label: String) -> NodeID? {
    nodes[LabelKey(label: label)]
  }

  /// The label of a node.
  ///
  /// - Parameter node: A node below ``count``.
  /// - Returns: Its label.
  public subscript(node: NodeID) -> String {
    labels[node.index]
  }

  /// Gives a label the next id, unless it has one.
  ///
  /// - Parameter label: Any text.
  /// - Returns: The node of the label.
  @discardableResult
  public mutating func insert(_ label: String) -> NodeID {
    let key = LabelKey(label: label)
    if let node = nodes[key] { return node }
    let node = NodeID(labels.count)
    labels.append(label)
    nodes[key] = node
    return node
  }
}

extension [String] {
  /// The places of the strings in the order of their bytes.
  var placesInByteOrder: [Int] {
    // The first eight bytes as a number settle most comparisons.
    indices.map { place in
      var start: UInt64 = 0
      var count = 0
      for byte in self[place].utf8.prefix(8) {
        start = start &<< 8 | UInt64(byte)
        count += 1
      }
      return (start: start &<< UInt64(64 - 8 * count), place: place)
    }
    .sorted { left, right in
      left.start == right.start
        ? self[left.place].utf8.lexicographicallyPrecedes(self[right.place].utf8)
        : left.start < right.start
    }
    .map(\.place)
  }
}

/// A label that equals another only when its bytes do.
private struct LabelKey: Hashable, Sendable {
  let label: String

  static func == (left: Self, right: Self) -> Bool {
    left.label.utf8.elementsEqual(right.label.utf8)
  }

  func hash(into hasher: inout Hasher) {
    // Eight bytes at a time, and the length in place of an end mark.
    var word: UInt64 = 0
    var count = 0
    for byte in label.utf8 {
      word = word &<< 8 | UInt64(byte)
      count += 1
      if count & 7 == 0 {
        hasher.combine(word)
        word = 0
      }
    }
    hasher.combine(word)
    hasher.combine(count)
  }
}
