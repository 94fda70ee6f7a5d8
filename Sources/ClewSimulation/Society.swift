/// The life around the trade: talks, second accounts, bystanders, groups, seizures.
enum Society {
  static let provinces = [
    "云南", "四川", "贵州", "湖南", "湖北", "河南", "河北", "山东", "山西", "陕西", "甘肃", "江苏", "浙江", "安徽", "福建",
    "江西", "广东", "广西", "海南", "辽宁", "吉林", "黑龙江", "内蒙古", "重庆", "上海",
  ]

  /// Gives some traders a QQ number or a second WeChat account.
  static func giveAccounts(_ cast: inout Cast, qqShare: Int, secondShare: Int, _ dice: inout Dice) {
    var names: Set<String> = []
    for index in cast.people.indices {
      // Names are all that a private QQ chat shows, so two people on QQ never share one.
      var nick = cast.people[index].nick
      while !names.insert(nick).inserted { nick = cast.people[index].nick + dice.digits(2) }
      cast.people[index].nick = nick
      guard cast.people[index].role != .outsider else { continue }
      if dice.chance(qqShare) { cast.people[index].qq = qqNumber(index) }
      if dice.chance(secondShare) {
        cast.people[index].wechat.append(("wxid_clew" + dice.letters(9) + "12", ""))
      }
    }
  }

  static func qqNumber(_ index: Int) -> String { "999" + Invented.padded(1_000_001 + (index * 7919 + 4001) % 9973 * 37, 7) }

  /// Decides where the two ends of each link talk.
  static func giveTalks(_ cast: inout Cast, mayUseBoth: Bool = true, _ dice: inout Dice) {
    for number in cast.links.indices {
      let (supplier, buyer) = (cast.links[number].supplier, cast.links[number].buyer)
      let left = dice.below(cast.people[supplier].wechat.count)
      let right = dice.below(cast.people[buyer].wechat.count)
      let wechat = (
        supplier: Handle(person: supplier, slot: left), buyer: Handle(person: buyer, slot: right)
      )
      var talks = [wechat]
      if cast.people[supplier].qq != nil && cast.people[buyer].qq != nil {
        let qq = (
          supplier: Handle(person: supplier, slot: 9), buyer: Handle(person: buyer, slot: 9)
        )
        switch dice.below(10) {
        case 0..<4: talks = [qq]
        case 4..<7 where mayUseBoth: talks = dice.chance(50) ? [wechat, qq] : [qq, wechat]
        default: break
        }
      } else if cast.people[supplier].wechat.count > 1 && dice.chance(50) {
        talks.append((Handle(person: supplier, slot: 1 - left), wechat.buyer))
      }
      cast.links[number].talks = talks
    }
  }

  /// Adds friends, relatives and shops around the traders.
  static func addBystanders(
    _ cast: inout Cast, count: Int, around traders: [Int], _ dice: inout Dice
  ) {
    let kinds = [
      "friend", "friend", "friend", "family", "family", "family", "classmate", "colleague",
      "colleague", "shop", "takeaway", "taxi", "landlord", "repair", "insurance", "friend",
    ]
    for _ in 0..<count {
      let kind = dice.pick(kinds)
      let index = cast.addPerson(
        role: .outsider, tier: nil, line: nil, province: dice.pick(provinces), dice: &dice)
      cast.people[index].kind = kind
      for trader in dice.shuffled(traders).prefix(dice.range(1...(kind == "family" ? 1 : 2))) {
        cast.bonds.append(
          Bond(
            first: Handle(person: index, slot: 0), second: Handle(person: trader, slot: 0),
            kind: kind))
      }
    }
  }

  static func addGroup(
    _ cast: inout Cast, name: String, kind: String, isQQ: Bool = false, members: [Handle],
    _ dice: inout Dice
  ) {
    var unique: [Handle] = []
    for member in members where !unique.contains(member) { unique.append(member) }
    guard unique.count > 2 else { return }
    let number = cast.groups.count + 1
    let id = isQQ
      ? "999" + Invented.padded(number, 6) : "999" + Invented.padded(number * 104_729, 8) + "@chatroom"
    // QQ cards stay empty or equal to the name, which is what ties a private chat to a number.
    let cards = unique.map { member in
      isQQ || !dice.chance(30) ? "" : cast.people[member.person].nick + dice.pick(["接单", "-忙", "1", "（私聊）", "本人"])
    }
    cast.groups.append(
      Group(
        id: id, isQQ: isQQ, name: name, kind: kind, owner: unique[0], members: unique,
        cards: cards))
  }

  /// Adds private groups around people whose phones were seized.
  static func addPrivateGroups(_ cast: inout Cast, count: Int, _ dice: inout Dice) {
    let outsiders = cast.people.indices.filter { cast.people[$0].role == .outsider }
    let seized = cast.people.indices.filter { cast.people[$0].isSeized }
    guard !outsiders.isEmpty, !seized.isEmpty else { return }
    let kinds = [
      ("family", ["相亲相爱一家人", "一家人", "温馨港湾", "老宅大家庭"]),
      ("work", ["项目部", "销售二组", "办公室通知群", "门店排班"]),
      ("neighbours", ["锦绣花园业主群", "高三(2)班同学", "钓鱼群", "二手闲置", "球友会", "小学家长群"]),
    ]
    for _ in 0..<count {
      let (kind, names) = dice.pick(kinds)
      let owner = dice.pick(outsiders)
      var members = [Handle(person: owner, slot: 0), Handle(person: dice.pick(seized), slot: 0)]
      for _ in 0..<dice.range(3...9) {
        members.append(Handle(person: dice.pick(outsiders), slot: 0))
      }
      addGroup(&cast, name: dice.pick(names) + (dice.chance(30) ? dice.digits(1) : ""), kind: kind, members: members, &dice)
    }
  }

  /// A price for each category of a link, by how far its supplier is from the source.
  static func prices(_ tier: Int, _ dice: inout Dice) -> [Int] {
    let factors = [100, 155, 215, 300, 390, 480]
    return DataCategory.allCases.map { category in
      let exact = category.sourcePrice * factors[min(tier, 5)] * dice.range(92...112) / 10_000
      return max(5, (exact + 2) / 5 * 5)
    }
  }
}
