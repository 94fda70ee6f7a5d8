/// Rows that were just sorted and are still open to changes.
struct PlainRows: Sendable {
  var tables: RowTables
  /// The entries of all rows together; memory may go on behind them.
  private(set) var entryCount: Int
  var selfLoopCount = 0
  /// Whether rows hold equal values side by side.
  var hasRepeats = false

  init(tables: RowTables, entryCount: Int) {
    self.tables = tables
    self.entryCount = entryCount
  }

  var nodeCount: Int { tables.offsets.count - 1 }

  var adjacency: Adjacency {
    Adjacency(
      offsets: tables.offsets.frozen(),
      neighbors: tables.neighbors.frozen(prefix: entryCount).asNodes
    )
  }

  /// Closes the gaps between stretches of rows, of whose entries only the first ones are kept.
  mutating func close(
    firsts: [Int],
    kept: SharedArray<Int>,
    rowsInStretch: Int,
    _ parallel: Parallel
  ) {
    let starts = kept.indices.map { kept[$0] }.runningStarts
    let (offsets, nodeCount) = (tables.offsets, nodeCount)
    let neighbors = unsafe tables.neighbors.pointer
    for stretch in firsts.indices where starts[stretch] < firsts[stretch] {
      // The places written lie below those still to be read.
      unsafe (neighbors + starts[stretch]).update(
        from: neighbors + firsts[stretch],
        count: kept[stretch]
      )
    }
    parallel.chunks(count: nodeCount, chunkSize: rowsInStretch) { rows in
      let stretch = rows.lowerBound / rowsInStretch
      let shift = UInt32(firsts[stretch] - starts[stretch])
      for row in rows { offsets[row] -= shift }
    }
    entryCount = kept.indices.reduce(0) { $0 + kept[$1] }
    offsets[nodeCount] = UInt32(entryCount)
  }

  /// Leaves out the rows of absent nodes, all of them empty, and gives the values their new numbers.
  mutating func rename(by present: PresentNodes, _ parallel: Parallel) {
    let (neighbors, offsets, count) = (tables.neighbors, tables.offsets, nodeCount)
    let starts = SharedArray<UInt32>(unwritten: present.count + 1, life: .lasting)
    starts[present.count] = UInt32(entryCount)
    parallel.chunks(count: count, chunkSize: 1 << 14) { nodes in
      for node in nodes {
        if let place = present.placeIfPresent(node) { starts[place] = offsets[node] }
      }
    }
    parallel.chunks(count: entryCount, chunkSize: 1 << 16) { entries in
      let values = unsafe neighbors.pointer
      for entry in entries { unsafe values[entry] = present.place(of: values[entry]) }
    }
    tables = RowTables(offsets: starts, neighbors: neighbors)
  }
}

/// Which nodes have an edge, and how many of those come before each: one word for each 32 nodes, so that
/// one look in the cache tells both.
struct PresentNodes: Sendable {
  /// In the low half a bit for each of 32 nodes, in the high half how many are present before them.
  private let words: SharedArray<UInt64>
  let count: Int

  /// Looks at the rows, and where they are not mirrored at their values.
  init(in rows: PlainRows, isMirrored: Bool, _ parallel: Parallel) {
    let words = SharedArray<UInt64>(repeating: 0, count: (rows.nodeCount + 31) / 32)
    let (offsets, neighbors) = (rows.tables.offsets, rows.tables.neighbors)
    parallel.chunks(count: rows.nodeCount, chunkSize: 1 << 14) { nodes in
      for node in nodes where offsets[node] != offsets[node + 1] {
        words[node / 32] |= 1 &<< UInt64(truncatingIfNeeded: node & 31)
      }
    }
    if !isMirrored {
      parallel.chunks(count: rows.entryCount, chunkSize: 1 << 18) { entries in
        for entry in entries {
          let value = unsafe neighbors.pointer[entry]
          // Most have been seen already.
          _ = words.formUnion(1 &<< UInt64(value & 31), at: Int(value / 32))
        }
      }
    }
    var sum = 0
    for word in words.indices {
      let bits = words[word]
      words[word] = UInt64(sum) &<< 32 | bits
      sum += bits.nonzeroBitCount
    }
    self.words = words
    count = sum
  }

  /// The place of a node among those present, nil where it is absent.
  func placeIfPresent(_ node: Int) -> Int? {
    words[node / 32] &>> UInt64(truncatingIfNeeded: node & 31) & 1 == 1
      ? Int(place(of: UInt32(node))) : nil
  }

  /// How many present nodes come before a node.
  @inline(__always) func place(of node: UInt32) -> UInt32 {
    let word = words[node / 32]
    let before = UInt32(truncatingIfNeeded: word) & (1 &<< (node & 31) &- 1)
    return UInt32(truncatingIfNeeded: word &>> 32) &+ UInt32(before.nonzeroBitCount)
  }

  /// The present nodes, rising.
  func numbers() -> NodeNumbers {
    let rising = SharedArray<UInt64>(unwritten: count, life: .lasting)
    var place = 0
    for word in words.indices {
      var rest = UInt32(truncatingIfNeeded: words[word])
      while rest != 0 {
        rising[place] = UInt64(32 * word + rest.trailingZeroBitCount)
        place += 1
        rest &= rest &- 1
      }
    }
    return NodeNumbers(rising: rising.frozen())
  }
}
