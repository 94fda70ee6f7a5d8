extension Adjacency {
  /// Counts, for all nodes, the triangles whose corner of the largest number lies in one of the chunks;
  /// each triangle is found once, from there.
  ///
  /// The rows must be those of an undirected graph without self-loops, numbered by falling degree: then
  /// the part of a row before the node itself is no longer than √(2m), and the marks that are looked up
  /// lie close together. `counts` has a place for each node and belongs to this worker alone; without
  /// it only the number of triangles is told. Neighbours are below the number of nodes, the length of
  /// `marks`, so that no look-up leaves the table.
  func triangles(from queue: borrowing ChunkQueue, counts: SharedArray<UInt64>?) -> Int {
    let isMarked = SharedArray<UInt8>(repeating: 0, count: nodeCount)
    let marks = unsafe isMarked.pointer
    let starts = unsafe offsets.pointer
    let ends = unsafe UnsafeRawPointer(neighbors.pointer).assumingMemoryBound(to: UInt32.self)
    var total = 0
    while let chunk = queue.next() {
      for first in chunk.range {
        let begin = unsafe Int(starts[first])
        let limit = unsafe Int(starts[first &+ 1])
        var end = begin
        while end < limit, unsafe ends[end] < first {
          unsafe marks[Int(ends[end])] = 1
          end &+= 1
        }
        guard end > begin &+ 1 else {
          if end > begin { unsafe marks[Int(ends[begin])] = 0 }
          continue
        }
        var atFirst = 0
        for position in begin..<end {
          let second = unsafe ends[position]
          var place = unsafe Int(starts[Int(second)])
          let last = unsafe Int(starts[Int(second) &+ 1])
          var atSecond = 0
          if let counts {
            let table = unsafe counts.pointer
            while place < last {
              let third = unsafe ends[place]
              guard third < second else { break }
              place &+= 1
              guard unsafe marks[Int(third)] != 0 else { continue }
              atSecond &+= 1
              unsafe table[Int(third)] &+= 1
            }
            unsafe table[Int(second)] &+= UInt64(truncatingIfNeeded: atSecond)
          } else {
            while place < last {
              let third = unsafe ends[place]
              guard third < second else { break }
              unsafe atSecond &+= Int(marks[Int(third)])
              place &+= 1
            }
          }
          atFirst &+= atSecond
        }
        if let counts { unsafe counts.pointer[first] &+= UInt64(truncatingIfNeeded: atFirst) }
        total &+= atFirst
        for position in begin..<end { unsafe marks[Int(ends[position])] = 0 }
      }
    }
    return total
  }
}
