import Foundation

/// Lets a source be read on one core while it is written on another.
///
/// The reader's units are packed into batches, in order; the writer takes them in the same order, so
/// that what is stored does not depend on how fast either is. At most ``depth`` batches wait, which
/// bounds the memory. When the writer fails, the reader's next batch throws and the reader ends.
///
/// `@unchecked`: `batch` belongs to the reader's thread alone; everything else is under `condition`.
final class RelaySink: BatchSink, @unchecked Sendable {
  /// How many batches may wait.
  private static let depth = 4

  private let condition = NSCondition()
  private var waiting: [UnitBatch] = []
  private var result: Result<Int64, any Error>?
  private var isStopped = false
  private var batch = UnitBatch()

  private init() {}

  /// Reads on a thread of its own and writes on this one.
  ///
  /// - Parameters:
  ///   - writer: Where the units go.
  ///   - reader: Reads the source.
  /// - Returns: How many units the reader counted.
  /// - Throws: The writer's error, else the reader's.
  static func run(
    into writer: SourceWriter,
    reader: @escaping (any UnitSink) throws -> Int64
  ) throws -> Int64 {
    let relay = RelaySink()
    // Only the thread calls it, and `drain` returns when the thread has called it.
    nonisolated(unsafe) let read = reader
    let thread = Thread { relay.produce(unsafe read) }
    thread.stackSize = 8 << 20
    thread.start()
    return try relay.drain(into: writer)
  }

  private func produce(_ reader: (any UnitSink) throws -> Int64) {
    let outcome = Result { () throws -> Int64 in
      let units = try reader(self)
      try flush()
      return units
    }
    condition.lock()
    result = outcome
    condition.broadcast()
    condition.unlock()
  }

  private func drain(into writer: SourceWriter) throws -> Int64 {
    var failure: (any Error)?
    while true {
      condition.lock()
      while waiting.isEmpty, result == nil { condition.wait() }
      let next = waiting.isEmpty ? nil : waiting.removeFirst()
      let outcome = result
      if failure != nil { isStopped = true }
      condition.broadcast()
      condition.unlock()
      if let next {
        guard failure == nil else { continue }
        do {
          try writer.write(next)
        } catch {
          failure = error
          stop()
        }
      } else if let outcome {
        if let failure { throw failure }
        return try outcome.get()
      }
    }
  }

  private func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }

  private func flush() throws {
    let full = batch
    batch = UnitBatch()
    try push(full)
  }

  private func push(_ full: UnitBatch) throws {
    condition.lock()
    defer { condition.unlock() }
    while waiting.count >= Self.depth, !isStopped { condition.wait() }
    if isStopped { throw CancellationError() }
    if !full.isEmpty { waiting.append(full) }
    condition.broadcast()
  }

  func take(_ other: UnitBatch) throws {
    if !batch.isEmpty { try flush() }
    try push(other)
  }

  func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) throws {
    try makeRoom()
    try batch.accept(items, at: position, original: original)
  }

  func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws {
    try makeRoom()
    batch.reject(at: position, bytes: bytes, reason: reason)
  }

  func skip(at position: UnitPosition, rule: String) throws {
    try makeRoom()
    batch.skip(at: position, rule: rule)
  }

  func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws {
    try makeRoom()
    batch.count(rowAt: position, fingerprint: fingerprint)
  }

  func deliver(_ delivery: Delivery) throws {
    try makeRoom()
    batch.deliver(delivery)
  }

  private func makeRoom() throws {
    if batch.isFull || batch.units >= Self.unitLimit { try flush() }
  }

  /// Batches of units that say little are handed on too, so that cancelling does not wait.
  private static let unitLimit: Int64 = 1024

  func setOwner(_ account: Account) { batch.setOwner(account) }

  func setDecision(_ name: String, _ value: String) { batch.setDecision(name, value) }
}
