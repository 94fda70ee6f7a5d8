extension Storyteller {
  /// A small talk of two people who know each other.
  mutating func chat(_ bond: CastBond, at start: Int64) {
    let bank =
      switch bond.kind {
      case "family": LifePhrases.family
      case "colleague": LifePhrases.colleagues
      case "shop": LifePhrases.shops
      case "landlord": LifePhrases.landlords
      case "taxi": LifePhrases.drivers
      case "takeaway": LifePhrases.kitchens
      case "repair": LifePhrases.repairs
      case "insurance": LifePhrases.insurers
      default: LifePhrases.friends
      }
    let isTurned = dice.chance(45)
    let first = isTurned ? bond.second : bond.first
    let second = isTurned ? bond.first : bond.second
    var time = awake(start)
    let yuan = dice.pick([
      15, 20, 28, 30, 35, 48, 50, 66, 80, 88, 100, 120, 150, 200, 300, 500, 1000,
    ])
    for turn in split((bond.isLookalike ? LifePhrases.lookalikes : bank).pick(&dice)) {
      let isAnswer = turn.hasPrefix(">")
      let text = isAnswer ? String(turn.dropFirst()) : turn
      let from = isAnswer ? second : first
      let to = isAnswer ? first : second
      time += dice.chance(80) ? seconds(5...180) : minutes(3...60)
      perform(text, from: from, to: to, pair: (first, second), yuan: yuan, at: time)
    }
    for _ in 0..<dice.below(3) {
      time += seconds(5...200)
      let from = dice.chance(50) ? first : second
      say(LifePhrases.replies.pick(&dice), from: from, to: from == first ? second : first, at: time)
    }
  }

  private func split(_ talk: String) -> [String] {
    var turns: [String] = []
    var current = ""
    for part in talk.split(separator: " ", omittingEmptySubsequences: false) {
      if part == "/" {
        turns.append(current)
        current = ""
      } else {
        current += (current.isEmpty ? "" : " ") + part
      }
    }
    turns.append(current)
    return turns
  }

  private mutating func perform(
    _ turn: String,
    from: CastHandle,
    to: CastHandle,
    pair: (first: CastHandle, second: CastHandle),
    yuan: Int,
    at time: Int64
  ) {
    let place = ChatPlace.pair(from, to)
    switch turn {
    case "$A": payPrivately(from: pair.first, to: pair.second, yuan: yuan, at: time)
    case "$B": payPrivately(from: pair.second, to: pair.first, yuan: yuan, at: time)
    case "#card":
      let shown = CastHandle(
        person: cast.people.count - 1 - dice.below(min(20, cast.people.count)),
        slot: 0
      )
      post(.card(shown), from: from, in: place, at: time)
    case "#location":
      post(
        .location(dice.pick(["人民广场", "万达三号门", "火车站南口", "老城墙根"])),
        from: from,
        in: place,
        at: time
      )
    case "#file":
      let name = LifePhrases.files.pick(&dice)
      post(
        .file(FileItem(name: name, md5: dice.hex(32), bytes: dice.range(9000...900_000))),
        from: from,
        in: place,
        at: time
      )
    case "#rows": post(.file(harmlessList()), from: from, in: place, at: time)
    case "[图片]": post(.image(dice.hex(32)), from: from, in: place, at: time)
    default:
      switch dice.below(40) {
      case 0: post(.voice(dice.range(1...40)), from: from, in: place, at: time)
      case 1: post(.sticker, from: from, in: place, at: time)
      default:
        let values = others(in: turn) + own(of: from, yuan)
        say(turn, from: from, to: to, at: time, values)
      }
    }
  }

  /// What people tell of themselves: their own number, card, identity and car.
  private mutating func own(of speaker: CastHandle, _ yuan: Int) -> [(String, String)] {
    let person = cast.people[speaker.person]
    var plateDice = Dice(seed: UInt64(speaker.person))
    return [
      ("x", "\(yuan)"), ("f", person.phone), ("b", person.card), ("i", person.identity),
      ("r", person.realName), ("c", InventedIdentifiers.plate(&plateDice)),
    ]
  }

  mutating func payPrivately(from: CastHandle, to: CastHandle, yuan: Int, at time: Int64) {
    privatePayments += 1
    if from.isQQ {
      pay(Int64(yuan) * 100, from: from, to: to, by: .qqWallet, memo: "", at: time)
    } else if dice.chance(42) {
      let fen = dice.pick([520, 666, 888, 1000, 1314, 2000, 5000, 5200, 6600, 8800, 10_000, 20_000])
      pay(Int64(fen), from: from, to: to, by: .redPacket, memo: "", at: time)
    } else if dice.chance(18) {
      pay(Int64(yuan) * 100, from: from, to: to, by: .alipay, memo: "", at: time)
    } else {
      let memo =
        dice.chance(15) ? dice.pick(["饭钱", "房租", "谢谢", "生日快乐", "还钱", "买菜", "车费", "份子钱"]) : ""
      pay(Int64(yuan) * 100, from: from, to: to, by: .wechat, memo: memo, at: time)
    }
  }

  /// A round of talk in a group.
  mutating func chatter(_ group: Int, turns: Int, at start: Int64) {
    let kind = cast.groups[group].kind
    var time = awake(start)
    for _ in 0..<turns {
      let from = dice.pick(cast.groups[group].members)
      let bank =
        switch kind {
        case "trade":
          // Whoever has no part in the trade offers nothing either.
          offers(from.person) && dice.chance(45)
            ? GroupPhrases.trade : GroupPhrases.tradeChat
        case "codes": GroupPhrases.codes
        case "family": GroupPhrases.family
        case "work": GroupPhrases.work
        default: GroupPhrases.neighbours
        }
      let word = dice.pick(dice.pick(LabelPhrases.words))
      let values = [("w", word)] + (kind == "codes" ? code() : [])
      let text = cast.people[from.person].voice.say(bank.pick(&dice), &dice, values: values)
      let body: ChatBody =
        dice.chance(4) ? .image(dice.hex(32)) : dice.chance(3) ? .sticker : .text(text)
      post(body, from: from, in: .group(group), at: time)
      time += dice.chance(70) ? seconds(5...400) : minutes(5...90)
    }
  }

  /// A number that nobody has, and the code that came to it.
  private mutating func code() -> [(String, String)] {
    [("u", InventedIdentifiers.targetPhone(dice.below(70_000_000))), ("d", dice.digits(6))]
  }

  private func offers(_ person: Int) -> Bool {
    switch cast.people[person].role {
    case .outsider: false
    case .customer: habits.customersOffer
    default: true
    }
  }

  /// Everybody in a group greets.
  mutating func rollCall(_ group: Int, at start: Int64) {
    var time = start
    for member in cast.groups[group].members {
      time += seconds(20...4000)
      let text = cast.people[member.person].voice.say(GroupPhrases.hello.pick(&dice), &dice)
      post(.text(text), from: member, in: .group(group), at: time)
    }
  }

  /// Small talk of two who trade with each other, so that not every word between them is trade.
  mutating func smallTalk(_ link: Int, at start: Int64) {
    let talk = cast.links[link].talks[0]
    let banks = [LifePhrases.friends, LifePhrases.replies]
    var time = awake(start)
    let plain = banks[0].lines.filter { !$0.contains("$") && !$0.contains("#") }
    for turn in split(dice.pick(plain)) {
      let isAnswer = turn.hasPrefix(">")
      let from = isAnswer ? talk.supplier : talk.buyer
      let to = isAnswer ? talk.buyer : talk.supplier
      time += seconds(5...200)
      say(isAnswer ? String(turn.dropFirst()) : turn, from: from, to: to, at: time, [("x", "100")])
    }
  }
}
