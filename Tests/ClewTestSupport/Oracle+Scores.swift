public import GraphCore

extension Oracle {
  /// Betweenness by counting the shortest routes between all pairs.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: For each node the sum over ordered pairs of the share of their routes over it.
  public static func betweenness(of graph: Graph) -> [Double] {
    let steps = graph.nodes.map { distances(in: graph, from: [$0]) }
    let routes = graph.nodes.map { routeCounts(in: graph, from: $0, steps: steps[$0.index]) }
    let nodes = steps.indices
    return nodes.map { v in
      var sum = 0.0
      for s in nodes where s != v {
        for t in nodes where t != v && t != s {
          guard let whole = steps[s][t], let first = steps[s][v], let second = steps[v][t],
            first + second == whole
          else { continue }
          sum += routes[s][v] * routes[v][t] / routes[s][t]
        }
      }
      return sum
    }
  }

  private static func routeCounts(in graph: Graph, from start: NodeID, steps: [Int?]) -> [Double] {
    var counts = [Double](repeating: 0, count: graph.nodeCount)
    counts[start.index] = 1
    for step in 0..<graph.nodeCount {
      for node in graph.nodes where steps[node.index] == step {
        for next in graph.outNeighbors(of: node) where steps[next.index] == step + 1 {
          counts[next.index] += counts[node.index]
        }
      }
    }
    return counts
  }

  /// PageRank by five hundred rounds on the full matrix.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - damping: The probability of following an edge.
  ///   - starts: How likely each node is as a start; together 1.
  /// - Returns: One score for each node.
  public static func pageRank(of graph: Graph, damping: Double, starts: [Double]) -> [Double] {
    var rows = matrix(of: graph)
    for node in rows.indices {
      let total = rows[node].reduce(0, +)
      rows[node] = total == 0 ? starts : rows[node].map { $0 / total }
    }
    var scores = starts
    for _ in 0..<500 {
      scores = scores.indices.map { node in
        let arrived = scores.indices.reduce(0) { $0 + scores[$1] * rows[$1][node] }
        return damping * arrived + (1 - damping) * starts[node]
      }
    }
    return scores
  }

  /// SpringRank by elimination on the full matrix.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - alpha: The draw to 0; with none, each weak component gets a mean of 0.
  /// - Returns: One score for each node.
  public static func springRank(of graph: Graph, alpha: Double) -> [Double] {
    let weights = matrix(of: graph)
    let component = firstInComponent(of: graph)
    let nodes = weights.indices
    var system = weights
    var right = [Double](repeating: 0, count: weights.count)
    for i in nodes {
      var pull = alpha
      for j in nodes where j != i {
        pull += weights[i][j] + weights[j][i]
        right[i] += weights[i][j] - weights[j][i]
        system[i][j] = -weights[i][j] - weights[j][i]
      }
      system[i][i] = pull
      if alpha == 0 {
        // Adding a constant block leaves the solution of mean 0 and makes it the only one.
        for j in nodes where component[i] == component[j] { system[i][j] += 1 }
      }
    }
    return solution(of: system, right)
  }

  /// Solves a linear system by elimination with the largest pivot of each column.
  ///
  /// - Parameters:
  ///   - matrix: The rows of the system.
  ///   - right: Its right-hand side.
  /// - Returns: The solution.
  public static func solution(of matrix: [[Double]], _ right: [Double]) -> [Double] {
    var rows = zip(matrix, right).map { $0 + [$1] }
    for column in rows.indices {
      let pivot =
        (column..<rows.count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in rows.indices where row != column {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for place in column...rows.count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }
}
