extension OrderPhrases {
  /// Orders for one kind of data, in the order of ``TradedData``.
  static let byCategory: [PhraseBank] = [
    // vehicle
    PhraseBank(
      """
      查车 {t}
      {t} 车档
      {t} 看看车主是谁
      车 {t} 要电话
      {t}这车是谁的
      帮我调下{t}的档案
      {t} 车主信息 带电话地址
      车牌{t}
      {t} 大档
      这个车{t}能查到人吗
      {t}  出个车辆档案
      车辆 {t} 要全的
      """
    ),
    // household
    PhraseBank(
      """
      户籍 {t}
      {t} 要户口页
      {t} 全户
      查人 {t}
      {t} 带照片的那种
      {t}看下家里几口人
      {t} 户籍底 要住址
      人口 {t}
      {t} 家庭成员
      这个人{t}户口在哪
      {t} 身份信息
      大头 {t}
      """
    ),
    // bank account
    PhraseBank(
      """
      查卡 {t}
      {t} 看余额
      {t} 名下有几张卡
      {t} 流水三个月
      卡 {t} 开户资料
      {t} 这个卡谁的
      {t} 余额多少
      {t} 卡主和预留手机
      银行的 {t}
      {t} 查下卡号
      {t} 四件套齐不齐
      {t} 近半年进出
      """
    ),
    // flight
    PhraseBank(
      """
      航班 {t}
      {t} 最近飞哪
      {t} 飞机票记录
      {t} 出行
      查下{t}这个月坐没坐飞机
      {t} 哪天的票
      {t} 机票 近三个月
      {t} 有没有订票
      飞机 {t}
      {t} 行程
      {t} 航旅
      {t} 看他什么时候回
      """
    ),
    // lodging
    PhraseBank(
      """
      {t} 开房记录
      {t} 住宿
      {t} 跟谁住的
      {t} 酒店近一年
      住宿查一下 {t}
      {t} 开房 要同住
      {t} 最近住哪
      宾馆 {t}
      {t} 入住
      {t} kf
      {t} 查下上个月住哪家
      {t} 房间记录
      """
    ),
    // phone owner
    PhraseBank(
      """
      机主 {t}
      {t} 谁的号
      {t} 实名
      {t}这个号机主是谁
      查号 {t}
      {t} 机主加身份证
      号码 {t} 出机主
      {t} 户名
      {t} 看登记的谁
      {t} 移动的 机主
      手机号 {t} 反查
      {t} 机主资料
      """
    ),
    // call records
    PhraseBank(
      """
      {t} 话单
      {t} 通话记录 近三个月
      {t} 详单
      要{t}的清单
      {t} 通话详单 到昨天
      {t} 打单子
      {t} 上个月的话单
      详单 {t} 六个月
      {t} 看他跟谁打的多
      {t} 通话 一个月就行
      {t}  拉个单
      {t} 主叫被叫都要
      """
    ),
    // courier
    PhraseBank(
      """
      {t} 收货地址
      {t} 查快递地址
      {t} 近期收件
      这个号{t} 收快递的地址
      {t} 面单
      {t} 寄件收件都要
      {t} 地址
      {t} 看最近快递寄到哪
      {t} 淘宝地址
      快递 {t}
      {t} 常用收货
      {t} 派件信息
      """
    ),
    // credit
    PhraseBank(
      """
      征信 {t}
      {t} 详版
      {t} 看贷款
      {t} 信用报告
      {t} 简版就行
      {t} 征信 要pdf
      {t} 有没有逾期
      {t} 查下负债
      zx {t}
      {t} 人行的
      {t} 贷款记录
      {t} 看几家银行
      """
    ),
    // location
    PhraseBank(
      """
      {t} 定位
      {t} 现在在哪
      {t} 位置
      {t} 基站
      {t} 实时的
      {t} 看人在不在本地
      定一下 {t}
      {t} dw
      {t} 轨迹 一天
      {t} 三网 在哪
      {t} 人在哪个城市
      {t} 位置 要准
      """
    ),
    // bulk list
    PhraseBank(
      """
      {t} 要{n}条
      {t}来{n}条
      有没有{t} 先来{n}
      {t} {n}条打包
      还有{t}吗 {n}条
      {t}的 {n}条 新的
      再补{n}条{t}
      {t} 精准的 {n}
      {t}数据 {n}条
      拿{n}条{t}试试
      {t}  {n}条 去重的
      {t} 一手的来{n}条
      """
    ),
  ]
}
