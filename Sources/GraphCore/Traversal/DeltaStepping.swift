/// Lightest routes: buckets of nodes by distance, emptied from the nearest on.
///
/// Distances only ever sink. A node waits together with the length at which it was put there; it is passed
/// over where its distance has sunk since, so that no length is followed twice. Each worker has buckets of
/// its own, which nobody else writes to; the nodes at hand, those of the nearest bucket of all workers, are
/// shared out.
///
/// Nodes come from the rows and from starts that the caller has checked; distances have a place for
/// each, and weights one for each entry. No route is as long as `Length.max`: the caller has bounded the
/// sum of all weights and one more. The rows are held by the search.
struct DeltaStepping<Length: PathLength>: Sendable {
  let rows: [Adjacency]
  /// The weights of the same rows in 32 bits, where they are there.
  let lightWeights: [Column<UInt32>]?
  /// Whether each entry has one back, so that a node with a single one leads only to where it was
  /// reached from.
  let isMirrored: Bool
  let buckets: BucketCircle
  let parallel: Parallel

  /// Several workers are handed so few nodes at once: a busy one has as many edges as thousands of others.
  private static var nodesAtOnce: Int { 64 }

  /// Fills in the distance of each node, `.max` where it is not reached.
  func run(from starts: [NodeID], distances: SharedArray<Length>) {
    parallel.chunks(count: distances.count, chunkSize: 1 << 16) { distances.fill($0, with: .max) }
    let sides = rows.indices.map { PathSide(rows[$0], lightWeights?[$0]) }
    let crew = (0..<parallel.workers.value).map { _ in PathWorker<Length>(buckets) }
    for start in starts where distances[start.index] != 0 {
      distances[start.index] = 0
      crew[0].putFirst(start.rawValue)
    }
    var (current, emptyInARow) = (0, 0)
    while emptyInARow < buckets.count {
      // What falls into this bucket meanwhile comes next.
      let count = crew.reduce(0) { $0 + $1.takeUp(current) }
      guard count > 0 else {
        current = (current + 1) % buckets.count
        emptyInARow += 1
        continue
      }
      emptyInARow = 0
      if crew.count == 1 || count <= Self.nodesAtOnce {
        for worker in crew where worker.atHandCount > 0 {
          let piece = Piece(worker: worker, places: 0..<worker.atHandCount)
          for side in sides { crew[0].follow(piece, side, distances, isMirrored, true) }
        }
      } else {
        shareOut(crew, sides, distances)
      }
    }
  }

  /// Hands what all workers have at hand to whoever is free.
  private func shareOut(
    _ crew: [PathWorker<Length>],
    _ sides: [PathSide],
    _ distances: SharedArray<Length>
  ) {
    let pieces = crew.flatMap { worker in
      let count = worker.atHandCount
      return stride(from: 0, to: count, by: Self.nodesAtOnce).map {
        Piece(worker: worker, places: $0..<min($0 + Self.nodesAtOnce, count))
      }
    }
    let slots = ChunkQueue(count: crew.count, chunkSize: 1)
    parallel.share(count: pieces.count, chunkSize: 1) { queue in
      guard let slot = slots.next() else { return }
      while let chunk = queue.next() {
        let piece = pieces[chunk.number]
        for side in sides { crew[slot.number].follow(piece, side, distances, isMirrored, false) }
      }
    }
  }
}
