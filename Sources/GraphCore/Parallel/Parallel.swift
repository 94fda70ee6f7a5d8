import Dispatch
import Synchronization

/// Runs a loop over chunks of fixed size on several workers.
///
/// Workers claim chunks one after another from a shared counter, so that a slow chunk holds up
/// nobody. Sums are taken chunk by chunk and joined in chunk order: the answer, including the
/// rounding of sums, is the same for any number of workers.
package struct Parallel: Sendable {
  /// How many workers may run at once.
  package let workers: WorkerCount

  /// Prepares loops for a number of workers.
  ///
  /// - Parameter workers: How many may run at once.
  package init(workers: WorkerCount) {
    self.workers = workers
  }

  /// Runs a body once for each worker, which claims chunks until none is left.
  ///
  /// The body makes what room it needs once and uses it for all its chunks.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - chunkSize: The indices in a chunk, 1 or more; must not depend on the number of workers.
  ///   - body: Deals with chunks.
  @inline(__always)
  package func share(
    count: Int,
    chunkSize: Int = Parallel.chunkSize,
    _ body: @Sendable (borrowing ChunkQueue) -> Void
  ) {
    let queue = ChunkQueue(count: count, chunkSize: chunkSize)
    let crew = min(workers.value, queue.chunkCount)
    if crew > 1 {
      DispatchQueue.concurrentPerform(iterations: crew) { _ in body(queue) }
    } else if crew == 1 {
      body(queue)
    }
  }

  /// Runs a body for each chunk.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - chunkSize: The indices in a chunk, 1 or more; must not depend on the number of workers.
  ///   - body: Deals with a range of indices.
  @inline(__always)
  package func chunks(
    count: Int,
    chunkSize: Int = Parallel.chunkSize,
    _ body: @Sendable (Range<Int>) -> Void
  ) {
    share(count: count, chunkSize: chunkSize) { queue in
      while let chunk = queue.next() { body(chunk.range) }
    }
  }

  /// Runs a body for each chunk and hands back the parts in chunk order.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - chunkSize: The indices in a chunk, 1 or more; must not depend on the number of workers.
  ///   - body: Computes the part of a range of indices.
  /// - Returns: One part for each chunk.
  @inline(__always)
  package func parts<Part: Sendable>(
    count: Int,
    chunkSize: Int,
    _ body: @Sendable (Range<Int>) -> Part
  ) -> [Part] {
    let finished = Mutex<[(chunk: Int, part: Part)]>([])
    share(count: count, chunkSize: chunkSize) { queue in
      var mine: [(chunk: Int, part: Part)] = []
      while let chunk = queue.next() { mine.append((chunk.number, body(chunk.range))) }
      finished.withLock { [mine] in $0.append(contentsOf: mine) }
    }
    return finished.withLock { parts in
      parts.sort { $0.chunk < $1.chunk }
      return parts.map(\.part)
    }
  }

  /// Computes one value for each index.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - chunkSize: The indices in a chunk, 1 or more.
  ///   - value: Computes the value of an index.
  /// - Returns: The values in index order.
  @inline(__always)
  package func map<Value: BitwiseCopyable & Sendable>(
    count: Int,
    chunkSize: Int = Parallel.chunkSize,
    _ value: @Sendable (Int) -> Value
  ) -> [Value] {
    [Value](filling: count) { table in
      chunks(count: count, chunkSize: chunkSize) { range in
        for index in range { table[index] = value(index) }
      }
    }
  }

  /// The same for values that are more than plain bytes.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - chunkSize: The indices in a chunk, 1 or more.
  ///   - value: Computes the value of an index.
  /// - Returns: The values in index order.
  package func map<Value: Sendable>(
    count: Int,
    chunkSize: Int = Parallel.chunkSize,
    _ value: @Sendable (Int) -> Value
  ) -> [Value] {
    parts(count: count, chunkSize: chunkSize) { range in range.map(value) }.flatMap(\.self)
  }

  /// Adds up one value for each index: within each chunk in index order, then over the chunks.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - value: Computes the value of an index.
  /// - Returns: The sum.
  @inline(__always)
  package func sum<Value: AdditiveArithmetic & BitwiseCopyable & Sendable>(
    count: Int,
    _ value: @Sendable (Int) -> Value
  ) -> Value {
    sumOfChunks(count: count) { range in
      var sum = Value.zero
      for index in range { sum += value(index) }
      return sum
    }
  }

  /// Adds up one value for each chunk, in chunk order.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - chunkSize: The indices in a chunk, 1 or more; must not depend on the number of workers.
  ///   - value: Computes the value of a range of indices.
  /// - Returns: The sum.
  @inline(__always)
  package func sumOfChunks<Value: AdditiveArithmetic & BitwiseCopyable & Sendable>(
    count: Int,
    chunkSize: Int = Parallel.chunkSize,
    _ value: @Sendable (Range<Int>) -> Value
  ) -> Value {
    let sums = SharedArray<Value>(unwritten: (count + chunkSize - 1) / chunkSize)
    share(count: count, chunkSize: chunkSize) { queue in
      while let chunk = queue.next() { sums[chunk.number] = value(chunk.range) }
    }
    var sum = Value.zero
    for place in sums.indices { sum += sums[place] }
    return sum
  }

  /// The indices in a chunk of a plain loop: large enough to pay for the claim, small enough to
  /// spread a graph of some ten thousand nodes.
  package static let chunkSize = 2048
}

/// Chunks of a range of indices, each handed out once.
package struct ChunkQueue: ~Copyable, Sendable {
  /// The number of indices in all.
  let count: Int
  /// The indices in each chunk but the last.
  let chunkSize: Int
  /// The number of chunks.
  let chunkCount: Int
  private let claimed = Atomic<Int>(0)

  init(count: Int, chunkSize: Int) {
    self.count = count
    self.chunkSize = chunkSize
    chunkCount = (count + chunkSize - 1) / chunkSize
  }

  /// Claims the next chunk.
  ///
  /// - Returns: Its number and its indices, or nil where all are taken.
  @inline(__always)
  package borrowing func next() -> (number: Int, range: Range<Int>)? {
    let number = claimed.add(1, ordering: .relaxed).oldValue
    guard number < chunkCount else { return nil }
    return (number, number * chunkSize..<min(count, (number + 1) * chunkSize))
  }
}
