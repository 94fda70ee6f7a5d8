/// What one request is about, the same for everybody who passes it on.
struct Matter {
  let category: DataCategory
  let count: Int
  let targets: [Target]
  let keys: [String]
  let topic: String
  var file: FileItem?
  var isPicture = false
  var answers: [String] = []
}

extension Storyteller {
  /// Carries one request up the chain and its answer down again.
  mutating func tell(_ request: Request) {
    let matter = matter(of: request)
    var time = awake(request.start)
    var talks: [(supplier: Handle, buyer: Handle)] = []
    for (depth, link) in request.climb.enumerated() {
      let talk = talk(on: link)
      talks.append(talk)
      let isVague = dice.chance(depth == 0 ? 8 : 4)
      time = order(matter, on: link, talk: talk, at: time, isVague: isVague)
      time = awake(time + (dice.chance(70) ? minutes(1...25) : minutes(20...150)))
    }
    // The first orders of a link go well, so that no link rests on failures.
    let isFailed =
      dice.chance(4) && request.climb.allSatisfy { cast.links[$0].orders > 1 }
    time = awake(time + (dice.chance(60) ? minutes(4...90) : minutes(60...720)))
    var file = matter.file
    for (depth, link) in request.climb.enumerated().reversed() {
      var passed = matter
      passed.file = file
      time = deliver(passed, on: link, talk: talks[depth], at: time, isFailed: isFailed)
      time = awake(time + (dice.chance(75) ? minutes(1...35) : minutes(30...300)))
      if let known = file { file = Records.passOn(known, &dice) }
    }
  }

  private mutating func matter(of request: Request) -> Matter {
    let category = request.category
    if category == .list {
      let topic = Records.listTopic(&dice)
      var matter = Matter(category: .list, count: request.count, targets: [], keys: [], topic: topic)
      let ending = dice.pick(["xlsx", "txt", "zip", "csv", "rar"])
      let place = dice.pick(["", "", "全国", "本省", "一线", "最新"])
      let unit = dice.pick(["条", "条", "", "个", "条去重"])
      matter.file = FileItem(
        name: "\(place)\(topic)\(request.count)\(unit).\(ending)", md5: dice.hex(32),
        bytes: request.count * dice.range(40...90))
      return matter
    }
    var targets: [Target] = []
    for _ in 0..<request.count {
      targetCount += 1
      targets.append(Target(number: targetCount, dice: &dice))
    }
    var keys: [String] = []
    for target in targets { keys.append(Records.key(target, category, &dice)) }
    var matter = Matter(
      category: category, count: request.count, targets: targets, keys: keys, topic: "")
    let isFile = dice.chance(
      category == .callRecords ? 75 : category == .credit ? 60 : request.count > 2 ? 45 : 9)
    if isFile {
      matter.file = Records.file(targets, category, count: request.count, &dice)
    } else if dice.chance(category == .location || category == .household ? 28 : 8) {
      matter.isPicture = true
    }
    for target in targets {
      matter.answers.append(Records.answer(target, category, at: request.start, &dice))
    }
    return matter
  }

  private mutating func talk(on link: Int) -> (supplier: Handle, buyer: Handle) {
    let talks = cast.links[link].talks
    return talks.count > 1 && dice.chance(30) ? talks[1 + dice.below(talks.count - 1)] : talks[0]
  }

  /// The words of one order; says when the supplier has taken it.
  private mutating func order(
    _ matter: Matter, on link: Int, talk: (supplier: Handle, buyer: Handle), at start: Int64,
    isVague: Bool
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    if dice.chance(28) {
      say(OrderPhrases.greeting.pick(&dice), from: buyer, to: supplier, at: time)
      time += seconds(4...90)
      if dice.chance(55) {
        say(dice.pick(["在", "说", "嗯", "咋了", "在的", "？", "讲", "在 啥事"]), from: supplier, to: buyer, at: time)
        time += seconds(4...60)
      }
    }
    time = bargain(matter, on: link, talk: talk, at: time)
    time = name(matter, talk: talk, at: time, isVague: isVague)
    if dice.chance(76) {
      time += dice.chance(70) ? seconds(6...240) : minutes(4...40)
      say(SupplyPhrases.accept.pick(&dice), from: supplier, to: buyer, at: time)
    }
    if case .before = cast.links[link].settlement {
      time += seconds(15...600)
      settle(amount(matter, on: link), on: link, talk: talk, at: time)
    }
    return time
  }

  private mutating func bargain(
    _ matter: Matter, on link: Int, talk: (supplier: Handle, buyer: Handle), at start: Int64
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    let kind = matter.category.rawValue
    let price = cast.links[link].prices[kind]
    if cast.links[link].items[kind] == 0 || dice.chance(7) {
      guard dice.chance(70) else { return time }
      let word = dice.pick(LabelPhrases.words[kind])
      say("\(word) " + OrderPhrases.priceAsk.pick(&dice), from: buyer, to: supplier, at: time)
      time += seconds(8...300)
      let quote = matter.category == .list ? SupplyPhrases.bulkQuote : SupplyPhrases.quote
      let values = [("p", "\(price)"), ("m", "\(price * 5)"), ("w", "\(price * 10)")]
      say(quote.pick(&dice), from: supplier, to: buyer, at: time, values)
      time += seconds(8...120)
      if dice.chance(28) && price >= 30 {
        let less = max(5, price * 9 / 10 / 5 * 5)
        say(OrderPhrases.haggle.pick(&dice), from: buyer, to: supplier, at: time, [("p", "\(less)")])
        time += seconds(8...120)
        say(SupplyPhrases.agree.pick(&dice), from: supplier, to: buyer, at: time)
        cast.links[link].prices[kind] = less
        time += seconds(5...60)
      }
    } else if cast.links[link].orders % 11 == 9 && dice.chance(50) {
      let more = max(price + 5, price * 23 / 20 / 5 * 5)
      cast.links[link].prices[kind] = more
      say(SupplyPhrases.raise.pick(&dice), from: supplier, to: buyer, at: time, [("p", "\(more)")])
      time += seconds(10...200)
      say(dice.pick(["好吧", "行", "又涨", "啊 这么多", "知道了", "嗯", "客户要骂了", "ok"]), from: buyer,
        to: supplier, at: time)
      time += seconds(5...60)
    }
    return time
  }

  private mutating func name(
    _ matter: Matter, talk: (supplier: Handle, buyer: Handle), at start: Int64, isVague: Bool
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    let values = [("n", "\(matter.count)"), ("t", matter.topic)]
    let own = OrderPhrases.byCategory[matter.category.rawValue]
    if matter.category == .list {
      say(own.pick(&dice), from: buyer, to: supplier, at: time, values)
    } else if isVague {
      say(OrderPhrases.vague.pick(&dice), from: buyer, to: supplier, at: time)
    } else if matter.count == 1 {
      let phrase = dice.chance(58) ? own.pick(&dice) : OrderPhrases.general.pick(&dice)
      let splits = cast.people[buyer.person].voice.splitsLines && dice.chance(40)
      if splits {
        say(fill(phrase, [("t", "")]), from: buyer, to: supplier, at: time)
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
    _ matter: Matter, talk: (supplier: Handle, buyer: Handle), at start: Int64
  ) -> Int64 {
    let (supplier, buyer) = talk
    var time = start
    let word = dice.pick(LabelPhrases.words[matter.category.rawValue])
    let opening = OrderPhrases.list.pick(&dice) + (dice.chance(50) ? " " + word : "")
    let values = [("n", dice.chance(30) ? numeral(matter.count) : "\(matter.count)")]
    if dice.chance(60) {
      let between = dice.pick(["\n", "\n", "，", " / ", "\n\n"])
      let list = matter.keys.joined(separator: between)
      if dice.chance(50) {
        let text = fill(opening, values) + "\n" + list
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

  private func numeral(_ count: Int) -> String {
    ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"][min(count, 9)]
  }

  func amount(_ matter: Matter, on link: Int) -> Int64 {
    let price = Int64(cast.links[link].prices[matter.category.rawValue])
    return matter.category == .list
      ? price * Int64(max(1, matter.count / 1000)) * 100 : price * Int64(matter.count) * 100
  }
}
