// From the text of numbers to a graph without weights: arcs go from the parser's own room straight
// into the staging memory of a sort.
extension EdgeListReader {
  /// Reads a text whose lines hold two numbers each, small ones for as many lines.
  ///
  /// Nil where that is not so, or where a repeated edge is to have a count: the reader of loose arcs
  /// sees to those.
  func plainGraph(
    _ parser: NumberParser,
    file: MappedFile?,
    _ parallel: Parallel
  ) -> NumberedGraph? {
    guard let sample = parser.sampledLargest(), sample < 1 << 31 else { return nil }
    // The sample may have missed the largest by a little; where it did by more, nothing is lost but time.
    let limit = Int(sample + sample / 32) + 1024
    let narrow = PlainSort<UInt32>(limit: limit, isMirrored: !isDirected, parallel: parallel)
    if let narrow { return plainGraph(parser, by: narrow, file: file) }
    let wide = PlainSort<UInt64>(limit: limit, isMirrored: !isDirected, parallel: parallel)
    return wide.flatMap { plainGraph(parser, by: $0, file: file) }
  }

  private func plainGraph<Word>(
    _ parser: NumberParser,
    by sort: PlainSort<Word>,
    file: MappedFile?
  ) -> NumberedGraph? {
    let size = max(1 << 19, min(1 << 21, parser.byteCount / 64))
    let ranges = parser.chunks(ofSize: size)
    let found = SharedArray<UInt64>(repeating: 0, count: 2 * ranges.count)
    let isMirrored = !isDirected
    // Every line has four bytes or more; memory that is not written is not taken.
    let words = SharedArray<Word>(
      unwritten: (parser.byteCount / 4 + 1) * (isMirrored ? 2 : 1),
      life: .lasting
    )
    let largest = ranges.map(\.count).max() ?? 0
    let staged = sort.staged(batchCount: ranges.count, in: words) {
      NumberedArcs<UInt32>(bytes: largest, hasWeights: false)
    } batch: { index, arcs in
      let outcome = parser.read(ranges[index], into: &arcs)
      file?.release(ranges[index])
      guard outcome == .numbers, arcs.count == 0 || arcs.largest < UInt64(sort.limit) else {
        return nil
      }
      (found[2 * index], found[2 * index + 1]) = (UInt64(arcs.count), arcs.largest)
      return unsafe ArcBatch(
        keys: UnsafePointer(arcs.sources.pointer),
        values: UnsafePointer(arcs.targets.pointer),
        count: arcs.count
      )
    }
    guard let staged else { return nil }
    // Where stretches meet, pages of the text are still there.
    file?.release(0..<parser.byteCount)
    var (count, top) = (0, UInt64(0))
    for index in ranges.indices {
      count += Int(found[2 * index])
      top = max(top, found[2 * index + 1])
    }
    guard top <= UInt64(max(1 << 16, 8 * count)) else { return nil }
    var out = sort.rows(
      of: staged,
      nodeCount: count == 0 ? 0 : Int(top) + 1,
      merges: repeats == .merged
    )
    guard !out.hasRepeats else { return nil }
    // A number without an edge was not in the text.
    let present = PresentNodes(in: out, isMirrored: isMirrored, sort.parallel)
    var numbers = NodeNumbers(identity: out.nodeCount)
    if present.count < out.nodeCount {
      out.rename(by: present, sort.parallel)
      numbers = present.numbers()
    }
    let rows = out.adjacency
    let graph = Graph(
      isDirected: isDirected,
      plain: rows,
      incoming: isMirrored ? rows : sort.transposed(rows, in: words),
      selfLoopCount: out.selfLoopCount
    )
    return NumberedGraph(graph: graph, numbers: numbers)
  }
}
