/// What owners call their contacts, when they call them anything.
enum LabelPhrases {
  static let supplierRemarks = Bank(
    """
    上家-{k}
    货源{k}
    {k}(源)
    A{w}{k}
    {w}-{k}
    渠道 {k}
    {k} {w}便宜
    查{w}的{k}
    {k}老师
    {w}
    {k}哥
    稳 {k}
    A1{k}
    {k}（{w}）
    总{k}
    """)

  static let buyerRemarks = Bank(
    """
    代理{k}
    客户{k}
    客户老王{k}
    下家 {k}
    {k}-要{w}
    {k}(月结)
    {k}老客
    调查公司{k}
    讨债{k}
    B{k}
    客{k}
    {k} 现结
    {k}二级
    {k}同行
    {k} 事多
    """)

  static let supplierTags = ["上家", "货源", "渠道", "源头"]
  static let buyerTags = ["代理", "客户", "下家", "同行"]
  static let privateTags = ["家人", "同学", "朋友", "同事", "生活"]

  static let privateRemarks = Bank(
    """
    {k}
    同学{k}
    隔壁{k}
    {k}表哥
    老同事{k}
    {k}妈妈
    球友{k}
    战友{k}
    {k}姐
    房东
    修车{k}
    水果店
    顺丰小哥
    4S店{k}
    保险{k}
    滴滴师傅
    健身教练
    理发店Tony
    二姨
    表弟
    """)

  /// Words for what is traded, as people of the trade write them.
  static let words: [[String]] = [
    ["车", "车档", "车辆", "档案"], ["户籍", "人口", "全户", "户"], ["卡", "银行", "四件套", "余额"],
    ["航班", "机票", "飞机"], ["开房", "住宿", "kf", "酒店"], ["机主", "号", "实名"],
    ["话单", "详单", "单子"], ["快递", "地址", "面单"], ["征信", "zx", "详版"], ["定位", "dw", "位置"],
    ["料", "数据", "粉", "名单"],
  ]
}
