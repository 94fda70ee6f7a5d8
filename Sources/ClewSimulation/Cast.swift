/// The true place of a person in the case.
enum TrueRole: String, Sendable, CaseIterable {
  case source, firstLevelAgent, secondLevelAgent, subAgent, customer, outsider
}

/// One account by which a person talks: an index into the cast, and which of its accounts.
struct CastHandle: Hashable, Comparable {
  /// The person's index.
  let person: Int
  /// 0 and 1: its WeChat accounts; 9: its QQ number.
  let slot: Int

  var isQQ: Bool { slot == 9 }
  static func < (left: CastHandle, right: CastHandle) -> Bool {
    (left.person, left.slot) < (right.person, right.slot)
  }
}

/// Somebody in the invented world.
struct CastMember {
  var key: String
  var role: TrueRole
  var tier: Int?
  var line: Int?
  var lines: [Int] = []
  var nick: String
  let realName: String
  var province: String
  let phone: String
  let identity: String
  let card: String
  let alipay: String
  /// WeChat user names and aliases.
  var wechat: [(username: String, alias: String)]
  var qq: String?
  var sourceCategories: [TradedData] = []
  var caseNumber: Int?
  var isDefendant = false
  var isSeized = false
  /// Asked of the payment companies.
  var tenpayReturned = false
  var alipayReturned = false
  /// Whether the bill of the first WeChat account was taken from the phone.
  var hasBill = false
  /// Whether the WeChat of a computer was seized in place of that of the phone.
  var hasDesktop = false
  /// What a bystander is to others: friend, family, shop …; empty for traders.
  var kind = ""
  var voice: WritingHabit
}

/// Two people who know each other, outside of any trade or beside it.
struct CastBond {
  let first: CastHandle
  let second: CastHandle
  /// One of friend, family, colleague, classmate, shop, landlord, taxi and the like.
  let kind: String
  /// Whether the two have regular dealings, harmless ones, that look like the trade.
  var isLookalike = false
}

/// A chat group.
struct CastGroup {
  let id: String
  let isQQ: Bool
  let name: String
  let kind: String
  let owner: CastHandle
  let members: [CastHandle]
  /// The name each member bears in the group; empty where it has none.
  let cards: [String]
}

/// Everybody, how they are bound together, and who trades with whom.
struct Cast {
  var people: [CastMember] = []
  var links: [CastLink] = []
  var bonds: [CastBond] = []
  var groups: [CastGroup] = []
  var lineNames: [String] = []
  var principals: [Int] = []
  /// Second principals of lines: their lines by person.
  var partners: [Int: Int] = [:]
  /// Trade contacts in a hundred that bear a remark which speaks of the trade.
  var labels = 46

  func id(_ handle: CastHandle) -> String {
    let person = people[handle.person]
    return handle.isQQ ? person.qq ?? "" : person.wechat[handle.slot].username
  }

  /// The links that supply a person, in cast order.
  func supplies(of buyer: Int) -> [Int] { links.indices.filter { links[$0].buyer == buyer } }

  /// The handles of a person, in order.
  func handles(of person: Int) -> [CastHandle] {
    var handles = people[person].wechat.indices.map { CastHandle(person: person, slot: $0) }
    if people[person].qq != nil { handles.append(CastHandle(person: person, slot: 9)) }
    return handles
  }

  mutating func addPerson(
    role: TrueRole,
    tier: Int?,
    line: Int?,
    province: String,
    nick: String? = nil,
    dice: inout Dice
  ) -> Int {
    let index = people.count
    let year = dice.range(1968...2000)
    let birth = "\(year)\(WallClock.two(dice.range(1...12)))\(WallClock.two(dice.range(1...28)))"
    let name = nick ?? Nicknames.make(&dice, index)
    var username = "wxid_clew" + dice.letters(9) + "22"
    if dice.chance(9) { username = "clew_" + dice.letters(7) }
    let alias = dice.chance(55) ? "clew_" + dice.letters(8) : ""
    // Numbers do not follow the order of the cast, which would give roles away.
    let number = index < 9973 ? (index * 7919 + 4001) % 9973 : index
    people.append(
      CastMember(
        key: "P" + InventedIdentifiers.padded(index + 1, 3),
        role: role,
        tier: tier,
        line: line,
        nick: name,
        realName: InventedIdentifiers.name((index * 1009 + 77) % 3719),
        province: province,
        phone: InventedIdentifiers.personPhone(number + 1),
        identity: InventedIdentifiers.identity(birth: birth, sequence: dice.below(1000)),
        card: InventedIdentifiers.card(1000 + number),
        alipay: "2088990" + InventedIdentifiers.padded(number + 1, 9),
        wechat: [(username, alias)],
        qq: nil,
        voice: WritingHabit(&dice)
      )
    )
    return index
  }
}
