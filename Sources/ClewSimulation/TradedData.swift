/// What kind of data is traded.
enum TradedData: Int, CaseIterable, Sendable, Hashable {
  case vehicle, household, bankAccount, flight, lodging, phoneOwner, callRecords, courier, credit
  case location, list

  /// The name in the truth tables.
  var name: String {
    switch self {
    case .vehicle: "vehicle"
    case .household: "household"
    case .bankAccount: "bankAccount"
    case .flight: "flight"
    case .lodging: "lodging"
    case .phoneOwner: "phoneOwner"
    case .callRecords: "callRecords"
    case .courier: "courier"
    case .credit: "credit"
    case .location: "location"
    case .list: "list"
    }
  }

  /// What one item costs at its source, in yuan.
  var sourcePrice: Int {
    switch self {
    case .vehicle: 15
    case .household: 20
    case .bankAccount: 60
    case .flight: 30
    case .lodging: 40
    case .phoneOwner: 30
    case .callRecords: 280
    case .courier: 35
    case .credit: 150
    case .location: 350
    case .list: 12
    }
  }
}

/// A person whose data is traded: wholly invented, never a party of the case.
struct TradedPerson {
  let name: String
  let identity: String
  let birth: String
  let isMale: Bool
  let phone: String
  let plate: String
  let card: String
  let address: String

  init(number: Int, dice: inout Dice) {
    name = InventedIdentifiers.name(120 + dice.below(3600))
    let year = dice.range(1955...2001)
    birth = "\(year)\(WallClock.two(dice.range(1...12)))\(WallClock.two(dice.range(1...28)))"
    let sequence = dice.below(1000)
    isMale = sequence % 2 == 1
    identity = InventedIdentifiers.identity(birth: birth, sequence: sequence)
    phone = Self.phone(of: number)
    plate = InventedIdentifiers.plate(&dice)
    card = InventedIdentifiers.card(500_000_000 + number * 7_919_113 % 79_999_987)
    let towns = ["云泽市", "青岚市", "临澜市", "栖霞岭市", "望川市", "金沙湾市", "白鹿原县", "清源山县"]
    let roads = ["人民路", "建设街", "梧桐巷", "解放大道", "滨河东路", "学府路", "兴业街", "长乐坊"]
    let yards = ["幸福小区", "锦绣花园", "阳光里", "书香苑", "机械厂家属院", "望江名邸", ""]
    address =
      dice.pick(towns) + dice.pick(roads) + "\(dice.range(1...380))号" + dice.pick(yards)
      + "\(dice.range(1...28))栋\(dice.range(1...32))0\(dice.range(1...4))"
  }

  /// The telephone of the target with a number.
  static func phone(of number: Int) -> String {
    InventedIdentifiers.targetPhone(number * 7_919_113 % 79_999_987)
  }
}

/// One supply link of the cast and what the story made of it.
struct CastLink {
  enum Settlement { case before, after, ledger(Int) }

  var supplier: Int
  var buyer: Int
  var categories: [TradedData]
  var settlement: Settlement
  var pay: StoryPayment.Channel
  /// How the two talk, the usual way first: handle of the supplier, handle of the buyer.
  var talks: [(supplier: CastHandle, buyer: CastHandle)]
  /// Why it crosses lines, if it does.
  var crossKind: String?
  /// Yuan per item, by category.
  var prices: [Int]
  /// Whether lists cost their price for each record, not for each thousand.
  var chargesByItem = false

  var orders = 0
  var items: [Int] = Array(repeating: 0, count: TradedData.allCases.count)
  var records = 0
  var files = 0
  var pictures = 0
  var failures = 0
  var paidFen: Int64 = 0
  var refundedFen: Int64 = 0
  var payments = 0
  var first: Int64 = .max
  var last: Int64 = .min
  var owedFen: Int64 = 0
  var owedItems = 0
  /// Whether one end has told the other of its second account.
  var isIntroduced = false
}
