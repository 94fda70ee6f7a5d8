/// Ways to trade without any word that a list of trade words would hold.
///
/// A test compares them with the word list of the analysis: no phrase contains any of its words.
enum UnknownWording {
  static let phrases: [TradeAct: PhraseBank] = [
    .order: PhraseBank(
      """
      {t} 老地方取
      劳驾 {t}
      {t} 能摸到底吗
      {t} 你瞧瞧呗
      有个朋友 {t}
      {t} 问问你那亲戚
      {t} 托你了
      今儿这位 {t}
      {t} 掀开瞅一眼
      {t} 翻翻本子
      帮我盯一下 {t}
      {t} 挖一挖
      """
    ),
    .list: PhraseBank("今儿有{n}位\n{n}位客官\n{n}尾鱼\n下锅{n}只\n{n}个朋友 你瞧瞧"),
    .vague: PhraseBank("前天那位 又惦记了\n昨儿那位 接着\n刚电话里讲过的\n按你脑子里那位\n又馋了"),
    .priceAsk: PhraseBank("几张票子\n怎么表示\n意思意思得几个\n茶水怎么算"),
    .remind: PhraseBank("菜熟了没\n我这边坐不住了\n鱼上钩没\n人家一直盯着呢"),
    .accept: PhraseBank("成 候着\n晓得\n容我半个时辰\n放心\n记下啦"),
    .quote: PhraseBank("{p} 张口价\n老弟 {p}\n意思{p}\n{p} 你掂量"),
    .handOver: PhraseBank("端上桌咯\n接住\n热乎的\n趁早吃\n瞧瞧成色"),
    .nothing: PhraseBank("扑了个空\n池子里没鱼\n白跑一趟\n挖不动"),
    .settle: PhraseBank("前前后后{n}位 {p}\n茶水 {p}\n该表示啦 {p}\n凑个整 {p}"),
    .paid: PhraseBank("意思到位了\n瞅瞅钱包\n红票子过去咯\n{p} 拿着"),
    .thanks: PhraseBank("高\n佩服\n回头请你\n实在"),
    .later: PhraseBank("容我缓缓\n过两日表示\n手头紧 见谅"),
  ]
}
