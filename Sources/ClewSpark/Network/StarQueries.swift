#if Spark
/// The rounds by which components are found where no worker can hold all nodes: large-star and small-star.
///
/// An edge goes from a node to a smaller one. Large-star hands each node's greater neighbours to the least it knows
/// of, small-star its smaller ones; both keep what hangs together, and in the end every node has one edge, to the
/// least of its component. Rounds grow with the logarithm of the longest path between two nodes, not with the nodes.
///
/// > Source: R. Kiveris and others, "Connected components in MapReduce and beyond", *SoCC* 2014, §3: the
/// > alternating algorithm. [doi](https://doi.org/10.1145/2670979.2670997)
enum StarQueries {
  /// How many nodes the forests have, within some percent.
  static let nodes = "SELECT approx_count_distinct(a) AS n FROM forests"

  /// The edges of the forests.
  static let first = SparkStep(
    "stars_0",
    from: ["forests"],
    "SELECT DISTINCT greatest(a, b) AS a, least(a, b) AS b FROM forests WHERE a <> b"
  )

  /// Large-star, then small-star.
  ///
  /// A node without a smaller neighbour is the least it knows of, and needs no row in `near`.
  ///
  /// - Parameter round: 1 for the first.
  /// - Returns: The step `stars_` and the round.
  static func round(_ round: Int) -> SparkStep {
    SparkStep(
      "stars_\(round)",
      from: ["stars_\(round - 1)"],
      """
      WITH near AS (SELECT a, min(b) AS least FROM stars_\(round - 1) GROUP BY a),
      large AS (SELECT DISTINCT e.a, coalesce(n.least, e.b) AS b
        FROM stars_\(round - 1) e LEFT JOIN near n ON e.b = n.a),
      small AS (SELECT a, b, min(b) OVER (PARTITION BY a) AS least FROM large)
      SELECT DISTINCT a, b FROM (SELECT inline(array(
        named_struct('a', a, 'b', least), named_struct('a', b, 'b', least))) FROM small)
        WHERE a <> b
      """
    )
  }

  /// Each node with the least of its component, where a round has changed nothing any more.
  static func components(after round: Int) -> SparkStep {
    SparkStep(
      "components",
      from: ["forests", "stars_\(round)"],
      """
      SELECT n.a, coalesce(s.b, n.a) AS b FROM (SELECT DISTINCT a FROM forests) n
        LEFT JOIN stars_\(round) s ON n.a = s.a
      """
    )
  }
}
#endif
