extension Adjacency {
  /// Takes nodes away: each of their neighbours loses an edge, and is taken too where it comes down to the
  /// level.
  ///
  /// - Parameters:
  ///   - taken: The nodes to take away, and room for as many as there are nodes.
  ///   - count: How many are listed; grows by those who are taken too.
  ///   - level: The level, to which the degree of all that are listed has come down.
  ///   - degrees: The degree of each node, never below the level of its end.
  func take(
    _ taken: SharedArray<UInt32>,
    _ count: inout Int,
    at level: UInt32,
    from degrees: SharedArray<UInt32>
  ) {
    precondition(taken.count == nodeCount && degrees.count == nodeCount, "tables of another graph")
    let rows = unsafe RowPointers(self)
    let (list, degree) = unsafe (taken.pointer, degrees.pointer)
    var (next, end) = (0, count)
    while next < end {
      unsafe prefetch(rows.starts, Int(list[min(next &+ 16, end &- 1)]))
      unsafe rows.prefetchRow(of: Int(list[min(next &+ 8, end &- 1)]))
      let node = unsafe Int(list[next])
      next &+= 1
      var entry = unsafe Int(rows.starts[node])
      let last = unsafe Int(rows.starts[node &+ 1])
      while entry < last {
        let neighbor = unsafe rows.ends[entry]
        entry &+= 1
        let left = unsafe degree[Int(neighbor)]
        guard left > level else { continue }
        unsafe degree[Int(neighbor)] = left &- 1
        guard left &- 1 == level else { continue }
        unsafe list[end] = neighbor
        end &+= 1
      }
    }
    count = end
  }
}
