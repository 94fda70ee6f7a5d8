/// Harmless dealings that look like the trade: people ask for a plate, an identity number or a list, get
/// it, and pay, in the form of ``LifePhrases``.
///
/// `{o}` is another person's name and telephone, `{u}` a plate, `{v}` a name with an identity number;
/// `#rows` sends a file with people in it that really exists.
extension LifePhrases {
  static let lookalikes = PhraseBank(
    """
    车险报个价 {u} / >车主姓名身份证发我 / {v} / >交强加商业 {x} / 行 转你 / $A / >保单发你 / >#file
    帮我处理下违章 {u} / >两条 一共{x} / $A / >办好了
    过户那台 {u} 资料齐了没 / >车主{v} / 好 手续费{x} / $B
    今天派件 {o} 放前台 / >好 / 还有 {o} / >收到
    到付{x} {o} / >转你 / $B
    新员工名单发我报社保 / >#rows / 收到 服务费{x} / >好 / $B
    家长通讯录更新了 / >#rows / 辛苦老师
    业主登记表发群文件还是发你 / >发我 / #rows / >收到
    报名人员名单 / >#rows / 好的 一共{x} / >转了 / $B
    订票 {v} 五号早上 / >经济舱{x} / 出吧 / $A / >出票了
    住宿登记 {v} 两晚 / >{x} / $A / >308房
    查下我的社保交到几月 {v} / >交到六月了 / 谢谢
    代办签证 {v} / >资料费{x} / $A / >下周取
    驾照换证 {v} 体检单要吗 / >要 / 代办多少 / >{x} / $A
    装修师傅电话 / >{o} / 谢了
    介绍个客户给你 {o} / >多谢 成了请你吃饭
    中介费怎么算 / >一个月房租 {x} / 行 / $A / >合同发你 / >#file
    看房的客户 {o} 下午三点 / >知道了
    查一下这个单号到哪了 / >在中转 {o} / 好
    公司要个花名册 有空整理下 / >#rows / 谢谢 稿费{x} / $A
    律师函寄给 {v} / >好的 代理费{x} / $A
    亲子鉴定报告 {v} 出来了吗 / >出来了 / >#file / 尾款{x} / $A
    体检预约 {v} / >周六空腹来 套餐{x} / $A
    年检代办 {u} / >{x} 下午来开 / $A / >好了
    二手车 {u} 什么价 / >四万二 / 定金{x} / $A / >收到
    保单到期提醒 {u} / >续 / {x} / $B
    同学聚会名单你那有吗 / >#rows / 好 AA一人{x} / $B
    会员资料录一下 / >#rows / 录完了 工钱{x} / >转了 / $B
    """
  )
}

extension Storyteller {
  /// Puts people into the marks of a harmless phrase.
  mutating func others(in phrase: String) -> [(String, String)] {
    guard ["{o}", "{u}", "{v}"].contains(where: phrase.contains) else { return [] }
    targetCount += 1
    let other = TradedPerson(number: targetCount, dice: &dice)
    return [
      ("o", "\(other.name) \(other.phone)"), ("u", other.plate),
      ("v", "\(other.name) \(other.identity)"),
    ]
  }

  /// A list of people that somebody keeps rightly: staff, parents, guests.
  mutating func harmlessList() -> FileItem {
    let names = ["花名册.csv", "家长通讯录.txt", "报名表.csv", "业主登记.csv", "会员录入.txt", "来宾名单.txt"]
    var people: [TradedPerson] = []
    for _ in 0..<dice.range(12...60) {
      targetCount += 1
      people.append(TradedPerson(number: targetCount, dice: &dice))
    }
    return BulkFile.make(name: dice.pick(names), people: people, &dice)
  }
}
