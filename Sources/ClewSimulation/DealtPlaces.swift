/// The role, tier and line of everybody by what was really dealt, whatever was planned.
///
/// A link counts by its orders. Principals stand on tier 1 and sources on tier 0; anybody else stands
/// one tier below the supplier with the most orders, exchange between equals left out, and belongs
/// to the line from which most of its orders were served, of equals to that which served it first. Who
/// resells to nobody has no equals: all who supply him count. A source belongs to the line that it
/// supplied most, likewise; a second principal to the
/// line that it leads with the first.
struct DealtPlaces {
  private(set) var roles: [TrueRole]
  private(set) var tiers: [Int?]
  private(set) var lines: [Int?]
  /// Shares in the lines in billionths, the largest first, then by line.
  private(set) var shares: [[(line: Int, share: Int64)]]

  private static let one: Int64 = 1_000_000_000

  init(_ cast: Cast) {
    roles = cast.people.map(\.role)
    tiers = cast.people.map(\.tier)
    lines = Array(repeating: nil, count: cast.people.count)
    shares = Array(repeating: [], count: cast.people.count)
    for (line, principal) in cast.principals.enumerated() {
      lines[principal] = line
      shares[principal] = [(line, Self.one)]
    }
    for (partner, line) in cast.partners {
      lines[partner] = line
      shares[partner] = [(line, Self.one)]
    }
    var above = [[CastLink]](repeating: [], count: cast.people.count)
    var below = above
    for link in cast.links where link.orders > 0 {
      above[link.buyer].append(link)
      below[link.supplier].append(link)
    }
    let byTier = cast.people.indices.sorted {
      (cast.people[$0].tier ?? .max, $0) < (cast.people[$1].tier ?? .max, $1)
    }
    for person in byTier {
      guard let planned = cast.people[person].tier, planned > 0, lines[person] == nil,
        !below[person].isEmpty
      else { continue }
      let suppliers = above[person].filter { (cast.people[$0.supplier].tier ?? .max) < planned }
      place(person, below: suppliers, resells: true, planned: planned)
      assign(person, suppliers, \.supplier)
    }
    for person in byTier where lines[person] == nil && below[person].isEmpty {
      guard let planned = cast.people[person].tier, planned > 0 else { continue }
      place(person, below: above[person], resells: false, planned: planned)
      assign(person, above[person], \.supplier)
    }
    for person in byTier where cast.people[person].tier == 0 {
      assign(person, below[person], \.buyer)
    }
  }

  private mutating func place(
    _ person: Int,
    below suppliers: [CastLink],
    resells: Bool,
    planned: Int
  ) {
    // Those on the first tier were supplied by sources; the plan knows it.
    guard planned > 1 else { return }
    let main = suppliers.max {
      $0.orders != $1.orders ? $0.orders < $1.orders : $0.supplier > $1.supplier
    }
    guard let main, let tier = tiers[main.supplier] else { return }
    tiers[person] = tier + 1
    guard resells else {
      roles[person] = .customer
      return
    }
    roles[person] = tier == 0 ? .firstLevelAgent : tier == 1 ? .secondLevelAgent : .subAgent
  }

  private mutating func assign(
    _ person: Int,
    _ links: [CastLink],
    _ end: KeyPath<CastLink, Int>
  ) {
    var strongest: [Int: (orders: Int, since: Int64)] = [:]
    var sums: [Int: Int64] = [:]
    var total: Int64 = 0
    for link in links {
      let other = link[keyPath: end]
      if let line = lines[other] {
        let known = strongest[line] ?? (0, .max)
        strongest[line] = (known.orders + link.orders, min(known.since, link.first))
      }
      for (line, share) in shares[other] { sums[line, default: 0] += share * Int64(link.orders) }
      if !shares[other].isEmpty { total += Int64(link.orders) }
    }
    lines[person] =
      strongest.min { left, right in
        let (one, another) = (left.value, right.value)
        if one.orders != another.orders { return one.orders > another.orders }
        return one.since != another.since ? one.since < another.since : left.key < right.key
      }?.key
    guard total > 0 else { return }
    shares[person] = sums.map { (line: $0.key, share: $0.value / total) }.sorted {
      $0.share != $1.share ? $0.share > $1.share : $0.line < $1.line
    }
  }
}
