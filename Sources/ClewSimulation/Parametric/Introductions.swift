extension Storyteller {
  /// Before two people first talk by another account than usual, whose it is may be said by the usual
  /// one: with its card, or with the QQ number in words.
  mutating func introduce(
    _ link: Int,
    _ talk: (supplier: CastHandle, buyer: CastHandle),
    at time: Int64
  ) {
    guard !cast.links[link].isIntroduced, let usual = cast.links[link].talks.first,
      usual != talk
    else { return }
    cast.links[link].isIntroduced = true
    for (from, to, fresh) in [
      (usual.supplier, usual.buyer, talk.supplier), (usual.buyer, usual.supplier, talk.buyer),
    ] where from != fresh && dice.chance(habits.introductions) {
      let moment = time - minutes(3...45)
      let place = ChatPlace.pair(from, to)
      if fresh.isQQ {
        let words = ["加我QQ {q}", "以后走Q {q}", "qq {q} 那边说", "我Q号 {q}"]
        say(dice.pick(words), from: from, to: to, at: moment, [("q", cast.id(fresh))])
      } else {
        let words = ["这是我小号 加一下", "以后用这个号找我", "我另一个号", "换个号说 加这个"]
        say(dice.pick(words), from: from, to: to, at: moment)
        if !from.isQQ { post(.card(fresh), from: from, in: place, at: moment + 4000) }
      }
    }
  }
}
