import Foundation
import GraphCore

/// Writes one graph for all: a text of edges, and rows for those that read arrays.
///
/// `edges.txt` holds a line `u v` for each edge; `offsets.bin` 64-bit and `neighbors.bin` 32-bit numbers,
/// little-endian; `graph.json` the counts and eight start nodes.
struct GraphFiles {
  let name: String
  let seed: UInt64
  let folder: String

  func write() throws {
    let draw = try GraphMaker.draw(name, seed: seed)
    var random = SplitMix(state: seed)
    var builder = GraphBuilder(
      nodeCount: draw.nodeCount,
      isDirected: draw.isDirected,
      selfLoops: .dropped,
      repeats: .merged
    )
    builder.reserveCapacity(edgeCount: draw.edgeCount)
    for _ in 0..<draw.edgeCount {
      let (source, target) = draw.next(&random)
      builder.addEdge(from: NodeID(source), to: NodeID(target))
    }
    let graph = try builder.build()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try writeText(graph)
    try writeRows(graph)
    var starts: [Int] = []
    while starts.count < 8 {
      let node = random.next(below: graph.nodeCount)
      if graph.outDegree(of: NodeID(node)) > 0, !starts.contains(node) { starts.append(node) }
    }
    let facts: [String: Any] = [
      "name": name, "seed": Int(seed), "nodes": graph.nodeCount, "edges": graph.edgeCount,
      "directed": graph.isDirected, "starts": starts,
    ]
    try JSONSerialization.data(withJSONObject: facts, options: [.sortedKeys])
      .write(to: URL(fileURLWithPath: folder + "/graph.json"))
    print("\(name): \(graph.nodeCount) nodes, \(graph.edgeCount) edges")
  }

  private func writeText(_ graph: Graph) throws {
    let path = folder + "/edges.txt"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else {
      throw WrongAnswer(description: "cannot write \(path)")
    }
    var bytes: [UInt8] = []
    func put(_ number: UInt32) {
      var (digits, rest): ([UInt8], UInt32) = ([], number)
      repeat {
        digits.append(0x30 + UInt8(rest % 10))
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: digits.reversed())
    }
    for node in graph.nodes {
      for neighbor in graph.outNeighbors(of: node) where graph.isDirected || node < neighbor {
        put(node.rawValue)
        bytes.append(0x20)
        put(neighbor.rawValue)
        bytes.append(0x0A)
      }
      if bytes.count > 1 << 22 {
        try file.write(contentsOf: bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(contentsOf: bytes)
    try file.close()
  }

  private func writeRows(_ graph: Graph) throws {
    var offsets: [UInt64] = [0]
    var neighbors: [UInt32] = []
    for node in graph.nodes {
      neighbors.append(contentsOf: graph.outNeighbors(of: node).lazy.map(\.rawValue))
      offsets.append(UInt64(neighbors.count))
    }
    let folder = URL(fileURLWithPath: folder)
    try offsets.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "offsets.bin"))
    try neighbors.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "neighbors.bin"))
  }
}
