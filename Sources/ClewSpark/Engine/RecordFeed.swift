#if Spark
internal import ArrowFormat
internal import ClewChain
internal import ClewEvidence
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Reads the records of a case and hands them out in tables, one at a time.
///
/// The case is read in a thread of its own, since reading waits for the disk and does not stop in the middle;
/// at most two tables wait for whoever takes them.
final class RecordFeed: Sendable {
  /// The columns of a table of records.
  static let fields = ["id", "sources", "body"].map { ArrowField($0, .text, isNullable: false) }
  /// The same where other rows can have the number of a record.
  static let rankedFields = ["id", "rank", "sources", "body"].map {
    ArrowField($0, .text, isNullable: false)
  }

  private struct Stopped: Error {}

  private let path: String
  /// Roughly how many bytes go into one table.
  private let size: Int
  private let isRanked: Bool
  private let isStopped = Mutex(false)
  private let room = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - path: The case.
  ///   - isRanked: Whether the rank among the rows of a record goes with it.
  ///   - size: Roughly how many bytes go into one table.
  init(path: String, isRanked: Bool = false, size: Int = 16 << 20) {
    self.path = path
    self.isRanked = isRanked
    self.size = size
    // Counted up from none: a semaphore that goes with less than it began with ends the program.
    for _ in 0..<2 { room.signal() }
  }

  /// Hands all records to `body` through a function that gives the next table, or nil after the last.
  ///
  /// A case without records is one table without rows.
  func with<Result>(
    _ body: (_ next: () async throws -> ArrowTable?) async throws -> Result
  ) async throws -> Result {
    let (tables, out) = AsyncThrowingStream.makeStream(of: ArrowTable.self)
    let thread = Thread { [self] in
      do {
        try read { out.yield($0) }
        out.finish()
      } catch { out.finish(throwing: error) }
    }
    thread.start()
    defer {
      isStopped.withLock { $0 = true }
      room.signal()
    }
    return try await body {
      // All iterators of a stream take from the same rows.
      var iterator = tables.makeAsyncIterator()
      let table = try await iterator.next()
      self.room.signal()
      return table
    }
  }

  private func read(_ hand: @escaping (ArrowTable) -> Void) throws {
    let file = try CaseFile.openForReading(path)
    var (ids, sources, bodies): ([String], [String], [String]) = ([], [], [])
    var ranks: [String] = []
    var bytes = 0
    var isFirst = true
    let pass = { (table: ArrowTable) throws in
      self.room.wait()
      if self.isStopped.withLock({ $0 }) { throw Stopped() }
      hand(table)
    }
    try file.forEachRecord(counting: .everything) { record, numbers in
      let columns = SourcedRecord(record, sources: numbers).columns
      // A line that ends early would be a record less.
      guard columns.body.utf8.allSatisfy({ $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
        throw SparkError.job(reason: "a record that is more than one line")
      }
      ids.append(columns.id)
      if isRanked { ranks.append(record.item.rank) }
      sources.append(columns.sources)
      bodies.append(columns.body)
      bytes += columns.id.utf8.count + columns.sources.utf8.count + columns.body.utf8.count + 24
      if bytes >= size {
        try pass(Self.table(ids, isRanked ? ranks : nil, sources, bodies))
        isFirst = false
        (ids, ranks, sources, bodies, bytes) = ([], [], [], [], 0)
      }
    }
    if isFirst || !ids.isEmpty {
      try pass(Self.table(ids, isRanked ? ranks : nil, sources, bodies))
    }
  }

  private static func table(
    _ ids: [String],
    _ ranks: [String]?,
    _ sources: [String],
    _ bodies: [String]
  ) throws -> ArrowTable {
    let columns = [ids] + (ranks.map { [$0] } ?? []) + [sources, bodies]
    return try ArrowTable(
      fields: ranks == nil ? fields : rankedFields,
      columns: try columns.map { try ArrowColumn(.text($0)) }
    )
  }
}
#endif
