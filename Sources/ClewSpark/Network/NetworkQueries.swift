#if Spark
/// The steps by which a cluster finds components and PageRank, as SQL over edges between numbers.
///
/// A name's number is its 64-bit hash with a seed, so that no join is needed; two names of one number are looked
/// for, and another seed is taken where there are any.
struct NetworkQueries: Sendable {
  let worker: SparkWorker
  let partitions: Int
  /// The names' seed.
  let seed: Int
  /// The rows `a`, `b`, `w`.
  let rows: String

  /// What is no edge: an end or a whole weight of 1 or more is missing.
  private static let fault = "a IS NULL OR a = '' OR b IS NULL OR b = '' OR w < 1"

  /// How many rows are no edges.
  var refused: String { "SELECT count(*) AS n FROM (\(rows)) WHERE \(Self.fault)" }

  /// Each pair of ends once, with the sum of its weights.
  var edges: SparkStep {
    SparkStep(
      "edges",
      from: [],
      """
      SELECT source, target, CAST(sum(w) AS BIGINT) AS weight FROM
        (SELECT \(number("a")) AS source, \(number("b")) AS target, w FROM (\(rows))
          WHERE NOT (\(Self.fault)))
        GROUP BY source, target
      """
    )
  }

  /// Each name once, with its number.
  var names: SparkStep {
    SparkStep(
      nameView,
      from: [],
      """
      SELECT DISTINCT \(number("name")) AS node, name FROM
        (SELECT explode(array(a, b)) AS name FROM (\(rows)) WHERE NOT (\(Self.fault)))
      """
    )
  }

  private var nameView: String { "names_\(seed)" }

  private func number(_ name: String) -> String { "xxhash64(\(seed), \(name))" }

  /// How many numbers the names have.
  var numbers: String { "SELECT count(DISTINCT node) AS n FROM \(nameView)" }

  /// What is left of each part of the edges: an edge for each node.
  var forests: SparkStep {
    SparkStep(
      "forests",
      from: ["edges"],
      components("SELECT /*+ REPARTITION(\(partitions)) */ source AS a, target AS b FROM edges")
    )
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
    "SELECT n.name AS name, c.b AS value FROM components c JOIN \(nameView) n ON c.a = n.node"
  }

  // MARK: PageRank

  /// The edges of each source, with the sum of their weights.
  static let adjacency = SparkStep(
    "adjacency",
    from: ["edges"],
    """
    SELECT source AS node, CAST(sum(weight) AS BIGINT) AS total,
      array_sort(collect_list(struct(target, weight))) AS edges FROM edges GROUP BY source
    """
  )

  /// The greatest sum of weights: 0 without edges.
  static let heaviest = "SELECT coalesce(max(total), 0) AS n FROM adjacency"

  /// What arrives at each node in a round and is kept, by the rule of `FixedPointPageRank`.
  ///
  /// Nodes where nothing arrives have no row.
  ///
  /// - Parameters:
  ///   - round: 1 for the first.
  ///   - start: What a node has besides what it kept in the round before.
  ///   - damping: In millionths.
  ///   - isHeavy: Whether a score times a weight can exceed 64 bits.
  /// - Returns: The step `kept_` and the round.
  static func kept(_ round: Int, start: Int64, damping: Int64, isHeavy: Bool) -> SparkStep {
    let score = round == 1 ? "\(start)L" : "coalesce(k.kept, 0L) + \(start)L"
    let part =
      isHeavy
      ? "(CAST(score AS DECIMAL(13, 0)) * CAST(edge.weight AS DECIMAL(19, 0))) "
        + "DIV CAST(total AS DECIMAL(19, 0))"
      : "score * edge.weight DIV total"
    let before = round == 1 ? "" : "LEFT JOIN kept_\(round - 1) k ON a.node = k.node"
    return SparkStep(
      "kept_\(round)",
      from: round == 1 ? ["adjacency"] : ["adjacency", "kept_\(round - 1)"],
      """
      SELECT node, CAST(sum(part) AS BIGINT) * \(damping)L DIV 1000000L AS kept FROM
        (SELECT edge.target AS node, \(part) AS part FROM
          (SELECT \(score) AS score, a.total AS total, explode(a.edges) AS edge
            FROM adjacency a \(before)))
        GROUP BY node
      """
    )
  }

  /// How much was kept in a round.
  static func sum(_ round: Int) -> String {
    "SELECT CAST(coalesce(sum(kept), 0) AS BIGINT) AS n FROM kept_\(round)"
  }

  /// The scores where there is no name.
  var noScores: String { "SELECT name, 0L AS value FROM \(nameView)" }

  /// The score of each name after a round.
  func scores(_ round: Int, start: Int64) -> String {
    "SELECT n.name AS name, coalesce(k.kept, 0L) + \(start)L AS value "
      + "FROM \(nameView) n LEFT JOIN kept_\(round) k ON n.node = k.node"
  }
}
#endif
