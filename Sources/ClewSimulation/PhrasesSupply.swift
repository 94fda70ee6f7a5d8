/// What a supplier writes: `{p}` is a price, `{n}` a number, `{a}` the address.
enum SupplyPhrases {
  static let accept = Bank(
    """
    好
    收到
    稍等
    我问下
    排队 前面还有几个
    可以
    行
    接了
    等会给你
    嗯
    ok
    好的{a}
    马上
    在弄
    下午给你
    晚点
    已经报上去了
    没问题
    1
    等我信
    现在系统有点慢 等等
    老时间给你
    """)

  static let quote = Bank(
    """
    这个一条{p}
    {p}
    {p}一个
    {p} 不还价
    老价{p}
    给你算{p}
    这个要{p}
    {p}包出
    一个{p} 出不来不收钱
    现在{p}
    {p}起
    同行价{p}
    {p} 先款
    {p}，两小时内
    跟你说实话 上面拿都要不少 {p}
    """)

  /// Prices of lists: `{p}` for a thousand, `{m}` for five thousand, `{w}` for ten thousand.
  static let bulkQuote = Bank(
    """
    {p}一千条
    千条{p}
    5000条{m}
    一万条{w}
    {w}一万 {m}半万
    {p}/千 量大再谈
    5000起 {m}
    {m}一份 一份五千
    一手的 {w}一万条
    {m} 五千 去过重的
    老价 {m}/5000
    按千算 {p}
    一万{w} 包空号率
    {p}每千条 先试500
    整包{w}万条起
    """)

  static let raise = Bank(
    """
    涨价了 {p}
    从今天起{p}
    最近查得紧 {p}了
    上面涨了 我这也只能{p}
    不好意思啊 现在要{p}
    月底前都是{p}
    那边换人了 价格{p}
    原来那个价做不了 {p}
    渠道少了一个 {p}
    现在统一{p}
    价格动了 {p}
    {p} 你看还要不要
    下周起{p}
    都涨了 {p}
    不是我要涨 {p}
    """)

  static let agree = Bank(
    """
    行吧
    可以 下不为例
    好吧
    成
    给你
    就这次
    那没赚你钱
    嗯 转吧
    ok
    老客户没办法
    行 长期合作
    依你
    可以
    那就这样
    好说
    """)

  static let handOver = Bank(
    """
    出了
    给
    你要的
    结果来了
    查到了
    喏
    好了
    回了
    接着
    发你了
    刚出的
    看下对不对
    这个
    久等了
    上午那个
    """)

  static let nothing = Bank(
    """
    查不到
    空的
    没结果
    这个没有 不收你钱
    系统里没有
    号不对吧
    没登记
    这个出不来
    注销了 没数据
    查无此人
    资料不对 再核一下
    这家做不了
    换个号试试 这个空
    今天那边断了 做不了
    没有哈 退你
    """)

  static let apology = Bank(
    """
    不好意思 退你
    钱退你了
    没出来 退了
    下次补你
    点了退还
    原路退给你
    这单不算
    退了哈
    那边今天停 先退你
    抱歉
    没做成 不收钱
    收下退款
    {p}退你了
    不要紧 下次
    对不住 退你
    """)

  static let caution = Bank(
    """
    最近风声紧 少发点
    聊天记录记得删
    别跟别人说是我这里出的
    换QQ说
    这几天停一停
    别在群里问
    出事别扯我
    看完删
    不要外传
    那边在查内鬼 注意点
    你客户靠谱吗
    少打字
    这个号快不用了 加我小号
    别截图
    以后现结 不挂账
    """)

  static let settle = Bank(
    """
    算下账 {n}条 {p}
    这周{n}个 一共{p}
    结一下 {p}
    {n}单 {p} 你对下
    总共{p}
    到今天{p}
    账单：{n}个，合计{p}
    月底了结下 {p}
    {p} 转我吧
    前面欠的{p}
    累计{n}条 {p}元
    差不多该结了 {p}
    你这边{p}
    核对一下 {n} 对吧 {p}
    方便的话把{p}结了
    """)
}

/// What is said about money and thanks on the buying side.
enum PaymentPhrases {
  static let paid = Bank(
    """
    转了
    收一下
    钱过去了
    转你了
    {p}收下
    查收
    已付
    红包收下
    打过去了
    收钱
    ok 转了
    刚转
    点收款
    {p}
    转好了{a}
    """)

  static let paidElsewhere = Bank(
    """
    支付宝转你了
    转你支付宝了 看下
    支付宝{p}
    zfb收下
    打你支付宝了
    支付宝到了没
    微信限额了 走支付宝
    转支付宝了哈
    支付宝那边{p}
    支付宝已转
    看支付宝
    余额不够 走的支付宝
    支付宝转账{p}成功
    老支付宝账号转的
    支付宝过去了
    """)

  static let paidByBank = Bank(
    """
    打你卡上了
    银行卡转的 {p}
    卡上查收
    卡已转
    走的网银 明天到
    转你那张卡了
    卡里{p}看下
    刚去柜机存的
    手机银行转了{p}
    银行到账了说一声
    """)

  static let memos = Bank(
    """
    车
    单
    两单
    昨天的
    料
    上次的
    茶叶
    货款
    资料费
    话费
    结清
    尾款
    定金
    3个
    辛苦费
    水果
    烟钱
    补差
    本周
    谢谢
    """)

  static let thanks = Bank(
    """
    谢了
    收到
    好的
    ok
    辛苦{a}
    可以
    准的
    谢谢{a}
    效率
    稳
    收
    感谢
    牛
    下次还找你
    嗯嗯
    先这样
    有事再找你
    👍
    """)

  static let later = Bank(
    """
    晚点转你
    记账上
    一起结
    等客户给钱就转
    明天给你
    先欠着
    月底一起
    挂着
    手头没零钱 等下
    回去转你
    下次一起给
    卡限额了明天转
    算我账上
    周五结
    先记着哈
    """)
}
