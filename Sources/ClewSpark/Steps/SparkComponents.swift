#if Spark
public import ArrowFormat

/// Connected components on the cluster, by Clew's own code on the workers.
///
/// Each partition of the edges is reduced where it lies, by `clew-worker components`; what is left, one line
/// for each node of each partition, is merged on one worker.
///
/// ```swift
/// let components = SparkComponents(worker: "/opt/clew/clew-worker", partitions: 64)
/// let table = try await components.table(of: "edges", in: session)
/// ```
///
/// > Complexity: The merge holds all nodes in the memory of one worker, about 100 bytes each.
///
/// > Repeatable: The same bytes for any number of partitions.
public struct SparkComponents: Equatable, Sendable {
  /// The path of `clew-worker` on every worker.
  public let worker: String
  /// Into how many parts the edges are divided.
  public let partitions: Int

  /// Components by that program.
  ///
  /// - Throws: ``SparkError/answer(reason:)`` when the path is not absolute or has characters other than
  ///   letters, digits and `/._-`, or when there is no partition.
  public init(worker: String, partitions: Int) throws(SparkError) {
    guard worker.hasPrefix("/"),
      worker.utf8.allSatisfy({ Self.isWordByte($0) || "/.-".utf8.contains($0) })
    else {
      throw .answer(reason: "the worker's path has other characters than letters, digits and /._-")
    }
    guard (1...100_000).contains(partitions) else {
      throw .answer(reason: "from 1 to 100000 partitions")
    }
    self.worker = worker
    self.partitions = partitions
  }

  /// The component of each node.
  ///
  /// - Parameters:
  ///   - view: A view or table with the whole numbers `source` and `target`, none of them null.
  ///   - session: The session that knows it.
  /// - Returns: Two columns of 64-bit numbers: `node`, rising, and `component`, the least number in it.
  /// - Throws: ``SparkError``, also when an edge lacks an end: its task fails.
  public func table(of view: String, in session: SparkSession) async throws -> ArrowTable {
    guard view.utf8.allSatisfy(Self.isWordByte), !view.isEmpty else {
      throw SparkError.answer(
        reason: "the view's name has other characters than letters and digits"
      )
    }
    let parts = transform(
      "SELECT /*+ REPARTITION(\(partitions)) */ source AS a, target AS b FROM \(view)"
    )
    let merged = transform("SELECT /*+ REPARTITION(1) */ a, b FROM (\(parts))")
    let table = try await session.table(
      "SELECT a AS node, b AS component FROM (\(merged)) ORDER BY a"
    )
    // Spark makes a null of what is no number; the worker writes none, so it would be our fault.
    guard table.columns.count == 2, table.columns.allSatisfy({ $0.nulls.isEmpty }) else {
      throw SparkError.answer(reason: "a component without a number")
    }
    return table
  }

  /// The rows `a`, `b` of a query, through the worker.
  ///
  /// The delimiter has to be told on both sides.
  private func transform(_ query: String) -> String {
    let format = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'"
    return "SELECT TRANSFORM(a, b) \(format) USING '\(worker) components' "
      + "AS (a BIGINT, b BIGINT) \(format) FROM (\(query))"
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
#endif
