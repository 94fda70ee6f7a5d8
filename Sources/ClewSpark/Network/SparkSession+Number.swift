#if Spark
internal import ArrowFormat

extension SparkSession {
  /// The only number of a query with one row and the column `n`.
  func number(_ query: String) async throws -> Int64 {
    guard case .int64(let numbers)? = try await table(query).column("n")?.values,
      numbers.count == 1, let number = numbers.first
    else { throw SparkError.answer(reason: "a number that is none") }
    return number
  }
}
#endif
