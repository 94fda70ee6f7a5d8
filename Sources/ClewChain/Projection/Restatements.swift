internal import ClewEvidence

/// A supply link that a chart or list states between names only, and that repeats one between people
/// whose accounts are known.
public struct Restatement: Sendable, Hashable {
  /// The link as stated; its ends are known by names only.
  public let link: SupplyLink
  /// The place of the supplier that bears the name, among the parties of the view.
  public let supplier: Int
  /// The place of the buyer that bears the name.
  public let buyer: Int
}

/// Tells the links that a drawing repeats from those that are its own.
///
/// An analyst's chart of a case names the people of that case again. Names never merge, so its people
/// would stand beside the real ones as a second chain. A link between two names is a restatement
/// when exactly one link between identified parties runs between bearers of the same names; it is then
/// listed, and counts for nothing. A link that repeats none is a statement of its own.
enum Restatements {
  private struct Names: Hashable {
    let supplier: [UInt8]
    let buyer: [UInt8]
  }

  /// Splits the links.
  ///
  /// - Complexity: O(*n*) for *n* links.
  static func split(
    _ links: [SupplyLink],
    in view: CaseView
  ) -> (own: [SupplyLink], restated: [Restatement]) {
    let isNamed = view.parties.parties.map { $0.accounts.allSatisfy { $0.scheme == .name } }
    guard links.contains(where: { isNamed[$0.supplier] && isNamed[$0.buyer] }) else {
      return (links, [])
    }
    func names(_ link: SupplyLink) -> Names {
      Names(
        supplier: Array(view.name(of: link.supplier).utf8),
        buyer: Array(view.name(of: link.buyer).utf8)
      )
    }
    var identified: [Names: [SupplyLink]] = [:]
    for link in links where !isNamed[link.supplier] && !isNamed[link.buyer] {
      identified[names(link), default: []].append(link)
    }
    var own: [SupplyLink] = []
    var restated: [Restatement] = []
    for link in links {
      if isNamed[link.supplier], isNamed[link.buyer],
        let known = identified[names(link)], known.count == 1, let first = known.first
      {
        restated.append(Restatement(link: link, supplier: first.supplier, buyer: first.buyer))
      } else {
        own.append(link)
      }
    }
    return (own, restated)
  }
}
