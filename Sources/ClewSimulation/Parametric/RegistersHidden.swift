/// Registers that hide what is meant: words of another trade, first letters, other characters.
extension Register {
  static let codeWords = Register(
    "code words",
    words: [
      ["四个轮", "铁壳"], ["本本", "户头上的"], ["塑料片", "薄片"], ["翅膀", "天上的"], ["床位", "枕头"],
      ["喇叭", "主人家"], ["长条", "面条"], ["门牌", "包裹那个"], ["白纸", "体检表"], ["红点", "雷达"],
      ["铁观音", "大红袍", "散茶"],
    ],
    phrases: [
      .order: PhraseBank(
        """
        {w} 一斤 {t}
        {t} 泡一壶{w}
        {w} {t} 老茶客要的
        {t} 要{w} 今天发货
        {w}有没有 {t}
        {t} 装一盒{w}
        出个{w} {t}
        """
      ),
      .list: PhraseBank("{w} {n}斤\n{n}盒{w}\n今天走{n}斤{w}"),
      .vague: PhraseBank("再泡一壶\n老茶来一斤\n跟上次一个味的"),
      .priceAsk: PhraseBank("茶叶什么价\n一斤怎么卖\n{w}什么行情"),
      .remind: PhraseBank("茶泡好没\n发货没\n水开了吗"),
      .accept: PhraseBank("烧水\n泡上了\n装货\n在炒"),
      .quote: PhraseBank("{p}一斤\n今年的茶{p}\n一壶{p}"),
      .handOver: PhraseBank("茶好了 趁热\n货出库\n尝尝"),
      .nothing: PhraseBank("这批没茶\n断货\n茶园空的"),
      .settle: PhraseBank("{n}斤茶 {p}\n茶钱{p}\n这个月茶钱 {p}"),
      .paid: PhraseBank("茶钱过去了\n茶钱{p}"),
      .thanks: PhraseBank("好茶\n茶不错\n下次还喝你的"),
      .later: PhraseBank("茶钱月底\n先喝着 记账"),
    ]
  )

  static let abbreviations = Register(
    "abbreviations",
    words: [
      ["cd", "cl", "cz"], ["hj", "qh", "rk"], ["yhk", "ye", "khzl"], ["hb", "jp"], ["kf", "zs"],
      ["jz", "sm"], ["hd", "xd", "thjl"], ["kd", "md"], ["zx", "xb"], ["dw", "wz"],
      ["lz", "sj", "md"],
    ],
    phrases: [
      .order: PhraseBank("{w} {t}\n{t} {w}\ncx {t}\n{t} {w} jj\n{w}-{t}\nxd {t} {w}\n{t} yj {w}"),
      .list: PhraseBank("{w}*{n}\n{n}g {w}\npl {n} {w}"),
      .vague: PhraseBank("lyz\ntsm\nzl yg"),
      .priceAsk: PhraseBank("jg？\n{w} dsq\nbj\nsmj"),
      .remind: PhraseBank("hlm\ncm\nclm？\njd"),
      .accept: PhraseBank("sd\nok\nsd sd\nmd"),
      .quote: PhraseBank("{p}/g\n{p}r\n{w} {p}"),
      .handOver: PhraseBank("cl\njg\ngn"),
      .nothing: PhraseBank("cbd\nkd\nmy"),
      .settle: PhraseBank("jz {n}g {p}\nhj {p}\n{p}r"),
      .paid: PhraseBank("zl\nyz {p}\nzzl"),
      .thanks: PhraseBank("3q\nxx\nthx\nxxl"),
      .later: PhraseBank("mt zz\nxqz\njz"),
    ]
  )

  static let traditional = Register(
    "traditional",
    words: [
      ["車檔", "車輛", "車主"], ["戶籍", "全戶"], ["銀行", "餘額"], ["航班", "機票"], ["開房", "住宿"],
      ["機主", "實名"], ["話單", "詳單"], ["快遞", "面單"], ["徵信"], ["定位", "位置"], ["名單", "數據"],
    ],
    spellings: [
      ("这", "這"), ("个", "個"), ("说", "說"), ("时", "時"), ("没", "沒"), ("给", "給"), ("钱", "錢"),
      ("转", "轉"), ("过", "過"), ("结", "結"), ("车", "車"), ("开", "開"), ("见", "見"), ("还", "還"),
      ("价", "價"), ("发", "發"), ("帮", "幫"), ("单", "單"), ("档", "檔"), ("户", "戶"), ("号", "號"),
      ("机", "機"), ("实", "實"), ("飞", "飛"), ("银", "銀"), ("账", "賬"), ("问", "問"), ("来", "來"),
      ("吗", "嗎"), ("谢", "謝"), ("点", "點"), ("对", "對"), ("几", "幾"), ("东", "東"), ("务", "務"),
      ("资", "資"), ("数", "數"), ("现", "現"), ("请", "請"), ("买", "買"), ("卖", "賣"), ("条", "條"),
      ("么", "麼"), ("们", "們"), ("样", "樣"), ("后", "後"), ("里", "裡"), ("话", "話"),
      ("详", "詳"), ("记", "記"), ("录", "錄"), ("红", "紅"), ("涨", "漲"), ("码", "碼"), ("关", "關"),
    ],
    phrases: [
      .order: PhraseBank("查一下 {t} {w}\n{t} {w} 麻煩了\n{w} {t}\n幫忙看 {t} {w}\n再來一個 {t}"),
      .list: PhraseBank("{n}個{w} 一起\n今天{n}個"),
      .settle: PhraseBank("結一下 {n}個 {p}\n一共{p}元\n對賬 {p}"),
    ]
  )
}
