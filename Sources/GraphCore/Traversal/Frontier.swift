/// A set of nodes as one bit each, filled by several workers.
struct NodeBits: Sendable {
  let words: SharedArray<UInt64>
  /// The number of nodes of the graph.
  let nodeCount: Int

  init(count: Int) {
    words = SharedArray(repeating: 0, count: (count + 63) / 64)
    nodeCount = count
  }

  /// Bits that hold nothing sensible until their words are written.
  init(unwritten count: Int) {
    words = SharedArray(unwritten: (count + 63) / 64)
    nodeCount = count
  }

  /// All nodes; no bit stands beyond the last.
  init(all count: Int) {
    words = SharedArray(repeating: .max, count: (count + 63) / 64)
    nodeCount = count
    if count & 63 != 0 { words[count >> 6] = 1 &<< UInt64(count & 63) - 1 }
  }

  @inline(__always) subscript(node: Int) -> Bool {
    words[node >> 6] &>> UInt64(node & 63) & 1 != 0
  }

  /// Adds a node; for one worker, or for workers that never share a word.
  @inline(__always) func insert(_ node: Int) {
    words[node >> 6] |= 1 &<< UInt64(node & 63)
  }

  /// Takes a node out; for one worker.
  func remove(_ node: Int) {
    words[node >> 6] &= ~(1 &<< UInt64(node & 63))
  }

  /// How many nodes are in the set.
  var count: Int { words.indices.reduce(0) { $0 + words[$1].nonzeroBitCount } }

  /// The same set in a table of its own.
  func copy() -> NodeBits {
    let other = NodeBits(unwritten: nodeCount)
    for word in words.indices { other.words[word] = words[word] }
    return other
  }

  /// The nodes that are not in another set of the same graph.
  func subtracting(_ other: NodeBits) -> NodeBits {
    let rest = NodeBits(unwritten: nodeCount)
    for word in words.indices { rest.words[word] = words[word] & ~other.words[word] }
    return rest
  }

  /// Calls a body with each node, rising.
  @inline(__always) func forEach(_ body: (Int) -> Void) {
    for word in words.indices {
      var rest = words[word]
      while rest != 0 {
        body(word * 64 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }
}

/// Nodes in a row, to which several workers add theirs a stretch at a time.
///
/// The order of the stretches depends on the workers' luck: only for sets whose order does not reach
/// the answer.
final class NodeList: Sendable {
  let nodes: SharedArray<UInt32>
  private let used: SharedArray<UInt32>

  init(capacity: Int) {
    nodes = SharedArray(unwritten: capacity)
    used = SharedArray(repeating: 0, count: 1)
  }

  var count: Int { Int(used.load(0)) }

  func removeAll() { used.store(0, at: 0) }

  /// Adds a node; for one worker.
  @inline(__always) func append(_ node: UInt32) {
    nodes[used[0]] = node
    used[0] &+= 1
  }

  /// Adds the nodes that a worker has gathered, and forgets them there.
  @inline(__always) func take(_ gathered: inout NodeGathering) {
    guard gathered.count > 0 else { return }
    let first = Int(used.add(UInt32(gathered.count), at: 0))
    for place in 0..<gathered.count { nodes[first + place] = gathered.nodes[place] }
    gathered.count = 0
  }
}

/// Nodes that one worker has found and not handed in yet.
struct NodeGathering {
  let nodes = SharedArray<UInt32>(unwritten: Self.capacity)
  var count = 0

  static let capacity = 1024

  /// Adds a node, and hands all in where the room is used up.
  @inline(__always) mutating func append(_ node: UInt32, handingInto list: NodeList) {
    if count == Self.capacity { list.take(&self) }
    nodes[count] = node
    count &+= 1
  }
}
