extension Cast {
  /// The same people in another order, everything that names them renamed.
  ///
  /// - Parameter order: The old places, each once.
  /// - Returns: The cast in the new order.
  func reordered(_ order: [Int]) -> Cast {
    var place = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = new }
    func moved(_ handle: CastHandle) -> CastHandle {
      CastHandle(person: place[handle.person], slot: handle.slot)
    }
    var result = self
    result.people = order.enumerated().map { new, old in
      var person = people[old]
      person.key = "P" + InventedIdentifiers.padded(new + 1, order.count > 999 ? 4 : 3)
      return person
    }
    result.links = links.map { link in
      var copy = link
      copy.supplier = place[link.supplier]
      copy.buyer = place[link.buyer]
      copy.talks = link.talks.map { (moved($0.supplier), moved($0.buyer)) }
      return copy
    }
    result.bonds = bonds.map {
      CastBond(
        first: moved($0.first),
        second: moved($0.second),
        kind: $0.kind,
        isLookalike: $0.isLookalike
      )
    }
    result.groups = groups.map { group in
      CastGroup(
        id: group.id,
        isQQ: group.isQQ,
        name: group.name,
        kind: group.kind,
        owner: moved(group.owner),
        members: group.members.map(moved),
        cards: group.cards
      )
    }
    result.principals = principals.map { place[$0] }
    result.partners = Dictionary(
      uniqueKeysWithValues: partners.map { (place[$0.key], $0.value) }
    )
    return result
  }
}
