/// Reduces edges between numbered nodes, which may come in any order and number, to their components.
///
/// Edges are held in blocks: a full block is replaced by one edge for each node, so that space depends
/// on nodes and not on edges. What ``components(workers:)`` gives can be fed to another reducer in the
/// place of the edges, as when parts of a graph are reduced on several machines first.
///
/// ```swift
/// var reducer = ForestReducer()
/// for (source, target) in edges { try reducer.add(source, target) }
/// let components = try reducer.components()
/// ```
///
/// - Complexity: O(*m* + *n* log *n*) time in practice and O(*n*) space, for *m* edges and *n* nodes.
///
/// > Accepts: Any 64-bit numbers; a loop or a repeated edge changes nothing but that its node is there.
///
/// > Repeatable: The same for any order and division of the edges and any number of workers.
public struct ForestReducer: Sendable {
  /// The component of each node, by rising number of the node.
  public struct Components: Equatable, Sendable {
    /// The nodes' numbers, rising.
    public let nodes: [Int64]
    /// For each of them the least number in its component.
    public let roots: [Int64]
  }

  private let blockSize: Int
  private var numbers: [Int64] = []
  private var places: [Int64: NodeID] = [:]
  private var sources: [NodeID] = []
  private var targets: [NodeID] = []
  /// How many edges were left of the block before.
  private var kept = 0

  /// Makes a reducer without nodes.
  ///
  /// - Parameter blockSize: How many new edges are held before they are reduced; 1 or more.
  public init(blockSize: Int = 1 << 20) {
    precondition(blockSize > 0, "a block holds edges")
    self.blockSize = blockSize
  }

  /// Adds an edge; its direction does not matter.
  ///
  /// - Throws: ``GraphError/tooManyNodes(_:)`` beyond 32-bit ids.
  public mutating func add(_ source: Int64, _ target: Int64) throws(GraphError) {
    let (a, b) = (try place(of: source), try place(of: target))
    if a == b { return }
    sources.append(a)
    targets.append(b)
    // A block grows with what is kept, so that each edge is looked at a few times only.
    if sources.count - kept >= max(blockSize, kept) { try reduce(workers: WorkerCount(1)) }
  }

  /// The components of all that was added.
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: Each node that was named, with the least number of its component.
  /// - Throws: ``GraphError`` when there are more edges than 32-bit offsets.
  public mutating func components(
    workers: WorkerCount = .active
  ) throws(GraphError) -> Components {
    let labels = try reduce(workers: workers)
    var least = [Int64](repeating: .max, count: numbers.count)
    for (place, number) in numbers.enumerated() {
      let label = Int(labels[place])
      least[label] = min(least[label], number)
    }
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    return Components(
      nodes: order.map { numbers[$0] },
      roots: order.map { least[Int(labels[$0])] }
    )
  }

  private mutating func place(of number: Int64) throws(GraphError) -> NodeID {
    if let place = places[number] { return place }
    guard numbers.count < Int(UInt32.max) - 1 else { throw .tooManyNodes(numbers.count) }
    let place = NodeID(numbers.count)
    places[number] = place
    numbers.append(number)
    return place
  }

  /// Replaces the edges by one from each node to the first of its component, and tells the components.
  @discardableResult
  private mutating func reduce(workers: WorkerCount) throws(GraphError) -> [UInt32] {
    var builder = GraphBuilder(nodeCount: numbers.count, isDirected: false, repeats: .merged)
    builder.reserveCapacity(edgeCount: sources.count)
    for (source, target) in zip(sources, targets) { builder.addEdge(from: source, to: target) }
    let components = try builder.build(workers: workers).connectedComponents(workers: workers)
    var first = [NodeID?](repeating: nil, count: components.count)
    sources.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    for (place, label) in components.labels.enumerated() {
      if let root = first[Int(label)] {
        sources.append(root)
        targets.append(NodeID(place))
      } else {
        first[Int(label)] = NodeID(place)
      }
    }
    kept = sources.count
    return components.labels
  }
}
