extension NineLinesCast {
  /// Bystanders and groups around the people who trade.
  mutating func addOthers() {
    let traders = cast.people.indices.filter { cast.people[$0].role != .outsider }
    let seized = traders.filter { cast.people[$0].isSeized }
    Society.addBystanders(&cast, count: 132, around: seized + seized + traders, &dice)
    let outsiders = cast.people.indices.filter { cast.people[$0].role == .outsider }
    for line in 0..<9 { addLineGroup(line, outsiders) }
    for number in 0..<2 {
      let middle = (byTier[1] + byTier[2]).filter { _ in dice.chance(35) }
      let idle = dice.shuffled(outsiders).prefix(8)
      Society.addGroup(
        &cast,
        name: ["资源互换③群", "同行交流(禁广告)"][number],
        kind: "trade",
        members: (middle + idle).map { CastHandle(person: $0, slot: 0) },
        &dice
      )
    }
    for number in 0..<3 { addQQGroup(number, traders) }
    Society.addPrivateGroups(&cast, count: 18, &dice)
  }

  private mutating func addLineGroup(_ line: Int, _ outsiders: [Int]) {
    let names = ["内部接单群", "老客户群", "代理群", "日结小群", "互助", "信息咨询", "工作群2", "兄弟连", "下单通知"]
    var members = [cast.principals[line]]
    for index in cast.people.indices where cast.people[index].line == line {
      switch cast.people[index].tier {
      case 2 where cast.people[index].role == .secondLevelAgent: members.append(index)
      case 3 where cast.people[index].role == .subAgent && dice.chance(50): members.append(index)
      default: break
      }
    }
    members += dice.shuffled(outsiders).prefix(dice.range(2...4))
    Society.addGroup(
      &cast,
      name: names[line],
      kind: "trade",
      members: members.map { CastHandle(person: $0, slot: 0) },
      &dice
    )
  }

  /// Three QQ groups; whoever trades over QQ sits in the group of his line, sources in all of theirs.
  private mutating func addQQGroup(_ number: Int, _ traders: [Int]) {
    var members: [Int] = []
    for link in cast.links where link.talks.contains(where: { $0.supplier.isQQ }) {
      let line = cast.people[link.buyer].line ?? 0
      guard line % 3 == number else { continue }
      members += [link.buyer, link.supplier]
    }
    members.sort()
    let idle = traders.filter { cast.people[$0].qq != nil && dice.chance(10) }
    Society.addGroup(
      &cast,
      name: ["信息技术交流", "八方来财", "渠道对接大厅"][number],
      kind: "trade",
      isQQ: true,
      members: (members + idle).map { CastHandle(person: $0, slot: 9) },
      &dice
    )
  }
}
