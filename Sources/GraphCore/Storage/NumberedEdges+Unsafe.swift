import Synchronization

// From the text of numbers to a graph: stretches of text are read by whoever is free, and their arcs
// sorted from where they stand.
extension EdgeListReader {
  /// The text is valid for the call.
  @unsafe func numberedGraph(
    from text: UnsafeBufferPointer<UInt8>,
    file: MappedFile? = nil,
    _ parallel: Parallel
  ) throws(GraphError) -> NumberedGraph? {
    let parser = unsafe NumberParser(text: text, readsWeights: readsWeights)
    if let plain = plainGraph(parser, file: file, parallel) {
      return plain.withoutLoops(if: selfLoops == .dropped)
    }
    var outcome = NumberParser.Outcome.other
    var hasWeights = false
    repeat {
      let arcs: NumberedChunks<UInt32>
      (arcs, outcome) = parser.readAll(hasWeights: hasWeights, parallel)
      if outcome == .numbers, arcs.largest <= UInt64(max(1 << 16, 8 * arcs.count)) {
        let graph = try graph(
          of: arcs,
          nodeCount: arcs.count == 0 ? 0 : Int(arcs.largest) + 1,
          parallel
        )
        // A number without an edge was not in the text.
        return graph.withoutGaps(parallel).withoutLoops(if: selfLoops == .dropped)
      }
      hasWeights = hasWeights || outcome == .weightFound
    } while outcome == .weightFound
    guard outcome != .other else { return nil }
    let (wide, again) = parser.readAll(
      as: UInt64.self,
      hasWeights: hasWeights,
      parallel
    )
    if again == .weightFound {
      let (weighted, last) = parser.readAll(as: UInt64.self, hasWeights: true, parallel)
      return last == .numbers ? try graph(ofSparse: weighted, parallel) : nil
    }
    return again == .numbers ? try graph(ofSparse: wide, parallel) : nil
  }

  /// Sorts arcs between ids below a count into a graph; self-loops stay.
  private func graph(
    of arcs: NumberedChunks<UInt32>,
    nodeCount: Int,
    _ parallel: Parallel
  ) throws(GraphError) -> Graph {
    guard nodeCount < Int(UInt32.max) else { throw .tooManyNodes(nodeCount) }
    let entries = arcs.count * (isDirected ? 1 : 2)
    guard entries <= Int(UInt32.max) else { throw .tooManyEdges(entries) }
    if arcs.hasWeightOverflow { throw .weightOverflow }
    let sort = RowSort(
      nodeCount: nodeCount,
      isMirrored: !isDirected,
      hasWeights: arcs.hasWeights,
      parallel: parallel
    )
    let chunks = arcs.chunks
    let byTarget = sort.rows(batchSizes: chunks.map(\.count)) { index, _ in
      unsafe ArcBatch(
        keys: UnsafePointer(chunks[index].targets.pointer),
        values: UnsafePointer(chunks[index].sources.pointer),
        weights: chunks[index].weights.map { unsafe UnsafePointer($0.pointer) },
        count: chunks[index].count
      )
    }
    var rows = Adjacency(transposing: byTarget, parallel: parallel)
    rows.fold(repeats, parallel)
    return Graph(isDirected: isDirected, outgoing: rows)
  }

  /// Numbers the ends by their places among all numbers that occur, then sorts the arcs.
  private func graph(
    ofSparse arcs: NumberedChunks<UInt64>,
    _ parallel: Parallel
  ) throws(GraphError) -> NumberedGraph {
    let rising = arcs.distinctNumbers(parallel)
    guard rising.count < Int(UInt32.max) else { throw .tooManyNodes(rising.count) }
    let numbers = NodeNumbers(rising: rising)
    let places = NumberPlaces(rising: rising)
    let chunks = arcs.chunks
    let parts = parallel.parts(count: chunks.count, chunkSize: 1) { range in
      var part = NumberedArcs<UInt32>(like: chunks[range.lowerBound])
      for arc in 0..<part.count {
        part.sources[arc] = places[chunks[range.lowerBound].sources[arc]]
        part.targets[arc] = places[chunks[range.lowerBound].targets[arc]]
      }
      part.largest = UInt64(max(0, rising.count - 1))
      return part
    }
    let graph = try graph(
      of: NumberedChunks(chunks: parts, hasWeights: arcs.hasWeights),
      nodeCount: rising.count,
      parallel
    )
    return NumberedGraph(graph: graph, numbers: numbers).withoutLoops(if: selfLoops == .dropped)
  }
}

extension NumberParser {
  /// Reads all stretches of the text.
  func readAll<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    as type: Number.Type = Number.self,
    hasWeights: Bool,
    _ parallel: Parallel
  ) -> (NumberedChunks<Number>, Outcome) {
    let ranges = chunks()
    let isOver = Atomic<Bool>(false)
    let parts = parallel.parts(count: ranges.count, chunkSize: 1) { index in
      let range = ranges[index.lowerBound]
      guard !isOver.load(ordering: .relaxed) else {
        return (NumberedArcs<Number>(bytes: 0, hasWeights: false), Outcome.numbers)
      }
      var arcs = NumberedArcs<Number>(bytes: range.count, hasWeights: hasWeights)
      let outcome = read(range, into: &arcs)
      if outcome != .numbers { isOver.store(true, ordering: .relaxed) }
      return (arcs, outcome)
    }
    // What is no number outweighs what is a number of another kind, wherever they stand: which
    // stretches were left out after the first trouble depends on the workers' luck.
    let outcomes = parts.map(\.1).filter { $0 != .numbers }
    let worst = outcomes.contains(.other) ? .other : outcomes.first ?? .numbers
    return (NumberedChunks(chunks: parts.map(\.0), hasWeights: hasWeights), worst)
  }
}

/// The arcs of all stretches of a text.
struct NumberedChunks<Number: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  let chunks: [NumberedArcs<Number>]
  let hasWeights: Bool

  var count: Int { chunks.reduce(0) { $0 + $1.count } }
  var largest: UInt64 { chunks.map(\.largest).max() ?? 0 }

  /// Whether the weights add up to more than 63 bits hold.
  var hasWeightOverflow: Bool {
    guard hasWeights else { return false }
    var sum: Int64 = 0
    for chunk in chunks {
      guard let weights = chunk.weights else { continue }
      for arc in 0..<chunk.count {
        let (next, overflow) = sum.addingReportingOverflow(weights[arc])
        if overflow { return true }
        sum = next
      }
    }
    return false
  }

  /// All numbers that occur, rising.
  func distinctNumbers(_ parallel: Parallel) -> Column<UInt64> {
    let parts = parallel.parts(count: chunks.count, chunkSize: 1) { range in
      let chunk = chunks[range.lowerBound]
      var numbers: [UInt64] = []
      numbers.reserveCapacity(2 * chunk.count)
      for arc in 0..<chunk.count {
        numbers.append(UInt64(chunk.sources[arc]))
        numbers.append(UInt64(chunk.targets[arc]))
      }
      return numbers.sortedAndDistinct()
    }
    // Pairs of neighbours are merged until one is left.
    var rising = parts
    while rising.count > 1 {
      let lists = rising
      rising = parallel.parts(count: (lists.count + 1) / 2, chunkSize: 1) { range in
        let place = 2 * range.lowerBound
        return place + 1 < lists.count ? lists[place].merged(with: lists[place + 1]) : lists[place]
      }
    }
    return Column(rising.first ?? [])
  }
}

extension NumberedArcs where Number == UInt32 {
  /// Room for as many arcs as another list has, with the same weights.
  init(like other: NumberedArcs<UInt64>) {
    sources = SharedArray(unwritten: other.count)
    targets = SharedArray(unwritten: other.count)
    weights = other.weights
    count = other.count
  }
}

/// Where each number stands among the rising ones, by an open hash table at most half full.
private struct NumberPlaces: Sendable {
  private let rising: Column<UInt64>
  /// A place plus one, 0 where the slot is free.
  private let slots: SharedArray<UInt32>
  private let shift: UInt64

  init(rising: Column<UInt64>) {
    self.rising = rising
    var bits: UInt64 = 4
    while 1 << Int(bits) < 2 * rising.count { bits += 1 }
    shift = 64 - bits
    slots = SharedArray(repeating: 0, count: 1 << Int(bits))
    for place in rising.indices {
      var slot = Int(Self.mix(rising[place]) &>> shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(place + 1)
    }
  }

  subscript(number: UInt64) -> UInt32 {
    var slot = Int(Self.mix(number) &>> shift)
    while true {
      let place = slots[slot] &- 1
      precondition(place != .max, "a number is missing from its own table")
      if rising[Int(place)] == number { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// The end of SplitMix64, so that numbers with a pattern spread all the same.
  private static func mix(_ number: UInt64) -> UInt64 {
    var z = number &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}

extension [UInt64] {
  fileprivate func sortedAndDistinct() -> [UInt64] {
    var result: [UInt64] = []
    for number in sorted() where result.last != number { result.append(number) }
    return result
  }

  /// Both rising lists as one, each number once.
  fileprivate func merged(with other: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    result.reserveCapacity(count + other.count)
    var (a, b) = (0, 0)
    while a < count || b < other.count {
      let isLeft = b == other.count || a < count && self[a] <= other[b]
      let next = isLeft ? self[a] : other[b]
      if isLeft { a += 1 } else { b += 1 }
      if result.last != next { result.append(next) }
    }
    return result
  }
}

extension Graph {
  /// The graph without nodes that have no edge, each other node with its old id as its number.
  fileprivate func withoutGaps(_ parallel: Parallel) -> NumberedGraph {
    let (outgoing, incoming) = (outgoing, incoming)
    let size = 1 << 14
    let kept = parallel.parts(count: nodeCount, chunkSize: size) { nodes in
      nodes.count { !outgoing.row(at: $0).isEmpty || !incoming.row(at: $0).isEmpty }
    }
    let total = kept.reduce(0, +)
    guard total < nodeCount else {
      return NumberedGraph(graph: self, numbers: NodeNumbers(identity: nodeCount))
    }
    let starts = kept.runningStarts
    let numbers = SharedArray<UInt64>(unwritten: total, life: .lasting)
    let places = SharedArray<UInt32>(unwritten: nodeCount)
    parallel.chunks(count: nodeCount, chunkSize: size) { nodes in
      var place = starts[nodes.lowerBound / size]
      for node in nodes
      where !outgoing.row(at: node).isEmpty || !incoming.row(at: node).isEmpty {
        numbers[place] = UInt64(node)
        places[node] = UInt32(place)
        place += 1
      }
    }
    let out = outgoing.renamed(places, numbers, parallel)
    return NumberedGraph(
      graph: Graph(
        isDirected: isDirected,
        outgoing: out,
        incoming: isDirected ? incoming.renamed(places, numbers, parallel) : out
      ),
      numbers: NodeNumbers(rising: numbers.frozen())
    )
  }
}

extension Adjacency {
  /// The same rows, without those of nodes left out, by new ids that rise with the old ones.
  fileprivate func renamed(
    _ places: SharedArray<UInt32>,
    _ originals: SharedArray<UInt64>,
    _ parallel: Parallel
  ) -> Adjacency {
    let (starts, ends) = (
      SharedArray<UInt32>(unwritten: originals.count + 1, life: .lasting),
      SharedArray<UInt32>(unwritten: neighbors.count, life: .lasting)
    )
    starts[originals.count] = UInt32(neighbors.count)
    parallel.chunks(count: originals.count) { nodes in
      // Rows left out are empty, so that the others stay where they are.
      for node in nodes { starts[node] = offsets[Int(originals[node])] }
    }
    parallel.chunks(count: neighbors.count, chunkSize: 1 << 16) { entries in
      for entry in entries { ends[entry] = places[neighbors[entry].rawValue] }
    }
    return Adjacency(
      offsets: starts.frozen(),
      neighbors: ends.frozen().asNodes,
      weights: weights,
      multiplicities: multiplicities
    )
  }
}

extension NumberedGraph {
  /// Without self-loops where that is asked for; their nodes stay.
  func withoutLoops(if areDropped: Bool) -> NumberedGraph {
    areDropped ? NumberedGraph(graph: graph.withoutSelfLoops(), numbers: numbers) : self
  }
}
