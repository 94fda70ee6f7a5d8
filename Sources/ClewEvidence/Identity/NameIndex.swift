/// Which parties bear which names, so that only parties with a name in common are ever compared.
struct NameIndex {
  /// How a party comes to a name.
  struct Use {
    var isWhole = false
    /// An institution prints it.
    var isReal = false
    /// The records that give it, the smallest few.
    var records: [RecordID] = []
    /// The owners who typed it, the smallest few.
    var owners: [Int] = []
  }

  /// Two parties with a name in common.
  struct Match {
    let one: Int
    let other: Int
    let kind: SoftLink.Kind
    /// How many parties with accounts bear the name.
    let bearers: Int
    let records: [RecordID]
    /// Whether two or more owners call both so.
    let hasSeveralOwners: Bool
  }

  private struct Entry {
    var bearers: [Int: Use] = [:]
    /// Parties that are a name only; they do not make a name common.
    var names: [Int: Use] = [:]
  }

  private let weights: SoftLinkWeights
  private var entries: [String: Entry] = [:]

  init(weights: SoftLinkWeights) { self.weights = weights }

  mutating func add(
    _ name: String,
    party: Int,
    isNameOnly: Bool,
    isReal: Bool = false,
    record: RecordID?,
    owner: Int? = nil
  ) {
    for key in NameKey.keys(of: name) where !weights.isCommon(key.text) {
      var entry = entries[key.text] ?? Entry()
      // One more than the limit is kept, so that it shows that the limit is passed.
      let known = isNameOnly ? entry.names : entry.bearers
      guard known[party] != nil || known.count <= weights.nameLimit else { continue }
      var use = known[party] ?? Use()
      use.isWhole = use.isWhole || key.isWhole
      use.isReal = use.isReal || isReal
      if let record { use.records.insertSmallest(record, limit: 2) }
      if let owner { use.owners.insertSmallest(owner, limit: 8) }
      if isNameOnly { entry.names[party] = use } else { entry.bearers[party] = use }
      entries[key.text] = entry
    }
  }

  /// Every pair of parties with a name in common, in order of the names.
  func forEachMatch(_ body: (String, Match) -> Void) {
    let order = entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for key in order {
      guard let entry = entries[key], entry.bearers.count <= weights.nameLimit else { continue }
      let bearers = entry.bearers.sorted { $0.key < $1.key }
      let names =
        entry.names.count <= weights.nameLimit ? entry.names.sorted { $0.key < $1.key } : []
      for (place, one) in bearers.enumerated() {
        for other in bearers.dropFirst(place + 1) + names {
          body(key, Self.match(one, other, bearers: max(2, bearers.count)))
        }
      }
    }
  }

  private static func match(
    _ one: (key: Int, value: Use),
    _ other: (key: Int, value: Use),
    bearers: Int
  ) -> Match {
    let (a, b) = (one.value, other.value)
    var kind = SoftLink.Kind.namePart
    if a.isWhole, b.isWhole { kind = a.isReal || b.isReal ? .realName : .name }
    return Match(
      one: one.key,
      other: other.key,
      kind: kind,
      bearers: bearers,
      records: a.records + b.records,
      hasSeveralOwners: Set(a.owners).intersection(b.owners).count > 1
    )
  }
}

extension Array where Element: Comparable {
  /// Keeps the smallest few elements, sorted, each once: the same in whatever order they come.
  mutating func insertSmallest(_ element: Element, limit: Int) {
    if count == limit, let last, last <= element { return }
    guard !contains(element) else { return }
    append(element)
    sort()
    if count > limit { removeLast() }
  }
}
