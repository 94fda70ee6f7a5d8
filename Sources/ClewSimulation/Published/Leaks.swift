/// Cases of bulk data that somebody took away and others sold on.
extension CasePlot {
  /// Units of 5,000 records at 40 to 400 yuan, by QQ and WeChat, over brokers to users.
  static func hackerSource(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "hacker-source",
      seed: seed,
      start: WallClock.midnight(2017, 5, 2),
      end: WallClock.midnight(2018, 3, 30)
    )
    let intruder = plot.person("零度渗透", .source, tier: 0, isSeized: true, hasQQ: true)
    let brokers = ["数据中介老桑", "料商阿笃"].map {
      plot.person($0, .firstLevelAgent, tier: 1, province: 1, isSeized: true, hasQQ: true)
    }
    for broker in brokers { plot.lead(broker) }
    let bought = zip(brokers, [8, 16]).map { broker, yuan in
      plot.deal(intruder, broker, .list, yuan: yuan)
    }
    let reseller = plot.person(
      "转手小管",
      .secondLevelAgent,
      tier: 2,
      province: 2,
      isSeized: true,
      isDefendant: true
    )
    let resale = plot.deal(brokers[0], reseller, .list, yuan: 20)
    let users = [
      ("贷款推销阿竺", 3, 50, [resale, bought[0]], reseller),
      ("收藏品老郗", 4, 80, [resale, bought[0]], reseller),
      ("保健品小蔚", 5, 60, [bought[0]], brokers[0]),
      ("装修电销阿楚", 3, 40, [bought[1]], brokers[1]),
    ]
    for (nick, province, yuan, above, supplier) in users {
      let user = plot.person(
        nick,
        .customer,
        tier: supplier == reseller ? 3 : 2,
        province: province,
        isSeized: true,
        isDefendant: true
      )
      let sale = plot.deal(supplier, user, .list, yuan: yuan, pay: .alipay)
      plot.order(90_000, in: 7, unit: 5000, .list, along: [sale] + above)
    }
    plot.group("数据交流总群", [intruder] + brokers, isQQ: true)
    plot.group("一手资源对接", brokers + [reseller])
    return plot
  }

  /// Five files with 19,872 trainees, and a fraud that calls some of them.
  static func trainingLeak(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "training-leak",
      seed: seed,
      start: WallClock.midnight(2022, 2, 7),
      end: WallClock.midnight(2022, 6, 30)
    )
    plot.habits.topics = ["考证学员信息"]
    plot.habits.writesFiles = true
    plot.habits.listsIdentities = true
    let intruder = plot.person("拖库阿昊", .source, tier: 0)
    let broker = plot.person("学员资料商", .firstLevelAgent, tier: 1, province: 1, isSeized: true)
    plot.lead(broker)
    let caller = plot.person(
      "退费专员老纪",
      .customer,
      tier: 2,
      province: 2,
      isSeized: true,
      isDefendant: true
    )
    plot.caller = caller
    let bought = plot.deal(intruder, broker, .list, yuan: 300, settlement: .before)
    let sold = plot.deal(broker, caller, .list, yuan: 800)
    plot.order(19_872, in: 5, .list, along: [sold, bought])
    return plot
  }

  /// 31,000 records: 31 × 1,800 + 18 × 2,600 + 13 × 2,500 + 13 × 3,100 = 175,400 yuan.
  static func propertyFive(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "property-five",
      seed: seed,
      start: WallClock.midnight(2018, 1, 8),
      end: WallClock.midnight(2021, 8, 31)
    )
    plot.habits.topics = ["业主", "楼盘业主", "交房业主"]
    let employee = plot.person("物业小端", .source, tier: 0, isSeized: true, isDefendant: true)
    let first = plot.person(
      "家装资料老滕",
      .firstLevelAgent,
      tier: 1,
      isSeized: true,
      isDefendant: true
    )
    plot.lead(first)
    let second = plot.person("业主名单阿晏", .secondLevelAgent, tier: 2, province: 1, isDefendant: true)
    let near = plot.person("门窗小缑", .customer, tier: 2, isSeized: true, isDefendant: true)
    let far = plot.person(
      "装修公司老亓",
      .customer,
      tier: 3,
      province: 1,
      isSeized: true,
      isDefendant: true
    )
    let taken = plot.deal(employee, first, .list, yuan: 1800)
    let direct = plot.deal(first, near, .list, yuan: 2600)
    let resold = plot.deal(first, second, .list, yuan: 2500)
    let last = plot.deal(second, far, .list, yuan: 3100)
    plot.order(18_000, in: 9, unit: 1000, .list, along: [direct, taken])
    plot.order(13_000, in: 7, unit: 1000, .list, along: [last, resold, taken])
    return plot
  }

  /// Ten matters without a link between them.
  static func smallOffences(_ seed: UInt64) -> CasePlot {
    var plot = CasePlot(
      "small-offences",
      seed: seed,
      start: WallClock.midnight(2023, 1, 4),
      end: WallClock.midnight(2023, 6, 30)
    )
    plot.habits.topics = ["手机号码带验证码", "业主名单", "家长手机号码"]
    plot.habits.writesFiles = true
    let matters: [(seller: String, buyer: String, TradedData, yuan: Int, items: Int)] = [
      ("闲置号码小仉", "邀新赚佣阿逯", .list, 8, 60), ("便利店老壤", "注册号小蒯", .list, 6, 85),
      ("驿站小母", "补单阿暴", .courier, 12, 18), ("前台阿单", "查房小钭", .lodging, 50, 9),
      ("修理厂老黜", "抵车小逄", .vehicle, 20, 24), ("票务阿那", "接机小简", .flight, 35, 11),
      ("营业员小饶", "讨薪老空", .phoneOwner, 30, 14), ("物业阿曾", "窗帘小毋", .list, 1, 900),
      ("户籍小沙", "寻人阿乜", .household, 25, 8), ("早教顾问小养", "摄影阿鞠", .list, 1, 1100),
    ]
    for (place, matter) in matters.enumerated() {
      let seller = plot.person(
        matter.seller,
        .source,
        tier: 0,
        province: place,
        isSeized: place != 3 && place != 8,
        isDefendant: true
      )
      let buyer = plot.person(
        matter.buyer,
        .customer,
        tier: 1,
        province: place,
        isSeized: place == 3 || place == 8,
        isDefendant: true
      )
      let sale = plot.deal(
        seller,
        buyer,
        matter.2,
        yuan: matter.yuan,
        byItem: matter.2 == .list
      )
      let parts = matter.items < 200 ? min(6, matter.items / 2) : 3
      plot.order(matter.items, in: parts, matter.2, along: [sale])
    }
    return plot
  }
}
