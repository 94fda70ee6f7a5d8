/// Compares found links with true ones, both as ordered pairs of people.
///
/// A found link counts once for each ordered pair; it is right when the pair really dealt in that
/// direction, seen or not. A party that stands for nobody makes its link a false find; so does a link
/// of somebody with himself. Wanted are the true links of the base.
struct LinkScore {
  /// One pair, found or true.
  struct Pair {
    /// The parties of the found link, if there is one.
    var found: FoundCase.Link?
    /// The true link, if there is one.
    var truth: TrueCase.Link?
  }

  let pairs: [Pair]

  private struct Ends: Hashable {
    let supplier: Int
    let buyer: Int
  }

  init(_ found: [FoundCase.Link], _ truth: [TrueCase.Link], _ mapping: CaseMapping) {
    var pairs: [Pair] = []
    var places: [Ends: Int] = [:]
    for link in truth {
      places[Ends(supplier: link.supplier, buyer: link.buyer)] = pairs.count
      pairs.append(Pair(found: nil, truth: link))
    }
    for link in found {
      // Parties of nobody keep numbers of their own, below those of people.
      let ends = Ends(
        supplier: mapping.people[link.supplier] ?? -1 - link.supplier,
        buyer: mapping.people[link.buyer] ?? -1 - link.buyer
      )
      if let place = places[ends] {
        if pairs[place].found == nil { pairs[place].found = link }
      } else {
        places[ends] = pairs.count
        pairs.append(Pair(found: link, truth: nil))
      }
    }
    self.pairs = pairs
  }

  /// Precision, recall and F1 with intervals, pairs drawn again.
  ///
  /// The precision is the same for every base: what is true does no harm when found.
  func measures(_ name: String, _ base: ScoreBase) -> [Measure] {
    let units = pairs.map { pair in
      FScore.Unit(
        isFound: pair.found != nil,
        isTrue: pair.truth != nil,
        isWanted: pair.truth.map(base.holds) ?? false
      )
    }
    let relevant = units.filter { $0.isFound || $0.isWanted }
    let score = FScore(relevant)
    return [
      .share(name + ".precision", base, Int(score.hits), of: Int(score.found)),
      .share(name + ".recall", base, Int(score.wantedHits), of: Int(score.wanted)),
      .figure(
        name + ".f1",
        base,
        score.f1,
        Bootstrap.interval(relevant.count) { FScore(relevant, $0).f1 }
      ),
    ]
  }
}
