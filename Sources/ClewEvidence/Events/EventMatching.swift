/// Where a row was seen: numbers that stand for sources.
typealias SourceSet = Set<Int>

/// Puts rows of different sources together, the nearest first, each row of a source with at most one
/// of every other.
///
/// Two rows of one source are two events, however alike they are: a source lists an event once. A
/// group may therefore hold each source once, and every two of its rows must fit each other, so that
/// no chain of near rows grows beyond the window.
///
/// - Complexity: O(*n* log *n*) for *n* rows, because a row looks at a fixed number of later ones.
struct EventMatching {
  /// One row, or rows that were put together before.
  struct Row {
    let at: Int64
    let record: RecordID
    let sources: SourceSet
  }

  /// How far apart two rows of one event may be, in milliseconds.
  let window: Int64

  /// How many later rows a row is compared with.
  ///
  /// A flood of rows within one window stays apart.
  static let lookAhead = 64

  /// Groups rows.
  ///
  /// - Parameters:
  ///   - rows: The rows of one block, in any order.
  ///   - distance: How far apart two rows are, by place in `rows`; `nil` where they cannot be one
  ///     event.
  /// - Returns: The groups with two or more rows, as places in `rows`, each sorted by time.
  func groups(of rows: [Row], distance: (Int, Int) -> Int64?) -> [[Int]] {
    guard rows.count > 1 else { return [] }
    let order = rows.indices.sorted {
      rows[$0].at != rows[$1].at
        ? rows[$0].at < rows[$1].at : rows[$0].record < rows[$1].record
    }
    var candidates: [(distance: Int64, left: Int, right: Int)] = []
    for (place, left) in order.enumerated() {
      for right in order.dropFirst(place + 1).prefix(Self.lookAhead) {
        let (gap, overflows) = rows[right].at.subtractingReportingOverflow(rows[left].at)
        guard !overflows, gap <= window else { break }
        guard rows[left].sources.isDisjoint(with: rows[right].sources),
          !rows[left].sources.isEmpty, !rows[right].sources.isEmpty,
          let distance = distance(left, right)
        else { continue }
        candidates.append((distance, left, right))
      }
    }
    return join(rows, order, candidates, distance)
  }

  private func join(
    _ rows: [Row],
    _ order: [Int],
    _ candidates: [(distance: Int64, left: Int, right: Int)],
    _ distance: (Int, Int) -> Int64?
  ) -> [[Int]] {
    var rank = [Int](repeating: 0, count: rows.count)
    for (place, row) in order.enumerated() { rank[row] = place }
    var groupOf: [Int: Int] = [:]
    var groups: [[Int]] = []
    func members(_ row: Int) -> [Int] { groupOf[row].map { groups[$0] } ?? [row] }
    let nearest = candidates.sorted { one, other in
      if one.distance != other.distance { return one.distance < other.distance }
      if rank[one.left] != rank[other.left] { return rank[one.left] < rank[other.left] }
      return rank[one.right] < rank[other.right]
    }
    for (_, left, right) in nearest {
      if let group = groupOf[left], group == groupOf[right] { continue }
      let (one, other) = (members(left), members(right))
      let fits = one.allSatisfy { mine in
        other.allSatisfy { theirs in
          rows[mine].sources.isDisjoint(with: rows[theirs].sources)
            && (rows[mine].at - rows[theirs].at).magnitude <= UInt64(window)
            && distance(mine, theirs) != nil
        }
      }
      guard fits else { continue }
      let group = groupOf[left] ?? groups.count
      if group == groups.count { groups.append(one) }
      groups[group] += other
      if let emptied = groupOf[right] { groups[emptied] = [] }
      for row in groups[group] { groupOf[row] = group }
    }
    return groups.filter { !$0.isEmpty }.map { $0.sorted { rank[$0] < rank[$1] } }
  }
}

/// Sets of numbers that grow together.
struct EventSets {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  mutating func root(_ number: Int) -> Int {
    var root = number
    while parent[root] != root { root = parent[root] }
    var walker = number
    while parent[walker] != root { (walker, parent[walker]) = (parent[walker], root) }
    return root
  }

  /// Joins two sets; the smaller root leads.
  mutating func join(_ one: Int, _ other: Int) {
    let (left, right) = (root(one), root(other))
    if left != right { parent[max(left, right)] = min(left, right) }
  }

  /// The sets, each sorted, in order of their first member.
  mutating func all() -> [[Int]] {
    var sets: [Int: [Int]] = [:]
    for number in parent.indices { sets[root(number), default: []].append(number) }
    return sets.sorted { $0.key < $1.key }.map(\.value)
  }
}
