/// Registers that differ in manner: short, polite, full of slips, with pictures for words.
extension Register {
  static let terse = Register(
    "terse",
    phrases: [
      .order: PhraseBank("{t}\n{t} 急\n{t}?\n{w} {t}\n{t} {w}\n{t} 快\n{t} 1个\n{w}{t}\n{t} ？"),
      .list: PhraseBank("{n}\n{n}个\n{n} {w}\n{w}{n}"),
      .vague: PhraseBank("同上\n再来\n一样\n老的\n照旧\n还要"),
      .priceAsk: PhraseBank("多少\n价\n?\n几多\n现在呢"),
      .remind: PhraseBank("?\n？？\n呢\n好没\n催"),
      .accept: PhraseBank("1\n嗯\nk\n好\n行\n等"),
      .quote: PhraseBank("{p}\n{p}.\n{p} 一个\n收{p}"),
      .handOver: PhraseBank("出\n。\n给\n喏\n好"),
      .nothing: PhraseBank("空\n无\n没\n没有\n0"),
      .settle: PhraseBank("{p}\n{n}个 {p}\n{p} 转\n账{p}"),
      .paid: PhraseBank("转\n付\n收\n{p}"),
      .thanks: PhraseBank("ok\n好\n1\n收"),
      .later: PhraseBank("明天\n欠\n记\n晚点"),
    ]
  )

  static let polite = Register(
    "polite",
    phrases: [
      .order: PhraseBank(
        """
        您好，麻烦您帮忙看一下 {t} 的{w}，谢谢
        打扰了，{t} 这个{w}不知道方便不方便
        老师您好 {t} 请问{w}能做吗
        不好意思又来麻烦您 {t}
        劳您费心 {t} {w}
        {t} 这位的{w} 有劳了
        烦请帮忙 {t}，价格照旧就好
        您有空的时候帮忙弄一下 {t} 谢谢谢谢
        """
      ),
      .list: PhraseBank("您好 今天一共{n}个{w} 辛苦您了\n麻烦您了 这里{n}个\n{n}个 不急的 您慢慢来"),
      .vague: PhraseBank("您好 还是跟上次一样的 麻烦您了\n老师 再劳您一次 同上\n不好意思 昨天那个麻烦再给一份"),
      .priceAsk: PhraseBank("请问现在是什么价位呢\n冒昧问下价格\n您看多少合适\n请问费用怎么算"),
      .remind: PhraseBank("不好意思打扰 请问有消息了吗\n您好 客户那边在问 麻烦您看看\n请问大概还要多久"),
      .accept: PhraseBank("好的 您稍等\n收到 这就安排\n没问题的 请您等一等\n好的呢 马上"),
      .quote: PhraseBank("这个是{p}元 您看可以吗\n给您{p}吧\n您好 现在{p}一个\n{p}的 已经是最低了"),
      .handOver: PhraseBank("您要的 请查看\n让您久等了\n您核对一下\n好了 请过目"),
      .nothing: PhraseBank("非常抱歉 这个没有\n不好意思 系统里是空的\n抱歉 帮您试了 没有"),
      .settle: PhraseBank("您好 这段时间{n}个 合计{p}元 方便时转给我就好\n麻烦您结一下 {p}\n辛苦您 账目{p}"),
      .paid: PhraseBank("已经转给您了 请查收\n麻烦您收一下\n{p}转过去了 谢谢"),
      .thanks: PhraseBank("非常感谢\n太感谢您了\n辛苦辛苦\n谢谢老师"),
      .later: PhraseBank("不好意思 明天转给您可以吗\n先记着好吗 周五一起\n抱歉 晚些时候给您"),
    ]
  )

  static let slips = Register(
    "slips",
    words: [
      ["车当", "车辆挡案", "车挡"], ["户藉", "户及", "人囗"], ["银航卡", "余鹅", "卜"], ["航斑", "机漂"],
      ["开方", "住素"], ["机住", "号注"], ["话但", "详但"], ["快弟", "面但"], ["证信", "征新"], ["定未", "卫置"],
      ["名但", "资科"],
    ],
    spellings: [
      ("在吗", "在马"), ("查", "察"), ("结果", "结过"), ("多少", "多小"), ("可以", "可已"), ("收到", "收倒"),
      ("帮忙", "帮盲"), ("今天", "金天"), ("一个", "一各"), ("谢谢", "歇歇"), ("价格", "价各"), ("便宜", "便易"),
    ],
    phrases: [
      .order: PhraseBank("{t} {w}帮盲弄下\n查以下{t}\n{w} {t}\n{t}这各{w}\n再莱一个 {t}\n{t} 看下{w}把"),
      .list: PhraseBank("金天{n}各\n{n}个{w} 一器算"),
      .accept: PhraseBank("好地\n收道\n马尚\n稍登"),
      .settle: PhraseBank("结丈 {p}\n{n}各一共{p}园\n帐 {p}"),
    ]
  )

  static let emoji = Register(
    "emoji",
    words: [
      ["🚗", "🚙"], ["🏠", "👨‍👩‍👦"], ["💳", "🏦"], ["✈️", "🛫"], ["🏨", "🛏️"], ["📱", "☎️"], ["📞", "📃"],
      ["📦", "🚚"], ["📋", "💯"], ["📍", "🗺️"], ["📚", "🗂️"],
    ],
    phrases: [
      .order: PhraseBank("{w} {t}\n{t} {w}🙏\n{w}{w} {t}\n{t} {w} ⚡️\n{t}👉{w}\n{w}❓{t}"),
      .list: PhraseBank("{w}×{n}\n{n}{w}🙏"),
      .vague: PhraseBank("再来一个🔁\n🔁🔁\n老样子👌"),
      .priceAsk: PhraseBank("💰？\n{w}💰\n几张🧧"),
      .remind: PhraseBank("⏰\n⏳？\n👀\n❓❓"),
      .accept: PhraseBank("👌\n👍\n🆗\n✅"),
      .quote: PhraseBank("{p}💰\n💰{p}\n{p}🧧"),
      .handOver: PhraseBank("👇\n✅👇\n🎁"),
      .nothing: PhraseBank("❌\n🈳\n没有😭"),
      .settle: PhraseBank("🧾{n} 💰{p}\n{p}💰🙏"),
      .paid: PhraseBank("💸\n🧧收\n💸{p}"),
      .thanks: PhraseBank("🙏\n🌹\n👍👍\n🤝"),
    ]
  )
}
