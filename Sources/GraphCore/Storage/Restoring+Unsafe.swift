extension SharedArray<Int32> {
  /// Writes for a range of nodes what stands at their places, all ones as all ones.
  ///
  /// - Parameters:
  ///   - nodes: A range within the table.
  ///   - table: One value for each place.
  ///   - places: The place of each node, below the number of nodes.
  @inline(never)
  func restore<Step: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ nodes: Range<Int>,
    from table: SharedArray<Step>,
    at places: [UInt32]
  ) {
    precondition(
      nodes.lowerBound >= 0 && nodes.upperBound <= count && places.count == count
        && table.count == count,
      "a table of another graph"
    )
    let (steps, restored) = unsafe (table.pointer, pointer)
    unsafe places.withUnsafeBufferPointer { places in
      guard let places = places.baseAddress else { return }
      var node = nodes.lowerBound
      while node < nodes.upperBound {
        unsafe prefetch(places, node &+ entriesAhead)
        let end = min(node &+ 16, nodes.upperBound)
        while node < end {
          let step = unsafe steps[Int(places[node])]
          unsafe restored[node] = step == Step(truncatingIfNeeded: -1) ? -1 : Int32(step)
          node &+= 1
        }
      }
    }
  }
}
