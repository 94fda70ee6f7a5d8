/// Cases of people who looked up what they were trusted with.
extension CasePlot {
  /// 934 files at 75 yuan are 70,050 yuan; the first of the three sells and pays the others.
  static func insiderTrio(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "insider-trio",
      seed: seed,
      start: WallClock.midnight(2015, 8, 3),
      end: WallClock.midnight(2016, 5, 26)
    )
    let seller = plot.person(
      "辅警老岳",
      .firstLevelAgent,
      tier: 1,
      isSeized: true,
      isDefendant: true
    )
    plot.lead(seller)
    let others = ["岗亭小顾", "夜班阿祁"].map {
      plot.person($0, .source, tier: 0, isSeized: true, isDefendant: true)
    }
    let shares = others.map {
      plot.deal($0, seller, .vehicle, yuan: 40, settlement: .ledger(30))
    }
    let buyers = [("二手车小韦", 310), ("违章代办老蓝", 264), ("抵押车阿邵", 200), ("拖车强子", 160)]
    for (place, (nick, items)) in buyers.enumerated() {
      let buyer = plot.person(
        nick,
        .customer,
        tier: 2,
        province: place / 2,
        isSeized: place == 0
      )
      let sale = plot.deal(seller, buyer, .vehicle, yuan: 75)
      plot.order(items / 2, in: items / 12, .vehicle, along: [sale, shares[place % 2]])
      plot.order(items - items / 2, in: items / 12, .vehicle, along: [sale, shares[1 - place % 2]])
    }
    return plot
  }

  /// Three buyers at 60, 75 and 90 yuan a card.
  static func bankTeller(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "bank-teller",
      seed: seed,
      start: WallClock.midnight(2019, 3, 4),
      end: WallClock.midnight(2019, 12, 20)
    )
    let teller = plot.person("贵宾柜小叶", .source, tier: 0, isSeized: true, isDefendant: true)
    let buyers = [("催收阿成", 60, 96), ("清欠老郝", 75, 41), ("商账小祝", 90, 22)]
    for (place, (nick, yuan, items)) in buyers.enumerated() {
      let buyer = plot.person(nick, .customer, tier: 1, province: place, isSeized: place == 0)
      let sale = plot.deal(
        teller,
        buyer,
        .bankAccount,
        yuan: yuan,
        settlement: place == 1 ? .before : .after
      )
      plot.order(items, in: items / 3, .bankAccount, along: [sale])
    }
    return plot
  }

  /// Two of the eight sell at 25 and 35 yuan, the others at 30: 1,855 numbers for 55,700 yuan.
  static func telecomEight(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "telecom-eight",
      seed: seed,
      start: WallClock.midnight(2021, 4, 1),
      end: WallClock.midnight(2021, 11, 30)
    )
    plot.habits.topics = ["新入网手机号码", "客户手机号码", "机主名单"]
    let staff = [
      ("营业厅小冉", 25, 220), ("城东店阿湛", 35, 230), ("一号柜小庞", 30, 241), ("合作厅老栗", 30, 198),
      ("夜市店阿翟", 30, 260), ("二号柜小缪", 30, 215), ("社区店阿索", 30, 247), ("大学城小逄", 30, 244),
    ].enumerated().map { place, one in
      ShopClerk(
        nick: one.0,
        yuan: one.1,
        items: one.2,
        settlement: place % 3 == 0 ? .ledger(2) : .after
      )
    }
    _ = plot.collect(
      by: "收号钟哥",
      from: staff,
      in: 6,
      for: [("推广小曲", false), ("地推阿兰", false), ("电销老费", false)],
      yuan: 55
    )
    return plot
  }

  /// 4,380 numbers at six yuan: each of the eight earns between 2,100 and 4,800 yuan.
  static func simRegistration(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "sim-registration",
      seed: seed,
      start: WallClock.midnight(2020, 6, 1),
      end: WallClock.midnight(2020, 12, 30)
    )
    plot.habits.topics = ["新卡注册号", "白号接码", "实名号带验证码"]
    let staff = [
      ("星河店小薄", 400), ("星河店阿蒲", 500), ("东门店小靳", 620), ("东门店阿佘", 800), ("广场店小璩", 350),
      ("广场店阿牧", 450), ("车站店小暨", 560), ("车站店阿融", 700),
    ].map { ShopClerk(nick: $0.0, yuan: 6, items: $0.1, settlement: .ledger(2)) }
    let (organiser, people) = plot.collect(
      by: "拉新总管",
      from: staff,
      in: 8,
      for: [("红包工作室", true), ("养号老廉", false)],
      yuan: 15
    )
    plot.group("接码一群", [organiser] + people.prefix(4), kind: "codes")
    plot.group("接码二群", [organiser] + people.suffix(4), kind: "codes")
    return plot
  }

  /// Somebody behind the counter of a telecom shop.
  private struct ShopClerk {
    let nick: String
    /// What one number costs.
    let yuan: Int
    let items: Int
    let settlement: CastLink.Settlement
  }

  /// Lets one collector buy lists of numbers, which are written, from clerks and sell them on.
  ///
  /// - Parameters:
  ///   - nick: The collector, whose phone was seized as that of every other clerk.
  ///   - staff: The clerks.
  ///   - parts: How many lists each sells.
  ///   - customers: Who buys of the collector, and whether the phone was seized.
  ///   - yuan: What a number costs them.
  /// - Returns: The collector and the clerks.
  private mutating func collect(
    by nick: String,
    from staff: [ShopClerk],
    in parts: Int,
    for customers: [(nick: String, isSeized: Bool)],
    yuan: Int
  ) -> (collector: Int, staff: [Int]) {
    habits.writesFiles = true
    let collector = person(nick, .firstLevelAgent, tier: 1, province: 1, isSeized: true)
    lead(collector)
    var sales: [Int] = []
    for (place, customer) in customers.enumerated() {
      let buyer = person(
        customer.nick,
        .customer,
        tier: 2,
        province: place + 2,
        isSeized: customer.isSeized
      )
      sales.append(deal(collector, buyer, .list, yuan: yuan, byItem: true))
    }
    var people: [Int] = []
    for (place, clerk) in staff.enumerated() {
      people.append(
        person(clerk.nick, .source, tier: 0, isSeized: place % 2 == 0, isDefendant: true)
      )
      let purchase = deal(
        people[place],
        collector,
        .list,
        yuan: clerk.yuan,
        byItem: true,
        settlement: clerk.settlement
      )
      order(clerk.items, in: parts, .list, along: [sales[place % sales.count], purchase])
    }
    return (collector, people)
  }
}
