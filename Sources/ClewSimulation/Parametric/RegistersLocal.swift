/// Registers of regions: as people there speak, written down.
extension Register {
  static let southWestern = Register(
    "south-western",
    spellings: [("什么", "啥子"), ("没有", "莫得"), ("怎么", "咋个"), ("一下", "哈"), ("知道", "晓得")],
    phrases: [
      .order: PhraseBank(
        """
        给我整哈{t}嘛
        {t} 这个{w}搞得到不嘛
        老师儿 {t} {w}噻
        {t} 看哈是哪个的
        又来一个哈 {t}
        帮我喊上头弄哈{t}
        {w}哈 {t}
        {t} 快点儿要得不
        """
      ),
      .list: PhraseBank("今天有{n}个哈\n{n}个{w} 一起整\n攒起{n}个了"),
      .vague: PhraseBank("跟昨天一样的噻\n还是那个嘛\n再整一个一样的"),
      .priceAsk: PhraseBank("好多钱嘛\n好多嘛现在\n咋个算\n少点要得不"),
      .remind: PhraseBank("整起没得\n好久得出来嘛\n客在催老\n还莫得啊"),
      .accept: PhraseBank("要得\n晓得了\n等到起\n莫慌 在弄\n巴适"),
      .quote: PhraseBank("{p}一个哈\n要{p}\n{p}嘛 莫还价"),
      .handOver: PhraseBank("给你哈\n来了噻\n整出来老\n你看哈"),
      .nothing: PhraseBank("莫得\n空的哈\n整不出来"),
      .settle: PhraseBank("算哈账 {n}个{p}\n{p}嘛 转哈\n一哈给我{p}"),
      .paid: PhraseBank("转老\n给你了哈\n收到起"),
      .thanks: PhraseBank("谢了哈\n巴适得板\n要得要得"),
      .later: PhraseBank("明天给你嘛\n先欠到起\n等哈转你"),
    ]
  )

  static let northEastern = Register(
    "north-eastern",
    spellings: [("什么", "啥"), ("怎么", "咋"), ("知道", "知道滴"), ("你们", "你们那嘎达")],
    phrases: [
      .order: PhraseBank(
        """
        哥给整一个 {t}
        {t} 这玩意儿{w}能整不
        {t} 瞅一眼{w}
        妥妥地给我弄一个{t}
        麻溜的 {t} {w}
        来活了 {t}
        {t} 老铁给瞅瞅
        """
      ),
      .list: PhraseBank("来活了 {n}个\n{n}个{w} 可劲儿整"),
      .vague: PhraseBank("还那玩意儿 再整一个\n老规矩嗷\n跟上回一样事儿的"),
      .priceAsk: PhraseBank("咋整的价\n多钱\n几个钱啊\n啥价啊现在"),
      .remind: PhraseBank("咋样了老铁\n整好没\n磨叽啥呢\n人家急眼了"),
      .accept: PhraseBank("妥\n得嘞\n中\n整着呢\n没毛病"),
      .quote: PhraseBank("{p}呗\n{p} 实在价\n就{p} 老铁"),
      .handOver: PhraseBank("给你整完了\n妥了 瞅瞅\n搁这儿呢"),
      .nothing: PhraseBank("白扯 没有\n空了嗷\n整不了这个"),
      .settle: PhraseBank("拢共{n}个 {p}\n{p} 麻溜转\n给算算 {p}"),
      .paid: PhraseBank("整过去了\n给你撇过去了\n瞅瞅到没"),
      .thanks: PhraseBank("谢了老铁\n妥妥的\n杠杠的"),
      .later: PhraseBank("等我两天嗷\n先记上 差不了你的"),
    ]
  )

  static let cantonese = Register(
    "cantonese",
    spellings: [("什么", "乜"), ("没有", "冇"), ("不", "唔"), ("的", "嘅"), ("在", "喺"), ("我们", "我哋")],
    phrases: [
      .order: PhraseBank(
        """
        帮我睇下 {t} {w}
        {t} 呢个{w}攞唔攞到
        靓仔 {t} 唔该
        {t} 要{w}啦
        仲有个 {t}
        {w} {t} 快D
        睇下 {t} 系边个
        """
      ),
      .list: PhraseBank("今日{n}个 唔该\n{n}个{w} 一齐计"),
      .vague: PhraseBank("同琴日一样\n又要多个\n照旧啦 唔该"),
      .priceAsk: PhraseBank("几钱\n几多钱一个\n平D得唔得\n点计"),
      .remind: PhraseBank("得未\n搞掂未\n几时有\n客催紧"),
      .accept: PhraseBank("得\n好啦\n等阵\n搞紧\n冇问题"),
      .quote: PhraseBank("{p}蚊\n{p}一个 唔讲价\n收你{p}"),
      .handOver: PhraseBank("畀你\n搞掂\n睇下啱唔啱\n嚟啦"),
      .nothing: PhraseBank("冇呀\n搵唔到\n空嘅"),
      .settle: PhraseBank("计数 {n}个 {p}\n埋单{p}\n一共{p}蚊"),
      .paid: PhraseBank("过咗数\n畀咗\n睇下到未"),
      .thanks: PhraseBank("唔该晒\n多谢\n好嘢"),
      .later: PhraseBank("听日畀你\n记住先\n月尾一齐"),
    ]
  )
}
