/// What a buyer writes when he wants data: `{t}` is the target, `{n}` the number, `{a}` the address.
enum OrderPhrases {
  static let greeting = PhraseBank(
    """
    在吗
    在不
    {a}在不在
    在么
    忙不忙
    {a}
    你好{a}
    hello
    在线不
    早{a}
    还没睡吧
    {a}有空没
    起来没
    吃了没{a}
    在忙吗
    晚上好
    上午好{a}
    。。。
    """
  )

  /// Before or after a bare target.
  static let general = PhraseBank(
    """
    查一个 {t}
    {t} 这个帮我出一下
    来个单 {t}
    {t}
    {a}帮忙看下这个 {t}
    这个能不能做 {t}
    再来一个 {t}
    客户要的 急 {t}
    {t} 麻烦快点
    加一个{t}
    {t} 这个 老价
    接单 {t}
    新单：{t}
    麻烦{a} {t} 做下
    帮我弄下 {t}
    {t} 能出吗
    {t} 要最新的
    还有个 {t}
    {t} 有结果直接发我
    今天能回不 {t}
    """
  )

  static let list = PhraseBank(
    """
    查{n}个
    {n}个一起
    来{n}单
    这{n}个 一起算便宜点
    今天的{n}个
    客户发来{n}个
    {n}条 你看下
    批量{n}个 不急
    一共{n}个，慢慢来
    下面{n}个都要
    {n}个老规矩
    先做这{n}个
    攒了{n}个单子
    名单{n}个发你
    加急{n}个
    """
  )

  static let vague = PhraseBank(
    """
    老样子再来一份
    还是上次那种
    跟昨天一样的再弄一个
    上回那个再给我更新下
    照旧
    同样的再来一个
    还是那个人 看最近有没有变
    昨天那个没出完的继续
    你懂的 再搞一个
    刚才电话说的那个
    就我刚跟你讲的那个人
    那个东西还有没 再来点
    再补一个 同上
    资料跟上次一样
    上次的客户又要了
    """
  )

  static let priceAsk = PhraseBank(
    """
    多少钱
    怎么收
    啥价
    什么价位
    还是老价？
    能便宜点不
    量大有优惠吗
    现在什么行情
    价格没变吧
    这个怎么算
    报个价
    给个实价
    多少一个
    最低多少
    咋卖的
    """
  )

  static let haggle = PhraseBank(
    """
    太贵了 {p}行不行
    {p}算了
    别人家才{p}
    老客户了 {p}
    少点 {p}
    给你{p} 长期做
    {p}我就定
    我这边也没利润 {p}吧
    {p}能不能做
    抹个零 {p}
    上次不是{p}么
    {p}可以我现在转
    大家都不容易 {p}
    便宜点{p}
    就{p} 多的没有
    """
  )

  static let remind = PhraseBank(
    """
    出来没
    好了没{a}
    客户催了
    有结果了吗
    还要多久
    怎么还没回
    在催我了
    {a}进度
    到了吗
    今天能不能出
    麻烦催一下上面
    那个单怎么样了
    ？
    快好没
    等着用呢
    上午那个呢
    """
  )
}
