internal import ClewEvidence

/// Recognises the sheets 登陆日志 and 余额明细 of an Alipay return; their rows are counted and skipped.
///
/// The balance sheet repeats, by order number, what the account statement says with both parties.
struct AlipayOther: Importer {
  let format = "alipay-return-other"
  let title = "Alipay return: login log or balance sheet (not read)"
  let version = 1

  private static let logins = TabularSignature(
    required: [["操作发生时间"], ["客户端ip"], ["登陆账号", "登录账号"]])
  private static let balances = TabularSignature(
    required: [["收入金额(+)(元)", "收入金额(元)"], ["支出金额(-)(元)", "支出金额(元)"], ["账户"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    for signature in [Self.logins, Self.balances]
    where TabularLayout.detect(source, signature) != nil {
      return Recognition(confidence: 85, sign: signature.sign)
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let isLogins = TabularLayout.detect(source, Self.logins) != nil
    let table = try TabularImport(source, isLogins ? Self.logins : Self.balances)
    return try table.run(into: sink) { _ in .skip(isLogins ? "login log" : "balance sheet") }
  }
}
