/// Decides whose phones were seized and of whom the payment companies were asked, by shares.
enum SeizureByRole {
  static func choose(_ cast: inout Cast, _ parameters: CaseParameters, _ dice: inout Dice) {
    for role in TrueRole.allCases {
      let people = cast.people.indices.filter { cast.people[$0].role == role }
      let count = rounded(people.count, parameters.seized(role))
      for index in dice.shuffled(people).prefix(count) { cast.people[index].isSeized = true }
    }
    let traders = cast.people.indices.filter { cast.people[$0].role != .outsider }
    let seized = traders.filter { cast.people[$0].isSeized }
    for index in dice.shuffled(seized).prefix(rounded(seized.count, parameters.bills)) {
      cast.people[index].hasBill = true
    }
    for index in dice.shuffled(seized).prefix(rounded(seized.count, parameters.desktops)) {
      cast.people[index].hasDesktop = true
    }
    let others = traders.filter { !cast.people[$0].isSeized }
    for (group, share) in [(seized, parameters.returns), (others, parameters.returnsOfOthers)] {
      let count = rounded(group.count, share)
      for index in dice.shuffled(group).prefix(count) { cast.people[index].tenpayReturned = true }
      for index in dice.shuffled(group).prefix(count) { cast.people[index].alipayReturned = true }
    }
  }

  /// So many of a hundred, to the nearest whole.
  static func rounded(_ count: Int, _ percent: Int) -> Int { (count * percent + 50) / 100 }
}
