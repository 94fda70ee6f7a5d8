extension LowPoints {
  /// Searches a graph; of a directed one, a node's row out and its row in one after the other.
  ///
  /// The rows hold nodes of the graph, for each of which `number` has a place; a node is discovered once,
  /// so that the other tables do not run over. The graph and the tables outlive the search.
  init(of graph: Graph) {
    let count = graph.nodeCount
    let outward = unsafe RowPointers(graph.outgoing)
    let inward = unsafe graph.isDirected ? RowPointers(graph.incoming) : nil
    number = SharedArray(repeating: 0, count: count)
    order = SharedArray(unwritten: count)
    parent = SharedArray(unwritten: count)
    low = SharedArray(unwritten: count)
    // Of each open row the first entry that has not been followed, and whether it is one of the row in.
    let (waiting, turned) = (
      SharedArray<UInt32>(unwritten: count), SharedArray<Bool>(unwritten: count)
    )
    let (number, order) = unsafe (number.pointer, order.pointer)
    let (parent, low) = unsafe (parent.pointer, low.pointer)
    let (next, isTurned) = unsafe (waiting.pointer, turned.pointer)
    var found = 0
    for start in 0..<count where unsafe number[start] == 0 {
      // What is known of the node at hand stays in registers until another is entered.
      var (node, above, place) = (start, start, found)
      var rows = unsafe outward
      var isInward = false
      found &+= 1
      unsafe order[place] = UInt32(truncatingIfNeeded: node)
      unsafe parent[place] = UInt32(truncatingIfNeeded: found)
      var lowest = UInt32(truncatingIfNeeded: found)
      unsafe number[node] = lowest
      var entry = unsafe Int(rows.starts[node])
      while true {
        let end = unsafe Int(rows.starts[node &+ 1])
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
          unsafe low[place] = lowest
          unsafe next[place] = UInt32(truncatingIfNeeded: entry)
          unsafe isTurned[place] = isInward
          unsafe order[found] = UInt32(truncatingIfNeeded: child)
          unsafe parent[found] = UInt32(truncatingIfNeeded: place &+ 1)
          (above, node, place) = (node, child, found)
          found &+= 1
          lowest = UInt32(truncatingIfNeeded: found)
          unsafe number[node] = lowest
          unsafe rows = unsafe outward
          isInward = false
          entry = unsafe Int(rows.starts[node])
        } else if !isInward, let inward = unsafe inward {
          unsafe rows = unsafe inward
          isInward = true
          entry = unsafe Int(rows.starts[node])
        } else {
          unsafe low[place] = lowest
          let back = unsafe Int(parent[place]) &- 1
          if back == place { break }
          place = back
          node = unsafe Int(order[place])
          above = unsafe Int(order[Int(parent[place]) &- 1])
          lowest = unsafe min(lowest, low[place])
          entry = unsafe Int(next[place])
          isInward = unsafe isTurned[place]
          if isInward, let inward = unsafe inward {
            unsafe rows = unsafe inward
          } else {
            unsafe rows = unsafe outward
          }
        }
      }
    }
  }
}
