import Synchronization

/// The way out: which nodes the next step reaches, and by how many routes.
extension RouteLanes {
  /// Reaches the neighbours of the nodes of a step.
  func goOut(from step: Range<Int>) {
    for place in step { seen[Int(found[place].node)] |= found[place].lanes }
    var reached = isForOne(step) ? unsafe push(from: step) : pull(from: step)
    // Rising, as rows are: whoever adds from these nodes on adds in the order of the row that is added to.
    if reached.count > rows.nodeCount / 32 {
      reached.removeAll(keepingCapacity: true)
      next.forEachNonzero { reached.append(UInt32(truncatingIfNeeded: $0)) }
    } else {
      reached.sort()
    }
    for node in reached {
      found.append((node, next[Int(node)]))
      next[Int(node)] = 0
    }
  }

  /// Whether a step has too few nodes to share out.
  func isForOne(_ step: Range<Int>) -> Bool {
    parallel.workers == .one || step.count <= Self.nodesAtOnce
  }

  /// Adds the routes of the nodes of a step to their neighbours; tells those.
  @unsafe private func push(from step: Range<Int>) -> [UInt32] {
    let (seen, next) = unsafe (seen.pointer, next.pointer)
    let (routes, masks) = unsafe (routes.pointer, masks.pointer)
    let rows = unsafe RowPointers(rows)
    var reached: [UInt32] = []
    for place in step {
      let (node, lanes) = (Int(found[place].node), found[place].lanes)
      let own = unsafe routes[node].bits
      var entry = unsafe Int(rows.starts[node])
      let end = unsafe Int(rows.starts[node &+ 1])
      while entry < end {
        let neighbor = unsafe Int(rows.ends[entry])
        entry &+= 1
        let onward = unsafe lanes & ~seen[neighbor]
        guard onward != 0 else { continue }
        let already = unsafe next[neighbor]
        if already == 0 { reached.append(UInt32(truncatingIfNeeded: neighbor)) }
        unsafe next[neighbor] = already | onward
        // Adding 0 to the other lanes changes none of their bits.
        unsafe routes[neighbor] += Lanes(bits: own & masks[Int(onward)])
      }
    }
    return reached
  }

  /// The same for several workers: first who is reached, then each adds up what its own row hands it.
  private func pull(from step: Range<Int>) -> [UInt32] {
    for place in step { now[Int(found[place].node)] = found[place].lanes }
    let gathered = Mutex<[UInt32]>([])
    parallel.share(count: step.count, chunkSize: Self.nodesAtOnce) { queue in
      var reached: [UInt32] = []
      while let chunk = queue.next() { unsafe reach(from: step, chunk.range, &reached) }
      gathered.withLock { [reached] in $0.append(contentsOf: reached) }
    }
    let reached = gathered.withLock { $0 }
    parallel.chunks(count: reached.count, chunkSize: Self.nodesAtOnce) { places in
      for place in places {
        let node = Int(reached[place])
        sums[place] = sum(routes, now, next[node], over: incoming, of: node)
      }
    }
    // Adding 0 to the other lanes changes none of their bits.
    parallel.chunks(count: reached.count) { places in
      for place in places { routes[Int(reached[place])] += sums[place] }
    }
    for place in step { now[Int(found[place].node)] = 0 }
    return reached
  }

  /// Tells the neighbours of some nodes of a step by which lanes they are reached.
  @inline(never)
  @unsafe private func reach(from step: Range<Int>, _ part: Range<Int>, _ reached: inout [UInt32]) {
    let (rows, seen, next) = unsafe (RowPointers(rows), seen.pointer, next.pointer)
    for place in part {
      let (node, lanes) = found[step.lowerBound &+ place]
      var entry = unsafe Int(rows.starts[Int(node)])
      let end = unsafe Int(rows.starts[Int(node) &+ 1])
      while entry < end {
        let neighbor = unsafe rows.ends[entry]
        entry &+= 1
        let onward = unsafe lanes & ~seen[Int(neighbor)]
        guard onward != 0 else { continue }
        let place = unsafe next + Int(neighbor)
        let cell = unsafe UnsafeMutableRawPointer(place)
          .assumingMemoryBound(to: Atomic<UInt8>.self)
        if unsafe cell.pointee.load(ordering: .relaxed) & onward == onward { continue }
        let already = unsafe cell.pointee.bitwiseOr(onward, ordering: .relaxed).oldValue
        if already == 0 { reached.append(neighbor) }
      }
    }
  }
}

extension SharedArray<UInt8> {
  /// Calls a body with each place that does not hold 0, rising.
  fileprivate func forEachNonzero(_ body: (Int) -> Void) {
    let bytes = unsafe UnsafeRawPointer(pointer)
    var place = 0
    while place < count {
      if place &+ 8 <= count,
        unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0
      {
        place &+= 8
        continue
      }
      for place in place..<min(place + 8, count) where self[place] != 0 { body(place) }
      place &+= 8
    }
  }
}
