/// What one request is about, the same for everybody who passes it on.
struct Matter {
  let category: TradedData
  let count: Int
  let targets: [TradedPerson]
  let keys: [String]
  let topic: String
  var file: FileItem?
  var isPicture = false
  var answers: [String] = []
}

extension Storyteller {
  /// Carries one request up the chain and its answer down again.
  mutating func tell(_ request: StoryRequest) {
    let matter = matter(of: request)
    var time = awake(request.start)
    var talks: [(supplier: CastHandle, buyer: CastHandle)] = []
    for (depth, link) in request.climb.enumerated() {
      let talk = talk(on: link)
      talks.append(talk)
      if habits.introductions > 0 { introduce(link, talk, at: time) }
      let isVague = dice.chance(depth == 0 ? habits.vague.first : habits.vague.further)
      time = order(matter, on: link, talk: talk, at: time, isVague: isVague)
      time = awake(time + delayed(dice.chance(70) ? minutes(1...25) : minutes(20...150)))
    }
    // The first orders of a link go well, so that no link rests on failures.
    let isFailed =
      dice.chance(habits.failures) && request.climb.allSatisfy { cast.links[$0].orders > 1 }
    time = awake(time + delayed(dice.chance(60) ? minutes(4...90) : minutes(60...720)))
    var file = matter.file
    for (depth, link) in request.climb.enumerated().reversed() {
      var passed = matter
      passed.file = file
      time = deliver(passed, on: link, talk: talks[depth], at: time, isFailed: isFailed)
      time = awake(time + delayed(dice.chance(75) ? minutes(1...35) : minutes(30...300)))
      if let known = file { file = TradedRecords.passOn(known, &dice) }
    }
  }

  private mutating func matter(of request: StoryRequest) -> Matter {
    let category = request.category
    if category == .list {
      let topic =
        habits.topics.isEmpty ? TradedRecords.listTopic(&dice) : dice.pick(habits.topics)
      var matter = Matter(
        category: .list,
        count: request.count,
        targets: [],
        keys: [],
        topic: topic
      )
      let ending = dice.pick(
        habits.writesFiles ? ["csv", "txt"] : ["xlsx", "txt", "zip", "csv", "rar"]
      )
      let place = dice.pick(["", "", "全国", "本省", "一线", "最新"])
      let unit = dice.pick(["条", "条", "", "个", "条去重"])
      let name = "\(place)\(topic)\(request.count)\(unit).\(ending)"
      if habits.writesFiles {
        matter.file = bulkFile(name, count: request.count)
        return matter
      }
      matter.file = FileItem(
        name: name,
        md5: dice.hex(32),
        bytes: request.count * dice.range(40...90)
      )
      return matter
    }
    var targets: [TradedPerson] = []
    for _ in 0..<request.count {
      targetCount += 1
      targets.append(TradedPerson(number: targetCount, dice: &dice))
    }
    var keys: [String] = []
    for target in targets { keys.append(TradedRecords.key(target, category, &dice)) }
    var matter = Matter(
      category: category,
      count: request.count,
      targets: targets,
      keys: keys,
      topic: ""
    )
    let isFile = dice.chance(
      category == .callRecords ? 75 : category == .credit ? 60 : request.count > 2 ? 45 : 9
    )
    if isFile {
      matter.file = TradedRecords.file(targets, category, count: request.count, &dice)
    } else if dice.chance(
      habits.pictures ?? (category == .location || category == .household ? 28 : 8)
    ) {
      matter.isPicture = true
    }
    for target in targets {
      matter.answers.append(TradedRecords.answer(target, category, at: request.start, &dice))
    }
    return matter
  }

  private mutating func bulkFile(_ name: String, count: Int) -> FileItem {
    var people: [TradedPerson] = []
    for _ in 0..<count {
      targetCount += 1
      people.append(TradedPerson(number: targetCount, dice: &dice))
    }
    return BulkFile.make(name: name, people: people, identities: habits.listsIdentities, &dice)
  }

  private mutating func talk(on link: Int) -> (supplier: CastHandle, buyer: CastHandle) {
    let talks = cast.links[link].talks
    return talks.count > 1 && dice.chance(30) ? talks[1 + dice.below(talks.count - 1)] : talks[0]
  }

  /// The words of one order; says when the supplier has taken it.
  private mutating func order(
    _ matter: Matter,
    on link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64,
    isVague: Bool
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    if cast.links[link].orders == 0 && !supplier.isQQ && dice.chance(60) {
      post(.system("以上是打招呼的内容"), from: buyer, in: .pair(buyer, supplier), at: time)
      time += seconds(5...60)
    }
    if dice.chance(28) {
      say(OrderPhrases.greeting.pick(&dice), from: buyer, to: supplier, at: time)
      time += seconds(4...90)
      if dice.chance(55) {
        say(
          dice.pick(["在", "说", "嗯", "咋了", "在的", "？", "讲", "在 啥事"]),
          from: supplier,
          to: buyer,
          at: time
        )
        time += seconds(4...60)
      }
    }
    time = bargain(matter, on: link, talk: talk, at: time)
    time = name(matter, talk: talk, at: time, isVague: isVague)
    if dice.chance(76) {
      time += dice.chance(70) ? seconds(6...240) : minutes(4...40)
      say(
        wording(.accept, SupplyPhrases.accept, by: supplier, matter.category),
        from: supplier,
        to: buyer,
        at: time
      )
    }
    if case .before = cast.links[link].settlement {
      time += seconds(15...600)
      settle(amount(matter, on: link), on: link, talk: talk, at: time)
    }
    return time
  }

  private mutating func bargain(
    _ matter: Matter,
    on link: Int,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    let kind = matter.category.rawValue
    let price = cast.links[link].prices[kind]
    if cast.links[link].items[kind] == 0 || dice.chance(7) {
      guard dice.chance(70) else { return time }
      let word = dice.pick(LabelPhrases.words[kind])
      let ask = wording(.priceAsk, OrderPhrases.priceAsk, by: buyer, matter.category)
      // Whoever writes in a register of his own does not add the usual word.
      let isOwn = habits.unknownWording > 0 || cast.people[buyer.person].voice.register != nil
      say(isOwn ? ask : "\(word) " + ask, from: buyer, to: supplier, at: time)
      time += seconds(8...300)
      let isBulk = matter.category == .list && !cast.links[link].chargesByItem
      let quote = isBulk ? SupplyPhrases.bulkQuote : SupplyPhrases.quote
      let values = [("p", "\(price)"), ("m", "\(price * 5)"), ("w", "\(price * 10)")]
      let phrase =
        isBulk
        ? quote.pick(&dice) : wording(.quote, quote, by: supplier, matter.category)
      say(phrase, from: supplier, to: buyer, at: time, values)
      time += seconds(8...120)
      if dice.chance(28) && price >= 30 && !habits.hasFixedPrices {
        let less = max(5, price * 9 / 10 / 5 * 5)
        say(
          OrderPhrases.haggle.pick(&dice),
          from: buyer,
          to: supplier,
          at: time,
          [("p", "\(less)")]
        )
        time += seconds(8...120)
        say(SupplyPhrases.agree.pick(&dice), from: supplier, to: buyer, at: time)
        cast.links[link].prices[kind] = less
        time += seconds(5...60)
      }
    } else if cast.links[link].orders % 11 == 9 && dice.chance(50) && !habits.hasFixedPrices {
      let more = max(price + 5, price * 23 / 20 / 5 * 5)
      cast.links[link].prices[kind] = more
      say(SupplyPhrases.raise.pick(&dice), from: supplier, to: buyer, at: time, [("p", "\(more)")])
      time += seconds(10...200)
      say(
        dice.pick(["好吧", "行", "又涨", "啊 这么多", "知道了", "嗯", "客户要骂了", "ok"]),
        from: buyer,
        to: supplier,
        at: time
      )
      time += seconds(5...60)
    }
    return time
  }

  private mutating func name(
    _ matter: Matter,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64,
    isVague: Bool
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    let values = [("n", "\(matter.count)"), ("t", matter.topic)]
    let own = OrderPhrases.byCategory[matter.category.rawValue]
    if matter.category == .list {
      say(
        wording(.order, own, by: buyer, .list),
        from: buyer,
        to: supplier,
        at: time,
        values
      )
    } else if isVague {
      say(
        wording(.vague, OrderPhrases.vague, by: buyer, matter.category),
        from: buyer,
        to: supplier,
        at: time
      )
    } else if matter.count == 1 {
      let usual = dice.chance(58) ? own : OrderPhrases.general
      let phrase = wording(.order, usual, by: buyer, matter.category)
      let splits = cast.people[buyer.person].voice.splitsLines && dice.chance(40)
      if splits {
        say(fillMarks(phrase, [("t", "")]), from: buyer, to: supplier, at: time)
        time += seconds(2...25)
        post(.text(matter.keys[0]), from: buyer, in: .pair(buyer, supplier), at: time)
      } else {
        say(phrase, from: buyer, to: supplier, at: time, [("t", matter.keys[0])])
      }
    } else {
      time = nameMany(matter, talk: talk, at: time)
    }
    return time
  }

  private mutating func nameMany(
    _ matter: Matter,
    talk: (supplier: CastHandle, buyer: CastHandle),
    at start: Int64
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    let word = dice.pick(LabelPhrases.words[matter.category.rawValue])
    let head = wording(.list, OrderPhrases.list, by: buyer, matter.category)
    let isOwn = habits.unknownWording > 0 || cast.people[buyer.person].voice.register != nil
    let opening = head + (dice.chance(50) && !isOwn ? " " + word : "")
    let values = [("n", dice.chance(30) ? numeral(matter.count) : "\(matter.count)")]
    if dice.chance(60) {
      let between = dice.pick(["\n", "\n", "，", " / ", "\n\n"])
      let list = matter.keys.joined(separator: between)
      if dice.chance(50) {
        let text = fillMarks(opening, values) + "\n" + list
        post(.text(text), from: buyer, in: .pair(buyer, supplier), at: time)
      } else {
        say(opening, from: buyer, to: supplier, at: time, values)
        time += seconds(3...40)
        post(.text(list), from: buyer, in: .pair(buyer, supplier), at: time)
      }
    } else {
      say(opening, from: buyer, to: supplier, at: time, values)
      for key in matter.keys {
        time += seconds(2...30)
        post(.text(key), from: buyer, in: .pair(buyer, supplier), at: time)
      }
    }
    return time
  }

  /// A waiting time as long as the people of this case take.
  private func delayed(_ time: Int64) -> Int64 { time * habits.delay / 100 }

  private func numeral(_ count: Int) -> String {
    ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"][min(count, 9)]
  }

  func amount(_ matter: Matter, on link: Int) -> Int64 {
    let price = Int64(cast.links[link].prices[matter.category.rawValue])
    return matter.category == .list && !cast.links[link].chargesByItem
      ? price * Int64(max(1, matter.count / 1000)) * 100 : price * Int64(matter.count) * 100
  }
}
