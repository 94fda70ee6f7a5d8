extension Storyteller {
  /// The answer to one order, and what becomes of the money; says when the buyer has it.
  mutating func deliver(
    _ matter: Matter,
    on link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64,
    isFailed: Bool
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    if dice.chance(14) {
      say(
        wording(.remind, OrderPhrases.remind, by: buyer),
        from: buyer,
        to: supplier,
        at: time - minutes(2...30)
      )
    }
    cast.links[link].orders += 1
    cast.links[link].first = min(cast.links[link].first, time)
    cast.links[link].last = max(cast.links[link].last, time)
    if isFailed { return fail(matter, on: link, talk: talk, at: time) }
    cast.links[link].items[matter.category.rawValue] += matter.count
    if dice.chance(24) {
      say(
        wording(.handOver, SupplyPhrases.handOver, by: supplier),
        from: supplier,
        to: buyer,
        at: time
      )
      time += seconds(2...40)
    }
    time = hand(matter, on: link, from: supplier, to: buyer, at: time)
    if dice.chance(48) {
      time += seconds(10...900)
      say(
        wording(.thanks, PaymentPhrases.thanks, by: buyer),
        from: buyer,
        to: supplier,
        at: time
      )
    }
    if dice.chance(3) {
      say(SupplyPhrases.caution.pick(&dice), from: supplier, to: buyer, at: time + seconds(5...300))
    }
    charge(matter, on: link, talk: talk, at: time)
    return time
  }

  private mutating func hand(
    _ matter: Matter,
    on link: Int,
    from supplier: CastHandle,
    to buyer: CastHandle,
    at start: Int64
  ) -> Int64 {
    var time = start
    let place = ChatPlace.pair(supplier, buyer)
    if let file = matter.file {
      cast.links[link].files += 1
      if matter.category == .list {
        cast.links[link].records += matter.count
        if dice.chance(50) {
          let words = ["一共{n}条", "{n}条 齐了", "这批{n}", "数了下{n}条", "{n}条 {t}", "{t} {n}条 发你"]
          say(
            dice.pick(words),
            from: supplier,
            to: buyer,
            at: time,
            [("n", "\(matter.count)"), ("t", matter.topic)]
          )
          time += seconds(3...60)
        }
      }
      post(.file(file), from: supplier, in: place, at: time)
    } else if matter.isPicture {
      cast.links[link].pictures += 1
      for _ in 0..<matter.count {
        post(.image(dice.hex(32)), from: supplier, in: place, at: time)
        time += seconds(2...20)
      }
    } else if matter.count > 1 && dice.chance(50) {
      post(.text(matter.answers.joined(separator: "\n\n")), from: supplier, in: place, at: time)
    } else {
      for answer in matter.answers {
        post(.text(answer), from: supplier, in: place, at: time)
        time += seconds(2...90)
      }
    }
    return time
  }

  private mutating func fail(
    _ matter: Matter,
    on link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64
  ) -> Int64 {
    let (supplier, buyer) = talk
    cast.links[link].failures += 1
    say(
      wording(.nothing, SupplyPhrases.nothing, by: supplier),
      from: supplier,
      to: buyer,
      at: start
    )
    guard case .before = cast.links[link].settlement else { return start }
    let time = start + minutes(1...30)
    let fen = amount(matter, on: link)
    say(
      SupplyPhrases.apology.pick(&dice),
      from: supplier,
      to: buyer,
      at: time,
      [("p", "\(fen / 100)")]
    )
    pay(
      fen,
      from: supplier,
      to: buyer,
      by: channel(of: link, talk),
      memo: dice.pick(["退款", "退", "没出", ""]),
      at: time + seconds(5...60)
    )
    cast.links[link].refundedFen += fen
    return time
  }
}
