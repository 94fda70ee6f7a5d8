extension Storyteller {
  /// The channel that a link can use in this talk.
  func channel(
    of link: Int,
    _ talk: (supplier: CastHandle, buyer: CastHandle)
  ) -> StoryPayment.Channel {
    let wanted = cast.links[link].pay
    guard wanted == .wechat || wanted == .redPacket else { return wanted }
    return talk.supplier.isQQ ? .qqWallet : .wechat
  }

  mutating func charge(
    _ matter: Matter,
    on link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at time: Int64
  ) {
    let fen = amount(matter, on: link)
    switch cast.links[link].settlement {
    case .before: return
    case .after:
      var payTime = awake(time + minutes(1...90))
      if dice.chance(12) {
        say(
          wording(.later, PaymentPhrases.later, by: talk.buyer),
          from: talk.buyer,
          to: talk.supplier,
          at: time + seconds(20...200)
        )
        payTime = awake(time + Int64(dice.range(1...4)) * WallClock.day)
      }
      settle(fen, on: link, talk: talk, at: payTime)
    case .ledger(let limit):
      cast.links[link].owedFen += fen
      cast.links[link].owedItems += matter.category == .list ? 1 : matter.count
      if dice.chance(9) {
        say(
          wording(.later, PaymentPhrases.later, by: talk.buyer),
          from: talk.buyer,
          to: talk.supplier,
          at: time + seconds(20...200)
        )
      }
      if cast.links[link].owedItems >= limit {
        clear(link, talk: talk, at: time + minutes(20...900))
      }
    }
  }

  /// Settles a running account.
  mutating func clear(
    _ link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64
  ) {
    let fen = cast.links[link].owedFen
    guard fen > 0 else { return }
    let time = awake(start)
    say(
      wording(.settle, SupplyPhrases.settle, by: talk.supplier),
      from: talk.supplier,
      to: talk.buyer,
      at: time,
      [("n", "\(cast.links[link].owedItems)"), ("p", "\(fen / 100)")]
    )
    cast.links[link].owedFen = 0
    cast.links[link].owedItems = 0
    settle(fen, on: link, talk: talk, at: time + minutes(1...120))
  }

  /// Pays a sum, now and then in two parts or as a red packet, once in a while returned first.
  mutating func settle(
    _ fen: Int64,
    on link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at time: Int64
  ) {
    let (supplier, buyer) = talk
    let memo = dice.chance(habits.memos) ? PaymentPhrases.memos.pick(&dice) : ""
    var channel = channel(of: link, talk)
    if habits.cash > 0, dice.chance(habits.cash) { channel = .cash }
    let values = [("p", "\(fen / 100)")]
    switch channel {
    case .alipay:
      say(
        PaymentPhrases.paidElsewhere.pick(&dice),
        from: buyer,
        to: supplier,
        at: time + seconds(20...300),
        values
      )
    case .cash:
      // Handed over: nothing records it, and few speak of it.
      if dice.chance(15) {
        say(
          dice.pick(["给你现金了", "当面给的 收好", "钱放老地方了", "昨天饭桌上给你的"]),
          from: buyer,
          to: supplier,
          at: time
        )
      }
    case .bank:
      say(
        PaymentPhrases.paidByBank.pick(&dice),
        from: buyer,
        to: supplier,
        at: time + seconds(20...300),
        values
      )
    default:
      if dice.chance(22) {
        say(
          wording(.paid, PaymentPhrases.paid, by: buyer),
          from: buyer,
          to: supplier,
          at: time + seconds(3...60),
          values
        )
      }
    }
    if channel == .wechat && fen <= 20_000 && dice.chance(habits.redPackets) {
      channel = .redPacket
    }
    if channel == .wechat && dice.chance(habits.returns) {
      pay(fen, from: buyer, to: supplier, by: .wechat, memo: memo, at: time, isReturned: true)
      pay(
        fen,
        from: buyer,
        to: supplier,
        by: .wechat,
        memo: memo,
        at: awake(time + 25 * WallClock.hour)
      )
    } else if fen >= 20_000 && dice.chance(5) {
      pay(fen / 200 * 100, from: buyer, to: supplier, by: channel, memo: memo, at: time)
      pay(
        fen - fen / 200 * 100,
        from: buyer,
        to: supplier,
        by: channel,
        memo: "",
        at: awake(time + Int64(dice.range(2...50)) * WallClock.hour)
      )
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
      clear(
        link,
        talk: cast.links[link].talks[0],
        at: time + Int64(dice.below(48)) * WallClock.hour
      )
    }
  }
}
