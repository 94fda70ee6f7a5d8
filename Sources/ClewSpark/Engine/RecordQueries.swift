#if Spark
internal import ClewEvidence

/// The steps by which a cluster finds the records that can matter, as SQL over the records' marks.
///
/// The bits of `flags` are those of `RecordMark.Flags`: 1 settled, 2 telling, 4 vague, 8 open, 16 sighted,
/// 32 contact. A text that is not there is empty.
struct RecordQueries: Sendable {
  let worker: SparkWorker
  let partitions: Int
  /// What is dated at or after this moment is late.
  let until: Timestamp?

  /// The records as they come back from the workers, with their marks.
  var marked: SparkStep {
    SparkStep(
      "marked",
      from: ["records"],
      worker.transform(
        until.map { "mark --until \($0.milliseconds):\($0.zone.rawValue)" } ?? "mark",
        columns: ["id", "sources", "body"],
        as: "id STRING, sources STRING, kind STRING, first STRING, second STRING, flags INT, "
          + "text STRING, ids STRING, circle STRING, platform STRING, body STRING",
        // They lie in parts of about one size, whether they were sent or united: none has to move.
        from: "SELECT id, sources, body FROM records"
      )
    )
  }

  /// Whether every record came back as it was sent, with a mark: the two sums are equal and nothing is bare.
  static let completeness = """
    SELECT (SELECT \(sum) FROM records) AS sent, (SELECT \(sum) FROM marked) AS back,
      (SELECT count(*) FROM marked WHERE kind IS NULL OR first IS NULL OR second IS NULL
        OR flags IS NULL OR text IS NULL OR ids IS NULL OR circle IS NULL OR platform IS NULL) AS bare
    """
  private static let sum =
    "CAST(coalesce(sum(CAST(xxhash64(id IS NULL, id, sources IS NULL, sources, body IS NULL, body) "
    + "AS DECIMAL(38, 0))), 0) AS STRING)"

  /// What is only counted: open platforms, accounts, accounts that pay for goods, contacts, circles, and the ids of
  /// payments that know too little by themselves.
  static let notes = SparkStep(
    "notes",
    from: ["marked"],
    """
    SELECT DISTINCT what, one, other FROM (SELECT inline(concat(filter(array(
      \(note("platform", "platform", where: "kind = 'm' AND (flags & 8) <> 0")),
      \(note("account", "first", where: "kind IN ('m', 't', 'l') AND first <> ''")),
      \(note("account", "second", where: "kind IN ('m', 't', 'l') AND second <> ''")),
      \(note("goods", "first", where: "kind = 't' AND (flags & 2) <> 0 AND first <> ''")),
      \(note("goods", "second", where: "kind = 't' AND (flags & 2) <> 0 AND second <> ''")),
      \(note("contact", "least(first, second)", "greatest(first, second)", where: "(flags & 32) <> 0")),
      \(note("circle", "circle", "first", where: "circle <> '' AND first <> ''"))
    ), note -> note IS NOT NULL), transform(
      IF(kind = 't' AND (flags & 4) <> 0 AND ids <> '', split(ids, ' '), CAST(array() AS ARRAY<STRING>)),
      id -> named_struct('what', 'vague', 'one', id, 'other', ''))
    )) FROM marked)
    """
  )

  private static func note(
    _ what: String,
    _ one: String,
    _ other: String = "''",
    where condition: String
  ) -> String {
    "IF(\(condition), named_struct('what', '\(what)', 'one', \(one), 'other', \(other)), NULL)"
  }

  /// The pairs of accounts in contact with each other of which one is in a list.
  static func contacts(of list: String) -> String {
    """
    SELECT one, other FROM notes LEFT SEMI JOIN \(list) ON one = account WHERE what = 'contact'
    UNION
    SELECT one, other FROM notes LEFT SEMI JOIN \(list) ON other = account WHERE what = 'contact'
    """
  }

  /// The records that are always read, and the messages that can be trade.
  static let kept = SparkStep(
    "kept",
    from: ["marked"],
    """
    SELECT id, sources, body, (flags & 1) <> 0 AS settled FROM marked
      WHERE (flags & 1) <> 0 OR (kind = 'm' AND (flags & 2) <> 0)
    UNION ALL
    SELECT m.id, m.sources, m.body, false AS settled FROM
      (SELECT id, sources, body, text FROM marked
        WHERE kind = 'm' AND (flags & 3) = 0 AND text <> '') m
      LEFT SEMI JOIN (SELECT text FROM marked
        WHERE kind = 'm' AND (flags & 6) <> 0 AND text <> '') t ON m.text = t.text
    """
  )

  /// How many ids the payments have that know too little.
  static let vague = "SELECT count(*) AS n FROM notes WHERE what = 'vague'"

  /// The ids of payments that more than one payment has, one of which knows too little.
  ///
  /// - Parameter vague: How many ids have those that do: so many can go to every worker, and no other payment has
  ///   to move.
  /// - Returns: The step `linked`.
  static func linked(vague: Int64) -> SparkStep {
    SparkStep(
      "linked",
      from: ["marked", "notes"],
      """
      WITH near AS (SELECT \(vague <= 1_000_000 ? "/*+ BROADCAST(v) */" : "") p.id, p.vague, p.key
        FROM (SELECT id, (flags & 4) <> 0 AS vague, explode(split(ids, ' ')) AS key
          FROM marked WHERE kind = 't' AND ids <> '') p
        LEFT SEMI JOIN (SELECT one FROM notes WHERE what = 'vague') v ON p.key = v.one)
      SELECT DISTINCT n.id, n.vague, n.key FROM near n
        LEFT SEMI JOIN (SELECT key FROM near GROUP BY key HAVING count(DISTINCT id) > 1) k
          ON n.key = k.key
      """
    )
  }

  /// The payments of the accounts in `traders`.
  static let paid = SparkStep(
    "paid_0",
    from: ["marked", "traders"],
    """
    SELECT m.id FROM marked m LEFT SEMI JOIN traders t ON m.first = t.account WHERE m.kind = 't'
    UNION
    SELECT m.id FROM marked m LEFT SEMI JOIN traders t ON m.second = t.account WHERE m.kind = 't'
    """
  )

  /// The payments of a round before, and those that may tell of the same ones.
  static func paid(_ round: Int) -> SparkStep {
    let before = "paid_\(round - 1)"
    return SparkStep(
      "paid_\(round)",
      from: ["linked", before],
      """
      SELECT id FROM \(before)
      UNION
      SELECT l.id FROM linked l LEFT SEMI JOIN (SELECT o.key FROM linked o
        LEFT SEMI JOIN \(before) p ON o.id = p.id) k ON l.key = k.key WHERE l.vague
      UNION
      SELECT l.id FROM linked l LEFT SEMI JOIN (SELECT o.key FROM linked o
        LEFT SEMI JOIN \(before) p ON o.id = p.id WHERE o.vague) k ON l.key = k.key
      """
    )
  }

  /// The records of the payments of a round.
  static func payments(_ round: Int) -> SparkStep {
    SparkStep(
      "payments",
      from: ["marked", "paid_\(round)"],
      """
      SELECT m.id, m.sources, m.body FROM marked m
        LEFT SEMI JOIN paid_\(round) p ON m.id = p.id WHERE m.kind = 't'
      """
    )
  }

  /// The least records that mention an account, parted by commas: first of each part of the rows, then of all.
  var sightings: SparkStep {
    let columns = (names: ["account", "ids"], types: "account STRING, ids STRING")
    let parts = worker.transform(
      "sightings",
      columns: columns.names,
      as: columns.types,
      from: """
        SELECT explode(array_distinct(filter(array(first, second), end -> end <> ''))) AS account,
          id AS ids FROM marked WHERE (flags & 16) <> 0
        """
    )
    return SparkStep(
      "sightings",
      from: ["marked"],
      worker.transform(
        "sightings",
        columns: columns.names,
        as: columns.types,
        from: "SELECT account, ids FROM (\(parts)) DISTRIBUTE BY account"
      )
    )
  }
}
#endif
