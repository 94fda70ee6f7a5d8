/// A contact between two nodes at a time.
public struct TimedEdge: Hashable, Sendable {
  /// The node it leaves.
  public let source: NodeID
  /// The node it enters.
  public let target: NodeID
  /// When it happens, in any unit that all edges share.
  public let time: Int64

  /// Describes a contact.
  ///
  /// - Parameters:
  ///   - source: The node it leaves.
  ///   - target: The node it enters.
  ///   - time: When it happens.
  public init(source: NodeID, target: NodeID, time: Int64) {
    self.source = source
    self.target = target
    self.time = time
  }
}

/// Who can have got something by a chain of contacts that runs forward in time.
///
/// What passed from *a* to *b* in March cannot have reached *b*'s contacts of February: a route counts
/// only where each contact comes after the one before.
///
/// ```swift
/// let reach = TemporalReach(nodeCount: 3, edges: contacts)
/// try reach.earliestArrivals(from: [NodeID(0)], startingAt: 0)
/// ```
///
/// > Accepts: Contacts in any order, also several between the same two nodes; self-loops are no matter.
///
/// > Repeatable: One worker does it; the order of the contacts does not matter.
///
/// > Source: H. Wu, J. Cheng, S. Huang, Y. Ke, Y. Lu, Y. Xu, "Path problems in temporal graphs",
/// > *PVLDB* 7(9), 2014. [doi](https://doi.org/10.14778/2732939.2732945)
public struct TemporalReach: Sendable {
  /// The number of nodes.
  public let nodeCount: Int
  /// The contacts by time; those of one time by source and target.
  private let edges: [TimedEdge]

  /// Puts contacts in order.
  ///
  /// - Parameters:
  ///   - nodeCount: How many nodes there are.
  ///   - edges: The contacts.
  /// - Throws: ``GraphError/noSuchNode(_:nodeCount:)``.
  /// - Complexity: O(*m* log *m*) for *m* contacts.
  public init(nodeCount: Int, edges: [TimedEdge]) throws(GraphError) {
    for edge in edges {
      for node in [edge.source, edge.target] where node.index >= nodeCount {
        throw .noSuchNode(node, nodeCount: nodeCount)
      }
    }
    self.nodeCount = nodeCount
    self.edges = edges.sorted {
      ($0.time, $0.source, $0.target) < ($1.time, $1.source, $1.target)
    }
  }

  /// Finds when each node can first have got what the starts had.
  ///
  /// - Parameters:
  ///   - starts: One node or more.
  ///   - start: From when on the starts have it.
  ///   - end: Contacts after it do not count.
  ///   - wait: How long a node has to have it before it passes it on, 0 or more; with 0 it may pass
  ///     through several contacts of one time.
  /// - Returns: For each node the earliest time, nil where it cannot have got it; `start` for the starts.
  /// - Throws: ``GraphError/noStartNodes``, ``GraphError/noSuchNode(_:nodeCount:)`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) for *n* nodes and *m* contacts, and O(*m* log *m*) where all contacts are
  ///   of one time.
  public func earliestArrivals(
    from starts: [NodeID],
    startingAt start: Int64 = .min,
    endingAt end: Int64 = .max,
    waiting wait: Int64 = 1
  ) throws(GraphError) -> [Int64?] {
    guard !starts.isEmpty else { throw .noStartNodes }
    guard wait >= 0 else { throw .optionOutOfRange(option: "wait", expected: "0 or more") }
    var arrivals = [Int64?](repeating: nil, count: nodeCount)
    for node in starts {
      guard node.index < nodeCount else { throw .noSuchNode(node, nodeCount: nodeCount) }
      arrivals[node.index] = start
    }
    let isStart = Set(starts)
    /// Whether a node can pass it on at a time. The starts have it from the beginning.
    func canPass(_ node: NodeID, at time: Int64) -> Bool {
      guard let arrival = arrivals[node.index], time >= start else { return false }
      let (ready, overflow) = arrival.addingReportingOverflow(isStart.contains(node) ? 0 : wait)
      return !overflow && ready <= time
    }
    var first = edges.partitioningIndex { $0.time >= start }
    while first < edges.count, edges[first].time <= end {
      let time = edges[first].time
      var last = first
      while last < edges.count, edges[last].time == time { last += 1 }
      // Those reached at this very time may pass it on again where no wait is asked for.
      var reached: [NodeID] = []
      for edge in edges[first..<last]
      where arrivals[edge.target.index] == nil && canPass(edge.source, at: time) {
        arrivals[edge.target.index] = time
        reached.append(edge.target)
      }
      while wait == 0, let node = reached.popLast() {
        let group = edges[first..<last]
        var place = group.partitioningIndex { $0.source >= node }
        while place < last, edges[place].source == node {
          let target = edges[place].target
          if arrivals[target.index] == nil {
            arrivals[target.index] = time
            reached.append(target)
          }
          place += 1
        }
      }
      first = last
    }
    return arrivals
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place whose element passes a test that, once passed, all later ones pass; by halving.
  fileprivate func partitioningIndex(where passes: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
