extension LowPoints {
  /// Searches an undirected graph.
  ///
  /// The rows hold nodes of the graph, for each of which all tables have a place; a node is discovered
  /// once, so that `order` does not run over. The tables outlive the search.
  init(of pairs: Graph) {
    let rows = unsafe RowPointers(pairs.outgoing)
    let count = pairs.nodeCount
    number = SharedArray(repeating: 0, count: count)
    low = SharedArray(unwritten: count)
    parent = SharedArray(unwritten: count)
    order = SharedArray(unwritten: count)
    // The first entry of each open row that has not been followed.
    let waiting = SharedArray<UInt32>(unwritten: count)
    let (number, low, parent) = unsafe (number.pointer, low.pointer, parent.pointer)
    let (order, next) = unsafe (order.pointer, waiting.pointer)
    var found: UInt32 = 0
    for start in 0..<count where unsafe number[start] == 0 {
      unsafe order[Int(found)] = UInt32(truncatingIfNeeded: start)
      found &+= 1
      unsafe number[start] = found
      unsafe parent[start] = UInt32(truncatingIfNeeded: start)
      // What is known of the node at hand stays in registers until another is entered.
      var (node, lowest, above) = (start, found, start)
      var entry = unsafe Int(rows.starts[node])
      var end = unsafe Int(rows.starts[node &+ 1])
      while true {
        var child = -1
        while entry < end {
          let neighbor = unsafe Int(rows.ends[entry])
          entry &+= 1
          let seen = unsafe number[neighbor]
          if seen == 0 {
            child = neighbor
            break
          }
          if seen < lowest, neighbor != above { lowest = seen }
        }
        if child >= 0 {
          unsafe low[node] = lowest
          unsafe next[node] = UInt32(truncatingIfNeeded: entry)
          unsafe order[Int(found)] = UInt32(truncatingIfNeeded: child)
          found &+= 1
          unsafe number[child] = found
          unsafe parent[child] = UInt32(truncatingIfNeeded: node)
          (above, node, lowest) = (node, child, found)
          entry = unsafe Int(rows.starts[node])
        } else {
          unsafe low[node] = lowest
          if above == node { break }
          node = above
          above = unsafe Int(parent[node])
          lowest = unsafe min(lowest, low[node])
          entry = unsafe Int(next[node])
        }
        end = unsafe Int(rows.starts[node &+ 1])
      }
    }
  }
}
