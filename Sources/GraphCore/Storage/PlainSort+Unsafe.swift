import Synchronization

/// A counting sort of arcs without weights into rows, each row rising.
///
/// First each batch is sorted by buckets of neighbouring rows into a stretch of staging memory, each arc
/// as one word: its row within the bucket above its value. Then each bucket is collected from all
/// batches, in their order, and sorted by row in a core's own cache; rows that did not arrive in order
/// are sorted there and then. Memory that nobody has touched yet costs more than the sorting itself,
/// so that arcs stand in staging memory once, and one table of it serves several sorts.
struct PlainSort<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: Sendable {
  /// Every row and every value lies below.
  let limit: Int
  /// Whether each arc that is no self-loop goes into the row of its value as well.
  var isMirrored = false
  let parallel: Parallel
  private let valueBits: UInt32
  private let shift: UInt32

  /// Nil where a row of a bucket and a value do not go into a word.
  init?(limit: Int, isMirrored: Bool = false, parallel: Parallel) {
    self.limit = limit
    self.isMirrored = isMirrored
    self.parallel = parallel
    valueBits = limit.significantBits
    let even = valueBits > 23 ? valueBits - 10 : min(13, max(15, valueBits) - 9)
    let room = UInt32(Word.bitWidth) - min(UInt32(Word.bitWidth), valueBits)
    shift = min(even, room)
    guard valueBits <= shift + Self.mostBucketBits || shift == even else { return nil }
  }

  /// More buckets than two to this power are more streams than a core writes well.
  private static var mostBucketBits: UInt32 { 12 }

  private var bucketCount: Int { max(1, (limit + (1 << Int(shift)) - 1) >> Int(shift)) }

  /// Arcs sorted by bucket within their batch.
  struct Staged: Sendable {
    fileprivate let words: SharedArray<Word>
    /// For each batch the places where its buckets begin, and where the last one ends.
    fileprivate let starts: SharedArray<UInt32>
    fileprivate let batchCount: Int
  }

  /// Sorts all batches by bucket into staging memory, which must hold all arcs.
  ///
  /// Every worker makes its room once. Nil where a batch is, or where there are 2³² arcs or more.
  @inline(__always)
  func staged<Room>(
    batchCount: Int,
    in words: SharedArray<Word>,
    room makeRoom: @Sendable () -> Room,
    batch: @Sendable (Int, inout Room) -> ArcBatch?
  ) -> Staged? {
    let stride = bucketCount + 1
    let starts = SharedArray<UInt32>(unwritten: batchCount * stride)
    let claimed = Atomic<Int>(0)
    let isOver = Atomic<Bool>(false)
    parallel.share(count: batchCount, chunkSize: 1) { queue in
      var room = makeRoom()
      while let chunk = queue.next(), !isOver.load(ordering: .relaxed) {
        guard let arcs = batch(chunk.number, &room) else {
          isOver.store(true, ordering: .relaxed)
          return
        }
        let own = unsafe starts.pointer + chunk.number * stride
        let count = unsafe countBuckets(of: arcs, into: own)
        let first = claimed.add(count, ordering: .relaxed).oldValue
        guard first + count <= min(words.count, Int(UInt32.max)) else {
          isOver.store(true, ordering: .relaxed)
          return
        }
        unsafe put(arcs, from: UInt32(first), starts: own, into: words.pointer)
      }
    }
    guard !isOver.load(ordering: .relaxed) else { return nil }
    // Large pages reach further than the last arc.
    words.forget(from: claimed.load(ordering: .relaxed))
    return Staged(words: words, starts: starts, batchCount: batchCount)
  }

  /// Writes the number of arcs of each bucket one place late, and hands back their sum.
  @unsafe private func countBuckets(
    of arcs: ArcBatch,
    into starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let (keys, values, shift) = unsafe (arcs.keys, arcs.values, shift)
    unsafe starts.update(repeating: 0, count: bucketCount + 1)
    var loops = 0
    if isMirrored {
      for arc in 0..<arcs.count {
        let (key, value) = unsafe (keys[arc], values[arc])
        unsafe starts[Int(key &>> shift) &+ 1] &+= 1
        if key == value { loops &+= 1 } else { unsafe starts[Int(value &>> shift) &+ 1] &+= 1 }
      }
    } else {
      for arc in 0..<arcs.count { unsafe starts[Int(keys[arc] &>> shift) &+ 1] &+= 1 }
    }
    return isMirrored ? 2 * arcs.count - loops : arcs.count
  }

  /// Puts a batch's arcs into the places from `first` on, which nobody else uses.
  @unsafe private func put(
    _ arcs: ArcBatch,
    from first: UInt32,
    starts: UnsafeMutablePointer<UInt32>,
    into words: UnsafeMutablePointer<Word>
  ) {
    let (keys, values) = unsafe (arcs.keys, arcs.values)
    let (shift, valueBits, bucketCount) = (shift, Word(valueBits), bucketCount)
    let rowMask = UInt32(1) &<< shift &- 1
    unsafe starts[0] = first
    for bucket in 0..<bucketCount { unsafe starts[bucket + 1] &+= starts[bucket] }
    // From here on `starts[b]` is the next free place of bucket b; it ends where b + 1 began.
    @inline(__always) func put(_ key: UInt32, _ value: UInt32) {
      let bucket = Int(key &>> shift)
      let place = unsafe Int(starts[bucket])
      unsafe starts[bucket] &+= 1
      unsafe words[place] =
        Word(truncatingIfNeeded: key & rowMask) &<< valueBits | Word(truncatingIfNeeded: value)
    }
    for arc in 0..<arcs.count {
      let (key, value) = unsafe (keys[arc], values[arc])
      put(key, value)
      if isMirrored, key != value { put(value, key) }
    }
    for bucket in stride(from: bucketCount, to: 0, by: -1) {
      unsafe starts[bucket] = starts[bucket - 1]
    }
    unsafe starts[0] = first
  }

  /// Collects the rows; every key and value of the arcs must lie below `nodeCount`.
  ///
  /// Equal values of a row become one where it merges; otherwise they stay, side by side.
  func rows(of staged: Staged, nodeCount: Int, merges: Bool) -> PlainRows {
    precondition(nodeCount <= limit, "more rows than were sorted for")
    let bucketCount = nodeCount == 0 ? 0 : ((nodeCount - 1) >> Int(shift)) + 1
    let stride = self.bucketCount + 1
    var sizes = [Int](repeating: 0, count: bucketCount)
    for batch in 0..<staged.batchCount {
      var last = staged.starts[batch * stride]
      for bucket in sizes.indices {
        let next = staged.starts[batch * stride + bucket + 1]
        sizes[bucket] += Int(next - last)
        last = next
      }
    }
    let (firsts, total) = (sizes.runningStarts, sizes.reduce(0, +))
    let tables = RowTables(
      nodeCount: nodeCount,
      entryCount: total,
      hasWeights: false,
      hasCounts: false
    )
    let (kept, loops) = (
      SharedArray<Int>(unwritten: bucketCount), SharedArray<Int>(unwritten: bucketCount)
    )
    parallel.share(count: bucketCount, chunkSize: 1) { queue in
      let cursor = SharedArray<UInt32>(unwritten: 1 << Int(shift))
      var order = RowOrder()
      while let chunk = queue.next() {
        let low = chunk.number << Int(shift)
        unsafe place(
          staged,
          starts: staged.starts.pointer + chunk.number,
          rows: low..<min(nodeCount, low + 1 << Int(shift)),
          from: UInt32(firsts[chunk.number]),
          cursor: cursor.pointer,
          into: tables
        )
        (kept[chunk.number], loops[chunk.number]) = unsafe finish(
          low..<min(nodeCount, low + 1 << Int(shift)),
          from: firsts[chunk.number],
          ends: cursor.pointer,
          order: &order,
          merges: merges,
          of: tables
        )
      }
    }
    var rows = PlainRows(tables: tables, entryCount: total)
    rows.selfLoopCount = loops.indices.reduce(0) { $0 + loops[$1] }
    tables.offsets[nodeCount] = UInt32(total)
    let distinct = kept.indices.reduce(0) { $0 + kept[$1] }
    rows.hasRepeats = !merges && distinct < total
    if merges, distinct < total {
      rows.close(firsts: firsts, kept: kept, rowsInStretch: 1 << Int(shift), parallel)
    }
    return rows
  }

  /// Places one bucket's arcs row by row; `cursor` ends with the end of each row.
  ///
  /// `starts[b * stride]` and the place after it bound the bucket within batch b.
  @unsafe private func place(
    _ staged: Staged,
    starts: UnsafePointer<UInt32>,
    rows: Range<Int>,
    from first: UInt32,
    cursor: UnsafeMutablePointer<UInt32>,
    into tables: RowTables
  ) {
    let (words, neighbors) = unsafe (staged.words.pointer, tables.neighbors.pointer)
    let valueBits = Word(valueBits)
    let mask = Word(1) &<< valueBits &- 1
    let stride = bucketCount + 1
    unsafe cursor.update(repeating: 0, count: rows.count)
    for batch in 0..<staged.batchCount {
      var place = unsafe Int(starts[batch &* stride])
      let end = unsafe Int(starts[batch &* stride &+ 1])
      while place < end {
        unsafe cursor[Int(truncatingIfNeeded: words[place] &>> valueBits)] &+= 1
        place &+= 1
      }
    }
    var next = first
    for row in 0..<rows.count {
      let size = unsafe cursor[row]
      unsafe cursor[row] = next
      next &+= size
    }
    for batch in 0..<staged.batchCount {
      var place = unsafe Int(starts[batch &* stride])
      let end = unsafe Int(starts[batch &* stride &+ 1])
      while place < end {
        let word = unsafe words[place]
        let row = Int(truncatingIfNeeded: word &>> valueBits)
        unsafe neighbors[Int(cursor[row])] = UInt32(truncatingIfNeeded: word & mask)
        unsafe cursor[row] &+= 1
        place &+= 1
      }
    }
  }

  /// Sorts the rows that need it and joins equal values; writes where each row begins.
  ///
  /// - Returns: How many distinct entries there are, and how many rows have a self-loop.
  @unsafe private func finish(
    _ rows: Range<Int>,
    from first: Int,
    ends: UnsafePointer<UInt32>,
    order: inout RowOrder,
    merges: Bool,
    of tables: RowTables
  ) -> (distinct: Int, loops: Int) {
    let (neighbors, offsets) = unsafe (tables.neighbors.pointer, tables.offsets.pointer)
    var (start, kept, distinct, loops) = (first, first, 0, 0)
    for row in rows {
      let end = unsafe Int(ends[row &- rows.lowerBound])
      let own = UInt32(truncatingIfNeeded: row)
      unsafe offsets[row] = UInt32(truncatingIfNeeded: merges ? kept : start)
      var (place, falls, repeats, loopCount) = (start, UInt32(0), 0, 0)
      if start < end {
        var last = unsafe neighbors[start]
        loopCount = last == own ? 1 : 0
        place &+= 1
        while place < end {
          let value = unsafe neighbors[place]
          falls |= value < last ? 1 : 0
          repeats &+= value == last ? 1 : 0
          loopCount &+= value == own ? 1 : 0
          last = value
          place &+= 1
        }
      }
      if falls != 0 {
        unsafe order.sort(neighbors + start, count: end - start, bits: UInt32(valueBits))
        repeats = 0
        for place in start + 1..<end {
          repeats &+= unsafe neighbors[place] == neighbors[place &- 1] ? 1 : 0
        }
      }
      distinct &+= end - start - repeats
      loops &+= min(1, loopCount)
      if merges, repeats > 0 || kept < start {
        place = start
        while place < end {
          let value = unsafe neighbors[place]
          if unsafe place == start || value != neighbors[kept &- 1] {
            unsafe neighbors[kept] = value
            kept &+= 1
          }
          place &+= 1
        }
      } else {
        kept = end
      }
      start = end
    }
    return (distinct, loops)
  }
}
