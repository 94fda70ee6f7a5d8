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
    plot.habits.writesFiles = true
    let agent = plot.person("收号钟哥", .firstLevelAgent, tier: 1, province: 1, isSeized: true)
    plot.lead(agent)
    let customers = ["推广小曲", "地推阿兰", "电销老费"].enumerated().map { place, nick in
      plot.deal(
        agent,
        plot.person(nick, .customer, tier: 2, province: place + 2),
        .list,
        yuan: 55,
        byItem: true
      )
    }
    let staff = [
      ("营业厅小冉", 25, 220), ("城东店阿湛", 35, 230), ("一号柜小庞", 30, 241), ("合作厅老栗", 30, 198),
      ("夜市店阿翟", 30, 260), ("二号柜小缪", 30, 215), ("社区店阿索", 30, 247), ("大学城小逄", 30, 244),
    ]
    for (place, (nick, yuan, items)) in staff.enumerated() {
      let person = plot.person(
        nick,
        .source,
        tier: 0,
        isSeized: place % 2 == 0,
        isDefendant: true
      )
      let purchase = plot.deal(
        person,
        agent,
        .list,
        yuan: yuan,
        byItem: true,
        settlement: place % 3 == 0 ? .ledger(2) : .after
      )
      plot.order(items, in: 6, .list, along: [customers[place % 3], purchase])
    }
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
    plot.habits.writesFiles = true
    let organiser = plot.person("拉新总管", .firstLevelAgent, tier: 1, province: 1, isSeized: true)
    plot.lead(organiser)
    let customers = ["红包工作室", "养号老廉"].enumerated().map { place, nick in
      plot.deal(
        organiser,
        plot.person(nick, .customer, tier: 2, province: place + 2, isSeized: place == 0),
        .list,
        yuan: 15,
        byItem: true
      )
    }
    let staff = [
      ("星河店小薄", 400), ("星河店阿蒲", 500), ("东门店小靳", 620), ("东门店阿佘", 800), ("广场店小璩", 350),
      ("广场店阿牧", 450), ("车站店小暨", 560), ("车站店阿融", 700),
    ]
    var people: [Int] = []
    for (place, (nick, items)) in staff.enumerated() {
      let person = plot.person(
        nick,
        .source,
        tier: 0,
        isSeized: place % 2 == 0,
        isDefendant: true
      )
      people.append(person)
      let purchase = plot.deal(
        person,
        organiser,
        .list,
        yuan: 6,
        byItem: true,
        settlement: .ledger(2)
      )
      plot.order(items, in: 8, .list, along: [customers[place % 2], purchase])
    }
    plot.group("接码一群", [organiser] + people.prefix(4), kind: "codes")
    plot.group("接码二群", [organiser] + people.suffix(4), kind: "codes")
    return plot
  }
}
