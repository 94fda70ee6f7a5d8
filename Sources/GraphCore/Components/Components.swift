/// A division of the nodes into components, numbered by their first nodes.
public struct Components: Equatable, Sendable {
  /// The component of each node, in node order; component 0 holds node 0.
  public let labels: [UInt32]
  /// The number of nodes in each component.
  public let sizes: [Int]

  /// The number of components.
  public var count: Int { sizes.count }

  /// The component with the most nodes, the first of several; nil where there is no node.
  public var largest: Int? {
    sizes.indices.max { (sizes[$0], $1) < (sizes[$1], $0) }
  }

  /// Renumbers marks, equal for nodes that belong together, by first appearance.
  ///
  /// - Parameter marks: For each node a number below the number of nodes.
  init(marks: [UInt32]) {
    self.init(count: marks.count) { marks[$0] }
  }

  /// The same for marks that are found node by node, each below `count`; there is room for so many
  /// components without moving.
  @inline(__always)
  init(count: Int, capacity: Int = 0, mark: (Int) -> UInt32) {
    let numbers = SharedArray<UInt32>(repeating: .max, count: count)
    var sizes: [Int] = []
    sizes.reserveCapacity(capacity)
    labels = [UInt32](filling: count) { labels in
      // Most nodes of most graphs are in one component: its size is counted in a register.
      var (last, run) = (UInt32(0), 0)
      for node in 0..<count {
        let mark = mark(node)
        var label = numbers[mark]
        if label == .max {
          label = UInt32(sizes.count)
          numbers[mark] = label
          sizes.append(0)
        }
        labels[node] = label
        if label == last {
          run += 1
        } else {
          sizes[Int(last)] += run
          (last, run) = (label, 1)
        }
      }
      if !sizes.isEmpty { sizes[Int(last)] += run }
    }
    self.sizes = sizes
  }

  /// Numbers components that each know their first node.
  ///
  /// - Parameter roots: For each node the first node of its component.
  init(roots: SharedArray<UInt32>) {
    var sizes: [Int] = []
    let labels = [UInt32](filling: roots.count) { labels in
      // Most nodes of most graphs are in one component: its size is counted in a register.
      var (last, run) = (UInt32(0), 0)
      for node in roots.indices {
        let label: UInt32
        if roots[node] == UInt32(node) {
          label = UInt32(sizes.count)
          sizes.append(0)
        } else {
          label = labels[roots[node]]
        }
        labels[node] = label
        if label == last {
          run += 1
        } else {
          sizes[Int(last)] += run
          (last, run) = (label, 1)
        }
      }
      if !sizes.isEmpty { sizes[Int(last)] += run }
    }
    self.labels = labels
    self.sizes = sizes
  }

  /// The component of a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Its number, below ``count``.
  public subscript(node: NodeID) -> Int {
    Int(labels[node.index])
  }

  /// The nodes of a component.
  ///
  /// - Parameter component: A number below ``count``.
  /// - Returns: Its nodes, rising.
  /// - Complexity: O(*n*) for *n* nodes in all.
  public func members(of component: Int) -> [NodeID] {
    labels.indices.filter { Int(labels[$0]) == component }.map { NodeID($0) }
  }
}
