/// A stretch of arcs to be sorted into rows.
///
/// `keys[i]` is the row of arc i and `values[i]` what goes into the row; weights and counts run beside
/// them where there are any. The pointers are valid for the call that hands the batch out.
@safe struct ArcBatch {
  let keys: UnsafePointer<UInt32>
  let values: UnsafePointer<UInt32>
  var weights: UnsafePointer<Int64>?
  var counts: UnsafePointer<UInt32>?
  let count: Int
}

/// A counting sort of arcs into rows, on all workers and in the caches of each.
///
/// First each batch is sorted by buckets of neighbouring rows, within a stretch of staging memory of
/// its own, then each bucket is collected from all batches and sorted by row; a bucket's cursors fit a
/// core's own cache. Both steps keep the order of arrival, so that rows which are filled from sorted
/// rows come out sorted: sorting by target and the result by source sorts both.
///
/// The caller promises that all keys, and where arcs are mirrored all values, are below `nodeCount`,
/// that there are fewer than 2³² arcs in all, and that batches have the sizes told.
struct RowSort {
  let nodeCount: Int
  /// Whether each arc that is no self-loop goes into the row of its value as well.
  var isMirrored = false
  var hasWeights = false
  var hasCounts = false
  let parallel: Parallel

  /// The arcs in a batch, small enough for a core's cache.
  static let batchSize = 1 << 17

  func rows(
    batchSizes: [Int],
    batch: @Sendable (Int, _ room: SharedArray<UInt32>) -> ArcBatch
  ) -> Adjacency {
    let (nodeCount, parallel, isMirrored) = (nodeCount, parallel, isMirrored)
    var shift: UInt32 = 13
    while nodeCount >> Int(shift) >= 1024 { shift += 1 }
    let bucketCount = max(1, (nodeCount + (1 << Int(shift)) - 1) >> Int(shift))
    let (stride, bucketShift) = (bucketCount + 1, shift)

    var places = [0]
    for size in batchSizes { places.append(places[places.count - 1] + size * (isMirrored ? 2 : 1)) }
    let staging = Staging(
      count: places[batchSizes.count],
      hasWeights: hasWeights,
      hasCounts: hasCounts
    )
    // The places where the buckets of each batch begin, and where its last one ends.
    let starts = SharedArray<UInt32>(unwritten: batchSizes.count * stride)
    let largest = batchSizes.max() ?? 0
    let firstPlaces = places
    parallel.share(count: batchSizes.count, chunkSize: 1) { queue in
      let room = SharedArray<UInt32>(unwritten: 2 * largest)
      while let chunk = queue.next() {
        let index = chunk.number
        unsafe staging.sort(
          batch(index, room),
          isMirrored: isMirrored,
          from: firstPlaces[index],
          shift: bucketShift,
          starts: starts.pointer + index * stride,
          bucketCount: bucketCount
        )
      }
    }

    var bucketStarts = [0]
    for bucket in 0..<bucketCount {
      var size = 0
      for index in batchSizes.indices {
        size += Int(starts[index * stride + bucket + 1] - starts[index * stride + bucket])
      }
      bucketStarts.append(bucketStarts[bucket] + size)
    }
    let total = bucketStarts[bucketCount]
    let result = RowTables(
      nodeCount: nodeCount,
      entryCount: total,
      hasWeights: hasWeights,
      hasCounts: hasCounts
    )
    result.offsets[nodeCount] = UInt32(total)
    let (firsts, batchCount) = (bucketStarts, batchSizes.count)
    parallel.share(count: bucketCount, chunkSize: 1) { queue in
      let cursor = SharedArray<UInt32>(unwritten: 1 << Int(bucketShift))
      while let chunk = queue.next() {
        let rows = chunk.number << Int(bucketShift)
        unsafe staging.collect(
          rows..<min(nodeCount, rows + 1 << Int(bucketShift)),
          starts: starts.pointer + chunk.number,
          stride: stride,
          batchCount: batchCount,
          from: UInt32(firsts[chunk.number]),
          cursor: cursor.pointer,
          into: result
        )
      }
    }
    return result.adjacency()
  }
}

/// The columns of rows that are being filled.
struct RowTables: Sendable {
  let offsets: SharedArray<UInt32>
  let neighbors: SharedArray<UInt32>
  let weights: SharedArray<Int64>?
  let counts: SharedArray<UInt32>?

  init(nodeCount: Int, entryCount: Int, hasWeights: Bool, hasCounts: Bool) {
    offsets = SharedArray(unwritten: nodeCount + 1, life: .lasting)
    neighbors = SharedArray(unwritten: entryCount, life: .lasting)
    weights = hasWeights ? SharedArray(unwritten: entryCount, life: .lasting) : nil
    counts = hasCounts ? SharedArray(unwritten: entryCount, life: .lasting) : nil
  }

  init(offsets: SharedArray<UInt32>, neighbors: SharedArray<UInt32>) {
    (self.offsets, self.neighbors) = (offsets, neighbors)
    (weights, counts) = (nil, nil)
  }

  func adjacency() -> Adjacency {
    Adjacency(
      offsets: offsets.frozen(),
      neighbors: neighbors.frozen().asNodes,
      weights: weights?.frozen(),
      multiplicities: counts?.frozen()
    )
  }
}

/// Arcs sorted by bucket within their batch: row in the high half, value in the low one.
private struct Staging: Sendable {
  let arcs: SharedArray<UInt64>
  let weights: SharedArray<Int64>?
  let counts: SharedArray<UInt32>?

  init(count: Int, hasWeights: Bool, hasCounts: Bool) {
    arcs = SharedArray(unwritten: count, life: .lasting)
    weights = hasWeights ? SharedArray(unwritten: count, life: .lasting) : nil
    counts = hasCounts ? SharedArray(unwritten: count, life: .lasting) : nil
  }

  /// Sorts a batch by bucket into the places from `first` on, which nobody else uses.
  ///
  /// `starts` has `bucketCount` + 1 places of this batch's own; every key is below `bucketCount`
  /// once it is shifted.
  @unsafe func sort(
    _ batch: ArcBatch,
    isMirrored: Bool,
    from first: Int,
    shift: UInt32,
    starts: UnsafeMutablePointer<UInt32>,
    bucketCount: Int
  ) {
    let (keys, values) = unsafe (batch.keys, batch.values)
    unsafe starts.update(repeating: 0, count: bucketCount + 1)
    for arc in 0..<batch.count {
      unsafe starts[Int(keys[arc] &>> shift) &+ 1] &+= 1
      if isMirrored, unsafe keys[arc] != values[arc] {
        unsafe starts[Int(values[arc] &>> shift) &+ 1] &+= 1
      }
    }
    unsafe starts[0] = UInt32(first)
    for bucket in 0..<bucketCount { unsafe starts[bucket + 1] += starts[bucket] }
    // From here on `starts[b]` is the next free place of bucket b; it ends where b + 1 began.
    let staged = unsafe arcs.pointer
    @inline(__always) func put(_ key: UInt32, _ value: UInt32, _ arc: Int) {
      let bucket = Int(key &>> shift)
      let place = unsafe Int(starts[bucket])
      unsafe starts[bucket] &+= 1
      unsafe staged[place] = UInt64(key) &<< 32 | UInt64(value)
      if let weights, let from = unsafe batch.weights { unsafe weights[place] = from[arc] }
      if let counts, let from = unsafe batch.counts { unsafe counts[place] = from[arc] }
    }
    for arc in 0..<batch.count {
      let (key, value) = unsafe (keys[arc], values[arc])
      put(key, value, arc)
      if isMirrored, key != value { put(value, key, arc) }
    }
    for bucket in stride(from: bucketCount, to: 0, by: -1) {
      unsafe starts[bucket] = starts[bucket - 1]
    }
    unsafe starts[0] = UInt32(first)
  }

  /// Collects one bucket's rows from all batches, in the order of the batches.
  ///
  /// `starts[b * stride]` and the place after it bound the bucket within batch b; `cursor` has room for
  /// the bucket's rows; `first` is the place of its first entry.
  @unsafe func collect(
    _ rows: Range<Int>,
    starts: UnsafePointer<UInt32>,
    stride: Int,
    batchCount: Int,
    from first: UInt32,
    cursor: UnsafeMutablePointer<UInt32>,
    into result: RowTables
  ) {
    let low = UInt32(rows.lowerBound)
    let staged = unsafe arcs.pointer
    unsafe cursor.update(repeating: 0, count: rows.count)
    for batch in 0..<batchCount {
      let (start, end) = unsafe (Int(starts[batch * stride]), Int(starts[batch * stride + 1]))
      var place = start
      while place < end {
        unsafe cursor[Int(UInt32(truncatingIfNeeded: staged[place] &>> 32) &- low)] &+= 1
        place &+= 1
      }
    }
    var next = first
    for row in rows {
      let size = unsafe cursor[row - rows.lowerBound]
      result.offsets[row] = next
      unsafe cursor[row - rows.lowerBound] = next
      next += size
    }
    let neighbors = unsafe result.neighbors.pointer
    for batch in 0..<batchCount {
      let (start, end) = unsafe (Int(starts[batch * stride]), Int(starts[batch * stride + 1]))
      var place = start
      while place < end {
        let arc = unsafe staged[place]
        let row = Int(UInt32(truncatingIfNeeded: arc &>> 32) &- low)
        let entry = unsafe Int(cursor[row])
        unsafe cursor[row] &+= 1
        unsafe neighbors[entry] = UInt32(truncatingIfNeeded: arc)
        if let weights, let into = result.weights { into[entry] = weights[place] }
        if let counts, let into = result.counts { into[entry] = counts[place] }
        place &+= 1
      }
    }
  }
}

extension Column<UInt32> {
  /// The same memory read as ids, which have the layout of their 32 bits.
  var asNodes: Column<NodeID> { unsafe reinterpreted(as: NodeID.self) }
}

// The ways into a sort.
extension Adjacency {
  /// Sorts loose arcs into rows; the caller promises ids below `nodeCount`.
  ///
  /// Rows hold their arcs in the order of arrival, by target: transposed, they come out sorted.
  init(nodeCount: Int, byTarget arcs: ArcList, isMirrored: Bool, parallel: Parallel) {
    let size = RowSort.batchSize
    let sort = RowSort(
      nodeCount: nodeCount,
      isMirrored: isMirrored,
      hasWeights: arcs.weights != nil,
      hasCounts: arcs.multiplicities != nil,
      parallel: parallel
    )
    let sizes = stride(from: 0, to: arcs.count, by: size).map { min(size, arcs.count - $0) }
    self = unsafe arcs.sources.withUnsafeBytes { sources in
      unsafe arcs.targets.withUnsafeBytes { targets in
        unsafe withOptionalPointer(arcs.weights) { weights in
          unsafe withOptionalPointer(arcs.multiplicities) { counts in
            nonisolated(unsafe) let (sources, targets) = unsafe (sources, targets)
            nonisolated(unsafe) let (weights, counts) = unsafe (weights, counts)
            // Shared for reading alone, while the closures last.
            return sort.rows(batchSizes: sizes) { batch, _ in
              unsafe ArcBatch(
                keys: ids(targets, from: batch * size),
                values: ids(sources, from: batch * size),
                weights: unsafe weights.map { unsafe $0 + batch * size },
                counts: unsafe counts.map { unsafe $0 + batch * size },
                count: min(size, sources.count / 4 - batch * size)
              )
            }
          }
        }
      }
    }
  }

  /// Turns every arc round; rows come out sorted whatever the order within the old rows.
  init(transposing other: Adjacency, parallel: Parallel) {
    if other.weights == nil, other.multiplicities == nil {
      self.init(plainTransposing: other, parallel: parallel)
      return
    }
    let size = RowSort.batchSize
    let sort = RowSort(
      nodeCount: other.nodeCount,
      hasWeights: other.weights != nil,
      hasCounts: other.multiplicities != nil,
      parallel: parallel
    )
    let count = other.neighbors.count
    let sizes = stride(from: 0, to: count, by: size).map { min(size, count - $0) }
    self = sort.rows(batchSizes: sizes) { batch, room in
      let first = batch * size
      let end = min(count, first + size)
      // The row of the first entry, then row after row.
      var row = other.row(holding: first)
      var place = first
      while place < end {
        let rowEnd = min(end, Int(other.offsets[row + 1]))
        room.fill(place - first..<rowEnd - first, with: UInt32(row))
        place = rowEnd
        row += 1
      }
      return unsafe ArcBatch(
        keys: UnsafeRawPointer(other.neighbors.pointer).assumingMemoryBound(to: UInt32.self)
          + first,
        values: UnsafePointer(room.pointer),
        weights: other.weights.map { unsafe $0.pointer + first },
        counts: other.multiplicities.map { unsafe $0.pointer + first },
        count: end - first
      )
    }
  }

  /// Gives every node another number; the caller promises that each place below the count comes once.
  ///
  /// Rows hold their arcs in the order of the old sources, by new target: transposed, they are sorted.
  init(relabelling other: Adjacency, places: SharedArray<UInt32>, parallel: Parallel) {
    let size = RowSort.batchSize
    let sort = RowSort(
      nodeCount: other.nodeCount,
      hasWeights: other.weights != nil,
      hasCounts: other.multiplicities != nil,
      parallel: parallel
    )
    let count = other.neighbors.count
    let sizes = stride(from: 0, to: count, by: size).map { min(size, count - $0) }
    self = sort.rows(batchSizes: sizes) { batch, room in
      let first = batch * size
      let end = min(count, first + size)
      var row = other.row(holding: first)
      var place = first
      while place < end {
        let rowEnd = min(end, Int(other.offsets[row + 1]))
        room.fill(place - first..<rowEnd - first, with: places[row])
        for entry in place..<rowEnd {
          room[end - first + entry - first] = places[other.neighbors[entry].rawValue]
        }
        place = rowEnd
        row += 1
      }
      return unsafe ArcBatch(
        keys: UnsafePointer(room.pointer + (end - first)),
        values: UnsafePointer(room.pointer),
        weights: other.weights.map { unsafe $0.pointer + first },
        counts: other.multiplicities.map { unsafe $0.pointer + first },
        count: end - first
      )
    }
  }

  /// The row that holds an entry.
  func row(holding entry: Int) -> Int {
    var (low, high) = (0, nodeCount)
    // The last row that begins at the entry or before it, and is not empty.
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(offsets[middle]) <= entry { low = middle } else { high = middle }
    }
    return low
  }
}

/// Ids have the layout of their 32 bits.
@unsafe private func ids(
  _ bytes: UnsafeRawBufferPointer,
  from first: Int
) -> UnsafePointer<UInt32> {
  guard let base = bytes.baseAddress else { preconditionFailure("no arcs") }
  return unsafe base.assumingMemoryBound(to: UInt32.self) + first
}

@unsafe private func withOptionalPointer<Element, Answer>(
  _ values: [Element]?,
  _ body: (UnsafePointer<Element>?) -> Answer
) -> Answer {
  guard let values else { return body(nil) }
  return unsafe values.withUnsafeBufferPointer { buffer in unsafe body(buffer.baseAddress) }
}
