#if Spark
/// The order of nodes by name.
enum NodeNames {
  /// The places of names, by the bytes of UTF-8; of whole numbers, by number.
  ///
  /// - Throws: ``SparkError/answer(reason:)`` for a number that is none.
  static func order(of names: [String], areNumbers: Bool) throws(SparkError) -> [Int] {
    guard areNumbers else {
      return names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    }
    let numbers = names.compactMap { Int64($0) }
    guard numbers.count == names.count else { throw .answer(reason: "a number that is none") }
    return names.indices.sorted { numbers[$0] < numbers[$1] }
  }
}
#endif
