/// Sums over the rows of a range of nodes, the inner loop of all ranks.
///
/// The neighbours of a graph lie below its number of nodes, and its offsets within its entries, which
/// ``Graph/checkInvariants()`` tests and every way to a graph keeps; so one check of the table's size at
/// the start stands for one at each step. Pointers do not leave the function.
extension Adjacency {
  /// Hands each node of a range the sum of its neighbours' values, each times the weight of its edge.
  ///
  /// - Parameters:
  ///   - values: One value for each node.
  ///   - nodes: A range within the nodes.
  ///   - body: Takes a node and its sum; called in rising order.
  @inline(__always)
  func pull<Value: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ values: SharedArray<Value>,
    for nodes: Range<Int>,
    _ body: (Int, Value) -> Void
  ) {
    precondition(
      values.count == nodeCount && nodes.lowerBound >= 0 && nodes.upperBound <= nodeCount,
      "a table of another graph"
    )
    let (starts, table) = unsafe (offsets.pointer, values.pointer)
    let ends = unsafe UnsafeRawPointer(neighbors.pointer).assumingMemoryBound(to: UInt32.self)
    if let weights {
      let weightOf = unsafe weights.pointer
      for node in nodes {
        var sum: Value = 0
        var entry = unsafe Int(starts[node])
        let end = unsafe Int(starts[node &+ 1])
        while entry < end {
          unsafe sum += table[Int(ends[entry])] * Value(weightOf[entry])
          entry &+= 1
        }
        body(node, sum)
      }
    } else {
      for node in nodes {
        var sum: Value = 0
        var entry = unsafe Int(starts[node])
        let end = unsafe Int(starts[node &+ 1])
        while entry < end {
          unsafe sum += table[Int(ends[entry])]
          entry &+= 1
        }
        body(node, sum)
      }
    }
  }
}
