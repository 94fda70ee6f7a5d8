/// The rows of one direction as bare pointers, for the inner loops of kernels.
///
/// Row *v* is `ends[starts[v] ..< starts[v + 1]]`, and every end is below the number of nodes, which
/// ``Graph/checkInvariants()`` tests and every way to a graph keeps: whoever takes the start of a row
/// from a node of the graph stays within the storage. Valid while the adjacency that it was taken from is
/// held; kernels hold the graph for the whole call.
@unsafe struct RowPointers: @unchecked Sendable {
  let starts: UnsafePointer<UInt32>
  let ends: UnsafePointer<UInt32>

  init(_ rows: Adjacency) {
    unsafe starts = unsafe rows.offsets.pointer
    unsafe ends = unsafe UnsafeRawPointer(rows.neighbors.pointer)
      .assumingMemoryBound(to: UInt32.self)
  }

  /// The number of entries in a node's row.
  @inline(__always) func count(_ node: Int) -> Int {
    unsafe Int(starts[node &+ 1] &- starts[node])
  }

  /// Asks for what a loop over rows, one after another, will read later.
  @inline(__always) func prefetch(after entry: Int) {
    unsafe GraphCore.prefetch(ends, entry &+ entriesAhead)
  }

  /// Asks for the row of a node that a loop over rows in no order will come to.
  @inline(__always) func prefetchRow(of node: Int) {
    unsafe GraphCore.prefetch(ends, beginningOf: Int(starts[node])..<Int(starts[node &+ 1]))
  }
}
