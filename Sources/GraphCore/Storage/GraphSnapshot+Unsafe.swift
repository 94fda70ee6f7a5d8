#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Graph {
  /// Writes the graph to a file from which ``init(snapshotAtPath:workers:)`` has it back at once.
  ///
  /// The file is written under another name beside the one asked for and renamed in the end, so that
  /// there never is a half of it.
  ///
  /// - Parameters:
  ///   - path: The file, which is replaced where there is one.
  ///   - workers: How many processors may help.
  /// - Throws: ``GraphError/unwritableFile(reason:)``.
  /// - Complexity: O(*n* + *m*).
  public func writeSnapshot(
    toPath path: String,
    workers: WorkerCount = .active
  ) throws(GraphError) {
    let sides = isDirected ? [outgoing, incoming] : [outgoing]
    var header = GraphSnapshot.Header(
      flags: [],
      nodeCount: nodeCount,
      entryCount: outgoing.neighbors.count,
      byteCount: 0,
      checksum: 0
    )
    if isDirected { header.flags.insert(.directed) }
    if sides.contains(where: { $0.weights != nil }) { header.flags.insert(.weights) }
    if sides.contains(where: { $0.multiplicities != nil }) { header.flags.insert(.counts) }
    let (starts, end) = GraphSnapshot.places(header)
    header.byteCount = end

    // The same bytes as in the file, put together in memory: their check sum goes before them.
    let image = SharedArray<UInt8>(repeating: 0, count: end, life: .lasting)
    for (index, side) in sides.enumerated() {
      unsafe side.copyColumns(to: image.pointer, at: Array(starts[(4 * index)...]))
    }
    header.checksum = unsafe GraphSnapshot.checksum(
      UnsafeRawBufferPointer(start: image.pointer, count: end),
      Parallel(workers: workers)
    )
    for (index, word) in header.words.enumerated() {
      unsafe UnsafeMutableRawPointer(image.pointer).storeBytes(
        of: word,
        toByteOffset: 8 * index,
        as: UInt64.self
      )
    }
    try unsafe write(image, to: path)
  }

  @unsafe private func write(_ image: SharedArray<UInt8>, to path: String) throws(GraphError) {
    let temporary = path + ".part"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unwritableFile(reason: MappedFile.reason(of: errno)) }
    var done = 0
    var failure: Int32 = 0
    while done < image.count, failure == 0 {
      let length = min(1 << 28, image.count - done)
      let written = unsafe pwrite(descriptor, image.pointer + done, length, off_t(done))
      if written > 0 { done += written } else if errno != EINTR { failure = errno }
    }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, unsafe rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      unsafe _ = unlink(temporary)
      throw .unwritableFile(reason: MappedFile.reason(of: failure))
    }
  }

  /// Uses a graph from a file that ``writeSnapshot(toPath:workers:)`` wrote, without reading it into
  /// memory of its own.
  ///
  /// - Parameters:
  ///   - path: The file; nobody may change it while the graph is used.
  ///   - workers: How many processors may help to check it.
  /// - Throws: ``GraphError/unreadableFile(reason:)``, or ``GraphError/unreadableSnapshot(_:)`` where
  ///   the file is another, is damaged, or breaks a promise that kernels rely on.
  /// - Complexity: O(*n* + *m*), at the speed of reading memory.
  public init(snapshotAtPath path: String, workers: WorkerCount = .active) throws(GraphError) {
    let file = try MappedFile(path: path)
    guard let memory = file.memory, file.count >= GraphSnapshot.pageSize else {
      throw .unreadableSnapshot(.noSnapshot)
    }
    let header = try unsafe GraphSnapshot.header(of: memory)
    let parallel = Parallel(workers: workers)
    let sum = unsafe GraphSnapshot.checksum(
      UnsafeRawBufferPointer(start: memory.base, count: memory.byteCount),
      parallel
    )
    guard sum == header.checksum else { throw .unreadableSnapshot(.wrongChecksum) }
    let starts = GraphSnapshot.places(header).starts
    let outgoing = unsafe Adjacency(in: memory, at: Array(starts[..<4]), header)
    guard outgoing.isSound(parallel) else { throw .unreadableSnapshot(.brokenRows) }
    guard header.flags.contains(.directed) else {
      self.init(isDirected: false, outgoing: outgoing, incoming: outgoing)
      return
    }
    let incoming = unsafe Adjacency(in: memory, at: Array(starts[4...]), header)
    guard incoming.isSound(parallel) else { throw .unreadableSnapshot(.brokenRows) }
    self.init(isDirected: true, outgoing: outgoing, incoming: incoming)
  }
}

extension GraphSnapshot {
  /// The facts in the header of a file of at least a page, whose length they fit.
  @unsafe fileprivate static func header(of memory: Memory) throws(GraphError) -> Header {
    let words = (0..<8).map { unsafe memory.base.load(fromByteOffset: 8 * $0, as: UInt64.self) }
    guard words[0] == mark else { throw .unreadableSnapshot(.noSnapshot) }
    guard words[1] == UInt64(version) else {
      throw .unreadableSnapshot(.otherVersion(UInt32(truncatingIfNeeded: words[1])))
    }
    guard words[7] == words[..<7].reduce(0, { mix($0, $1) }) else {
      throw .unreadableSnapshot(.wrongChecksum)
    }
    guard words[3] < UInt64(UInt32.max), words[4] <= UInt64(UInt32.max) else {
      throw .unreadableSnapshot(.brokenRows)
    }
    let header = Header(
      flags: Flags(rawValue: words[2]),
      nodeCount: Int(words[3]),
      entryCount: Int(words[4]),
      byteCount: memory.byteCount,
      checksum: words[6]
    )
    guard UInt64(memory.byteCount) == words[5], places(header).end == memory.byteCount else {
      throw .unreadableSnapshot(.wrongLength)
    }
    return header
  }

  /// The check sum of what follows the header; the length is a multiple of a page.
  @unsafe fileprivate static func checksum(
    _ bytes: UnsafeRawBufferPointer,
    _ parallel: Parallel
  ) -> UInt64 {
    guard let start = bytes.baseAddress else { return 0 }
    let base = unsafe start + pageSize
    let wordCount = (bytes.count - pageSize) / 8
    nonisolated(unsafe) let words = unsafe base.assumingMemoryBound(to: UInt64.self)
    // Read only, while the call lasts.
    let parts = parallel.parts(count: wordCount, chunkSize: 1 << 17) { range in
      var lanes = SIMD4<UInt64>(1, 2, 3, 4)
      var place = range.lowerBound
      while place + 4 <= range.upperBound {
        for lane in 0..<4 { unsafe lanes[lane] = mix(lanes[lane], words[place + lane]) }
        place += 4
      }
      while place < range.upperBound {
        unsafe lanes[0] = mix(lanes[0], words[place])
        place += 1
      }
      return (0..<4).reduce(UInt64(range.count)) { mix($0, lanes[$1]) }
    }
    return parts.reduce(UInt64(wordCount)) { mix($0, $1) }
  }
}

extension Adjacency {
  /// Columns within a mapped file; the header has been checked against its length.
  @unsafe fileprivate init(in memory: Memory, at starts: [Int], _ header: GraphSnapshot.Header) {
    func column<Element>(_ index: Int, _ count: Int) -> Column<Element> {
      // Starts are multiples of a page, so that every type lies right.
      unsafe Column(
        owner: memory,
        base: UnsafePointer(
          (memory.base + starts[index]).bindMemory(to: Element.self, capacity: count)
        ),
        count: count
      )
    }
    offsets = column(0, header.nodeCount + 1)
    neighbors = column(1, header.entryCount)
    weights = header.flags.contains(.weights) ? column(2, header.entryCount) : nil
    multiplicities = header.flags.contains(.counts) ? column(3, header.entryCount) : nil
  }

  /// Copies the columns in the order of a snapshot to their places, where there is room for them.
  @unsafe fileprivate func copyColumns(to image: UnsafeMutablePointer<UInt8>, at starts: [Int]) {
    unsafe offsets.copy(to: image + starts[0])
    unsafe neighbors.copy(to: image + starts[1])
    if let weights { unsafe weights.copy(to: image + starts[2]) }
    if let multiplicities { unsafe multiplicities.copy(to: image + starts[3]) }
  }

  /// Whether the promises hold that keep kernels within their tables, and rows rise strictly.
  fileprivate func isSound(_ parallel: Parallel) -> Bool {
    guard offsets[0] == 0, Int(offsets[nodeCount]) == neighbors.count else { return false }
    let count = UInt32(nodeCount)
    let faults = parallel.sumOfChunks(count: nodeCount, chunkSize: 1 << 14) { nodes in
      var faults = 0
      for node in nodes {
        let (start, end) = (offsets[node], offsets[node + 1])
        guard start <= end, Int(end) <= neighbors.count else { return 1 }
        var last: UInt32?
        for entry in Int(start)..<Int(end) {
          let neighbor = neighbors[entry].rawValue
          if neighbor >= count || last.map({ $0 >= neighbor }) ?? false { faults += 1 }
          last = neighbor
        }
      }
      return faults
    }
    // The sum of all weights must not overflow, as nobody looks out for that later.
    var sum: Int64 = 0
    let weightsHold =
      weights?.allSatisfy { weight in
        let (next, overflow) = sum.addingReportingOverflow(weight)
        sum = next
        return weight >= 1 && !overflow
      } ?? true
    return faults == 0 && weightsHold && (multiplicities?.allSatisfy { $0 >= 1 } ?? true)
  }
}

extension Column {
  /// Copies the values as bytes to a place with room for them.
  @unsafe fileprivate func copy(to place: UnsafeMutablePointer<UInt8>) {
    unsafe withBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe UnsafeMutableRawPointer(place).copyMemory(from: base, byteCount: bytes.count)
    }
  }
}
