// The ways from arcs without weights to rows.
extension PlainSort {
  /// Turns every arc round; rows come out rising whatever the order within the old rows.
  ///
  /// The staging memory must hold as many words as there are entries.
  func transposed(_ rows: Adjacency, in words: SharedArray<Word>) -> Adjacency {
    let size = RowSort.batchSize
    let count = rows.neighbors.count
    let staged = staged(batchCount: (count + size - 1) / size, in: words) {
      SharedArray<UInt32>(unwritten: size)
    } batch: { batch, room in
      let first = batch * size
      let end = min(count, first + size)
      // The row of the first entry, then row after row.
      var row = rows.row(holding: first)
      var place = first
      while place < end {
        let rowEnd = min(end, Int(rows.offsets[row + 1]))
        room.fill(place - first..<rowEnd - first, with: UInt32(row))
        place = rowEnd
        row += 1
      }
      return unsafe ArcBatch(
        keys: UnsafeRawPointer(rows.neighbors.pointer + first).assumingMemoryBound(to: UInt32.self),
        values: UnsafePointer(room.pointer),
        count: end - first
      )
    }
    guard let staged else { preconditionFailure("the staging memory is too small") }
    return self.rows(of: staged, nodeCount: rows.nodeCount, merges: false).adjacency
  }

  fileprivate func transposed(_ rows: Adjacency) -> Adjacency {
    transposed(rows, in: SharedArray(unwritten: rows.neighbors.count, life: .lasting))
  }

  /// Sorts loose arcs; repeats stay side by side unless they are merged.
  fileprivate func rows(
    _ sources: UnsafePointer<UInt32>,
    _ targets: UnsafePointer<UInt32>,
    count: Int,
    nodeCount: Int,
    merges: Bool
  ) -> PlainRows {
    let size = RowSort.batchSize
    let words = SharedArray<Word>(unwritten: count * (isMirrored ? 2 : 1), life: .lasting)
    nonisolated(unsafe) let (sources, targets) = unsafe (sources, targets)
    // Shared for reading alone, while the closures last.
    let staged = staged(batchCount: (count + size - 1) / size, in: words) {
    } batch: { batch, _ in
      unsafe ArcBatch(
        keys: sources + batch * size,
        values: targets + batch * size,
        count: min(size, count - batch * size)
      )
    }
    guard let staged else { preconditionFailure("the staging memory is too small") }
    return rows(of: staged, nodeCount: nodeCount, merges: merges)
  }
}

extension Adjacency {
  /// Turns every arc round; the rows have no weights and no counts.
  init(plainTransposing other: Adjacency, parallel: Parallel) {
    let limit = other.nodeCount
    if let sort = PlainSort<UInt32>(limit: limit, parallel: parallel) {
      self = sort.transposed(other)
    } else if let sort = PlainSort<UInt64>(limit: limit, parallel: parallel) {
      self = sort.transposed(other)
    } else {
      preconditionFailure("64 bits hold two ids")
    }
  }

  /// Sorts loose arcs without weights into rows; the caller promises ids below `nodeCount` and fewer
  /// than 2³² entries.
  init(
    nodeCount: Int,
    plain arcs: ArcList,
    isMirrored: Bool,
    repeats: GraphBuilder.Repeats,
    parallel: Parallel
  ) {
    let merges = repeats == .merged
    let narrow = PlainSort<UInt32>(limit: nodeCount, isMirrored: isMirrored, parallel: parallel)
    let wide = PlainSort<UInt64>(limit: nodeCount, isMirrored: isMirrored, parallel: parallel)
    let rows = unsafe arcs.sources.withUnsafeBytes { sources in
      unsafe arcs.targets.withUnsafeBytes { targets -> PlainRows? in
        guard let from = sources.baseAddress, let to = targets.baseAddress else { return nil }
        // Ids have the layout of their 32 bits.
        let (keys, values) = unsafe (
          from.assumingMemoryBound(to: UInt32.self), to.assumingMemoryBound(to: UInt32.self)
        )
        let count = arcs.sources.count
        return unsafe narrow?.rows(keys, values, count: count, nodeCount: nodeCount, merges: merges)
          ?? wide?.rows(keys, values, count: count, nodeCount: nodeCount, merges: merges)
      }
    }
    guard let rows else {
      self.init(
        offsets: Column([UInt32](repeating: 0, count: nodeCount + 1)),
        neighbors: Column([])
      )
      return
    }
    self = rows.adjacency
    if rows.hasRepeats { fold(repeats, parallel) }
  }

  /// Gives every node another number, row by row; the rows have no weights and no counts.
  ///
  /// `places` holds for each node its new number, each below the count once; `originals` the way back.
  init(
    plainRelabelling other: Adjacency,
    places: SharedArray<UInt32>,
    originals: SharedArray<UInt32>,
    parallel: Parallel
  ) {
    let (count, bits) = (other.nodeCount, other.nodeCount.significantBits)
    let tables = RowTables(
      nodeCount: count,
      entryCount: other.neighbors.count,
      hasWeights: false,
      hasCounts: false
    )
    var next: UInt32 = 0
    for row in 0..<count {
      tables.offsets[row] = next
      next += UInt32(other.row(at: Int(originals[row])).count)
    }
    tables.offsets[count] = next
    parallel.share(count: count, chunkSize: 1 << 8) { queue in
      var order = RowOrder()
      let (from, to) = unsafe (other.neighbors.pointer, tables.neighbors.pointer)
      while let chunk = queue.next() {
        for row in chunk.range {
          let (old, first) = (other.row(at: Int(originals[row])), Int(tables.offsets[row]))
          for entry in 0..<old.count {
            unsafe to[first &+ entry] = places[from[old.lowerBound &+ entry].rawValue]
          }
          unsafe order.sort(to + first, count: old.count, bits: bits)
        }
      }
    }
    self = tables.adjacency()
  }
}

extension Int {
  /// How many bits the numbers below this one have, 1 or more.
  var significantBits: UInt32 {
    self <= 2 ? 1 : UInt32(bitWidth - (self - 1).leadingZeroBitCount)
  }
}
