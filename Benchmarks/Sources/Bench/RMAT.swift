import GraphCore

/// A random graph with few large hubs, as in the Graph500 benchmark.
///
/// Each edge falls into one quarter of the matrix, again and again, with chances 0.57, 0.19, 0.19 and
/// 0.05 (D. Chakrabarti, Y. Zhan, C. Faloutsos, "R-MAT: a recursive model for graph mining", SDM
/// 2004). Repeats are folded into a weight and self-loops are dropped.
struct RMAT {
  let scale: Int
  let edgeFactor: Int
  let seed: UInt64

  func graph() throws -> Graph {
    var random = SplitMix(state: seed)
    let nodeCount = 1 << scale
    var builder = GraphBuilder(nodeCount: nodeCount, isDirected: true, selfLoops: .dropped)
    builder.reserveCapacity(edgeCount: nodeCount * edgeFactor)
    for _ in 0..<(nodeCount * edgeFactor) {
      var (source, target) = (0, 0)
      for _ in 0..<scale {
        let draw = random.next() % 100
        source = source << 1 | (draw >= 76 ? 1 : 0)
        target = target << 1 | ((57..<76).contains(draw) || draw >= 95 ? 1 : 0)
      }
      builder.addEdge(from: NodeID(source), to: NodeID(target))
    }
    return try builder.build()
  }
}

/// SplitMix64.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
