/// The signs of every pair that has one.
struct SoftLinkPairs {
  private struct Pair: Hashable, Comparable {
    let low: Int
    let high: Int

    static func < (left: Pair, right: Pair) -> Bool {
      left.low != right.low ? left.low < right.low : left.high < right.high
    }
  }

  private struct Draft {
    var weight: Int
    var detail: String
    var records: [RecordID]
    var count = 1
  }

  private let weights: SoftLinkWeights
  private var drafts: [Pair: [SoftLink.Kind: Draft]] = [:]

  private static let recordLimit = 4

  init(weights: SoftLinkWeights) { self.weights = weights }

  /// Adds what two parties have in their names; only the weightiest name of a kind counts, because
  /// names of one person are no independent signs.
  mutating func add(_ name: String, _ match: NameIndex.Match) {
    let pair = Pair(low: min(match.one, match.other), high: max(match.one, match.other))
    let weight = weights.weight(match.kind, bearers: match.bearers)
    var signs = drafts[pair] ?? [:]
    let rivals: [SoftLink.Kind] = match.kind == .realName ? [.realName] : [.name, .namePart]
    guard rivals.allSatisfy({ (signs[$0]?.weight ?? .min) < weight }) else { return }
    for rival in rivals { signs[rival] = nil }
    var draft = Draft(weight: weight, detail: name, records: [])
    for record in match.records { draft.records.insertSmallest(record, limit: Self.recordLimit) }
    signs[match.kind] = draft
    if match.hasSeveralOwners {
      signs[.severalOwners] = Draft(
        weight: weights.weight(.severalOwners),
        detail: name,
        records: draft.records
      )
    }
    drafts[pair] = signs
  }

  /// Adds a sign; the same kind again makes it no heavier but for ``SoftLink/Kind/secondRecord``.
  mutating func add(
    _ kind: SoftLink.Kind,
    _ one: Int,
    _ other: Int,
    weight: Int? = nil,
    records: [RecordID]
  ) {
    let pair = Pair(low: min(one, other), high: max(one, other))
    let weight = weight ?? weights.weight(kind)
    var draft = drafts[pair]?[kind] ?? Draft(weight: weight, detail: "", records: [], count: 0)
    draft.weight = max(draft.weight, weight)
    draft.count += 1
    for record in records { draft.records.insertSmallest(record, limit: Self.recordLimit) }
    drafts[pair, default: [:]][kind] = draft
  }

  /// Forgets a pair.
  mutating func drop(_ one: Int, _ other: Int) {
    drafts[Pair(low: min(one, other), high: max(one, other))] = nil
  }

  /// All pairs, in no order.
  var all: [(Int, Int)] { drafts.keys.map { ($0.low, $0.high) } }

  /// The pairs that reach the threshold, with what `context` says of them.
  consuming func links(_ context: (Int, Int) -> [SoftLink.Sign]) -> [SoftLink] {
    var links: [SoftLink] = []
    for pair in drafts.keys.sorted() {
      guard var found = drafts[pair] else { continue }
      // One entry holds the name, the note and both accounts: they are not signs of their own.
      if found[.contactEntry] != nil {
        for kind in [SoftLink.Kind.name, .namePart, .numberInName] { found[kind] = nil }
      }
      var signs = found.map { kind, draft in
        SoftLink.Sign(
          kind: kind,
          weight: draft.weight,
          detail: draft.detail,
          records: draft.records
        )
      }
      let typed = [SoftLink.Kind.contactEntry, .mention, .endedLink]
      if let again = typed.lazy.compactMap({ found[$0] }).first(where: { $0.records.count > 1 }) {
        signs.append(
          SoftLink.Sign(
            kind: .secondRecord,
            weight: weights.weight(.secondRecord),
            detail: "",
            records: again.records
          )
        )
      }
      signs += context(pair.low, pair.high)
      let score = signs.reduce(0) { $0 + $1.weight }
      guard score >= weights.threshold else { continue }
      signs.sort {
        $0.weight != $1.weight ? $0.weight > $1.weight : $0.kind.rawValue < $1.kind.rawValue
      }
      links.append(SoftLink(first: pair.low, second: pair.high, score: score, signs: signs))
    }
    return links
  }
}
