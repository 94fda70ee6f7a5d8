import GraphCore

/// `clew-worker components`: edges in, the component of each node out.
enum ComponentLines {
  static func run() throws {
    var reducer = ForestReducer()
    try LineReader.forEachLine { number, line in
      guard let (a, b) = edge(line) else {
        throw LineFault(number, "expected two whole numbers with a tab between")
      }
      try reducer.add(a, b)
    }
    let components = try reducer.components(workers: WorkerCount(1))
    var writer = LineWriter()
    for (node, root) in zip(components.nodes, components.roots) {
      try writer.write("\(node)\t\(root)")
    }
    try writer.finish()
  }

  /// The two numbers of a line.
  static func edge(_ line: ArraySlice<UInt8>) -> (Int64, Int64)? {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")),
      let a = number(line[..<tab]), let b = number(line[(tab + 1)...])
    else { return nil }
    return (a, b)
  }

  /// A whole number: an optional minus, then digits and nothing else.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      // Below zero from the start, since the least number has no positive counterpart.
      let (tens, high) = value.multipliedReportingOverflow(by: 10)
      let (sum, low) = tens.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if high || low { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }
}
