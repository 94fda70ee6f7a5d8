#if Spark
/// The steps by which a cluster finds components and PageRank, as SQL over edges between numbers.
///
/// A node is the number that a column of whole numbers holds, or the 64-bit hash of its name with a seed, so that
/// no join is needed; two names of one number are looked for, and another seed is taken where there are any.
struct NetworkQueries: Sendable {
  let worker: SparkWorker
  /// The names' seed; nil where the ends are numbers.
  let seed: Int?
  /// The rows `a`, `b`, `w`.
  let rows: String

  /// What is no edge: an end or a whole weight of 1 or more is missing.
  private var fault: String {
    seed == nil
      ? "a IS NULL OR b IS NULL OR w < 1" : "a IS NULL OR a = '' OR b IS NULL OR b = '' OR w < 1"
  }

  /// How many rows are no edges.
  var refused: String { "SELECT count(*) AS n FROM (\(rows)) WHERE \(fault)" }

  /// The ends and the weight of each row.
  private var ends: String {
    "SELECT \(number("a")) AS source, \(number("b")) AS target, w FROM (\(rows)) WHERE NOT (\(fault))"
  }

  private func number(_ name: String) -> String {
    seed.map { "xxhash64(\($0), \(name))" } ?? name
  }

  /// Each name once, with its number.
  var names: SparkStep {
    SparkStep(
      nameView,
      from: [],
      """
      SELECT DISTINCT \(number("name")) AS node, name FROM
        (SELECT explode(array(a, b)) AS name FROM (\(rows)) WHERE NOT (\(fault)))
      """
    )
  }

  private var nameView: String { "names_\(seed ?? 0)" }

  /// How many numbers the names have.
  var numbers: String { "SELECT count(DISTINCT node) AS n FROM \(nameView)" }

  // MARK: Components

  /// What is left of each part of the edges, where they lie: an edge for each node.
  var forests: SparkStep {
    SparkStep("forests", from: [], components("SELECT source AS a, target AS b FROM (\(ends))"))
  }

  /// Each node with the least number of its component.
  var components: SparkStep {
    SparkStep(
      "components",
      from: ["forests"],
      components("SELECT /*+ REPARTITION(1) */ a, b FROM forests")
    )
  }

  private func components(_ edges: String) -> String {
    worker.transform("components", columns: ["a", "b"], as: "a BIGINT, b BIGINT", from: edges)
  }

  var componentNames: String {
    seed == nil
      ? "SELECT CAST(a AS STRING) AS name, b AS value FROM components"
      : "SELECT n.name AS name, c.b AS value FROM components c JOIN \(nameView) n ON c.a = n.node"
  }

  // MARK: PageRank

  /// Each pair of ends once with the sum of its weights, and the sum of all of its source.
  ///
  /// Edges of one source are brought together once; grouping and adding up then find them where they are.
  var edges: SparkStep {
    SparkStep(
      "edges",
      from: [],
      by: "node",
      """
      SELECT source AS node, CAST(sum(weight) OVER (PARTITION BY source) AS BIGINT) AS total,
        target, weight FROM
          (SELECT source, target, CAST(sum(w) AS BIGINT) AS weight FROM
            (SELECT source, target, w FROM (\(ends)) DISTRIBUTE BY source)
            GROUP BY source, target)
      """
    )
  }

  /// Each number of a node once.
  static let nodes = SparkStep(
    "nodes",
    from: ["edges"],
    by: "node",
    "SELECT DISTINCT node FROM (SELECT node FROM edges UNION ALL SELECT target AS node FROM edges)"
  )

  /// The greatest sum of weights: 0 without edges.
  static let heaviest = "SELECT coalesce(max(total), 0) AS n FROM edges"

  /// What arrives at each node in a round and is kept, by the rule of `FixedPointPageRank`.
  ///
  /// Nodes where nothing arrives have no row.
  ///
  /// - Parameters:
  ///   - round: 1 for the first.
  ///   - start: What a node has besides what it kept in the round before.
  ///   - damping: In millionths.
  ///   - isHeavy: Whether a score times a weight can exceed 64 bits.
  /// - Returns: The step `kept_` and the round. Edges and scores lie apart by node, so that neither is moved nor
  ///   sorted for the next round; what is exchanged is what arrives.
  static func kept(
    _ round: Int,
    start: Int64,
    damping: Int64,
    isHeavy: Bool
  ) -> SparkStep {
    let score = round == 1 ? "\(start)L" : "(coalesce(k.kept, 0L) + \(start)L)"
    let part =
      isHeavy
      ? "(CAST(\(score) AS DECIMAL(13, 0)) * CAST(e.weight AS DECIMAL(19, 0))) "
        + "DIV CAST(e.total AS DECIMAL(19, 0))"
      : "\(score) * e.weight DIV e.total"
    let hint = round == 1 ? "" : "/*+ SHUFFLE_HASH(k) */"
    let before = round == 1 ? "" : "LEFT JOIN kept_\(round - 1) k ON e.node = k.node"
    return SparkStep(
      "kept_\(round)",
      from: round == 1 ? ["edges"] : ["edges", "kept_\(round - 1)"],
      by: "node",
      summing: "kept",
      """
      SELECT node, CAST(sum(part) AS BIGINT) * \(damping)L DIV 1000000L AS kept FROM
        (SELECT \(hint) e.target AS node, \(part) AS part FROM edges e \(before))
        GROUP BY node
      """
    )
  }

  /// The score of each name after a round; 0 where there was none.
  func scores(_ round: Int, start: Int64) -> String {
    let (name, all) = seed == nil ? ("CAST(n.node AS STRING)", "nodes") : ("n.name", nameView)
    guard round > 0 else { return "SELECT \(name) AS name, 0L AS value FROM \(all) n" }
    return "SELECT \(name) AS name, coalesce(k.kept, 0L) + \(start)L AS value "
      + "FROM \(all) n LEFT JOIN kept_\(round) k ON n.node = k.node"
  }
}
#endif
