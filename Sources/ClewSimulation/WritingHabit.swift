/// How one person writes: how often a word of address, a particle, a smiley, a slip of the fingers.
struct WritingHabit {
  let address: String
  let particles: [String]
  let emoji: [String]
  let emojiShare: Int
  let particleShare: Int
  let slipShare: Int
  let endsWithStop: Bool
  let splitsLines: Bool
  /// The register in which somebody writes; `nil` for plain.
  var register: Register?

  init(_ dice: inout Dice) {
    address = dice.pick(["哥", "老板", "兄弟", "大哥", "亲", "老哥", "姐", "老弟", "师傅", "", "", "朋友", "兄"])
    let sets = [
      ["哈", "啊", "呗"], ["哦", "呢", "呀"], ["咯", "啦"], ["哈", "噢"], ["嘛", "吧", "哟"], ["撒", "哈"],
      ["哇", "呐"], ["啊"], ["哈", "啦"], ["呀"], ["咯"], ["滴"],
    ]
    particles = dice.pick(sets)
    let faces = [
      ["[微笑]", "[OK]"], ["[抱拳]", "[强]"], ["[呲牙]", "[偷笑]"], ["😂", "🙏"], ["[旺柴]", "[捂脸]"],
      ["👌", "👍"], ["[玫瑰]", "[愉快]"], ["[咖啡]", "[抱拳]"], ["🤝", "😄"], ["[奸笑]", "[吃瓜]"],
    ]
    emoji = dice.pick(faces)
    emojiShare = dice.range(0...16)
    particleShare = dice.range(5...35)
    slipShare = dice.range(0...7)
    endsWithStop = dice.chance(18)
    splitsLines = dice.chance(40)
  }

  /// Says a phrase this person's way.
  func say(_ phrase: String, _ dice: inout Dice, values: [(String, String)] = []) -> String {
    var all = values
    all.append(("a", address))
    var text = fillMarks(register?.spelled(phrase) ?? phrase, all)
    if dice.chance(slipShare) { text = slip(text, &dice) }
    let isOpen = text.last.map { !"？?！!。.~…)）】]0123456789吧嘛啊呢呀哈吗啦哦嗯滴哟".contains($0) } ?? false
    if isOpen && dice.chance(particleShare) { text += dice.pick(particles) }
    if isOpen && endsWithStop { text += "。" } else if isOpen && dice.chance(4) { text += "~" }
    if dice.chance(emojiShare) { text += dice.pick(emoji) }
    return text
  }

  private func slip(_ text: String, _ dice: inout Dice) -> String {
    let slips = [
      ("在吗", "在嘛"), ("账", "帐"), ("的", "滴"), ("没有", "木有"), ("这个", "介个"), ("什么", "啥"),
      ("知道", "造"), ("怎么", "咋"), ("马上", "马丄"), ("再", "在"), ("做", "作"), ("好的", "好滴"),
      ("收到", "收道"), ("谢谢", "蟹蟹"), ("多少", "多少少"),
    ]
    let start = dice.below(slips.count)
    for offset in slips.indices {
      let (right, wrong) = slips[(start + offset) % slips.count]
      guard let range = text.firstRange(of: right) else { continue }
      return text.replacingCharacters(in: range, with: wrong)
    }
    return text
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String
  {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}

/// Names that people give themselves.
enum Nicknames {
  private static let whole = PhraseBank(
    """
    等风来
    阿杰
    小鱼干
    夏天的风
    往事如烟
    大鹏展翅
    老K
    Summer
    一杯清茶
    平安是福
    静静的
    阳光男孩
    小马哥
    安然
    无名氏
    花开半夏
    青山依旧
    追风少年
    柠檬不酸
    胖虎
    云淡风轻
    Vincent
    七月流火
    大白兔
    浅笑安然
    北方的狼
    木木
    海阔天空
    小太阳
    六六六
    随遇而安
    老张头
    蓝色多瑙河
    糖糖
    天道酬勤
    落叶知秋
    Mr.D
    阿木木
    梧桐雨
    西北偏北
    """
  )
  private static let heads = PhraseBank(
    """
    阿
    小
    大
    老
    A
    爱笑的
    会飞的
    孤独的
    淡定的
    沉默的
    南方的
    深夜的
    努力的
    吃鱼的
    戴帽子的
    隔壁
    江南
    塞外
    """
  )
  private static let tails = PhraseBank(
    """
    豆
    米
    猫
    海
    峰
    石头
    书生
    渔夫
    土豆
    西瓜
    企鹅
    蜗牛
    木匠
    剑客
    月亮
    橘子
    骆驼
    老虎
    云朵
    麦子
    刺猬
    灰狼
    白杨
    稻草人
    钢铁侠
    小宝
    二毛
    大山
    """
  )

  static func make(_ dice: inout Dice, _ number: Int) -> String {
    switch dice.below(5) {
    case 0: whole.pick(&dice) + (dice.chance(50) ? dice.digits(2) : "")
    case 1: whole.pick(&dice)
    default: heads.pick(&dice) + tails.pick(&dice) + (dice.chance(12) ? dice.digits(2) : "")
    }
  }
}
