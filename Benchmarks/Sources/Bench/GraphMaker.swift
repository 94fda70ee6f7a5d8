import GraphCore

/// The graphs of the comparison, by name, each from its seed alone.
enum GraphMaker {
  /// Edges of a graph, drawn one after another.
  struct Draw {
    let nodeCount: Int
    let edgeCount: Int
    let isDirected: Bool
    let next: (inout SplitMix) -> (source: Int, target: Int)
  }

  /// A graph by name: `kron20`, `uniform20`, `resale`, `resale9`, with the scale or the lines behind it.
  static func draw(_ name: String, seed: UInt64) throws -> Draw {
    let kind = String(name.prefix { !$0.isNumber })
    let size = Int(name.dropFirst(kind.count))
    switch kind {
    case "kron": return kronecker(scale: size ?? 20, seed: seed)
    case "uniform": return uniform(scale: size ?? 20)
    case "resale": return resale(lines: size ?? 9, seed: seed)
    default: throw WrongAnswer(description: "no such graph: \(name)")
    }
  }

  /// Kronecker (R-MAT) with the chances of Graph 500, sixteen draws for each node, names shuffled.
  private static func kronecker(scale: Int, seed: UInt64) -> Draw {
    let nodeCount = 1 << scale
    var names = Array(0..<UInt32(nodeCount))
    var random = SplitMix(state: ~seed)
    for place in names.indices {
      names.swapAt(place, place + random.next(below: nodeCount - place))
    }
    return Draw(nodeCount: nodeCount, edgeCount: 16 << scale, isDirected: false) { random in
      var (source, target) = (0, 0)
      for _ in 0..<scale {
        // Sixteen bits a choice: chances 0.57, 0.19, 0.19, 0.05.
        let draw = random.next() >> 48
        source = source << 1 | (draw >= 49_807 ? 1 : 0)
        target = target << 1 | ((37_356..<49_807).contains(draw) || draw >= 62_259 ? 1 : 0)
      }
      return (Int(names[source]), Int(names[target]))
    }
  }

  private static func uniform(scale: Int) -> Draw {
    Draw(nodeCount: 1 << scale, edgeCount: 16 << scale, isDirected: false) { random in
      (random.next(below: 1 << scale), random.next(below: 1 << scale))
    }
  }

  /// Supply in five tiers: three million accounts, twenty million links, most within a line.
  ///
  /// A tier holds six times as many accounts as the one above. An account buys from the tier above,
  /// nine in ten times within its line; two links in a hundred lead back up.
  private static func resale(lines: Int, seed: UInt64) -> Draw {
    let nodeCount = 3_000_000
    var ends: [Int] = []
    var end = 0.0
    for tier in 0..<5 {
      end += Double(nodeCount) * [0.0006, 0.0039, 0.0235, 0.139, 0.833][tier]
      ends.append(tier == 4 ? nodeCount : Int(end))
    }
    return Draw(nodeCount: nodeCount, edgeCount: 20_000_000, isDirected: true) { random in
      let tier = 1 + Int([3, 3, 3, 2, 2, 1, 3, 3, 0, 3][random.next(below: 10)])
      let (low, high) = (ends[tier - 1], ends[tier])
      let buyer = low + random.next(below: high - low)
      let (first, last) = (tier < 2 ? 0 : ends[tier - 2], low)
      var supplier = first + random.next(below: last - first)
      if random.next(below: 10) > 0 {
        // The same line: the same remainder.
        supplier = supplier - supplier % lines + buyer % lines
        if supplier >= last { supplier -= lines }
        if supplier < first { supplier = first }
      }
      return random.next(below: 50) == 0 ? (buyer, supplier) : (supplier, buyer)
    }
  }
}

extension SplitMix {
  mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
