extension EdgeListReader {
  /// Reads a text whose nodes are all numbers, on all processors.
  ///
  /// Numbers have up to 18 digits, so that phone numbers are numbers too, and no leading zero, as `07`
  /// and `7` may be two accounts. Ids run as the numbers do; numbers that occur nowhere are no nodes. The text holds two numbers on a
  /// line, or three where weights are read, and comments; it has no header. ``order`` and ``header`` do
  /// not matter.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - workers: How many processors may help.
  /// - Returns: The graph with its numbers; nil where a line holds anything else, for the general
  ///   reader to deal with.
  /// - Throws: ``GraphError/tooManyNodes(_:)``, ``GraphError/tooManyEdges(_:)`` or
  ///   ``GraphError/weightOverflow``.
  /// - Complexity: O(*b* + *n* + *m*) for *b* bytes, and O(*m* log *m*) more where the numbers are
  ///   far larger than there are lines.
  ///
  /// > Repeatable: The same graph for any number of workers and any order of the lines.
  public func numberedGraph(
    from bytes: [UInt8],
    workers: WorkerCount = .active
  ) throws(GraphError) -> NumberedGraph? {
    var answer: Result<NumberedGraph?, GraphError> = .success(nil)
    unsafe bytes.withUnsafeBufferPointer { text in
      answer = Result { () throws(GraphError) in
        try unsafe numberedGraph(from: text, Parallel(workers: workers))
      }
    }
    return try answer.get()
  }

  /// Reads a file whose nodes are all numbers, in place and on all processors.
  ///
  /// - Parameters:
  ///   - path: A regular file, not compressed, that nobody cuts short meanwhile.
  ///   - workers: How many processors may help.
  /// - Returns: The graph with its numbers; nil where a line holds anything else.
  /// - Throws: What ``numberedGraph(from:workers:)`` throws, or ``GraphError/unreadableFile(reason:)``.
  public func numberedGraph(
    atPath path: String,
    workers: WorkerCount = .active
  ) throws(GraphError) -> NumberedGraph? {
    let file = try MappedFile(path: path)
    return try unsafe file.withBytes { text throws(GraphError) in
      try unsafe numberedGraph(from: text, file: file, Parallel(workers: workers))
    }
  }

  /// Reads a file in place, whatever its nodes are called.
  ///
  /// - Parameter path: A regular file, not compressed, that nobody cuts short meanwhile.
  /// - Returns: The graph with its names.
  /// - Throws: What ``graph(from:)-(Span<UInt8>)`` throws, or ``GraphError/unreadableFile(reason:)``.
  public func graph(atPath path: String) throws(GraphError) -> LabelledGraph {
    let file = try MappedFile(path: path)
    return try unsafe file.withBytes { text throws(GraphError) in
      try unsafe graph(from: Span(_unsafeElements: text))
    }
  }
}
