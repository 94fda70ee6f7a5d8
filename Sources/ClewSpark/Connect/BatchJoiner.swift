#if Spark
internal import ArrowFormat
internal import SparkConnectProtocol

/// Joins the parts in which the server sends a batch, and checks that no row is missing.
struct BatchJoiner {
  /// The most bytes that one batch may have when its parts are joined.
  private let limit: Int
  private var parts: [UInt8] = []
  private var nextPart: Int64 = 0
  private var partCount: Int64 = 1
  /// How many rows came so far.
  private(set) var rows: Int64 = 0

  init(limit: Int) { self.limit = limit }

  /// Takes a batch or a part of one, and gives the table when it is whole.
  mutating func take(
    _ batch: Spark_Connect_ExecutePlanResponse.ArrowBatch
  ) throws(SparkError) -> ArrowTable? {
    let index = batch.hasChunkIndex ? batch.chunkIndex : 0
    let count = batch.hasNumChunksInBatch ? batch.numChunksInBatch : 1
    guard index == nextPart, count >= 1, index < count, index == 0 || count == partCount else {
      throw .answer(reason: "part \(index + 1) of \(count) of a batch comes out of turn")
    }
    if batch.hasStartOffset, batch.startOffset != rows {
      throw .answer(reason: "rows from \(batch.startOffset) on follow \(rows) rows")
    }
    guard batch.data.count <= limit - parts.count else {
      throw .answer(reason: "a batch of more than \(limit) bytes")
    }
    parts += batch.data
    partCount = count
    guard index + 1 == count else {
      nextPart = index + 1
      return nil
    }
    let bytes = parts
    (parts, nextPart, partCount) = ([], 0, 1)
    let table: ArrowTable
    do { table = try ArrowStream.table(bytes) } catch { throw .rows(error) }
    guard Int64(table.rowCount) == batch.rowCount else {
      throw .answer(reason: "a batch of \(table.rowCount) rows announces \(batch.rowCount)")
    }
    let (sum, overflow) = rows.addingReportingOverflow(batch.rowCount)
    if overflow { throw .answer(reason: "more rows than can be counted") }
    rows = sum
    return table
  }

  /// Checks at the end that no part is missing.
  func finish() throws(SparkError) {
    guard nextPart == 0 else {
      throw .answer(reason: "the result ends in the middle of a batch")
    }
  }
}
#endif
