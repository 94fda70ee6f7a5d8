extension Storyteller {
  /// The answer to one order, and what becomes of the money; says when the buyer has it.
  mutating func deliver(
    _ matter: Matter, on link: Int, talk: (supplier: Handle, buyer: Handle), at start: Int64,
    isFailed: Bool
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    if dice.chance(14) {
      say(OrderPhrases.remind.pick(&dice), from: buyer, to: supplier, at: time - minutes(2...30))
    }
    cast.links[link].orders += 1
    cast.links[link].first = min(cast.links[link].first, time)
    cast.links[link].last = max(cast.links[link].last, time)
    if isFailed { return fail(matter, on: link, talk: talk, at: time) }
    cast.links[link].items[matter.category.rawValue] += matter.count
    if dice.chance(24) {
      say(SupplyPhrases.handOver.pick(&dice), from: supplier, to: buyer, at: time)
      time += seconds(2...40)
    }
    time = hand(matter, on: link, from: supplier, to: buyer, at: time)
    if dice.chance(48) {
      time += seconds(10...900)
      say(PaymentPhrases.thanks.pick(&dice), from: buyer, to: supplier, at: time)
    }
    if dice.chance(3) {
      say(SupplyPhrases.caution.pick(&dice), from: supplier, to: buyer, at: time + seconds(5...300))
    }
    charge(matter, on: link, talk: talk, at: time)
    return time
  }

  private mutating func hand(
    _ matter: Matter, on link: Int, from supplier: Handle, to buyer: Handle, at start: Int64
  ) -> Int64 {
    var time = start
    let place = Place.pair(supplier, buyer)
    if let file = matter.file {
      cast.links[link].files += 1
      if matter.category == .list {
        cast.links[link].records += matter.count
        if dice.chance(50) {
          let words = ["一共{n}条", "{n}条 齐了", "这批{n}", "数了下{n}条", "{n}条 {t}", "{t} {n}条 发你"]
          say(dice.pick(words), from: supplier, to: buyer, at: time,
            [("n", "\(matter.count)"), ("t", matter.topic)])
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
    _ matter: Matter, on link: Int, talk: (supplier: Handle, buyer: Handle), at start: Int64
  ) -> Int64 {
    let (supplier, buyer) = talk
    cast.links[link].failures += 1
    say(SupplyPhrases.nothing.pick(&dice), from: supplier, to: buyer, at: start)
    guard case .before = cast.links[link].settlement else { return start }
    let time = start + minutes(1...30)
    let fen = amount(matter, on: link)
    say(SupplyPhrases.apology.pick(&dice), from: supplier, to: buyer, at: time,
      [("p", "\(fen / 100)")])
    pay(fen, from: supplier, to: buyer, by: channel(of: link, talk), memo: dice.pick(["退款", "退", "没出", ""]),
      at: time + seconds(5...60))
    cast.links[link].refundedFen += fen
    return time
  }

  // MARK: Money

  /// The channel that a link can use in this talk.
  private func channel(
    of link: Int, _ talk: (supplier: Handle, buyer: Handle)
  ) -> Payment.Channel {
    let wanted = cast.links[link].pay
    guard wanted == .wechat || wanted == .redPacket else { return wanted }
    return talk.supplier.isQQ ? .qqWallet : .wechat
  }

  private mutating func charge(
    _ matter: Matter, on link: Int, talk: (supplier: Handle, buyer: Handle), at time: Int64
  ) {
    let fen = amount(matter, on: link)
    switch cast.links[link].settlement {
    case .before: return
    case .after:
      var payTime = awake(time + minutes(1...90))
      if dice.chance(12) {
        say(PaymentPhrases.later.pick(&dice), from: talk.buyer, to: talk.supplier,
          at: time + seconds(20...200))
        payTime = awake(time + Int64(dice.range(1...4)) * Clock.day)
      }
      settle(fen, on: link, talk: talk, at: payTime)
    case .ledger(let limit):
      cast.links[link].owedFen += fen
      cast.links[link].owedItems += matter.category == .list ? 1 : matter.count
      if dice.chance(9) {
        say(PaymentPhrases.later.pick(&dice), from: talk.buyer, to: talk.supplier,
          at: time + seconds(20...200))
      }
      if cast.links[link].owedItems >= limit { clear(link, talk: talk, at: time + minutes(20...900)) }
    }
  }

  /// Settles a running account.
  mutating func clear(
    _ link: Int, talk: (supplier: Handle, buyer: Handle), at start: Int64
  ) {
    let fen = cast.links[link].owedFen
    guard fen > 0 else { return }
    let time = awake(start)
    say(SupplyPhrases.settle.pick(&dice), from: talk.supplier, to: talk.buyer, at: time,
      [("n", "\(cast.links[link].owedItems)"), ("p", "\(fen / 100)")])
    cast.links[link].owedFen = 0
    cast.links[link].owedItems = 0
    settle(fen, on: link, talk: talk, at: time + minutes(1...120))
  }

  /// Pays a sum, now and then in two parts or as a red packet, once in a while returned first.
  mutating func settle(
    _ fen: Int64, on link: Int, talk: (supplier: Handle, buyer: Handle), at time: Int64
  ) {
    let (supplier, buyer) = talk
    let memo = dice.chance(26) ? PaymentPhrases.memos.pick(&dice) : ""
    var channel = channel(of: link, talk)
    let values = [("p", "\(fen / 100)")]
    switch channel {
    case .alipay:
      say(PaymentPhrases.paidElsewhere.pick(&dice), from: buyer, to: supplier, at: time + seconds(20...300), values)
    case .bank:
      say(PaymentPhrases.paidByBank.pick(&dice), from: buyer, to: supplier, at: time + seconds(20...300), values)
    default:
      if dice.chance(22) {
        say(PaymentPhrases.paid.pick(&dice), from: buyer, to: supplier, at: time + seconds(3...60), values)
      }
    }
    if channel == .wechat && fen <= 20_000 && dice.chance(11) { channel = .redPacket }
    if channel == .wechat && dice.chance(3) {
      pay(fen, from: buyer, to: supplier, by: .wechat, memo: memo, at: time, isReturned: true)
      pay(fen, from: buyer, to: supplier, by: .wechat, memo: memo,
        at: awake(time + 25 * Clock.hour))
    } else if fen >= 20_000 && dice.chance(5) {
      pay(fen / 200 * 100, from: buyer, to: supplier, by: channel, memo: memo, at: time)
      pay(fen - fen / 200 * 100, from: buyer, to: supplier, by: channel, memo: "",
        at: awake(time + Int64(dice.range(2...50)) * Clock.hour))
      cast.links[link].payments += 1
    } else {
      pay(fen, from: buyer, to: supplier, by: channel, memo: memo, at: time)
    }
    cast.links[link].payments += 1
    cast.links[link].paidFen += fen
  }

  /// Settles every account that is still open.
  mutating func clearAll(at time: Int64) {
    for link in cast.links.indices {
      clear(link, talk: cast.links[link].talks[0], at: time + Int64(dice.below(48)) * Clock.hour)
    }
  }
}
