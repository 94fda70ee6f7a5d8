import Glibc
import GraphCore

/// What runs on the workers of a cluster: rows come in as lines, rows go out as lines.
///
/// `clew-worker components` reads edges, two whole numbers with a tab between them on each line, and writes
/// each node with the least number of its component, by rising number. What it writes can be read by
/// another one in the place of edges. A line of another form ends it with 65, and so the cluster's task
/// fails: no row is lost.
@main
struct Worker {
  static func main() {
    guard CommandLine.arguments.count == 2, CommandLine.arguments[1] == "components" else {
      complain("usage: clew-worker components <EDGES >ROOTS")
      exit(64)
    }
    do {
      let components = try reduce()
      guard write(components) else { exit(74) }
    } catch {
      complain("clew-worker: \(error)")
      exit(65)
    }
  }

  /// Why a line is no edge; its place is told, its content is not.
  struct BadLine: Error, CustomStringConvertible {
    let number: Int
    var description: String { "line \(number): expected two whole numbers with a tab between" }
  }

  /// Reading failed.
  struct Unreadable: Error, CustomStringConvertible {
    var description: String { "standard input cannot be read" }
  }

  private static func reduce() throws -> ForestReducer.Components {
    var reducer = ForestReducer()
    var lines = LineReader()
    var number = 0
    while let block = lines.next() {
      var start = block.startIndex
      while let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        guard let (a, b) = edge(block[start..<end]) else { throw BadLine(number: number) }
        try reducer.add(a, b)
        start = end + 1
      }
    }
    guard !lines.hasFailed else { throw Unreadable() }
    // The last line may lack its end.
    if !lines.rest.isEmpty {
      guard let (a, b) = edge(lines.rest[...]) else { throw BadLine(number: number + 1) }
      try reducer.add(a, b)
    }
    return try reducer.components(workers: WorkerCount(1))
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

  private static func write(_ components: ForestReducer.Components) -> Bool {
    var text: [UInt8] = []
    for (node, root) in zip(components.nodes, components.roots) {
      text += Array("\(node)\t\(root)\n".utf8)
      if text.count >= 1 << 20 {
        guard StandardStreams.write(text, to: 1) else { return false }
        text.removeAll(keepingCapacity: true)
      }
    }
    return StandardStreams.write(text, to: 1)
  }

  private static func complain(_ line: String) {
    _ = StandardStreams.write(Array((line + "\n").utf8), to: 2)
  }
}
