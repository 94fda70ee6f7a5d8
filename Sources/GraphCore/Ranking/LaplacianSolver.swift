/// Solves (α I + D_out + D_in - A - Aᵀ) x = b by conjugate gradients.
///
/// The matrix is what SpringRank and trophic levels share: weights on a graph's edges read without
/// direction, so that self-loops cancel out. For α = 0 it is singular, one degree of freedom for
/// each weak component; then b must sum to 0 in each, and x keeps the constant of its first guess.
/// Each step divides by the diagonal (Jacobi), which leaves a residual of 0 at 0: a component whose
/// first guess is right stays untouched.
///
/// Source: M. R. Hestenes, E. Stiefel, "Methods of conjugate gradients for solving linear systems",
/// J. Res. Natl. Bur. Stand. 49(6), 1952, doi:10.6028/jres.049.044.
struct LaplacianSolver: Sendable {
  let alpha: Double
  let tolerance: Double
  let maximumRounds: Int
  let parallel: Parallel

  struct Solution: Sendable {
    var values: [Double]
    var rounds: Int
    /// The norm of b - M x, divided by the norm of b.
    var residual: Double
  }

  func solve(_ graph: Graph, rightHandSide: [Double], firstGuess: [Double]) -> Solution {
    let count = graph.nodeCount
    let rows = graph.undirected().withoutSelfLoops().outgoing
    let (alpha, parallel) = (alpha, parallel)
    let diagonal = parallel.map(count: count) { alpha + Double(rows.weightSum(of: $0)) }
    func apply(_ x: [Double]) -> [Double] {
      parallel.map(count: count) { node in
        diagonal[node] * x[node] - rows.weightedSum(of: x, at: node)
      }
    }
    func product(_ x: [Double], _ y: [Double]) -> Double {
      parallel.sum(count: count) { x[$0] * y[$0] }
    }
    func scaled(_ x: [Double]) -> [Double] {
      parallel.map(count: count) { diagonal[$0] == 0 ? 0 : x[$0] / diagonal[$0] }
    }
    func combined(_ x: [Double], plus factor: Double, times y: [Double]) -> [Double] {
      parallel.map(count: count) { x[$0] + factor * y[$0] }
    }

    var x = firstGuess
    var residual = combined(rightHandSide, plus: -1, times: apply(x))
    let norm = product(rightHandSide, rightHandSide).squareRoot()
    let goal = tolerance * norm
    var direction = scaled(residual)
    var strength = product(residual, direction)
    var rounds = 0
    var size = product(residual, residual).squareRoot()
    while size > goal, rounds < maximumRounds {
      let image = apply(direction)
      let curvature = product(direction, image)
      // What is left lies in the null space, by rounding: no step can help.
      guard curvature > 0 else { break }
      let step = strength / curvature
      x = combined(x, plus: step, times: direction)
      residual = combined(residual, plus: -step, times: image)
      let next = scaled(residual)
      let nextStrength = product(residual, next)
      direction = combined(next, plus: nextStrength / strength, times: direction)
      strength = nextStrength
      size = product(residual, residual).squareRoot()
      rounds += 1
    }
    return Solution(values: x, rounds: rounds, residual: norm == 0 ? 0 : size / norm)
  }
}

extension Graph {
  /// The weight out of each node less the weight into it; self-loops cancel out.
  func weightBalance() -> [Double] {
    nodes.map { Double(outWeight(of: $0) - inWeight(of: $0)) }
  }

  /// Heights at which edges climb by 1 each, as far as a walk over each weak component can keep it.
  ///
  /// Each component starts at 0 at its first node. Where every edge of a component climbs by exactly
  /// 1 the heights are the exact solution for it, and whole numbers.
  func walkedHeights() -> [Double] {
    var heights = [Double](repeating: .nan, count: nodeCount)
    var queue: [Int] = []
    for start in 0..<nodeCount where heights[start].isNaN {
      heights[start] = 0
      queue.append(start)
      var next = 0
      while next < queue.count {
        let node = queue[next]
        next += 1
        for neighbor in outgoing.neighbors[outgoing.row(at: node)]
        where heights[neighbor.index].isNaN {
          heights[neighbor.index] = heights[node] + 1
          queue.append(neighbor.index)
        }
        for neighbor in incoming.neighbors[incoming.row(at: node)]
        where heights[neighbor.index].isNaN {
          heights[neighbor.index] = heights[node] - 1
          queue.append(neighbor.index)
        }
      }
      queue.removeAll(keepingCapacity: true)
    }
    return heights
  }
}
