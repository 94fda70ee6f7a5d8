import Foundation

/// Lets a source be read on one core while it is written on another.
///
/// The reader hands its units over in batches, in order; the writer takes them in the same order, so
/// that what is stored does not depend on how fast either is. At most ``depth`` batches wait, which
/// bounds the memory. When the writer fails, the reader's next call throws and the reader ends.
///
/// `@unchecked`: `batch` belongs to the reader's thread alone; everything else is under `condition`.
final class RelaySink: UnitSink, @unchecked Sendable {
  /// What a reader says, in the order in which it says it.
  private enum Step {
    case accept([EvidenceItem], UnitPosition, Original)
    case reject(UnitPosition, [UInt8], String)
    case skip(UnitPosition, String)
    case row(UnitPosition, UInt64?)
    case delivery(Delivery)
    case owner(Account)
    case decision(String, String)
  }

  /// How many steps are handed over at once.
  private static let batchSize = 256
  /// How many batches may wait.
  private static let depth = 4

  private let condition = NSCondition()
  private var waiting: [[Step]] = []
  private var result: Result<Int64, any Error>?
  private var isStopped = false
  private var batch: [Step] = []

  private init() {}

  /// Reads on a thread of its own and writes on this one.
  ///
  /// - Parameters:
  ///   - writer: Where the units go.
  ///   - reader: Reads the source.
  /// - Returns: How many units the reader counted.
  /// - Throws: The writer's error, else the reader's.
  static func run(
    into writer: any UnitSink,
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

  private func drain(into writer: any UnitSink) throws -> Int64 {
    var failure: (any Error)?
    while true {
      condition.lock()
      while waiting.isEmpty, result == nil { condition.wait() }
      let steps = waiting.isEmpty ? nil : waiting.removeFirst()
      let outcome = result
      if failure != nil { isStopped = true }
      condition.broadcast()
      condition.unlock()
      if let steps {
        guard failure == nil else { continue }
        do {
          for step in steps { try Self.hand(step, to: writer) }
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

  private static func hand(_ step: Step, to writer: any UnitSink) throws {
    switch step {
    case .accept(let items, let position, let original):
      try writer.accept(items, at: position, original: original)
    case .reject(let position, let bytes, let reason):
      try writer.reject(at: position, bytes: bytes, reason: reason)
    case .skip(let position, let rule): try writer.skip(at: position, rule: rule)
    case .row(let position, let fingerprint):
      try writer.count(rowAt: position, fingerprint: fingerprint)
    case .delivery(let delivery): try writer.deliver(delivery)
    case .owner(let account): writer.setOwner(account)
    case .decision(let name, let value): writer.setDecision(name, value)
    }
  }

  private func push(_ step: Step) throws {
    batch.append(step)
    if batch.count >= Self.batchSize { try flush() }
  }

  private func flush() throws {
    condition.lock()
    defer { condition.unlock() }
    while waiting.count >= Self.depth, !isStopped { condition.wait() }
    if isStopped { throw CancellationError() }
    if !batch.isEmpty { waiting.append(batch) }
    batch = []
    condition.broadcast()
  }

  func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) throws {
    try push(.accept(items, position, original))
  }

  func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws {
    try push(.reject(position, bytes, reason))
  }

  func skip(at position: UnitPosition, rule: String) throws { try push(.skip(position, rule)) }

  func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws {
    try push(.row(position, fingerprint))
  }

  func deliver(_ delivery: Delivery) throws { try push(.delivery(delivery)) }

  func setOwner(_ account: Account) { batch.append(.owner(account)) }

  func setDecision(_ name: String, _ value: String) { batch.append(.decision(name, value)) }
}
