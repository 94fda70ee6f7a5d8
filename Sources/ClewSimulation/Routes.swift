/// The ways by which requests climb the links of a cast.
struct Routes {
  private let up: [[Int]]
  private let down: [[Int]]
  private let cast: Cast

  init(cast: Cast) {
    var up = [[Int]](repeating: [], count: cast.people.count)
    var down = up
    for (number, link) in cast.links.enumerated() {
      up[link.buyer].append(number)
      down[link.supplier].append(number)
    }
    self.up = up
    self.down = down
    self.cast = cast
  }

  /// A climb through one link: from somebody below its buyer, if any asks, up to a source.
  func climb(through link: Int, _ category: DataCategory, _ dice: inout Dice) -> [Int] {
    var below: [Int] = []
    var seen: Set<Int> = [cast.links[link].supplier, cast.links[link].buyer]
    var person = cast.links[link].buyer
    while dice.chance(78) {
      let choices = down[person].filter {
        cast.links[$0].categories.contains(category) && !seen.contains(cast.links[$0].buyer)
          && cast.people[cast.links[$0].buyer].tier != cast.people[person].tier
      }
      guard !choices.isEmpty else { break }
      let next = dice.pick(choices)
      below.append(next)
      person = cast.links[next].buyer
      seen.insert(person)
    }
    var result = Array(below.reversed()) + [link]
    var top = cast.links[link].supplier
    var mayGoSideways =
      cast.people[top].tier != cast.people[cast.links[link].buyer].tier
    while cast.people[top].role != .source {
      let choices = up[top].filter {
        let supplier = cast.links[$0].supplier
        let isSideways = cast.people[supplier].tier == cast.people[top].tier
        return cast.links[$0].categories.contains(category) && !seen.contains(supplier)
          && (mayGoSideways || !isSideways)
      }
      guard !choices.isEmpty else { break }
      let direct = choices.filter {
        cast.people[cast.links[$0].supplier].tier != cast.people[top].tier
      }
      let next = !direct.isEmpty && dice.chance(80) ? dice.pick(direct) : dice.pick(choices)
      let supplier = cast.links[next].supplier
      if cast.people[supplier].tier == cast.people[top].tier { mayGoSideways = false }
      result.append(next)
      top = supplier
      seen.insert(top)
    }
    return result
  }
}
