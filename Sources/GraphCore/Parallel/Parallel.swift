import Dispatch
import Synchronization

/// Runs a loop over chunks of fixed size on several workers.
///
/// Workers claim chunks one after another from a shared counter, so that a slow chunk holds up
/// nobody. Each chunk *returns* its part and the parts are joined in chunk order: the answer,
/// including the rounding of sums, is the same for any number of workers.
package struct Parallel: Sendable {
  /// How many workers may run at once.
  package let workers: WorkerCount

  /// Prepares loops for a number of workers.
  ///
  /// - Parameter workers: How many may run at once.
  package init(workers: WorkerCount) {
    self.workers = workers
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
    let chunkCount = (count + chunkSize - 1) / chunkSize
    @Sendable func range(of chunk: Int) -> Range<Int> {
      chunk * chunkSize..<min(count, (chunk + 1) * chunkSize)
    }
    guard workers.value > 1, chunkCount > 1 else {
      return (0..<chunkCount).map { body(range(of: $0)) }
    }
    let next = Atomic<Int>(0)
    let finished = Mutex<[(chunk: Int, part: Part)]>([])
    DispatchQueue.concurrentPerform(iterations: min(workers.value, chunkCount)) { _ in
      var mine: [(chunk: Int, part: Part)] = []
      while true {
        let chunk = next.add(1, ordering: .relaxed).oldValue
        guard chunk < chunkCount else { break }
        mine.append((chunk, body(range(of: chunk))))
      }
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
  package func map<Value: Sendable>(
    count: Int,
    chunkSize: Int = Parallel.chunkSize,
    _ value: @Sendable (Int) -> Value
  ) -> [Value] {
    let parts = parts(count: count, chunkSize: chunkSize) { range in
      var part: [Value] = []
      part.reserveCapacity(range.count)
      for index in range { part.append(value(index)) }
      return part
    }
    guard parts.count != 1 else { return parts[0] }
    var joined: [Value] = []
    joined.reserveCapacity(count)
    for part in parts { joined.append(contentsOf: part) }
    return joined
  }

  /// Adds up one value for each index: within each chunk in index order, then over the chunks.
  ///
  /// - Parameters:
  ///   - count: The number of indices, 0 or more.
  ///   - value: Computes the value of an index.
  /// - Returns: The sum.
  @inline(__always)
  package func sum<Value: AdditiveArithmetic & Sendable>(
    count: Int,
    _ value: @Sendable (Int) -> Value
  ) -> Value {
    let parts = parts(count: count, chunkSize: Parallel.chunkSize) { range in
      var sum = Value.zero
      for index in range { sum += value(index) }
      return sum
    }
    return parts.reduce(.zero, +)
  }

  /// The indices in a chunk of a plain loop: large enough to pay for the claim, small enough to
  /// spread a graph of some ten thousand nodes.
  package static let chunkSize = 2048
}
