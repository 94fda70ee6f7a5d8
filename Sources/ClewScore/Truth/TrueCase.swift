/// What is true of an invented case, as the tables of its truth folder say.
public struct TrueCase: Sendable {
  /// Somebody of the invented world.
  public struct Person: Sendable, Hashable {
    /// The person's key in the tables.
    public let key: String
    /// One of the roles of the analysis, never `undetermined`.
    public let role: String
    /// The tier; `nil` for outsiders.
    public let tier: Int?
    /// The line; empty for outsiders.
    public let line: String
    /// The name under which the person chats.
    public let name: String
    /// Whether the person appears in the exports at all.
    public let isSeen: Bool
    /// Whether anything between the person and one of its suppliers or buyers appears there.
    public let isDealingSeen: Bool
    /// Whether messages with one of them appear there.
    public internal(set) var isChatSeen = false

    /// Whether two thirds of what the person dealt, or more, were of its own line; unknown counts as so.
    public internal(set) var isClear = true

    /// Whether the person has no part in the trade.
    public var isBystander: Bool { role == "outsider" }
  }

  /// One pair of supplier and buyer that really dealt.
  public struct Link: Sendable, Hashable {
    /// The supplier's place in ``TrueCase/people``.
    public let supplier: Int
    /// The buyer's place in ``TrueCase/people``.
    public let buyer: Int
    /// How many orders there were.
    public let orders: Int
    /// Whether its ends belong to different lines.
    public let isCross: Bool
    /// Whether any message or payment between the two appears in the exports.
    public let isSeen: Bool
    /// How many messages and payments between the two do.
    public let seen: (messages: Int, payments: Int)

    /// Compares all but what was seen.
    public static func == (left: Link, right: Link) -> Bool {
      left.supplier == right.supplier && left.buyer == right.buyer && left.orders == right.orders
    }

    /// Hashes the two ends.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(supplier)
      hasher.combine(buyer)
    }
  }

  /// Everybody, in the order of the table.
  public let people: [Person]
  /// Who deals with whom; pairs without an order are left out.
  public let links: [Link]
  /// The accounts of people: `scheme:value` to place.
  public let holders: [String: Int]
  /// What ties accounts in the exports: accounts of one tie are tied, others are not.
  public let ties: [String: String]
  /// The accounts by which people chat.
  public let handles: Set<String>
  /// The principal of each line, by the line's id.
  public let principals: [String: Int]

  /// All who lead each line, by the line's id: its principal and who is a first-level agent of it beside him.
  public var leaders: [String: Set<Int>] {
    var leaders = principals.mapValues { Set([$0]) }
    for (place, person) in people.enumerated() where person.role == "firstLevelAgent" {
      if !person.line.isEmpty { leaders[person.line, default: []].insert(place) }
    }
    return leaders
  }

  /// Reads `parties.csv`, `accounts.csv`, `supply.csv` and `lines.csv` of a truth folder.
  ///
  /// - Throws: ``ScoreError`` naming table, line and column.
  public init(folder: String) throws(ScoreError) {
    try self.init(
      parties: TruthTable(
        path: folder + "/parties.csv",
        needs: ["party", "role", "tier", "line", "name"]
      ),
      accounts: TruthTable(path: folder + "/accounts.csv", needs: ["account", "holder"]),
      supply: TruthTable(
        path: folder + "/supply.csv",
        needs: ["supplier", "buyer", "orders", "cross"]
      ),
      lines: TruthTable(path: folder + "/lines.csv", needs: ["line", "principal"])
    )
  }

  init(
    parties: TruthTable,
    accounts: TruthTable,
    supply: TruthTable,
    lines: TruthTable
  ) throws(ScoreError) {
    var people: [Person] = []
    var places: [String: Int] = [:]
    for row in parties.rows {
      places[row.text("party")] = people.count
      people.append(
        Person(
          key: row.text("party"),
          role: row.text("role"),
          tier: try row.number("tier"),
          line: row.text("line"),
          name: row.text("name"),
          isSeen: row.mark("seen", absent: true),
          isDealingSeen: row.mark("dealing_seen", absent: row.text("role") != "outsider")
        )
      )
    }
    func place(_ row: TruthTable.Row, _ column: String) throws(ScoreError) -> Int {
      guard let place = places[row.text(column)] else {
        throw .unreadableCell(
          table: row.table,
          line: row.line,
          column: column,
          expected: "a person of parties.csv"
        )
      }
      return place
    }
    var holders: [String: Int] = [:]
    var handles: Set<String> = []
    var ties: [String: String] = [:]
    for row in accounts.rows {
      let account = row.text("account")
      holders[account] = try place(row, "holder")
      if !row.text("tie").isEmpty { ties[account] = row.text("tie") }
      if account.hasPrefix("wechat:") && row.text("remark") != "alias" || account.hasPrefix("qq:") {
        handles.insert(account)
      }
    }
    self.holders = holders
    self.handles = handles
    self.ties = ties
    var links: [Link] = []
    for row in supply.rows {
      let orders = try row.number("orders") ?? 0
      let (supplier, buyer) = (try place(row, "supplier"), try place(row, "buyer"))
      guard orders > 0 else { continue }
      links.append(
        Link(
          supplier: supplier,
          buyer: buyer,
          orders: orders,
          isCross: row.mark("cross"),
          isSeen: row.mark("seen", absent: true),
          seen: (
            messages: try row.number("messages_seen") ?? (row.mark("visible") ? 1 : 0),
            payments: try row.number("payments_seen") ?? 0
          )
        )
      )
    }
    for (place, row) in parties.rows.enumerated() {
      let shares = row.text("line_shares").split(separator: ";").map { $0.split(separator: "=") }
      guard let own = shares.first(where: { $0.first.map(String.init) == people[place].line }),
        let share = own.last.flatMap({ Double($0) })
      else { continue }
      people[place].isClear = share >= 2.0 / 3
    }
    for link in links where link.seen.messages > 0 {
      people[link.supplier].isChatSeen = true
      people[link.buyer].isChatSeen = true
    }
    self.people = people
    self.links = links
    var principals: [String: Int] = [:]
    for row in lines.rows { principals[row.text("line")] = try place(row, "principal") }
    self.principals = principals
  }
}
