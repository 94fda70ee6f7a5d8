/// How a target is named in an order and how its data is written when it is handed over.
enum Records {
  /// What the buyer writes to name the target.
  static func key(_ target: Target, _ category: DataCategory, _ dice: inout Dice) -> String {
    switch category {
    case .vehicle: dice.chance(85) ? plate(target.plate, &dice) : target.identity
    case .household:
      dice.chance(50)
        ? "\(target.name) \(identity(target.identity, &dice))" : identity(target.identity, &dice)
    case .bankAccount:
      dice.chance(60) ? card(target.card, &dice) : "\(target.name)\(target.identity)"
    case .flight, .credit:
      dice.chance(70) ? "\(target.name) \(target.identity)" : identity(target.identity, &dice)
    case .lodging:
      dice.chance(30) ? "\(target.name)，\(target.identity)" : identity(target.identity, &dice)
    case .phoneOwner, .callRecords, .courier, .location: phone(target.phone, &dice)
    case .list: listTopic(&dice)
    }
  }

  static func listTopic(_ dice: inout Dice) -> String {
    dice.pick([
      "车主", "业主", "母婴", "股民", "网贷", "教育家长", "老年保健", "企业老板", "电商订单", "高考生", "宝妈",
      "装修", "理财客户", "法人", "网购", "银行开户", "彩民", "快递面单", "楼盘业主", "酒店会员",
    ])
  }

  private static func plate(_ plate: String, _ dice: inout Dice) -> String {
    let head = String(plate.prefix(2))
    let tail = String(plate.dropFirst(2))
    switch dice.below(6) {
    case 0: return head + "·" + tail
    case 1: return head + " " + tail
    case 2: return head + tail.lowercased()
    default: return plate
    }
  }

  private static func phone(_ phone: String, _ dice: inout Dice) -> String {
    guard dice.chance(12) else { return phone }
    let digits = Array(phone)
    let gap = dice.pick([" ", "-"])
    return String(digits[0..<3]) + gap + String(digits[3..<7]) + gap + String(digits[7...])
  }

  private static func identity(_ identity: String, _ dice: inout Dice) -> String {
    dice.chance(8) ? identity.lowercased() : identity
  }

  private static func card(_ card: String, _ dice: inout Dice) -> String {
    guard dice.chance(20) else { return card }
    var groups = ""
    for (place, digit) in card.enumerated() {
      if place > 0 && place % 4 == 0 { groups += " " }
      groups.append(digit)
    }
    return groups
  }

  /// The rows of one answer.
  static func answer(
    _ target: Target, _ category: DataCategory, at time: Int64, _ dice: inout Dice
  ) -> String {
    var fields = fields(target, category, at: time, &dice)
    if dice.chance(22), fields.count > 3 { fields.remove(at: dice.below(fields.count)) }
    switch dice.below(5) {
    case 0: return fields.map { $0.0 + "：" + $0.1 }.joined(separator: "\n")
    case 1: return fields.map { $0.0 + ":" + $0.1 }.joined(separator: "\n")
    case 2: return fields.map { $0.0 + " " + $0.1 }.joined(separator: "\n")
    case 3: return fields.map(\.1).joined(separator: dice.pick([" ", "，", "/", "  "]))
    default: return fields.map { "【" + $0.0 + "】" + $0.1 }.joined(separator: dice.pick(["\n", " "]))
    }
  }

  private static func fields(
    _ target: Target, _ category: DataCategory, at time: Int64, _ dice: inout Dice
  ) -> [(String, String)] {
    let name = dice.pick(["姓名", "名字", "姓名"])
    let identity = dice.pick(["身份证号", "身份证", "证件号码", "证号"])
    let phone = dice.pick(["电话", "手机", "联系电话", "手机号"])
    let address = dice.pick(["地址", "住址", "家庭住址", "登记住址"])
    switch category {
    case .vehicle:
      let car = dice.pick(["云雀牌小型轿车", "远山牌SUV", "长河牌面包车", "北斗牌轻型货车", "星海牌小型轿车"])
      return [
        ("车牌", target.plate), (dice.pick(["车主", "所有人", "姓名"]), target.name),
        (identity, target.identity), ("车型", car), ("颜色", dice.pick(["白", "黑", "灰", "红", "蓝"])),
        (phone, target.phone), (address, target.address),
        ("登记日期", "\(dice.range(2009...2022))-\(Clock.two(dice.range(1...12)))-\(Clock.two(dice.range(1...28)))"),
      ]
    case .household:
      return [
        (name, target.name), ("性别", target.isMale ? "男" : "女"), ("民族", "汉"),
        (identity, target.identity), (address, target.address),
        ("家庭成员", Invented.name(130 + dice.below(3000)) + "、" + Invented.name(130 + dice.below(3000))),
        ("婚姻", dice.pick(["已婚", "未婚", "离异", "未登记"])),
      ]
    case .bankAccount:
      return [
        ("户名", target.name), ("卡号", target.card), (identity, target.identity),
        ("预留手机", target.phone), ("余额", "\(dice.range(12...380_000)).\(Clock.two(dice.below(100)))"),
        ("开户行", dice.pick(["演示银行城东支行", "演示银行河西分理处", "样例农商行营业部", "样例银行新区支行"])),
      ]
    case .flight:
      let route = dice.pick(["云泽-青岚", "临澜-望川", "青岚-白鹿", "云泽-金沙湾", "望川-栖霞岭"])
      return [
        (name, target.name), ("证件", target.identity), ("航班", "CX\(dice.range(1000...9999))"),
        ("航段", route), ("日期", Clock.date(time + Int64(dice.range(-20...9)) * Clock.day)),
        ("座位", "\(dice.range(3...58))\(dice.pick(["A", "C", "D", "F"]))"), (phone, target.phone),
      ]
    case .lodging:
      return [
        (name, target.name), (identity, target.identity),
        ("酒店", dice.pick(["云泽湖宾馆", "七彩快捷酒店", "青岚国际饭店", "望川商务酒店", "金沙湾度假村"])),
        ("房号", "\(dice.range(2...20))\(Clock.two(dice.range(1...30)))"),
        ("入住", Clock.stamp(time - Int64(dice.range(3...900)) * Clock.hour)),
        ("同住", dice.chance(40) ? Invented.name(130 + dice.below(3000)) : "无"),
      ]
    case .phoneOwner:
      return [
        ("号码", target.phone), ("机主", target.name), (identity, target.identity),
        (address, target.address), ("入网", "\(dice.range(2008...2022))年"),
      ]
    case .callRecords:
      return [
        ("号码", target.phone), ("对方", Invented.targetPhone(dice.below(60_000_000))),
        ("时间", Clock.stamp(time - Int64(dice.range(5...700)) * Clock.hour)),
        ("时长", "\(dice.range(3...900))秒"), ("类型", dice.pick(["主叫", "被叫"])),
      ]
    case .courier:
      return [
        ("收件人", target.name), (phone, target.phone), (address, target.address),
        ("运单", "SF99" + dice.digits(11)),
        ("签收", Clock.date(time - Int64(dice.range(1...60)) * Clock.day)),
      ]
    case .credit:
      return [
        (name, target.name), (identity, target.identity), ("贷款笔数", "\(dice.range(0...9))"),
        ("逾期", dice.chance(30) ? "\(dice.range(1...12))次" : "无"),
        ("负债", "\(dice.range(0...90))万"), ("单位", dice.pick(["演示商贸", "样例机械厂", "自由职业", "个体"])),
      ]
    case .location:
      return [
        ("号码", target.phone), ("位置", target.address),
        ("经纬度", "\(dice.range(100...120)).\(dice.digits(5)),\(dice.range(22...42)).\(dice.digits(5))"),
        ("时间", Clock.stamp(time)),
      ]
    case .list: return [(name, target.name), (phone, target.phone)]
    }
  }

  /// A file with the answer.
  static func file(
    _ targets: [Target], _ category: DataCategory, count: Int, _ dice: inout Dice
  ) -> FileItem {
    let word = dice.pick(LabelPhrases.words[category.rawValue])
    let ending = dice.pick(["xlsx", "xlsx", "txt", "zip", "xls", "rar", "csv"])
    let base: String =
      switch dice.below(5) {
      case 0: targets.first.map(\.name) ?? word
      case 1: targets.first.map(\.phone) ?? word
      case 2: word + "\(count)"
      case 3: "结果_\(dice.range(1...999))"
      default: "新建文本文档(\(dice.range(2...40)))"
      }
    return FileItem(
      name: base + "." + ending, md5: dice.hex(32), bytes: dice.range(2000...90_000) + count * 60)
  }

  /// The same file under another name, as people rename what they pass on.
  static func passOn(_ file: FileItem, _ dice: inout Dice) -> FileItem {
    guard dice.chance(30) else { return file }
    let parts = file.name.split(separator: ".")
    let base = parts.dropLast().joined(separator: ".")
    let fresh = dice.pick([base + "(1)", base + "_副本", "\(dice.range(1...99))", "发你的", base + " 新"])
    return file.renamed(fresh + "." + file.fileExtension)
  }
}
