/// The life around the trade of a case made after parameters.
enum ParametricSociety {
  static func add(to cast: inout Cast, _ parameters: CaseParameters, _ dice: inout Dice) {
    let traders = Array(cast.people.indices)
    let seized = traders.filter { cast.people[$0].isSeized }
    // Whoever had a phone seized has a life that shows; of the others little does.
    Society.addBystanders(
      &cast,
      count: traders.count * parameters.bystanders / 100,
      around: seized + seized + traders,
      &dice
    )
    for bond in cast.bonds.indices where dice.chance(parameters.lookalikes) {
      cast.bonds[bond].isLookalike = true
    }
    giveNames(&cast, after: traders.count, &dice)
    addFriends(among: traders, &cast, parameters, &dice)
    let outsiders = cast.people.indices.filter { cast.people[$0].role == .outsider }
    addLineGroups(&cast, parameters, outsiders, &dice)
    if parameters.groupsPerLine > 0 { addQQGroups(&cast, &dice) }
    addExchangeGroups(&cast, parameters, traders, outsiders, &dice)
    Society.addPrivateGroups(&cast, count: max(2, seized.count / 5), &dice)
  }

  /// Two people on QQ never share a name; bystanders may share one with each other, as people do.
  private static func giveNames(_ cast: inout Cast, after count: Int, _ dice: inout Dice) {
    let taken = Set(cast.people.prefix(count).map(\.nick))
    for index in cast.people.indices.dropFirst(count) where taken.contains(cast.people[index].nick)
    {
      cast.people[index].nick += dice.digits(3)
    }
  }

  /// Accomplices and competitors who are friends, and talk and pay as friends do.
  private static func addFriends(
    among traders: [Int],
    _ cast: inout Cast,
    _ parameters: CaseParameters,
    _ dice: inout Dice
  ) {
    for trader in traders where dice.chance(parameters.accomplices) {
      let partners = cast.links.filter { $0.supplier == trader || $0.buyer == trader }
      let near = dice.pick(partners)
      let isNear = dice.chance(50)
      let friend =
        isNear ? (near.supplier == trader ? near.buyer : near.supplier) : dice.pick(traders)
      guard friend != trader else { continue }
      cast.bonds.append(
        CastBond(
          first: CastHandle(person: trader, slot: 0),
          second: CastHandle(person: friend, slot: 0),
          kind: dice.pick(["friend", "friend", "family", "classmate"])
        )
      )
    }
  }

  /// Some of a line: not everybody in it trades, and not everybody who trades is in it.
  private static func addLineGroups(
    _ cast: inout Cast,
    _ parameters: CaseParameters,
    _ outsiders: [Int],
    _ dice: inout Dice
  ) {
    let names = [
      "内部接单群", "老客户群", "代理群", "日结小群", "互助", "信息咨询", "工作群2", "兄弟连", "下单通知", "茶友会", "周末钓鱼",
      "同城好友", "每日打卡", "发财小队",
    ]
    for line in cast.lineNames.indices {
      let people = cast.people.indices.filter { cast.people[$0].line == line }
      for _ in 0..<parameters.groupsPerLine {
        var members = dice.chance(70) ? [cast.principals[line]] : []
        for index in people where cast.people[index].role != .source {
          let share = cast.people[index].role == .customer ? 25 : 45
          if dice.chance(share) { members.append(index) }
        }
        members += dice.shuffled(outsiders).prefix(dice.range(2...6))
        add(dice.pick(names), members, &cast, &dice)
      }
    }
  }

  /// Groups of most of those who trade over QQ in three lines: only there do exports of private QQ
  /// chats, which show names alone, meet the numbers.
  private static func addQQGroups(_ cast: inout Cast, _ dice: inout Dice) {
    let names = ["信息技术交流", "八方来财", "技术支持", "老友记", "资料共享", "每日一签"]
    for first in stride(from: 0, to: cast.lineNames.count, by: 3) {
      var members: [Int] = []
      for link in cast.links where link.talks.contains(where: { $0.supplier.isQQ }) {
        let line = cast.people[link.buyer].line ?? 0
        guard (first..<first + 3).contains(line) else { continue }
        members += [link.buyer, link.supplier].filter { _ in dice.chance(85) }
      }
      add(dice.pick(names), members.sorted(), isQQ: true, &cast, &dice)
    }
  }

  private static func addExchangeGroups(
    _ cast: inout Cast,
    _ parameters: CaseParameters,
    _ traders: [Int],
    _ outsiders: [Int],
    _ dice: inout Dice
  ) {
    let names = ["资源互换③群", "同行交流(禁广告)", "信息技术交流", "八方来财", "渠道对接大厅", "行业名录交流", "互通有无"]
    for number in 0..<parameters.exchangeGroups {
      let isQQ = number % 3 == 2
      let able = traders.filter { !isQQ || cast.people[$0].qq != nil }
      let members =
        dice.shuffled(able).prefix(dice.range(12...28))
        + (isQQ ? [] : dice.shuffled(outsiders).prefix(dice.range(4...9)))
      add(dice.pick(names), Array(members), isQQ: isQQ, &cast, &dice)
    }
  }

  private static func add(
    _ name: String,
    _ members: [Int],
    isQQ: Bool = false,
    _ cast: inout Cast,
    _ dice: inout Dice
  ) {
    Society.addGroup(
      &cast,
      name: name + (dice.chance(40) ? dice.digits(1) : ""),
      kind: "trade",
      isQQ: isQQ,
      members: dice.shuffled(members).map { CastHandle(person: $0, slot: isQQ ? 9 : 0) },
      &dice
    )
  }
}
