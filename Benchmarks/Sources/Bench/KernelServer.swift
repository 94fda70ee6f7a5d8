import Foundation
import Glibc
import GraphCore

/// Loads a graph once and then answers lines `KERNEL THREADS` with a line of JSON each: wall and CPU
/// seconds of the kernel alone and a sum over its answer, which must be that of the other programs.
///
/// Kernels with `+order` run on the graph numbered by degree, answers put back in the order of the
/// input within the time measured; the numbering itself is the kernel `order`.
final class KernelServer {
  private let folder: String
  private var graph = Graph()
  private var ordered: DegreeOrder?
  private var starts: [NodeID] = []

  init(folder: String) {
    self.folder = folder
  }

  func run() throws {
    let facts = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder + "/graph.json"))
    )
    guard let facts = facts as? [String: Any], let starts = facts["starts"] as? [Int],
      let isDirected = facts["directed"] as? Bool, let nodes = facts["nodes"] as? Int
    else { throw WrongAnswer(description: "graph.json is not as expected") }
    self.starts = starts.map { NodeID($0) }
    graph = try load(nodes: nodes, isDirected: isDirected)
    answer(["ready": 1, "rss": peakMemory()])
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard let kernel = words.first else { continue }
      let workers = WorkerCount(words.count > 1 ? Int(words[1]) ?? 1 : 1)
      do {
        let before = (wall: ContinuousClock.now, cpu: cpuSeconds())
        let sum = try run(kernel, workers)
        let (wall, cpu) = (ContinuousClock.now - before.wall, cpuSeconds() - before.cpu)
        let parts = wall.components
        answer([
          "wall": Double(parts.seconds) + Double(parts.attoseconds) / 1e18, "cpu": cpu,
          "sum": sum(), "rss": peakMemory(),
        ])
      } catch {
        print("{\"error\": \"\(error)\"}")
        fflush(nil)
      }
    }
  }

  private func load(nodes: Int, isDirected: Bool) throws -> Graph {
    let offsets = try Data(contentsOf: URL(fileURLWithPath: folder + "/offsets.bin"))
    let neighbors = try Data(contentsOf: URL(fileURLWithPath: folder + "/neighbors.bin"))
    var builder = GraphBuilder(nodeCount: nodes, isDirected: isDirected, repeats: .merged)
    builder.reserveCapacity(edgeCount: neighbors.count / (isDirected ? 4 : 8))
    offsets.withUnsafeBytes { offsets in
      neighbors.withUnsafeBytes { neighbors in
        let (offsets, neighbors) = (
          offsets.bindMemory(to: UInt64.self), neighbors.bindMemory(to: UInt32.self)
        )
        for node in 0..<nodes {
          for place in Int(offsets[node])..<Int(offsets[node + 1])
          where isDirected || neighbors[place] > UInt32(node) {
            builder.addEdge(from: NodeID(node), to: NodeID(rawValue: neighbors[place]))
          }
        }
      }
    }
    return try builder.build()
  }

  /// Runs a kernel; what it hands back sums up the answer and is not timed.
  private func run(_ kernel: String, _ workers: WorkerCount) throws -> () -> Double {
    let isOrdered = kernel.hasSuffix("+order")
    if isOrdered, ordered == nil { ordered = graph.orderedByDegree() }
    if let ordered, isOrdered {
      return try KernelRun(graph: ordered.graph, order: ordered, starts: starts, workers: workers)
        .run(String(kernel.dropLast(6)))
    }
    if kernel == "load" {
      let reader = EdgeListReader(isDirected: graph.isDirected, repeats: .merged)
      let read = try reader.numberedGraph(atPath: folder + "/edges.txt", workers: workers)
      return { Double(read?.graph.edgeCount ?? 0) }
    }
    if kernel == "write" {
      try graph.writeSnapshot(toPath: folder + "/graph.snapshot", workers: workers)
      return { 0 }
    }
    if kernel == "map" {
      let read = try Graph(snapshotAtPath: folder + "/graph.snapshot", workers: workers)
      return { Double(read.edgeCount) }
    }
    if kernel == "order" {
      let result = graph.orderedByDegree(workers: workers)
      return { Double(result.graph.edgeCount) }
    }
    return try KernelRun(graph: graph, order: nil, starts: starts, workers: workers).run(kernel)
  }

  private func answer(_ facts: [String: Double]) {
    let fields = facts.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    print("{" + fields.joined(separator: ", ") + "}")
    fflush(nil)
  }
}

/// User and system time of this process so far, in seconds.
func cpuSeconds() -> Double {
  var usage = rusage()
  // RUSAGE_SELF, which C spells as an enumeration.
  getrusage(0, &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The largest resident set of this process so far, in MiB.
func peakMemory() -> Double {
  var usage = rusage()
  // RUSAGE_SELF, which C spells as an enumeration.
  getrusage(0, &usage)
  return Double(usage.ru_maxrss) / 1024
}
