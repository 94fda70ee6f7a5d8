internal import ClewChain
internal import ClewEvidence

/// The customers of one agent that are drawn as one counted node.
///
/// Only customers with a single supplier of their own line, and of whom nothing else is inferred, are
/// folded, so that no link disappears from the picture.
struct Fold {
  struct Group {
    let id: String
    let supplier: Int
    let members: [Int]
    let dealings: Int
  }

  let groups: [Group]
  private let folded: Set<Int>

  init(_ analysis: ChainAnalysis, among placed: Set<Int>, from least: Int) {
    var suppliers: [Int: [LinkFinding]] = [:]
    for link in analysis.links { suppliers[link.buyer, default: []].append(link) }
    var bySupplier: [Int: [Int]] = [:]
    let supplying = Set(analysis.links.map(\.supplier))
      .union(analysis.gaps.flatMap { [$0.upper, $0.lower] })
    for place in placed.sorted()
    where analysis.parties[place].role == .customer && !supplying.contains(place) {
      guard let links = suppliers[place], links.count == 1, !links[0].isCrossLine,
        placed.contains(links[0].supplier)
      else { continue }
      bySupplier[links[0].supplier, default: []].append(place)
    }
    var groups: [Group] = []
    for (supplier, members) in bySupplier.sorted(by: { $0.key < $1.key })
    where members.count >= least {
      let dealings = members.reduce(0) { $0 + (suppliers[$1]?[0].link.dealings ?? 0) }
      groups.append(
        Group(
          id: "fold-" + analysis.parties[supplier].party.id,
          supplier: supplier,
          members: members,
          dealings: dealings
        )
      )
    }
    self.groups = groups
    folded = Set(groups.flatMap(\.members))
  }

  func isFolded(_ place: Int) -> Bool { folded.contains(place) }
}
