extension Adjacency {
  /// How many of the busiest nodes have a bit each: with the bounds of the rest, the bits of a row fill
  /// one line of a cache.
  private static var hubCount: Int { 448 }

  /// Of each row the nodes before the row's own: the bits of the hubs among them in seven words, and in
  /// the eighth where the rest begins, and in its high half where it ends.
  ///
  /// Few nodes are in most triangles of a graph with skewed degrees: the third corners that two nodes
  /// share among them are counted sixty-four at a time.
  struct HubRows: Sendable {
    let lines: SharedArray<SIMD8<UInt64>>
    /// Nodes from here on have fewer than two neighbours, and no triangle.
    let limit: Int
  }

  /// Prepares a count; the rows must be those of an undirected graph without self-loops, numbered by
  /// falling degree.
  func hubRows(_ parallel: Parallel) -> HubRows {
    var (limit, high) = (0, nodeCount)
    while limit < high {
      let middle = (limit + high) / 2
      if row(at: middle).count >= 2 { limit = middle + 1 } else { high = middle }
    }
    let hubs = HubRows(
      lines: SharedArray(unwritten: limit),
      limit: limit
    )
    parallel.chunks(count: limit) { nodes in
      let rows = unsafe RowPointers(self)
      for node in nodes {
        var line = SIMD8<UInt64>.zero
        let end = min(UInt32(truncatingIfNeeded: node), UInt32(Self.hubCount))
        var entry = unsafe Int(rows.starts[node])
        let last = unsafe Int(rows.starts[node &+ 1])
        while entry < last {
          let hub = unsafe rows.ends[entry]
          guard hub < end else { break }
          line[Int(hub &>> 6)] |= 1 &<< UInt64(hub & 63)
          entry &+= 1
        }
        let rest = UInt64(truncatingIfNeeded: entry)
        while entry < last, unsafe rows.ends[entry] < node { entry &+= 1 }
        line[7] = rest | UInt64(truncatingIfNeeded: entry) &<< 32
        hubs.lines[node] = line
      }
    }
    return hubs
  }

  /// Counts the triangles whose corner of the largest number lies in one of the chunks, which must be
  /// below the limit.
  ///
  /// Neighbours are below the number of nodes, the length of `marks`, and those before a node below the
  /// limit are below it too, so that no look-up leaves a table.
  func triangles(from queue: borrowing ChunkQueue, hubs: HubRows) -> Int {
    precondition(queue.count <= hubs.limit, "more nodes than were prepared")
    let isMarked = SharedArray<UInt8>(repeating: 0, count: hubs.limit)
    let (marks, lines) = unsafe (isMarked.pointer, hubs.lines.pointer)
    let rows = unsafe RowPointers(self)
    var total = 0
    while let chunk = queue.next() {
      for first in chunk.range {
        var own = unsafe lines[first]
        let begin = unsafe Int(rows.starts[first])
        let (restBegin, end) = own.rest
        guard end > begin &+ 1 else { continue }
        own[7] = 0
        if restBegin > begin {
          var counts = ByteCounts()
          for entry in begin..<end {
            unsafe counts.add(own & lines[Int(rows.ends[entry])])
          }
          total &+= counts.sum()
        }
        guard end > restBegin &+ 1 else { continue }
        for entry in restBegin..<end { unsafe marks[Int(rows.ends[entry])] = 1 }
        // Thirds beyond the hubs, which only nodes beyond the hubs have before them.
        for entry in restBegin..<end {
          var (place, last) = unsafe lines[Int(rows.ends[entry])].rest
          var found = 0
          while place < last {
            unsafe found &+= Int(marks[Int(rows.ends[place])])
            place &+= 1
          }
          total &+= found
        }
        for entry in restBegin..<end { unsafe marks[Int(rows.ends[entry])] = 0 }
      }
    }
    return total
  }
}

extension SIMD8<UInt64> {
  /// Where the nodes beyond the hubs begin and end in the row of a line.
  @inline(__always) fileprivate var rest: (begin: Int, end: Int) {
    (Int(self[7] & 0xFFFF_FFFF), Int(self[7] &>> 32))
  }
}

/// Counts set bits byte by byte, and joins the bytes before they can overflow.
private struct ByteCounts {
  private var bytes = SIMD8<UInt64>.zero
  private var added = 0
  private var total = 0

  /// Adds bits, at most eight a byte: 31 times eight is below 256.
  @inline(__always) mutating func add(_ bits: SIMD8<UInt64>) {
    var x = bits &- ((bits &>> 1) & 0x5555_5555_5555_5555)
    x = (x & 0x3333_3333_3333_3333) &+ ((x &>> 2) & 0x3333_3333_3333_3333)
    bytes &+= (x &+ (x &>> 4)) & 0x0F0F_0F0F_0F0F_0F0F
    added &+= 1
    if added == 31 { join() }
  }

  private mutating func join() {
    let pairs = (bytes & 0x00FF_00FF_00FF_00FF) &+ ((bytes &>> 8) & 0x00FF_00FF_00FF_00FF)
    let quads = (pairs & 0x0000_FFFF_0000_FFFF) &+ ((pairs &>> 16) & 0x0000_FFFF_0000_FFFF)
    let sums = (quads & 0xFFFF_FFFF) &+ (quads &>> 32)
    total &+= Int(truncatingIfNeeded: sums.wrappedSum())
    (bytes, added) = (.zero, 0)
  }

  mutating func sum() -> Int {
    join()
    return total
  }
}
