import ClewTestSupport
import Foundation
import GraphCore
import Testing

struct GraphSnapshotTests {
  private static func withFile(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).graph"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a graph comes back as it was`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 2 == 0,
      isWeighted: seed % 3 == 0
    )
    try Self.withFile { path in
      try graph.writeSnapshot(toPath: path)
      let back = try Graph(snapshotAtPath: path)
      back.checkInvariants()
      #expect(back == graph)
      #expect(back.coreNumbers() == graph.coreNumbers())
      #expect(try back.betweenness() == graph.betweenness())
      #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    }
  }

  @Test func `every damaged byte is noticed`() throws {
    var random = SplitMix64(seed: 4)
    let graph = try RandomGraph.graph(
      nodeCount: 300,
      edgeCount: 900,
      isWeighted: true,
      using: &random
    )
    try Self.withFile { path in
      try graph.writeSnapshot(toPath: path)
      let sound = Array(try Data(contentsOf: URL(filePath: path)))
      // Beyond its eight numbers the first page holds nothing.
      for place in Array(0..<64)
        + (0..<60).map({ _ in 4096 + random.next(below: sound.count - 4096) })
      {
        var bytes = sound
        bytes[place] ^= UInt8(1 << random.next(below: 8))
        try Self.write(bytes, to: path)
        #expect(throws: GraphError.self, "byte \(place)") { try Graph(snapshotAtPath: path) }
      }
      for length in [0, 1, 64, 4095, 4096, sound.count - 1, sound.count - 4096] {
        try Self.write(Array(sound.prefix(length)), to: path)
        #expect(throws: GraphError.self, "\(length) bytes") { try Graph(snapshotAtPath: path) }
      }
      try Self.write(sound + [0], to: path)
      #expect(throws: GraphError.unreadableSnapshot(.wrongLength)) {
        try Graph(snapshotAtPath: path)
      }
    }
  }

  @Test func `refusals say what is wrong and what to do`() throws {
    try Self.withFile { path in
      #expect(throws: GraphError.self) { try Graph(snapshotAtPath: path) }
      try Self.write(Array("1 2\n2 3\n".utf8), to: path)
      #expect(throws: GraphError.unreadableSnapshot(.noSnapshot)) {
        try Graph(snapshotAtPath: path)
      }
      try Graph.path(3).writeSnapshot(toPath: path)
      var bytes = Array(try Data(contentsOf: URL(filePath: path)))
      bytes[8] = 9
      try Self.write(bytes, to: path)
      #expect(throws: GraphError.unreadableSnapshot(.otherVersion(9))) {
        try Graph(snapshotAtPath: path)
      }
      #expect(throws: GraphError.self) { try Graph.path(3).writeSnapshot(toPath: "/none/x") }
    }
    #expect(
      GraphError.unreadableSnapshot(.otherVersion(9)).description
        == "the graph snapshot cannot be used: it has format 9, this program reads format 1; "
        + "write it anew"
    )
  }
}
