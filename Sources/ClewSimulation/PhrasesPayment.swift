/// What is said about money and thanks on the buying side.
enum PaymentPhrases {
  static let paid = PhraseBank(
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
    """
  )

  static let paidElsewhere = PhraseBank(
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
    """
  )

  static let paidByBank = PhraseBank(
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
    """
  )

  static let memos = PhraseBank(
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
    """
  )

  static let thanks = PhraseBank(
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
    """
  )

  static let later = PhraseBank(
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
    """
  )
}
